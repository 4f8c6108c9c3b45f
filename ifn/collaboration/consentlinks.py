"""Links by which a partner without an account reads a release and says yes or no. Pure."""

from dataclasses import dataclass
from typing import Final

from django.core.signing import BadSignature, Signer

_SIGNER: Final = Signer(salt="ifn.collaboration.consent", sep=".")


class Foreign(ValueError):  # noqa: N818
    """The link is none of ours, or was damaged on its way."""


@dataclass(frozen=True, slots=True)
class ConsentLink:
    """Whose answer it is, and the number of the partner's link when it was made.

    A partner that gets a new link makes those before it worthless.
    """

    consent: int
    number: int


def signed(link: ConsentLink) -> str:
    """Return what stands in the address."""
    return _SIGNER.sign_object([link.consent, link.number])


def link_of(token: str) -> ConsentLink:
    """Return what a link says.

    Raises:
        Foreign: It was not signed here.

    """
    try:
        consent, number = _SIGNER.unsign_object(token)
        return ConsentLink(int(consent), int(number))
    except (BadSignature, ValueError, TypeError):
        raise Foreign from None
