"""Make one profile of two: one is kept, the other leads to it from then on."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max, Q

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.consenting import carried_over, move_consents
from ifn.directory.actions.pictures import MOST_PICTURES
from ifn.directory.actions.profiles import ChangedMeanwhile, audited, recount, replace_facts
from ifn.directory.indexing import take_off_lists
from ifn.directory.joining import attributed, joined
from ifn.directory.models import (
    Attribution,
    Business,
    CertificateNotice,
    Invitation,
    Membership,
    Merge,
    Picture,
    Twins,
    Verification,
)
from ifn.directory.profile import Profile, changed_fields
from ifn.directory.serial import to_json
from ifn.directory.whole import Whole, whole

Choice = Mapping[str, str]
_RANK: Final = {"viewer": 0, "editor": 1, "owner": 2}


class NotTwins(ValueError):  # noqa: N818
    """The two cannot be one: the same profile twice, or one invented and one real."""


class GoneMeanwhile(Exception):  # noqa: N818
    """One of the two was merged into another profile before; ``business`` is that one."""

    def __init__(self, business: Business) -> None:
        super().__init__(str(business))
        self.business = business


@transaction.atomic
def merge(  # noqa: PLR0913  # two profiles as they were seen, whose word counts, by whom and why
    kept: Business,
    gone: Business,
    *,
    versions: tuple[int, int],
    chosen: Choice,
    reason: str,
    actor: User | None,
    at: datetime,
) -> Merge:
    """Keep one of two profiles; the other one's pictures, people and checks move to it.

    ``versions`` are those that the person looked at, of the kept one first. ``chosen`` says for
    groups of fields (``joining.GROUPS``) whose word counts; where it says nothing, the kept one's.
    Merged twice in the same way, the two are merged once.

    Raises:
        ChangedMeanwhile: One of them is not what the person saw; nothing was written.
        GoneMeanwhile: One of them stands for nothing any more; nothing was written.
        NotTwins: They cannot be one business.

    """
    if kept.pk == gone.pk or kept.is_demo != gone.is_demo:
        raise NotTwins
    lock_all(kept, gone)
    if before := Merge.objects.filter(kept=kept, gone=gone, undone_at=None).first():
        return before
    for one in (kept, gone):
        if one.merged_into is not None:
            raise GoneMeanwhile(one.merged_into)
    if versions != (kept.version, gone.version):
        raise ChangedMeanwhile
    both = whole(kept), whole(gone)
    profiles = both[0].profile, both[1].profile
    made = Merge.objects.create(
        kept=kept,
        gone=gone,
        merged_by=actor,
        merged_at=at,
        reason=reason[:300],
        chosen={group: side for group, side in chosen.items() if side in {"gone", "both"}},
        before=_standing(kept, both[0]),
        status=gone.status,
    )
    facts = carried_over(joined(*profiles, made.chosen), kept, gone)
    changed = _take_facts(kept, gone, both, facts, made.chosen, at=at)
    made.moved = _move(kept, gone, at=at)
    move_consents(gone, kept)
    _leave(gone, kept, at=at)
    made.moved["apart"] = _decide_twins(kept, gone, reason, actor=actor, at=at)
    made.save(update_fields=["moved"])
    recount(kept, at=at)
    for one, other, event in ((gone, kept, "merged"), (kept, gone, "took_over")):
        record(
            f"directory.business.{event}",
            one,
            actor=actor,
            at=at,
            reason=reason,
            before=audited(profiles[0], changed) if one is kept else {"status": made.status},
            after=audited(facts, changed) if one is kept else {"status": gone.status},
            other=other.number,
            merge=made.pk,
        )
    return made


def lock_all(*businesses: Business) -> None:
    """Bring profiles up to date and keep them, and what leads to them, from changing.

    All are locked in the order of their keys, so that two merges with a profile in common wait for
    each other and never each for the other.

    Raises:
        Business.DoesNotExist: One of them was removed meanwhile.

    """
    wanted = {one.pk for one in businesses}
    leading = Business.objects.filter(merged_into__in=wanted).values_list("pk", flat=True)
    everyone = wanted | set(leading.all())
    while True:
        point = transaction.savepoint()
        held = Business.objects.select_for_update().filter(pk__in=everyone).order_by("pk")
        list(held.values_list("pk", flat=True))
        if (more := set(leading.all())) <= everyone:
            break
        # Another merge was quicker. What is held is let go first: taken on top of it, what leads
        # here now would be taken out of order.
        transaction.savepoint_rollback(point)
        everyone |= more
    transaction.savepoint_commit(point)
    for one in businesses:
        one.refresh_from_db()


def attribute_all(business: Business, stated: Iterable[tuple[str, int, date]]) -> None:
    """Say anew who stated each field of a profile."""
    Attribution.objects.filter(business=business).delete()
    Attribution.objects.bulk_create(
        Attribution(business=business, field=field, source_id=source, stated_on=on)
        for field, source, on in stated
    )


def last_confirmed(*days: date | None) -> date | None:
    """Return the newest of some days."""
    return max(filter(None, days), default=None)


def _standing(business: Business, known: Whole) -> dict[str, Any]:
    """Return how a profile stands, for the way back."""
    return {
        "profile": to_json(known.profile),
        "attributions": {
            one.field: [one.source, one.stated_on.isoformat()] for one in known.statements
        },
        "confirmed_on": business.confirmed_on.isoformat() if business.confirmed_on else None,
    }


def _take_facts(  # both, what comes of them, and when
    kept: Business,
    gone: Business,
    both: tuple[Whole, Whole],
    facts: Profile,
    chosen: Choice,
    *,
    at: datetime,
) -> list[str]:
    """Write the joined facts into the kept profile and return the fields that changed."""
    profiles = both[0].profile, both[1].profile
    changed = changed_fields(profiles[0], facts)
    stated = attributed(profiles, chosen, (both[0].said_by, both[1].said_by))
    replace_facts(
        kept,
        facts,
        changed,
        version=kept.version + 1,
        confirmed_on=last_confirmed(kept.confirmed_on, gone.confirmed_on),
        at=at,
    )
    attribute_all(kept, [(name, one.source, one.stated_on) for name, one in stated.items()])
    return changed


def _leave(gone: Business, kept: Business, *, at: datetime) -> None:
    """Let a profile, and all that led to it, lead to the kept one."""
    gone.status, gone.merged_into, gone.updated_at = Business.Status.MERGED, kept, at
    gone.version += 1
    gone.save(update_fields=["status", "merged_into", "updated_at", "version"])
    Business.objects.filter(merged_into=gone).update(merged_into=kept)
    take_off_lists([gone.pk])


def _move(kept: Business, gone: Business, *, at: datetime) -> dict[str, Any]:
    """Move what belongs to a profile and is no fact; return what moved, for the way back."""
    CertificateNotice.objects.bulk_create(
        (
            CertificateNotice(business=kept, **told)
            for told in CertificateNotice.objects.filter(business=gone).values(
                "term_id", "number", "expires_on", "told_at", "messages"
            )
        ),
        ignore_conflicts=True,
    )
    waiting = Invitation.objects.filter(business=gone, accepted_at=None, withdrawn_at=None)
    invitations = list(waiting.order_by("pk").values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=invitations).update(business=kept)
    return {
        "pictures": _move_pictures(kept, gone),
        "members": _move_members(kept, gone),
        "verifications": _move_verifications(kept, gone, at=at),
        "invitations": invitations,
    }


def _move_pictures(kept: Business, gone: Business) -> list[list[int]]:
    """Put the pictures behind the kept one's, as many as it may have; the same one only once."""
    own = Picture.objects.filter(business=kept)
    known = set(own.exclude(digest="").values_list("digest", flat=True))
    last = own.aggregate(last=Max("position"))["last"]
    place = 0 if last is None else last + 1
    room = MOST_PICTURES - own.count()
    others = Picture.objects.filter(business=gone).order_by("position", "pk")
    moving = [one for one in others if one.digest not in known][: max(0, room)]
    moved = [[one.pk, one.position] for one in moving]
    for position, one in enumerate(moving, start=place):
        one.business, one.position = kept, position
    Picture.objects.bulk_update(moving, ["business", "position"])
    return moved


