"""Read everything stated about one profile in one query.

The public page is read far more often than anything is written, and its facts lie in seven
tables. Seven queries would cost more than the rest of the page; one statement that puts the rows
of all tables one under the other costs as much as one.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from ifn.directory.models import Business, Picture
from ifn.directory.profile import (
    COLUMNS,
    CapabilityFact,
    CertificateFact,
    ContactFact,
    Profile,
)
from ifn.directory.provenance import Statement, by_field
from ifn.directory.verified import Verified
from ifn.vocabulary.queries import lexicon

#: What a row is, its number to sort by or to look up, two numbers, four texts.
_SQL: Final = """
SELECT 'capability', term_id, monthly_pairs, units, '', '', '', ''
  FROM directory_capability WHERE business_id = %(pk)s
UNION ALL
SELECT 'certificate', term_id, id, 0, number, issuer,
       CAST(issued_on AS text), CAST(expires_on AS text)
  FROM directory_certificate WHERE business_id = %(pk)s
UNION ALL
SELECT 'contact', position, id, 0, kind, value, visibility, ''
  FROM directory_contact WHERE business_id = %(pk)s
UNION ALL
SELECT 'brand', id, 0, 0, name, '', '', '' FROM directory_brand WHERE business_id = %(pk)s
UNION ALL
SELECT 'language', id, 0, 0, code, '', '', ''
  FROM directory_spokenlanguage WHERE business_id = %(pk)s
UNION ALL
SELECT 'picture', position, width, height, file, CAST(widths AS text), caption_id, caption_en
  FROM directory_picture WHERE business_id = %(pk)s
UNION ALL
SELECT 'statement', stated.id, source.id, 0, stated.field, source.kind, source.label,
       CAST(stated.stated_on AS text)
  FROM directory_attribution AS stated
  JOIN directory_source AS source ON source.id = stated.source_id
 WHERE stated.business_id = %(pk)s
UNION ALL
SELECT 'verification', id, 0, 0, topic, COALESCE(office_id, ''),
       CAST(checked_on AS text), CAST(expires_on AS text)
  FROM directory_verification
 WHERE business_id = %(pk)s AND withdrawn_at IS NULL AND replaced_at IS NULL
UNION ALL
SELECT 'owner', id, 0, 0, '', '', '', '' FROM directory_membership
 WHERE business_id = %(pk)s AND role = 'owner'
"""

Row = tuple[str, int, int | None, int | None, str, str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything stated about a profile; pictures are unsaved copies, for showing only."""

    profile: Profile
    pictures: tuple[Picture, ...]
    #: One for each field that says something.
    statements: tuple[Statement, ...]
    #: What the network checked and nobody took back; the day says which of it still holds.
    verifications: tuple[Verified, ...] = ()
    #: Whether a person looks after the profile as its owner.
    has_owner: bool = False

    @property
    def said_by(self) -> dict[str, Statement]:
        """Return the statements by their fields."""
        return {one.field: one for one in self.statements}


def whole(business: Business) -> Whole:
    """Return everything stated about a profile; one query beside that for the business itself."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"pk": business.pk})
        rows: defaultdict[str, list[Row]] = defaultdict(list)
        for row in cursor.fetchall():
            rows[row[0]].append(row)
    for several in rows.values():
        several.sort(key=lambda row: (row[1], row[2] or 0))
    profile = Profile(
        **{name: getattr(business, name) for name in COLUMNS if name != "region"},
        region=business.region_id or "",
        brands=tuple(row[4] for row in rows["brand"]),
        languages=tuple(row[4] for row in rows["language"]),
        capabilities=tuple(_capabilities(rows["capability"])),
        certificates=tuple(_certificates(rows["certificate"])),
        contacts=tuple(ContactFact(row[4], row[5], row[6] or "") for row in rows["contact"]),
    )
    return Whole(
        profile,
        tuple(_picture(row) for row in rows["picture"]),
        by_field(profile, map(_statement, rows["statement"])),
        tuple(
            Verified(row[4], row[5], _date(row[6]) or date.min, _date(row[7]) or date.min)
            for row in rows["verification"]
        ),
        bool(rows["owner"]),
    )


def _capabilities(rows: Iterable[Row]) -> list[CapabilityFact]:
    words = lexicon()
    found = [(word, row) for row in rows if (word := words.by_pk(row[1]))]
    found.sort(key=lambda pair: (pair[0].vocabulary, pair[0].position))
    return [CapabilityFact(word.vocabulary, word.code, row[2], row[3]) for word, row in found]


def _certificates(rows: Iterable[Row]) -> list[CertificateFact]:
    words = lexicon()
    return [
        CertificateFact(word.code, row[4], row[5], _date(row[6]), _date(row[7]))
        for row in sorted(rows, key=lambda row: row[2] or 0)
        if (word := words.by_pk(row[1]))
    ]


def _picture(row: Row) -> Picture:
    values: dict[str, Any] = {"width": row[2], "height": row[3], "file": row[4]}
    return Picture(
        **values, widths=json.loads(row[5]), caption_id=row[6] or "", caption_en=row[7] or ""
    )


def _statement(row: Row) -> Statement:
    return Statement(row[4], row[2] or 0, row[5], row[6] or "", _date(row[7]) or date.min)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
