"""Signed names of requests in addresses. Pure."""

from typing import Final

from django.core.signing import BadSignature, Signer

#: Follows a request; shown to whoever made it.
_FOLLOW: Final = Signer(salt="ifn.privacy.follow", sep=".")
#: Proves an e-mail address; only ever sent there.
_PROVE: Final = Signer(salt="ifn.privacy.prove", sep=".")


class Foreign(ValueError):  # noqa: N818
    """The link is none of ours, or was damaged on its way."""


def to_follow(pk: int) -> str:
    """Return what stands in the address under which a request is followed."""
    return _FOLLOW.sign(f"{pk:x}")


def to_prove(pk: int) -> str:
    """Return what stands in the link that shows whose an e-mail address is."""
    return _PROVE.sign(f"{pk:x}")


def followed(token: str) -> int:
    """Return the key of the request that is followed.

    Raises:
        Foreign: It was not signed here.

    """
    return _read(_FOLLOW, token)


def proven(token: str) -> int:
    """Return the key of the request whose address is proven.

    Raises:
        Foreign: It was not signed here.

    """
    return _read(_PROVE, token)


def _read(signer: Signer, token: str) -> int:
    try:
        return int(signer.unsign(token), 16)
    except (BadSignature, ValueError):
        raise Foreign from None
