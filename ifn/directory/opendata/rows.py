"""Read what everybody may see of many profiles at once: two statements, whatever the number.

What is not public never leaves the database: the statements ask for listed profiles only, for
contacts that everybody may see, and for capacity and address where their owner shows them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any, Final

from django.db import connection

from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import Lexicon, lexicon

#: Columns that are public whenever the profile is.
_PLAIN: Final = (
    *("number", "slug", "kind", "is_demo", "name", "legal_form", "summary_id", "summary_en"),
    *("founded_year", "nib", "size_ministry", "size_statistics"),
    *("size_msme", "minimum_order", "lead_time_days", "size_from", "size_to", "sample_policy"),
    *("sample_days", "sole_source", "takes_job_orders", "has_own_production", "sells_locally"),
    *("sells_nationally", "exports", "export_countries", "region_id", "updated_at"),
    "confirmed_on",
)
#: Long texts, which lists do without.
_LONG: Final = ("story_id", "story_en", "services_id", "services_en")
#: Columns that another one makes public.
_GUARDED: Final = {
    "monthly_capacity": "capacity_visibility",
    "address": "address_visibility",
    "postcode": "address_visibility",
    "latitude": "address_visibility",
    "longitude": "address_visibility",
    "precision": "address_visibility",
}
_SHORT_COLUMNS: Final = ("id", *_PLAIN, *_GUARDED)
_COLUMNS: Final = (*_SHORT_COLUMNS, *_LONG)
#: Days and moments as ISO 8601 writes them, moments in UTC: made by the database it costs little.
_ISO_8601: Final = {
    "sqlite": {
        "confirmed_on": "CAST(confirmed_on AS text)",
        "updated_at": "strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', updated_at)",
    },
    "postgresql": {
        "confirmed_on": "CAST(confirmed_on AS text)",
        "updated_at": """to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')""",
    },
}


@cache
def _select(vendor: str, columns: Sequence[str]) -> str:
    wanted = [
        f"CASE WHEN {_GUARDED[name]} = 'public' THEN {name} END"
        if name in _GUARDED
        else _ISO_8601[vendor].get(name, name)
        for name in columns
    ]
    # Joined to nothing, the status keeps SQLite from reading an index of all listed profiles.
    return (
        f"SELECT {', '.join(wanted)}"  # noqa: S608  # the names are those above
        " FROM directory_business WHERE status || '' = 'listed' AND id "
    )


#: Of which profile, what it is, the number to sort by, a term, four texts; ``{0}`` says which. What
#: there is much of comes joined, as each database writes that: rows cost more than their content.
_DETAILS: Final = """
SELECT business_id, 'terms', 0, 0, {terms}, '', '', ''
  FROM directory_capability WHERE business_id {0} GROUP BY business_id
UNION ALL
SELECT business_id, 'languages', 0, 0, {languages}, '', '', ''
  FROM directory_spokenlanguage WHERE business_id {0} GROUP BY business_id
UNION ALL
SELECT business_id, 'certificate', id, term_id, number, issuer,
       CAST(issued_on AS text), CAST(expires_on AS text)
  FROM directory_certificate WHERE business_id {0}
UNION ALL
SELECT business_id, 'contact', position, id, kind, value, '', ''
  FROM directory_contact WHERE visibility = 'public' AND business_id {0}
UNION ALL
SELECT business_id, 'brand', id, 0, name, '', '', '' FROM directory_brand WHERE business_id {0}
"""
_JOINED: Final = {
    "sqlite": {"terms": "group_concat(term_id)", "languages": "group_concat(code)"},
    "postgresql": {
        "terms": "string_agg(CAST(term_id AS text), ',')",
        "languages": "string_agg(code, ',')",
    },
}
#: Profiles read at once where all are wanted: some 2 MB.
BATCH: Final = 500

