"""Questions about opportunities that need more than one table."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, QuerySet, When
from django.utils.translation import get_language

from ifn.accounts.models import User
from ifn.connections.models import (
    Attachment,
    Match,
    Opportunity,
    OpportunityDraft,
    OpportunityTerm,
    StateChange,
)
from ifn.connections.opportunities.particulars import COLUMNS, GROUP_OF, Particulars, ordered
from ifn.directory.models import Business, Membership, Verification
from ifn.directory.naming import only_named
from ifn.vocabulary.queries import lexicon

_OWNER: Final = Membership.Role.OWNER


def particulars_of(opportunity: Opportunity) -> Particulars:
    """Return everything an opportunity says, as plain values; one query."""
    return particulars_of_all([opportunity])[opportunity.pk]


def particulars_of_all(opportunities: Iterable[Opportunity]) -> dict[int, Particulars]:
    """Return what each of these says, by its key; one query however many."""
    words = lexicon()
    several = {one.pk: one for one in opportunities}
    terms: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = OpportunityTerm.objects.filter(opportunity__in=several).order_by("pk")
    for pk, term in rows.values_list("opportunity_id", "term_id"):
        word = words.by_pk(term)
        if word and word.vocabulary in GROUP_OF:
            terms[pk].append(word.key)
    return {pk: _particulars(one, terms[pk]) for pk, one in several.items()}


def _particulars(opportunity: Opportunity, terms: Iterable[tuple[str, str]]) -> Particulars:
    return Particulars(
        **{name: getattr(opportunity, name) for name in COLUMNS},
        unit=code_of(opportunity.unit_id),
        price_unit=code_of(opportunity.price_unit_id),
        region=opportunity.region_id or "",
        terms=ordered(terms),
    )


def code_of(term: int | None) -> str:
    """Return the code of a term by its key, or nothing."""
    word = lexicon().by_pk(term) if term else None
    return word.code if word else ""


def opportunity_and_role(number: str, user: User | AnonymousUser) -> tuple[Opportunity, str] | None:
    """Return an opportunity with its business, and what a person is to it; nothing without one."""
    joined = Opportunity.objects.select_related("business", "business__merged_into")
    found = only_named(joined.filter(number=number), "business", "business__merged_into")
    opportunity = next(iter(found), None)  # numbers are unique: nothing has to be put in order
    if opportunity is None:
        return None
    if not isinstance(user, User) or not user.is_active:
        return opportunity, ""
    roles = Membership.objects.filter(business=opportunity.business_id, person=user)
    return opportunity, roles.values_list("role", flat=True).first() or ""


def draft_of(opportunity: Opportunity, person: User) -> OpportunityDraft | None:
    """Return what this person has entered and not yet posted."""
    return OpportunityDraft.objects.filter(opportunity=opportunity, person=person).first()


def attachments_of(opportunity: Opportunity) -> list[Attachment]:
    """Return the pictures and files of an opportunity as they came."""
    return list(Attachment.objects.filter(opportunity=opportunity).order_by("added_at", "pk"))


def changes_of(opportunity: Opportunity) -> list[StateChange]:
    """Return how an opportunity came to its state, the newest first, with who did it."""
    found = StateChange.objects.filter(opportunity=opportunity).select_related("person")
    return list(found.order_by("-at", "-pk"))


def is_trusted(business: Business, today: date) -> bool:
    """Say whether what a business posts is open at once.

    It is when the network verified anything about it that holds, or once accepted something of it.
    """
    verified = Verification.objects.standing().filter(business=business, expires_on__gte=today)
    accepted = Opportunity.objects.filter(business=business, released_at__isnull=False)
    return verified.exists() or accepted.exists()


def any_title() -> Case:
    """Return the title of an opportunity in the reader's language, or in the other one."""
    own, other = ("title_en", "title_id") if get_language() == "en" else ("title_id", "title_en")
    return Case(When(**{own: ""}, then=other), default=own)


def first_posts() -> QuerySet[Opportunity]:
    """Return what waits for the office, each with ``any_title`` in the reader's language."""
    return Opportunity.objects.filter(state=Opportunity.State.REVIEW).annotate(
        any_title=any_title()
    )


def titled(keys: Iterable[int]) -> list[Opportunity]:
    """Return opportunities by their keys, in this order, with what a table of them says."""
    said = ("title_id", "title_en", "direction", "kind", "since", "expires_on", "business__name")
    rows = Opportunity.objects.select_related("business").only(*said).in_bulk(several := list(keys))
    return [rows[pk] for pk in several]


def opportunities_of(user: User) -> list[Opportunity]:
    """Return what the businesses of a person offer and ask for; what waits for them first."""
    found = Opportunity.objects.filter(
        business__in=Membership.objects.filter(person=user).values("business")
    )
    return list(only_named(found.select_related("business"), "business").order_by("-since", "-pk"))


def businesses_to_post_for(user: User) -> list[Business]:
    """Return the businesses in whose name a person may post, by name."""
    found = Membership.objects.filter(
        person=user, role__in=[Membership.Role.OWNER, Membership.Role.EDITOR]
    ).exclude(business__status=Business.Status.MERGED)
    return [one.business for one in found.select_related("business").order_by("business__name")]


def fits_somebody_of(opportunity: Opportunity, user: User | AnonymousUser) -> bool:
    """Say whether a person looks after a business that fits an opportunity."""
    if not isinstance(user, User):
        return False
    own = Membership.objects.filter(person=user).values("business")
    return Match.objects.filter(
        opportunity=opportunity, business__in=own, hindrance__isnull=True
    ).exists()


def matches_of(opportunity: Opportunity, *, fitting: bool) -> list[Match]:
    """Return who fits, or whom one condition keeps away, of those that are shown, best first.

    Other businesses of an owner of its business are left out: nobody needs to find those.
    """
    owners = Membership.objects.filter(business=opportunity.business_id, role=_OWNER)
    own = Membership.objects.filter(person__in=owners.values("person"), role=_OWNER)
    found = Match.objects.filter(
        opportunity=opportunity,
        hindrance__isnull=fitting,
        business__status=Business.Status.LISTED,
    ).exclude(business__in=own.values("business"))
    return list(found.select_related("business").order_by("position", "pk"))


def due_for_matching(today: date, limit: int) -> list[Opportunity]:
    """Return open opportunities for which nobody looked since they last changed, oldest first."""
    found = Opportunity.objects.open_on(today).exclude(
        matched_version__isnull=False, matched_version=F("version")
    )
    return list(found.select_related("business").order_by("changed_at", "pk")[:limit])


def fitting_for(user: User, today: date) -> QuerySet[Match]:
    """Return what is open and fits the businesses of a person, the best first; a query at once."""
    own = Membership.objects.filter(person=user).values("business")
    theirs = Match.objects.filter(business__in=own, hindrance__isnull=True)
    # What is open is chosen here: asked for it, SQLite begins with all that is open.
    standing = theirs.exclude(opportunity__business__in=own).values_list(
        *("pk", "opportunity__state", "opportunity__expires_on", "opportunity__business__status")
    )
    still_open = [
        key
        for key, state, until, status in standing
        if state == Opportunity.State.OPEN and until >= today and status == Business.Status.LISTED
    ]
    found = Match.objects.filter(pk__in=still_open)
    found = found.select_related("business", "opportunity", "opportunity__business")
    return found.order_by("-score", "pk")
