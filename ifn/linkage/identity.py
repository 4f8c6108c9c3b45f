"""Exact keys: is this record the very same plant of the very same firm? Pure.

Keys decide only what is certain. Records whose keys differ may still be the same firm; that is for
comparison and a person to say, never for a key.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from ifn.linkage.normalise import address_key, company_name, plain

DIGEST_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Identity:
    """``firm`` is the name people know it by; ``plant`` a digest, equal only for the same plant."""

    firm: str
    plant: str


def identity(
    name: str, address: str, region: str, postcode: str, *, legal_form: str = ""
) -> Identity:
    """Return who a record is about.

    The plant is name, address and region. The postcode stands in where there is no address: lists
    leave it out or mistype it too often to let it part two records of one address. A missing legal
    form and PT are one, for lists of factories drop it; any other form makes another firm. A form
    within the name counts unless ``legal_form`` states one.
    """
    company = company_name(name)
    form = legal_form or company.legal_form
    street = address_key(address)
    parts = [
        company.key,
        "" if form == "pt" else form,
        street,
        region,
        "" if street else plain(postcode),
    ]
    return Identity(company.key, fingerprint(parts))


def fingerprint(parts: Iterable[str]) -> str:
    """Return a digest of texts in order; spelling matters as far as ``plain`` keeps it."""
    joined = "\x1f".join(plain(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:DIGEST_LENGTH]
