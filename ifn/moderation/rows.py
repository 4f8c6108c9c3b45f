"""The questions for what waits of kinds of work whose rooms do not ask them themselves."""

from datetime import timedelta
from typing import Any

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.timezone import localdate

from ifn.accounts.models import Duty, User
from ifn.accounts.policies import has_duty
from ifn.assessments.models import Assessment
from ifn.audit.models import Entry
from ifn.directory.models import Attribution, Business, Source, Twins, Verification
from ifn.directory.verified import TOLD_DAYS
from ifn.intake.models import List
from ifn.intake.models import Row as ListRow
from ifn.moderation.models import Claim, Look, Report, Told
from ifn.moderation.scope import in_territory


def claims() -> QuerySet[Claim]:
    return Claim.objects.filter(state=Claim.State.WAITING)


def reports() -> QuerySet[Report]:
    return Report.objects.filter(answered_at=None)


def new_profiles() -> QuerySet[Business]:
    """Return profiles that members entered themselves and nobody of the staff looked at.

    They wait since they were published: many a maker takes weeks to fill a profile in.
    """
    named = Attribution.objects.filter(field="name", business=OuterRef("pk"))
    own = Attribution.objects.filter(
        field__in=["name", Attribution.WHOLE], source__kind=Source.Kind.SELF
    )
    looked = Look.objects.filter(business=OuterRef("pk"))
    published = Entry.objects.filter(
        subject=Concat(Value(f"{Business._meta.label}:"), Cast(OuterRef("pk"), CharField())),
        event="directory.business.listed",
    ).order_by("-happened_at", "-pk")
    return (
        Business.objects.listed()
        .filter(~Exists(looked), is_demo=False, pk__in=own.values("business"))
        .exclude(Exists(named.exclude(source__kind=Source.Kind.SELF)))
        .annotate(
            published_at=Coalesce(Subquery(published.values("happened_at")[:1]), "created_at")
        )
    )


def assessments() -> QuerySet[Assessment]:
    """Return what waits for approval."""
    return Assessment.objects.filter(state=Assessment.State.SUBMITTED)


def for_assessors(found: QuerySet[Any], person: User) -> QuerySet[Any]:
    """Leave out what lies in a person's reach by another duty, and what they handed in."""
    own = found if person.is_administrator else found.exclude(submitted_by=person)
    return own if has_duty(person, Duty.Kind.PROGRAMME) else in_territory(own, person)


def list_rows() -> QuerySet[ListRow]:
    return ListRow.objects.undecided().filter(list__state=List.State.REVIEW)


def lists_to_release() -> QuerySet[List]:
    """Return lists of others whose rows are all decided, so that an officer may release them."""
    waiting = ListRow.objects.undecided().filter(list=OuterRef("pk"))
    return List.objects.under_review().filter(
        ~Q(organisation=None, scope=[]), ~Exists(waiting), released_at=None
    )


def twins() -> QuerySet[Twins]:
    merged = Q(left__merged_into__isnull=False) | Q(right__merged_into__isnull=False)
    return Twins.objects.filter(~merged, verdict=Twins.Verdict.WAITING)


def expiring() -> QuerySet[Verification]:
    """Return verifications that end soon, until renewed, withdrawn, over, or told of by somebody.

    They wait since as many days before their end as this kind of work may take.
    """
    today, told = localdate(), Told.objects.filter(verification=OuterRef("pk"))
    return (
        Verification.objects.standing()
        .filter(~Exists(told), expires_on__range=(today, today + timedelta(days=TOLD_DAYS)))
        .filter(business__is_demo=False)
        # Said by what is left out: asked for those that are listed, SQLite begins with all of them.
        .exclude(business__status__in=[one for one in Business.Status if one != "listed"])
        .annotate(
            ends_soon_since=ExpressionWrapper(
                Cast("expires_on", DateTimeField()) - timedelta(days=TOLD_DAYS), DateTimeField()
            )
        )
    )


def for_verifiers(found: QuerySet[Verification], person: User) -> QuerySet[Verification]:
    """Leave what this person may renew: a Dinas vouches for places only, as the policy says."""
    if has_duty(person, Duty.Kind.VERIFIER):
        return found
    place = Q(topic=Verification.Topic.PLACE)
    return in_territory(found.filter(place), person)
