"""Enter many profiles at once, as a list or the demo network does."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, models, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory import numbers
from ifn.directory.actions.consenting import allowed, invented, of_demo
from ifn.directory.actions.profiles import confirmed_by, slug_for
from ifn.directory.actions.rows import ROW_FIELDS, row_values, term_keys
from ifn.directory.completeness import percent
from ifn.directory.copying import copy_rows
from ifn.directory.indexing import standing_of
from ifn.directory.listings import COLLECTION, Standing, content_of, entry_of
from ifn.directory.models import Attribution, Business, Listing, Picture, Source, Verification
from ifn.directory.opendata import kept
from ifn.directory.profile import COLUMNS, Profile
from ifn.regions.queries import all_regions
from ifn.textsearch import actions as textsearch
from ifn.textsearch.entries import Entry, Prepared, prepare
from ifn.vocabulary.queries import lexicon

BATCH = 1_000
#: After so many rounds short numbers are scarce, and longer ones are drawn.
SHORT_ROUNDS = 12
#: So many new entries the index may hold unpacked until background work packs them.
UNPACKED = 2_000
PICTURE_FIELDS = (
    "file",
    "width",
    "height",
    "widths",
    "caption_id",
    "caption_en",
    "position",
    "added_at",
    "digest",
)

VERIFICATION_FIELDS = tuple(
    field.attname
    for field in Verification._meta.concrete_fields
    if not field.primary_key and field.name != "business"
)

#: Analyses entries; the caller may hand in one that spreads the work over processes.
Analyse = Callable[[Iterable[Entry]], Iterable[Prepared]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A profile on its way in: when it was stated, and pictures and checks without a row yet."""

    profile: Profile
    stated_on: date
    pictures: Sequence[Picture] = ()
    verifications: Sequence[Verification] = ()


def one_by_one(entries: Iterable[Entry]) -> Iterable[Prepared]:
    """Analyse entries in this process."""
    return map(prepare, entries)


def register_many(  # noqa: PLR0913  # as for one profile, and how to work through many
    arrivals: Iterable[Arrival],
    *,
    source: Source,
    actor: User | None,
    at: datetime,
    is_demo: bool = False,
    random: Random | None = None,
    analyse: Analyse = one_by_one,
) -> list[int]:
    """Enter profiles in batches, each in a transaction of its own, and return their keys in order.

    Lists and the search index are written with each batch, and the index is packed at the end of a
    large load, so that no server has to read it all apart. One line of the audit record names the
    source and the count of each batch. Contacts come in hidden, for nobody has agreed yet; those of
    the demo network are nobody's. ``random`` makes the public numbers repeatable.

    Raises:
        UnknownTerm: A capability or certificate is in no vocabulary; its batch is not written.

    """
    pks: list[int] = []
    left = iter(arrivals)
    chooser = random or secrets.SystemRandom()
    while batch := list(islice(left, BATCH)):
        with transaction.atomic():
            batch = _allowed(batch, is_demo=is_demo, at=at)
            businesses = _insert(batch, source, at=at, is_demo=is_demo, chooser=chooser)
            known = _known(businesses, batch)
            # Started first: where other processes analyse, they do it while rows are written here.
            analysed = analyse(_entries(known))
            _write_details(businesses, batch, source)
            _write_lists(known, analysed)
            record(
                "directory.businesses.registered",
                source,
                actor=actor,
                at=at,
                businesses=len(businesses),
                first=businesses[0].number,
                last=businesses[-1].number,
            )
        pks += [business.pk for business in businesses]
    if len(pks) > UNPACKED and not connection.in_atomic_block:
        textsearch.compact(COLLECTION)
    return pks


def _allowed(batch: Sequence[Arrival], *, is_demo: bool, at: datetime) -> list[Arrival]:
    """Return the arrivals with contacts hidden, or with the consent of the demo network."""
    if not is_demo:
        return [replace(one, profile=allowed(one.profile, None)) for one in batch]
    consent = of_demo(at=at)
    return [replace(one, profile=invented(one.profile, consent)) for one in batch]