_ORDER: Final = itemgetter(2, 3)
Detail = tuple[int, str, int, int, str, str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class OpenCertificate:
    """A certificate as the business states it; dates as ISO 8601 writes them, or empty."""

    code: str
    number: str
    issuer: str
    issued_on: str
    expires_on: str


@dataclass(slots=True)
class OpenRow:
    """What everybody may see of one listed profile; ``columns`` are as the database gives them.

    Days and moments are texts as ISO 8601 has them.
    """

    columns: Mapping[str, Any]
    region_name: str
    terms: dict[str, list[str]] = field(default_factory=dict)
    certificates: list[OpenCertificate] = field(default_factory=list)
    contacts: dict[str, list[str]] = field(default_factory=dict)
    brands: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)


def open_rows(pks: Sequence[int]) -> list[OpenRow]:
    """Return the listed ones of these profiles, in this order, without long texts; two queries."""
    if not pks:
        return []
    first, last = min(pks), max(pks)
    if last - first < 2 * len(pks):  # neighbours are found in one go
        found = dict(_read("BETWEEN %s AND %s", [first, last], is_short=True))
    elif connection.vendor == "postgresql":  # one statement for any number, planned once
        found = dict(_read("= ANY(%s)", [list(pks)], is_short=True))
    else:
        marks = f"IN ({', '.join(['%s'] * len(pks))})"
        found = dict(_read(marks, list(pks), is_short=True))
    return [found[pk] for pk in pks if pk in found]


def open_row_numbered(number: str) -> OpenRow | None:
    """Return the listed profile of a stored number, or nothing; two queries."""
    chosen = "= (SELECT id FROM directory_business WHERE number = %s)"
    return next((row for _pk, row in _read(chosen, [number])), None)


def all_open_rows() -> Iterator[OpenRow]:
    """Return every listed profile in the order of entry, some at a time, in bounded memory."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM directory_business WHERE status = 'listed' AND id > %s"
                " ORDER BY id LIMIT %s",
                [last, BATCH],
            )
            pks = [pk for (pk,) in cursor.fetchall()]
        if not pks:
            return
        found = dict(_read("BETWEEN %s AND %s", [pks[0], pks[-1]]))
        yield from (found[pk] for pk in pks if pk in found)
        last = pks[-1]


def has_real_profiles() -> bool:
    """Say whether any listed profile is more than a demonstration."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM directory_business WHERE status = 'listed' AND NOT is_demo LIMIT 1"
        )
        return cursor.fetchone() is not None


def _read(
    which: str, parameters: list[Any], *, is_short: bool = False
) -> Iterator[tuple[int, OpenRow]]:
    words, regions = lexicon(), all_regions()
    names = _SHORT_COLUMNS if is_short else _COLUMNS
    with connection.cursor() as cursor:
        cursor.execute(_select(connection.vendor, names) + which, parameters)
        profiles = cursor.fetchall()
        cursor.execute(_DETAILS.format(which, **_JOINED[connection.vendor]), parameters * 5)
        details: defaultdict[int, list[Detail]] = defaultdict(list)
        for detail in cursor.fetchall():
            details[detail[0]].append(detail)
    full_name = cache(regions.full_name)  # many share a few regions
    for profile in profiles:
        columns = dict(zip(names, profile, strict=True))
        row = OpenRow(columns, full_name(columns["region_id"]))
        _put_details(row, details[profile[0]], words)
        yield profile[0], row


def _put_details(row: OpenRow, details: list[Detail], words: Lexicon) -> None:
    details.sort(key=_ORDER)
    for _pk, what, _order, term, first, second, third, fourth in details:
        if what == "terms":
            _put_terms(row, first, words)
        elif what == "languages":
            row.languages = sorted(first.split(","))
        elif what == "contact":
            row.contacts.setdefault(first, []).append(second)
        elif what == "brand":
            row.brands.append(first)
        elif word := words.by_pk(term):
            certificate = OpenCertificate(word.code, first, second, third or "", fourth or "")
            row.certificates.append(certificate)


def _put_terms(row: OpenRow, joined: str, words: Lexicon) -> None:
    """Put terms under their vocabularies, in the order of these."""
    terms = row.terms
    for word in words.by_pks(map(int, joined.split(","))):
        if (codes := terms.get(word.vocabulary)) is None:
            terms[word.vocabulary] = [word.code]
        else:
            codes.append(word.code)
