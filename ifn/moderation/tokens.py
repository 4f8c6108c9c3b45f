"""What stands in links of this room: signed names of reports, and codes of six digits. Pure."""

import secrets
from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac

from ifn.moderation.models import ClaimCode, Report

_SIGNER: Final = Signer(salt="ifn.moderation.report", sep=".")


class Foreign(ValueError):  # noqa: N818
    """The link is none of ours, or was damaged on its way."""


def for_report(report: Report) -> str:
    """Return what stands in the address under which a report is followed."""
    return _SIGNER.sign(f"{report.pk:x}")


def report_of(token: str) -> int:
    """Return the key of the report that a link is for.

    Raises:
        Foreign: It was not signed here.

    """
    try:
        return int(_SIGNER.unsign(token), 16)
    except (BadSignature, ValueError):
        raise Foreign from None


def new_code() -> str:
    """Return six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def digest_of_code(claim: int, code: str) -> str:
    """Return what is kept of a code: keyed, for six digits are few enough to try them all."""
    text = f"{claim}\n{code}"
    return salted_hmac("ifn.moderation.code", text, algorithm="sha256").hexdigest()


def fits(code: ClaimCode, typed: str) -> bool:
    """Say whether this is what was sent."""
    return constant_time_compare(code.digest, digest_of_code(code.claim_id, typed))