def _insert(
    batch: Sequence[Arrival], source: Source, *, at: datetime, is_demo: bool, chooser: Random
) -> list[Business]:
    businesses = [
        Business(
            **{name: getattr(one.profile, name) for name in COLUMNS if name != "region"},
            region_id=one.profile.region or None,
            slug=slug_for(one.profile.name),
            number=number,
            status=Business.Status.LISTED,
            is_demo=is_demo,
            created_at=at,
            updated_at=at,
            confirmed_on=confirmed_by(source, one.stated_on),
            completeness=percent(one.profile, pictures=len(one.pictures)),
        )
        for one, number in zip(batch, _free_numbers(len(batch), chooser), strict=True)
    ]
    stored = [field for field in Business._meta.concrete_fields if not field.primary_key]
    copy_rows(
        Business,
        [field.name for field in stored],
        ([getattr(one, field.attname) for field in stored] for one in businesses),
    )
    found = dict(
        Business.objects.filter(number__in=[one.number for one in businesses]).values_list(
            "number", "pk"
        )
    )
    for one in businesses:
        one.pk = found[one.number]
    return businesses


def _free_numbers(count: int, chooser: Random) -> list[str]:
    """Return distinct numbers that no profile has; the column refuses what slips through."""
    found: dict[str, None] = {}
    rounds = 0
    while len(found) < count:
        rounds += 1
        length = numbers.BODY if rounds < SHORT_ROUNDS else numbers.BODY + 1
        drawn = [numbers.draw(chooser, length=length) for _ in range(count - len(found))]
        taken = set(Business.objects.filter(number__in=drawn).values_list("number", flat=True))
        found |= dict.fromkeys(number for number in drawn if number not in taken)
    return list(found)


def _write_details(
    businesses: Sequence[Business], batch: Sequence[Arrival], source: Source
) -> None:
    words = lexicon()
    rows: dict[type[models.Model], list[tuple[Any, ...]]] = {}
    for business, one in zip(businesses, batch, strict=True):
        for model, values in row_values(one.profile, term_keys(one.profile, words)):
            rows.setdefault(model, []).append((business.pk, *values))
        for picture in one.pictures:
            values = tuple(getattr(picture, name) for name in PICTURE_FIELDS)
            rows.setdefault(Picture, []).append((business.pk, *values))
        for check in one.verifications:
            values = tuple(getattr(check, name) for name in VERIFICATION_FIELDS)
            rows.setdefault(Verification, []).append((business.pk, *values))
        stated = (business.pk, Attribution.WHOLE, source.pk, one.stated_on)
        rows.setdefault(Attribution, []).append(stated)
    names = ROW_FIELDS | {
        Picture: PICTURE_FIELDS,
        Verification: tuple(name.removesuffix("_id") for name in VERIFICATION_FIELDS),
        Attribution: ("field", "source", "stated_on"),
    }
    for model, several in rows.items():
        copy_rows(model, ("business", *names[model]), several)


def _known(
    businesses: Sequence[Business], batch: Sequence[Arrival]
) -> list[tuple[Profile, Standing]]:
    return [
        (one.profile, standing_of(business, one.pictures, one.stated_on, _last_days(one)))
        for business, one in zip(businesses, batch, strict=True)
    ]


def _last_days(one: Arrival) -> list[tuple[str, date]]:
    return [(check.topic, check.expires_on) for check in one.verifications]


def _entries(known: Iterable[tuple[Profile, Standing]]) -> list[Entry]:
    words, regions = lexicon(), all_regions()
    return [entry_of(profile, standing, words, regions) for profile, standing in known]


def _write_lists(known: Sequence[tuple[Profile, Standing]], analysed: Iterable[Prepared]) -> None:
    copy_rows(
        Listing,
        ("business", "content"),
        ((standing.pk, content_of(profile, standing)) for profile, standing in known),
    )
    kept.keep([standing.pk for _profile, standing in known])
    textsearch.put(COLLECTION, analysed)