def _move_members(kept: Business, gone: Business) -> list[dict[str, Any]]:
    """Let the people look after the kept profile; whoever is of both has the higher role."""
    there = {one.person_id: one for one in Membership.objects.filter(business=kept)}
    moved = []
    for one in Membership.objects.filter(business=gone).order_by("pk"):
        own = there.get(one.person_id)
        moved.append(
            {
                "person": one.person_id,
                "role": one.role,
                "since": one.since.isoformat(),
                "before": own.role if own else "",
            }
        )
        if own is None:
            one.business = kept
            one.save(update_fields=["business"])
            continue
        one.delete()
        if _RANK[one.role] > _RANK[own.role]:
            own.role = one.role
            own.save(update_fields=["role"])
    return moved


def _move_verifications(kept: Business, gone: Business, *, at: datetime) -> dict[str, list[int]]:
    """Move every check; where both have one that stands for a topic, the newer one stands on."""
    own = {one.topic: one for one in Verification.objects.standing().filter(business=kept)}
    replaced = []
    for one in Verification.objects.standing().filter(business=gone).order_by("pk"):
        rival = own.get(one.topic)
        if rival is None:
            continue
        older = min((rival, one), key=lambda each: (each.checked_on, each.made_at, each.pk))
        older.replaced_at = at
        older.save(update_fields=["replaced_at"])
        replaced.append(older.pk)
    moving = Verification.objects.filter(business=gone).order_by("pk")
    moved = list(moving.values_list("pk", flat=True))
    moving.update(business=kept)
    return {"moved": moved, "replaced": replaced}


