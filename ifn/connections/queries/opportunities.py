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
from ifn.directory.queries import role_in
from ifn.prepared import Prepared, Several, Slot
from ifn.vocabulary.queries import lexicon

_OWNER: Final = Membership.Role.OWNER
#: What a list that leads to opportunities reads of each.
_LISTED: Final = ("number", "direction", "kind", "title_id", "title_en", "expires_on")


def _matches() -> QuerySet[Match]:
    """Return whom an opportunity was compared with, and what lists show of them."""
    owners = Membership.objects.filter(business=Slot("business"), role=_OWNER)
    own = Membership.objects.filter(person__in=owners.values("person"), role=_OWNER)
    found = Match.objects.filter(
        opportunity=Slot("opportunity"), business__status=Business.Status.LISTED
    ).exclude(business__in=own.values("business"))
    columns = ("opportunity", "score", "reasons", "hindrance")
    firm = (f"business__{name}" for name in ("number", "slug", "name", "region", "status"))
    return found.select_related("business").only(*columns, *firm).order_by("position", "pk")


_MATCHES: Final = Prepared(_matches)
_BY_NUMBER: Final = Prepared(
    lambda: only_named(
        Opportunity.objects.select_related("business", "business__merged_into").filter(
            number=Slot("number")
        ),
        *("business", "business__merged_into"),
    )
)
_DRAFT: Final = Prepared(
    lambda: OpportunityDraft.objects.filter(opportunity=Slot("opportunity"), person=Slot("person"))
)
_TERMS: Final = Prepared(
    # Put in order by the caller: asked for that, SQLite reads the terms of all opportunities.
    lambda: (
        OpportunityTerm.objects.filter(opportunity__in=Several("opportunities"))
        .order_by()
        .values_list("pk", "opportunity_id", "term_id")
    )
)
_ATTACHMENTS: Final = Prepared(
    lambda: Attachment.objects.filter(opportunity=Slot("opportunity")).order_by("added_at", "pk")
)
_CHANGES: Final = Prepared(
    lambda: (
        StateChange.objects.filter(opportunity=Slot("opportunity"))
        .select_related("person")
        .only("state", "at", "reason", "person__name")
        .order_by("-at", "-pk")
    )
)


def particulars_of(opportunity: Opportunity) -> Particulars:
    """Return everything an opportunity says, as plain values; one query."""
    return particulars_of_all([opportunity])[opportunity.pk]


def particulars_of_all(opportunities: Iterable[Opportunity]) -> dict[int, Particulars]:
    """Return what each of these says, by its key; one query for a page, few for thousands."""
    words = lexicon()
    several = {one.pk: one for one in opportunities}
    terms: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for _key, pk, term in sorted(_TERMS.rows_of_all(opportunities=list(several))):
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
    opportunity = next(iter(_BY_NUMBER.objects(number=number)), None)
    if opportunity is None:
        return None
    return opportunity, role_in(opportunity.business, user)


def draft_of(opportunity: Opportunity, person: User) -> OpportunityDraft | None:
    """Return what this person has entered and not yet posted."""
    return next(iter(_DRAFT.objects(opportunity=opportunity.pk, person=person.pk)), None)


def attachments_of(opportunity: Opportunity) -> list[Attachment]:
    """Return the pictures and files of an opportunity as they came."""
    return _ATTACHMENTS.objects(opportunity=opportunity.pk)


def changes_of(opportunity: Opportunity) -> list[StateChange]:
    """Return how an opportunity came to its state, the newest first, with who did it."""
    return _CHANGES.objects(opportunity=opportunity.pk)


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


def matches_of(opportunity: Opportunity) -> tuple[list[Match], list[Match]]:
    """Return who fits, and whom one condition keeps away, of those that are shown, best first.

    Other businesses of an owner of its business are left out: nobody needs to find those.
    """
    found = _MATCHES.objects(opportunity=opportunity.pk, business=opportunity.business_id)
    fitting = [one for one in found if one.hindrance is None]
    return fitting, [one for one in found if one.hindrance is not None]


def due_for_matching(today: date, limit: int) -> list[Opportunity]:
    """Return open opportunities for which nobody looked since they last changed, oldest first."""
    found = Opportunity.objects.open_on(today).exclude(
        matched_version__isnull=False, matched_version=F("version")
    )
    return list(found.select_related("business").order_by("changed_at", "pk")[:limit])


def fitting_keys(user: User, today: date) -> list[int]:
    """Return the keys of what is open and fits the businesses of a person, the best first.

    What is open, and which is better, is decided here: a database that is asked for it begins with
    all that is open, and carries the reasons of all that fits along to order it.
    """
    own = list(Membership.objects.filter(person=user).values_list("business", flat=True))
    theirs = Match.objects.filter(business__in=own, hindrance__isnull=True)
    standing = theirs.values_list(
        *("pk", "score", "opportunity__business"),
        *("opportunity__state", "opportunity__expires_on", "opportunity__business__status"),
    )
    still_open = [
        (-score, key)
        for key, score, whose, state, until, status in standing
        if whose not in own
        and (state, status) == (Opportunity.State.OPEN, Business.Status.LISTED)
        and until >= today
    ]
    return [key for _score, key in sorted(still_open)]


def fitting_of(keys: Iterable[int]) -> list[Match]:
    """Return matches with what a list says of them, in this order; one query."""
    found = Match.objects.filter(pk__in=(several := list(keys)))
    known = found.select_related("business", "opportunity").only(
        *("score", "reasons", "business__name"),
        *(f"opportunity__{name}" for name in _LISTED),
    )
    rows = {one.pk: one for one in known}
    return [rows[key] for key in several if key in rows]
