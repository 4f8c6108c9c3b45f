"""The kinds of work that wait for the staff: what waits, since when, where it is done.

A kind is a question for rows and says where ``work.Item`` finds its parts in them. A new kind is
one entry here, a word for addresses in ``filters`` and what its detail means in ``views.writing``;
its pages live wherever its work is done. Rooms above add theirs when the platform starts.
"""

from datetime import timedelta
from typing import Any, Final

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
from django.utils.translation import gettext_lazy as _

from ifn.accounts.models import Duty, User
from ifn.accounts.policies import can_manage_directory, has_duty
from ifn.assessments.models import Assessment
from ifn.assessments.policies import can_assess_any
from ifn.audit.models import Entry
from ifn.collaboration.policies.calls import is_office
from ifn.collaboration.queries.calls import waiting_for_review
from ifn.connections.opportunities.nextsteps import REVIEW_DAYS
from ifn.connections.policies.enquiries import can_look_after
from ifn.connections.queries import desk, office
from ifn.connections.queries.opportunities import first_posts
from ifn.directory.models import Attribution, Business, Source, Twins, Verification
from ifn.directory.verified import TOLD_DAYS
from ifn.intake.models import List
from ifn.intake.models import Row as ListRow
from ifn.moderation.kind import Kind
from ifn.moderation.models import Claim, Look, Report, Told
from ifn.moderation.scope import OF_PROFILE, in_territory
from ifn.programmes.policies import can_plan
from ifn.programmes.queries import due


def _claims() -> QuerySet[Claim]:
    return Claim.objects.filter(state=Claim.State.WAITING)


def _reports() -> QuerySet[Report]:
    return Report.objects.filter(answered_at=None)


def _new_profiles() -> QuerySet[Business]:
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


def _assessments() -> QuerySet[Assessment]:
    """Return what waits for approval."""
    return Assessment.objects.filter(state=Assessment.State.SUBMITTED)


def _for_assessors(found: QuerySet[Any], person: User) -> QuerySet[Any]:
    """Leave out what lies in a person's reach by another duty, and what they handed in."""
    own = found if person.is_administrator else found.exclude(submitted_by=person)
    return own if has_duty(person, Duty.Kind.PROGRAMME) else in_territory(own, person)


def _list_rows() -> QuerySet[ListRow]:
    return ListRow.objects.undecided().filter(list__state=List.State.REVIEW)


def _lists_to_release() -> QuerySet[List]:
    """Return lists of others whose rows are all decided, so that an officer may release them."""
    waiting = ListRow.objects.undecided().filter(list=OuterRef("pk"))
    return List.objects.under_review().filter(
        ~Q(organisation=None, scope=[]), ~Exists(waiting), released_at=None
    )


def _twins() -> QuerySet[Twins]:
    merged = Q(left__merged_into__isnull=False) | Q(right__merged_into__isnull=False)
    return Twins.objects.filter(~merged, verdict=Twins.Verdict.WAITING)


def _expiring() -> QuerySet[Verification]:
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


def _for_verifiers(found: QuerySet[Verification], person: User) -> QuerySet[Verification]:
    """Leave what this person may renew: a Dinas vouches for places only, as the policy says."""
    if has_duty(person, Duty.Kind.VERIFIER):
        return found
    place = Q(topic=Verification.Topic.PLACE)
    return in_territory(found.filter(place), person)