def _decide_twins(
    kept: Business, gone: Business, reason: str, *, actor: User | None, at: datetime
) -> list[int]:
    """Note that the two are one; what was said of the gone one and others holds for the kept one.

    Returns the pairs that are said to be apart only since.
    """
    left, right = sorted((kept, gone), key=lambda one: one.pk)
    said = {
        "verdict": Twins.Verdict.SAME,
        "decided_by": actor,
        "decided_at": at,
        "reason": reason[:300],
    }
    Twins.objects.update_or_create(
        left=left, right=right, defaults=said, create_defaults={**said, "found_at": at}
    )
    pairs = Twins.objects.filter(Q(left=gone) | Q(right=gone)).exclude(verdict=Twins.Verdict.SAME)
    apart = [pk for one in pairs.order_by("pk") if (pk := _follow(one, kept, gone))]
    # What waits of the gone one waits for nobody; what was decided stays, for the way back.
    pairs.filter(verdict=Twins.Verdict.WAITING).delete()
    return apart


def _follow(pair: Twins, kept: Business, gone: Business) -> int | None:
    """Let a pair of the gone profile hold for the kept one; return its key if that is new."""
    other = pair.left_id if pair.right_id == gone.pk else pair.right_id
    if other == kept.pk:
        return None
    left, right = sorted((kept.pk, other))
    copied = (
        *("probability", "evidence", "found_at"),
        *("verdict", "decided_by", "decided_at", "reason"),
    )
    values = {name: getattr(pair, name) for name in copied}
    own, is_new = Twins.objects.get_or_create(left_id=left, right_id=right, defaults=values)
    if pair.verdict != Twins.Verdict.APART:
        return None
    if not is_new and own.verdict == Twins.Verdict.WAITING:
        Twins.objects.filter(pk=own.pk).update(**values)
        is_new = True
    return own.pk if is_new else None
