"""Two profiles made one, with what was claimed and reported about them, what they offer and ask."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from ifn.accounts.models import User
from ifn.assessments.actions import counting as assessments
from ifn.assessments.models import Assessment
from ifn.audit.actions import record
from ifn.collaboration.actions.merging import carry_collaborations, give_collaborations_back
from ifn.connections import actions as connections
from ifn.connections.models import Opportunity
from ifn.directory import actions as directory
from ifn.directory.actions.merging import Choice, lock_all
from ifn.directory.actions.profiles import lock
from ifn.directory.models import Business, Merge, Twins, Verification
from ifn.directory.queries import has_owner, standing_for
from ifn.moderation.actions.deciding import TAKEN, refuse_locked
from ifn.moderation.actions.taking import let_go
from ifn.moderation.models import Claim, ClaimLink, Look, Report, Told
from ifn.moderation.models.claims import OPEN
from ifn.moderation.problems import ReasonMissing
from ifn.programmes.actions.merging import (
    carry_registrations,
    give_registrations_back,
    hold_batches,
)


@transaction.atomic
def merge_businesses(  # noqa: PLR0913  # two profiles as they were seen, whose word counts, why
    kept: Business,
    gone: Business,
    *,
    versions: tuple[int, int],
    chosen: Choice,
    reason: str,
    actor: User,
    at: datetime,
) -> Merge:
    """Merge two profiles; claims, links, reports, assessments and registrations go along.

    Merged twice in the same way, they are merged once.

    Raises:
        ChangedMeanwhile, GoneMeanwhile, NotTwins: As ``directory.actions.merge`` says.

    """
    hold_batches(kept, gone)
    lock_all(kept, gone)
    is_new = not Merge.objects.filter(kept=kept, gone=gone, undone_at=None).exists()
    merge = directory.merge(
        kept, gone, versions=versions, chosen=chosen, reason=reason, actor=actor, at=at
    )
    if is_new:
        merge.carried = _carry(kept, gone, actor=actor, at=at)
        merge.save(update_fields=["carried"])
        _let_go_of_pair(kept, gone)
    return merge


@transaction.atomic
def undo_merge(merge: Merge, *, actor: User, at: datetime) -> directory.Parted:
    """Take a merge back, and give the profile back what was asked and said about it.

    Raises:
        UndoneMeanwhile: A colleague was quicker.

    """
    hold_batches(standing_for(merge.kept), merge.gone)
    parted = directory.undo_merge(merge, actor=actor, at=at)
    carried, holder = merge.carried, standing_for(merge.kept)
    for name, found in _followers(holder).items():
        found.filter(pk__in=carried.get(name, ())).update(business=merge.gone)
    back = Opportunity.objects.filter(pk__in=carried.get("opportunities", ()), business=holder)
    connections.follow_business(back.values_list("pk", flat=True), merge.gone)
    assessed = Assessment.objects.filter(pk__in=carried.get("assessments", ()), business=holder)
    assessments.follow_business(assessed.values_list("pk", flat=True), merge.gone)
    give_registrations_back(
        carried, holder, merge.gone, merged_at=merge.merged_at, actor=actor, at=at
    )
    give_collaborations_back(carried, holder, merge.gone)
    Look.objects.filter(pk=carried.get("look")).delete()
    return parted


def keep_apart(twins: Twins, *, reason: str, actor: User, at: datetime) -> Twins:
    """Note that two profiles are two businesses, and why.

    Raises:
        ReasonMissing: It was not said why.
        NotApart: A colleague merged them.

    """
    if not reason:
        raise ReasonMissing
    with transaction.atomic():
        said = directory.keep_apart(twins.left, twins.right, reason=reason, actor=actor, at=at)
        let_go("twins", [said.pk])
    return said


@transaction.atomic
def mark_told(verification: Verification, *, actor: User, at: datetime) -> Told:
    """Note that an officer told a business of a verification that ends; noted once."""
    lock(verification.business)
    told, is_new = Told.objects.get_or_create(
        verification=verification, defaults={"told_by": actor, "told_at": at}
    )
    if is_new:
        let_go("expiring", [verification.pk])
        record(
            "moderation.verification.told",
            verification.business,
            actor=actor,
            at=at,
            topic=verification.topic,
            verification=verification.pk,
        )
    return told


def _carry(kept: Business, gone: Business, *, actor: User, at: datetime) -> dict[str, Any]:
    """Move what rooms below know nothing of; return what moved, for the way back."""
    _end_second_claims(kept, gone, actor=actor, at=at)
    carried: dict[str, Any] = {}
    for name, found in _followers(gone).items():
        carried[name] = list(found.order_by("pk").values_list("pk", flat=True))
        found.update(business=kept)
    asked = Opportunity.objects.filter(business=gone).order_by("pk")
    carried["opportunities"] = list(asked.values_list("pk", flat=True))
    connections.follow_business(carried["opportunities"], kept)
    assessed = Assessment.objects.filter(business=gone).order_by("pk")
    carried["assessments"] = list(assessed.values_list("pk", flat=True))
    assessments.follow_business(carried["assessments"], kept)
    carried |= carry_registrations(kept, gone, actor=actor, at=at)
    carried |= carry_collaborations(kept, gone, actor=actor, at=at)
    if has_owner(kept):
        _refuse_all(_open(kept), TAKEN, actor=actor, at=at)
    let_go("profile", [kept.pk, gone.pk])
    look, is_new = Look.objects.get_or_create(
        business=kept, defaults={"looked_by": actor, "looked_at": at}
    )
    return carried | ({"look": look.pk} if is_new else {})


def _followers(business: Business) -> dict[str, QuerySet[Any]]:
    """Return what goes where a profile goes, by the name it is kept under."""
    return {
        "claims": Claim.objects.filter(business=business),
        "links": ClaimLink.objects.filter(business=business),
        "reports": Report.objects.filter(business=business),
    }


def _open(business: Business) -> QuerySet[Claim]:
    found = Claim.objects.filter(business=business, state__in=OPEN)
    return found.select_related("business", "person").order_by("pk")


def _end_second_claims(kept: Business, gone: Business, *, actor: User, at: datetime) -> None:
    """End the claims of the gone profile whose claimants also claim the kept one."""
    claimants = set(_open(kept).values_list("person", flat=True))
    why = gettext_noop("You claim this business twice; it has one page now, and one claim.")
    _refuse_all(_open(gone).filter(person__in=claimants), why, actor=actor, at=at)


def _refuse_all(claims: QuerySet[Claim], why: str, *, actor: User, at: datetime) -> None:
    for claim in claims:
        with translation.override(claim.person.language):
            refuse_locked(claim, reason=gettext(why), actor=actor, at=at)


def _let_go_of_pair(kept: Business, gone: Business) -> None:
    left, right = sorted((kept.pk, gone.pk))
    pairs = Twins.objects.filter(left=left, right=right)
    let_go("twins", pairs.values_list("pk", flat=True))
