"""Profiles that may be one: found, looked for again when they change, said to be apart."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.merging import NotTwins
from ifn.directory.linking import kept_signals
from ifn.directory.models import Business, Twins, TwinsLook
from ifn.directory.profile import Profile
from ifn.directory.queries import profile_of
from ifn.directory.twinning import COMPARED, compared, evidence_of, is_likely
from ifn.linkage.comparing import Comparison
from ifn.linkage.index import Candidate

#: Profiles looked at in one piece of work.
BATCH: Final = 20
#: Pairs kept at once when all profiles are compared.
KEPT_AT_ONCE: Final = 500
#: What changed within this time may be in transactions that nobody else sees yet.
SETTLED: Final = timedelta(minutes=10)


class NotApart(Exception):  # noqa: N818
    """The two were merged meanwhile: undo that first."""


@dataclass(frozen=True, slots=True)
class Found:
    """Two profiles that may be one."""

    left: int
    right: int
    comparison: Comparison


@transaction.atomic
def keep_apart(
    one: Business, other: Business, *, reason: str, actor: User | None, at: datetime
) -> Twins:
    """Note that two profiles are two businesses, so that nobody is asked again.

    Raises:
        NotApart: They were merged meanwhile.

    """
    left, right = sorted((one, other), key=lambda each: each.pk)
    found = Business.objects.select_for_update().filter(pk__in=[left.pk, right.pk])
    if any(each.merged_into_id for each in found.order_by("pk")):
        raise NotApart
    said = {
        "verdict": Twins.Verdict.APART,
        "decided_by": actor,
        "decided_at": at,
        "reason": reason[:300],
    }
    twins, _is_new = Twins.objects.update_or_create(
        left=left, right=right, defaults=said, create_defaults={**said, "found_at": at}
    )
    record("directory.twins.apart", left, actor=actor, at=at, reason=reason, other=right.number)
    return twins


@transaction.atomic
def ask_about(one: Business, other: Business, *, actor: User, at: datetime) -> Twins:
    """Let two profiles wait for a decision because somebody thinks that they are one.

    A pair that waits or was decided stays as it is.

    Raises:
        NotTwins: They cannot be one business.

    """
    if one.pk == other.pk or one.is_demo != other.is_demo:
        raise NotTwins
    left, right = sorted((one, other), key=lambda each: each.pk)
    found = compared(profile_of(left), but=left.pk, is_demo=left.is_demo, beside=[right.pk])
    comparison = found.get(right.pk)
    values: dict[str, object] = {"found_at": at, "asked_by": actor}
    values |= _values(comparison) if comparison else {}
    return Twins.objects.get_or_create(left=left, right=right, defaults=values)[0]


@transaction.atomic
def note_twins(found: Sequence[Found], *, at: datetime) -> int:
    """Keep pairs for a person to decide and return how many are new.

    What was decided is not asked again; what waits has its evidence renewed.
    """
    pairs = {(min(one.left, one.right), max(one.left, one.right)): one.comparison for one in found}
    known = {
        (one.left_id, one.right_id): one
        for one in Twins.objects.filter(left__in={left for left, _right in pairs})
    }
    renewed = []
    for pair, comparison in pairs.items():
        own = known.get(pair)
        if own is not None and own.verdict == Twins.Verdict.WAITING:
            own.probability = comparison.probability
            own.evidence = _told(comparison)
            own.signals = kept_signals(comparison)
            renewed.append(own)
    Twins.objects.bulk_update(renewed, ["probability", "evidence", "signals"], batch_size=500)
    new = [
        Twins(left_id=left, right_id=right, found_at=at, **_values(comparison))
        for (left, right), comparison in pairs.items()
        if (left, right) not in known
    ]
    Twins.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def look_for_twins(*, at: datetime) -> int:
    """Look at the next profiles that changed since the last time; return how many there were.

    Pairs that are no longer alike, and that nobody decided, are forgotten.
    """
    with transaction.atomic():
        _forget_merged()
        start = TwinsLook.objects.select_for_update().filter(pk=TwinsLook.ONLY).first()
        changed = Business.objects.filter(status__in=COMPARED, updated_at__lte=at - SETTLED)
        if start is not None:
            later = Q(updated_at=start.changed_at, pk__gt=start.after)
            changed = changed.filter(later | Q(updated_at__gt=start.changed_at))
        profiles = list(changed.order_by("updated_at", "pk")[:BATCH])
        if not profiles:
            return 0
        for business in profiles:
            _look_at(business, profile_of(business), at=at)
        TwinsLook.objects.update_or_create(
            pk=TwinsLook.ONLY,
            defaults={"changed_at": profiles[-1].updated_at, "after": profiles[-1].pk},
        )
    return len(profiles)


def look_at_all(
    swept: Iterable[tuple[object, Sequence[Candidate]]], *, is_demo: bool, at: datetime
) -> int:
    """Keep what is found by comparing all profiles with all; return how many pairs are new.

    Pairs are kept as they come, so that any number of them fits into memory and what was found
    stays when the rest is stopped. At the end those that wait and were not found again are
    forgotten.
    """
    met: set[tuple[int, int]] = set()
    found: list[Found] = []
    new = 0
    for key, candidates in swept:
        for one in candidates:
            left, right = sorted((int(str(key)), int(str(one.key))))
            if (left, right) not in met and is_likely(one.comparison):
                met.add((left, right))
                found.append(Found(left, right, one.comparison))
        if len(found) >= KEPT_AT_ONCE:
            new += _keep(found, at=at)
            found = []
    new += _keep(found, at=at)
    _forget_unmet(met, is_demo=is_demo, at=at)
    return new


@transaction.atomic
def _keep(found: Sequence[Found], *, at: datetime) -> int:
    """Note pairs of profiles that are still there."""
    pks = {pk for one in found for pk in (one.left, one.right)}
    there = set(
        Business.objects.filter(pk__in=pks, status__in=COMPARED).values_list("pk", flat=True)
    )
    return note_twins([one for one in found if {one.left, one.right} <= there], at=at)


@transaction.atomic
def _forget_unmet(met: Collection[tuple[int, int]], *, is_demo: bool, at: datetime) -> None:
    """Forget pairs that waited before and were not found again."""
    waiting = Twins.objects.filter(
        verdict=Twins.Verdict.WAITING, found_at__lt=at, asked_by=None, left__is_demo=is_demo
    )
    gone = [
        pk
        for pk, left, right in waiting.values_list("pk", "left", "right")
        if (left, right) not in met
    ]
    for start in range(0, len(gone), KEPT_AT_ONCE):
        Twins.objects.filter(pk__in=gone[start : start + KEPT_AT_ONCE]).delete()


def _forget_merged() -> None:
    """Forget what waits of profiles that were merged while somebody looked at them."""
    gone = Q(left__merged_into__isnull=False) | Q(right__merged_into__isnull=False)
    Twins.objects.filter(gone, verdict=Twins.Verdict.WAITING).delete()


def _look_at(business: Business, profile: Profile, *, at: datetime) -> None:
    waiting = Twins.objects.filter(
        Q(left=business) | Q(right=business), verdict=Twins.Verdict.WAITING, asked_by=None
    )
    others: Mapping[int, int] = {
        one.left_id if one.right_id == business.pk else one.right_id: one.pk for one in waiting
    }
    met = compared(profile, but=business.pk, is_demo=business.is_demo, beside=others)
    likely = [Found(business.pk, pk, one) for pk, one in met.items() if is_likely(one)]
    still = {one.right for one in likely}
    Twins.objects.filter(pk__in=[pk for other, pk in others.items() if other not in still]).delete()
    note_twins(likely, at=at)


def _values(comparison: Comparison) -> dict[str, object]:
    return {
        "probability": comparison.probability,
        "evidence": _told(comparison),
        "signals": kept_signals(comparison),
    }


def _told(comparison: Comparison) -> list[list[str | float]]:
    return [list(part) for part in evidence_of(comparison)]
