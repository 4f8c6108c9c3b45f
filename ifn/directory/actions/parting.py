"""Take a merge back: both profiles stand again as they stood before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.consenting import (
    carried_over,
    hide_what_others_agreed_to,
    return_consents,
)
from ifn.directory.actions.merging import (
    attribute_all,
    last_confirmed,
    lock_all,
)
from ifn.directory.actions.profiles import audited, recount, replace_facts
from ifn.directory.joining import GROUPS, joined
from ifn.directory.models import (
    Business,
    Invitation,
    Membership,
    Merge,
    Picture,
    Twins,
    Verification,
)
from ifn.directory.profile import Profile, changed_fields
from ifn.directory.queries import profile_of, standing_for
from ifn.directory.serial import from_json


class UndoneMeanwhile(Exception):  # noqa: N818
    """The merge was taken back already."""


@dataclass(frozen=True, slots=True)
class Parted:
    """Two profiles after a merge was taken back, and fields of the one that the other still has."""

    kept: Business
    gone: Business
    stayed: tuple[str, ...] = ()


@transaction.atomic
def undo_merge(merge: Merge, *, reason: str = "", actor: User, at: datetime) -> Parted:
    """Put both profiles back to how they stood, with their own pictures, people and checks.

    Where the kept one changed since, its facts stay as they are, for somebody wrote them knowing
    what they saw; the answer names the fields that it still has from the other one.

    Raises:
        UndoneMeanwhile: Somebody was quicker.

    """
    holder = _locked(merge)
    if merge.undone_at is not None:
        raise UndoneMeanwhile
    kept, gone = merge.kept, merge.gone
    return_consents(gone)
    stayed = _facts_back(merge, holder, actor=actor, at=at)
    hide_what_others_agreed_to(holder)
    merge.undone_at, merge.undone_by = at, actor
    merge.save(update_fields=["undone_at", "undone_by"])
    gone.status, gone.merged_into, gone.updated_at = merge.status, None, at
    gone.version += 1
    gone.save(update_fields=["status", "merged_into", "updated_at", "version"])
    _lead_again(gone)
    _move_back(merge, holder)
    _doubt_again(merge)
    for one in {holder.pk: holder, gone.pk: gone}.values():
        recount(one, at=at)
    for one, other in ((gone, kept), (holder, gone)):
        record(
            "directory.business.parted",
            one,
            actor=actor,
            at=at,
            reason=reason,
            other=other.number,
            merge=merge.pk,
            stayed=list(stayed),
        )
    return Parted(holder, gone, stayed)


def _locked(merge: Merge) -> Business:
    """Bring a merge and its profiles up to date and locked; return where its things are now."""
    kept, gone = merge.kept, merge.gone
    while True:
        point = transaction.savepoint()
        holder = standing_for(kept)
        lock_all(gone, kept, holder)
        if (kept.merged_into_id or kept.pk) == holder.pk:
            break
        transaction.savepoint_rollback(point)  # merged on meanwhile: what is held is let go first
    transaction.savepoint_commit(point)
    merge.refresh_from_db(fields=["undone_at"])
    return kept if holder.pk == kept.pk else holder


def _facts_back(merge: Merge, holder: Business, *, actor: User, at: datetime) -> tuple[str, ...]:
    """Give the kept profile its facts back, or return the fields in which it cannot have them."""
    before = from_json(merge.before["profile"])
    day = merge.before["confirmed_on"]
    confirmed_on = date.fromisoformat(day) if day else None
    gone = profile_of(merge.gone)
    made = joined(before, gone, merge.chosen)
    now = profile_of(holder)
    confirmed_then = last_confirmed(confirmed_on, merge.gone.confirmed_on)
    is_newer = bool(changed_fields(made, now)) or holder.confirmed_on != confirmed_then
    if holder.pk != merge.kept_id or is_newer:
        return tuple(_still_there(merge, now, before, gone))
    before = carried_over(before, holder)
    changed = changed_fields(now, before)
    replace_facts(
        holder, before, changed, version=holder.version + 1, confirmed_on=confirmed_on, at=at
    )
    kept_by = merge.before["attributions"].items()
    attribute_all(
        holder, [(field, source, date.fromisoformat(on)) for field, (source, on) in kept_by]
    )
    record(
        "directory.business.reverted",
        holder,
        actor=actor,
        at=at,
        before=audited(now, changed),
        after=audited(before, changed),
        merge=merge.pk,
    )
    return ()


def _still_there(merge: Merge, now: Profile, before: Profile, gone: Profile) -> Iterable[str]:
    """Yield the groups that were taken from the gone profile and stand so in the other one."""
    made = joined(before, gone, merge.chosen)
    for group in merge.chosen:
        names = GROUPS.get(group, ())
        changed = set(changed_fields(made, before)) & set(names)
        if changed and not changed & set(changed_fields(made, now)):
            yield group


def _lead_again(business: Business) -> None:
    """Let what was merged into a profile before lead to it again, whatever came of it since."""
    found = [business.pk]
    while found:
        standing = Merge.objects.filter(kept__in=found, undone_at=None)
        found = list(standing.values_list("gone", flat=True))
        Business.objects.filter(pk__in=found).update(merged_into=business)


def _move_back(merge: Merge, holder: Business) -> None:
    """Give the gone profile back what was its own and is still there."""
    gone, moved = merge.gone, merge.moved
    for pk, position in moved.get("pictures", ()):
        there = Picture.objects.filter(pk=pk, business=holder)
        there.update(business=gone, position=position)
    for one in moved.get("members", ()):
        _member_back(one, holder, gone)
    invitations = Invitation.objects.filter(pk__in=moved.get("invitations", ()), business=holder)
    invitations.filter(accepted_at=None).update(business=gone)
    checks = moved.get("verifications", {})
    Verification.objects.filter(pk__in=checks.get("moved", ()), business=holder).update(
        business=gone
    )
    for one in Verification.objects.filter(
        pk__in=checks.get("replaced", ()), replaced_at=merge.merged_at
    ).order_by("pk"):
        standing = Verification.objects.standing().filter(business=one.business, topic=one.topic)
        if not standing.exists():
            Verification.objects.filter(pk=one.pk).update(replaced_at=None)


def _member_back(one: Mapping[str, Any], holder: Business, gone: Business) -> None:
    """Let a person look after the profile that was theirs, and after the other only as before."""
    there = Membership.objects.filter(business=holder, person=one["person"])
    own = {"role": one["role"], "since": datetime.fromisoformat(one["since"])}
    if not one["before"] and there.update(business=gone, **own):
        return
    there.filter(role=one["role"]).update(role=one["before"])
    if User.objects.filter(pk=one["person"]).exists():
        Membership.objects.get_or_create(business=gone, person_id=one["person"], defaults=own)


def _doubt_again(merge: Merge) -> None:
    """Let the pair wait for a decision again; what was only carried over is forgotten."""
    Twins.objects.filter(pk__in=merge.moved.get("apart", ())).delete()
    left, right = sorted((merge.kept_id, merge.gone_id))
    Twins.objects.filter(left=left, right=right).update(
        verdict=Twins.Verdict.WAITING, decided_by=None, decided_at=None, reason=""
    )
