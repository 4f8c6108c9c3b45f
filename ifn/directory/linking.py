"""Profiles as records that linkage compares."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from ifn.directory.models import Brand, Business, Calibration, Contact
from ifn.directory.profile import Profile
from ifn.linkage.calibrating import Calibration as Steps
from ifn.linkage.comparing import Comparison
from ifn.linkage.evidence import Weights, shipped
from ifn.linkage.records import Record
from ifn.regions.queries import Regions, all_regions

#: Profiles read at once.
BATCH: Final = 1_000
_COLUMNS: Final = ("pk", "name", "legal_form", "address", "region_id", "postcode", "nib")


def weights() -> Weights:
    """Return what evidence weighs, corrected as people's decisions taught; one query."""
    known = shipped()
    newest = Calibration.objects.standing().filter(edition=known.edition).order_by("-pk").first()
    return replace(known, calibration=calibration_of(newest)) if newest else known


def calibration_of(kept: Calibration) -> Steps:
    """Return a kept correction as linkage takes it."""
    return Steps(tuple((float(said), float(worth)) for said, worth in kept.steps))


def kept_signals(comparison: Comparison) -> dict[str, float]:
    """Return all that was found of a pair as it is kept, to be weighed again later."""
    return {code: round(value, 4) for code, value in comparison.signals.items()}


def record_of(profile: Profile, key: Hashable) -> Record:
    """Return a profile as a record under this key."""
    return _record(
        all_regions(),
        (key, *(getattr(profile, name) for name in ("name", "legal_form", "address", "region"))),
        (profile.postcode, profile.nib),
        [(one.kind, one.value) for one in profile.contacts],
        profile.brands,
    )


def everyone(*, is_demo: bool = False) -> Iterator[Record]:
    """Yield every profile as a record under its primary key; demo ones are a world of their own.

    What was merged is left out: the profile that it was merged into stands for it. So is what
    nobody published yet.
    """
    after = 0
    while True:
        found = (
            Business.objects.filter(pk__gt=after, is_demo=is_demo, merged_into=None)
            .exclude(status=Business.Status.DRAFT)
            .order_by("pk")
        )
        rows = list(found.values_list(*_COLUMNS)[:BATCH])
        if not rows:
            return
        after = rows[-1][0]
        yield from _with_details(rows)


def records_of(keys: Sequence[Hashable]) -> Iterator[Record]:
    """Yield the profiles of these primary keys as records."""
    for start in range(0, len(keys), BATCH):
        found = Business.objects.filter(pk__in=list(keys[start : start + BATCH]))
        yield from _with_details(list(found.values_list(*_COLUMNS)))


def _with_details(rows: Sequence[tuple[Any, ...]]) -> Iterator[Record]:
    pks = [row[0] for row in rows]
    contacts: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    found = Contact.objects.filter(business__in=pks).order_by("position", "pk")
    for pk, kind, value in found.values_list("business_id", "kind", "value"):
        contacts[pk].append((kind, value))
    brands: defaultdict[int, list[str]] = defaultdict(list)
    named = Brand.objects.filter(business__in=pks).order_by("pk")
    for pk, name in named.values_list("business_id", "name"):
        brands[pk].append(name)
    regions = all_regions()
    for row in rows:
        yield _record(regions, row[:5], row[5:], contacts[row[0]], brands[row[0]])


def _record(
    regions: Regions,
    said: Sequence[object],
    numbers: Sequence[object],
    contacts: Iterable[tuple[str, str]],
    brands: Iterable[str],
) -> Record:
    key, name, form, address, region = said
    postcode, nib = numbers
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, value in contacts:
        by_kind[kind].append(value)
    place = regions.get(str(region or ""))
    return Record(
        key=key,
        name=str(name),
        legal_form=str(form),
        address=str(address),
        region=str(region or ""),
        city=place.name if place and not place.is_province else "",
        postcode=str(postcode),
        phones=tuple(by_kind[Contact.Kind.PHONE] + by_kind[Contact.Kind.WHATSAPP]),
        emails=tuple(by_kind[Contact.Kind.EMAIL]),
        sites=tuple(by_kind[Contact.Kind.WEBSITE]),
        instagram=tuple(by_kind[Contact.Kind.INSTAGRAM]),
        nib=str(nib),
        brands=tuple(brands),
    )