#: Every kind of work. Days: a claimant and a reporter wait for an answer, a new profile is public
#: meanwhile.
KINDS: Final[dict[str, Kind]] = {
    one.name: one
    for one in (
        Kind(
            name="claim",
            label=_("Claims"),
            days=3,
            waiting=_claims,
            address="moderation:judge",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="way",
            since="since",
        ),
        Kind(
            name="report",
            label=_("Reports"),
            days=5,
            waiting=_reports,
            address="moderation:answer",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="kind",
            since="made_at",
        ),
        Kind(
            name="profile",
            label=_("New profiles"),
            days=14,
            waiting=_new_profiles,
            address="moderation:look",
            title="name",
            number="number",
            region="region",
            detail="kind",
            since="published_at",
        ),
        Kind(
            name="row",
            label=_("Rows of lists"),
            days=14,
            waiting=_list_rows,
            address="intake:row-by-key",
            title="name",
            number="business__number",
            region="region",
            detail="list__file_name",
            since="list__linked_at",
        ),
        Kind(
            name="list",
            label=_("Lists to release"),
            days=7,
            waiting=_lists_to_release,
            address="intake:list",
            title="file_name",
            number="organisation__number",
            region="organisation__region",
            detail="source__label",
            since="linked_at",
            may=can_manage_directory,
        ),
        Kind(
            name="twins",
            label=_("Duplicates"),
            days=30,
            waiting=_twins,
            address="moderation:twins",
            title="left__name",
            number="left__number",
            region="left__region",
            others=("right__region",),
            detail="right__name",
            since="found_at",
        ),
        Kind(
            name="expiring",
            label=_("Ending verifications"),
            days=TOLD_DAYS,
            waiting=_expiring,
            address="moderation:expiring",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="topic",
            since="ends_soon_since",
            fit_for=_for_verifiers,
        ),
        Kind(
            name="opportunity",
            label=_("Opportunities"),
            days=REVIEW_DAYS,
            waiting=first_posts,
            address="moderation:opportunity",
            title="any_title",
            number="business__number",
            region=OF_PROFILE,
            detail="direction",
            since="since",
        ),
        Kind(
            name="assessment",
            label=_("Assessments"),
            days=7,
            waiting=_assessments,
            address="assessments:by-key",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="mode",
            since="submitted_at",
            may=can_assess_any,
            fit_for=_for_assessors,
        ),
        Kind(
            name="unmatched",
            label=_("Requests that nobody fits"),
            days=desk.WITHOUT_MATCH.days + 7,  # listed after 14 days, to be done within a week
            rests=desk.WITHOUT_MATCH,
            waiting=desk.unmatched,
            address="moderation:broke-request",
            title="any_title",
            number="business__number",
            region=OF_PROFILE,
            detail="business__name",
            since="opened_at",
            everywhere=can_look_after,
        ),
        Kind(
            name="unanswered",
            label=_("Enquiries that nobody answers"),
            days=desk.BEFORE_END.days,
            lead=desk.BEFORE_END,
            rests=timedelta(0),
            waiting=desk.unanswered,
            address="moderation:broke-enquiry",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="state",
            since="answer_by",
            everywhere=can_look_after,
        ),
        Kind(
            name="outcome",
            label=_("Outcomes overdue"),
            days=44,
            rests=desk.WITHOUT_OUTCOME,
            waiting=desk.without_outcome,
            address="moderation:broke-enquiry",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="state",
            since="met_at",
            everywhere=can_look_after,
        ),
        Kind(
            name="held",
            label=_("Held letters"),
            days=1,  # as their writers are told, as with numbers
            waiting=office.waiting_held,
            address="connections:letter",
            title="sender",
            number="first__business__number",
            region="first__business__region",
            detail="first__business__name",
            since="written_at",
            may=can_look_after,
        ),
        Kind(
            name="complaint",
            label=_("Reported enquiries"),
            days=3,
            waiting=office.waiting_complaints,
            address="connections:letter",
            title="sender",
            number="first__business__number",
            region="first__business__region",
            detail="complaint",
            since="complained_at",
            may=can_look_after,
        ),
        Kind(
            name="number",
            label=_("Numbers to confirm"),
            days=1,
            waiting=office.waiting_numbers,
            address="connections:letter",
            title="sender",
            number="first__business__number",
            region="first__business__region",
            detail="proof_code",
            since="written_at",
            may=can_look_after,
        ),
        Kind(
            name="registration",
            label=_("Registrations for mentoring"),
            days=7,
            waiting=due.registrations_to_decide,
            address="programmes:to-registration",
            title="business__name",
            number="business__number",
            region=OF_PROFILE,
            detail="batch__code",
            since="since",
            may=can_plan,
        ),
        Kind(
            name="action",
            label=_("Actions of the office overdue"),
            days=7,
            waiting=lambda: due.actions_of_office(localdate()),
            address="programmes:to-action",
            title="registration__business__name",
            number="registration__business__number",
            region="registration__business__region",
            detail="what",
            since="waits_since",
            may=can_plan,
        ),
        Kind(
            name="promise",
            label=_("Promises of partners overdue"),
            days=14,
            waiting=lambda: due.promises_to_ask_after(localdate()),
            address="programmes:to-promise",
            title="partner__name",
            number="partner__business__number",
            region="partner__batch__region",
            detail="what",
            since="waits_since",
            may=can_plan,
        ),
        Kind(
            name="call",
            label=_("Participants to call"),
            days=14,
            waiting=lambda: due.participants_to_call(localdate()),
            address="programmes:to-call",
            title="registration__business__name",
            number="registration__business__number",
            region="registration__business__region",
            detail="wave",
            since="asked_at",
            may=can_plan,
        ),
        Kind(
            name="batch",
            label=_("Batches to take further"),
            days=3,
            waiting=lambda: due.batches_to_move(localdate()),
            address="programmes:to-batch",
            title="any_title",
            number="code",
            region="region",
            detail="state",
            since="waits_since",
            may=can_plan,
        ),
        Kind(
            name="call",
            label=_("Calls for partners"),
            days=REVIEW_DAYS,
            waiting=waiting_for_review,
            address="collaboration:to-call",
            title="any_title",
            number="business__number",
            region=OF_PROFILE,
            detail="business__name",
            since="since",
            may=is_office,
        ),
    )
}
