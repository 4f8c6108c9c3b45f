"""Read what everybody may see of many profiles at once: one statement, whatever the number.

What is not public never leaves the database: the statement asks for listed profiles only, for
contacts that everybody may see, and for capacity and address where their owner shows them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db import connection
from django.utils.timezone import localdate

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


#: Words with commas between them, and lists of lists where it is more than a word.
_JOINED: Final = {"sqlite": "group_concat({})", "postgresql": "string_agg(CAST({} AS text), ',')"}
_LISTED: Final = {
    "sqlite": "json_group_array(json_array({}))",
    "postgresql": "CAST(json_agg(json_build_array({})) AS text)",
}
#: What a profile has several of, as one column each: where it stands, how and what is read.
_SEVERAL: Final = (
    ("directory_capability", _JOINED, "term_id"),
    ("directory_spokenlanguage", _JOINED, "code"),
    ("directory_brand", _LISTED, "id, name"),
    ("directory_contact", _LISTED, "position, id, kind, value"),
    (
        "directory_certificate",
        _LISTED,
        "id, term_id, number, issuer, CAST(issued_on AS text), CAST(expires_on AS text)",
    ),
    (
        "directory_verification",
        _LISTED,
        "topic, CAST(checked_on AS text), CAST(expires_on AS text)",
    ),
)
_SHOWN: Final = {
    "directory_contact": " AND visibility = 'public'",
    "directory_verification": " AND withdrawn_at IS NULL AND replaced_at IS NULL",
}


@cache
def _select(vendor: str, columns: Sequence[str]) -> str:
    wanted = [
        f"CASE WHEN {_GUARDED[name]} = 'public' THEN {name} END"
        if name in _GUARDED
        else _ISO_8601[vendor].get(name, name)
        for name in columns
    ]
    wanted += [
        f"(SELECT {form[vendor].format(what)} FROM {table}"  # noqa: S608  # as below
        f" WHERE business_id = directory_business.id{_SHOWN.get(table, '')})"
        for table, form, what in _SEVERAL
    ]
    # Joined to nothing, the status keeps SQLite from reading an index of all listed profiles.
    return (
        f"SELECT {', '.join(wanted)}"  # noqa: S608  # the names are those above
        " FROM directory_business WHERE status || '' = 'listed' AND id "
    )


#: Profiles read at once where all are wanted: some 2 MB.
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class OpenCertificate:
    """A certificate as the business states it; dates as ISO 8601 writes them, or empty."""

    code: str
    number: str
    issuer: str
    issued_on: str
    expires_on: str


@dataclass(frozen=True, slots=True)
class OpenVerification:
    """A topic that the network checked; dates as ISO 8601 writes them."""

    topic: str
    checked_on: str
    expires_on: str


@dataclass(slots=True)
class OpenRow:
    """What everybody may see of one listed profile; ``columns`` are as the database gives them.

    Days and moments are texts as ISO 8601 has them.
    """

    columns: Mapping[str, Any]
    region_name: str
    terms: dict[str, list[str]]
    certificates: list[OpenCertificate]
    verifications: list[OpenVerification]
    contacts: dict[str, list[str]]
    brands: list[str]
    languages: list[str]


def open_rows(pks: Sequence[int]) -> list[OpenRow]:
    """Return the listed ones of these profiles, in this order, without long texts; one query."""
    if not pks:
        return []
    which, parameters = any_of(pks)
    found = dict(_read(which, parameters, is_short=True))
    return [found[pk] for pk in pks if pk in found]


def any_of(pks: Sequence[int]) -> tuple[str, list[Any]]:
    """Return the end of a condition that finds these keys (and perhaps others), and its values."""
    first, last = min(pks), max(pks)
    if last - first < 2 * len(pks):  # neighbours are found in one go
        return "BETWEEN %s AND %s", [first, last]
    if connection.vendor == "postgresql":  # one statement for any number, planned once
        return "= ANY(%s)", [list(pks)]
    return f"IN ({', '.join(['%s'] * len(pks))})", list(pks)


def open_row_numbered(number: str) -> OpenRow | None:
    """Return the listed profile of a stored number, or nothing; one query."""
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
    words, regions, today = lexicon(), all_regions(), localdate().isoformat()
    names = _SHORT_COLUMNS if is_short else _COLUMNS
    with connection.cursor() as cursor:
        cursor.execute(_select(connection.vendor, names) + which, parameters)
        profiles = cursor.fetchall()
    full_name = cache(regions.full_name)  # many share a few regions
    for profile in profiles:
        columns = dict(zip(names, profile, strict=False))  # the lists come after
        terms, languages, brands, contacts, certificates, verified = profile[len(names) :]
        yield (
            profile[0],
            OpenRow(
                columns,
                full_name(columns["region_id"]),
                _by_vocabulary(terms, words),
                [
                    OpenCertificate(word.code, number, issuer, issued_on or "", expires_on or "")
                    for _pk, term, number, issuer, issued_on, expires_on in _sorted(certificates)
                    if (word := words.by_pk(term))
                ],
                [OpenVerification(*one) for one in _sorted(verified) if one[2] >= today],
                _by_kind(contacts),
                [name for _pk, name in _sorted(brands)],
                sorted(languages.split(",")) if languages else [],
            ),
        )


def _sorted(written: str | None) -> list[list[Any]]:
    """Return the rows of a list in order; most profiles have none."""
    if not written or written == "[]":
        return []
    rows: list[list[Any]] = json.loads(written)
    rows.sort()
    return rows


def _by_vocabulary(joined: str | None, words: Lexicon) -> dict[str, list[str]]:
    """Return the codes of terms under their vocabularies, in the order of these."""
    found: dict[str, list[str]] = {}
    for word in words.by_pks(map(int, joined.split(","))) if joined else ():
        if (codes := found.get(word.vocabulary)) is None:
            found[word.vocabulary] = [word.code]
        else:
            codes.append(word.code)
    return found


def _by_kind(contacts: str | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _position, _pk, kind, value in _sorted(contacts):
        found.setdefault(kind, []).append(value)
    return found
