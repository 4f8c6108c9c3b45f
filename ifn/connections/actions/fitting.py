"""Tell people what newly fits: opportunities to their firms, and firms to what they posted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from ifn.accounts.models import User
from ifn.connections.actions.telling import path_to
from ifn.connections.matching.wording import Names
from ifn.connections.models import Match, Opportunity
from ifn.connections.opportunities.saying import names_of, why
from ifn.directory.actions.confirming import people_of
from ifn.directory.models import Business, Membership
from ifn.notices.actions import News, tell, tell_many
from ifn.notices.kinds import MATCHES
from ifn.notices.models import Notice
from ifn.notices.paths import path_of
from ifn.notices.values import in_each_language
from ifn.vocabulary.queries import lexicon

#: What came to fit longer ago is no news; a task that was down for days makes up for them.
NEW_FOR: Final = timedelta(days=14)
#: A person is told of so many in any seven days, the best of each day.
MOST_A_WEEK: Final = 5
WEEK: Final = timedelta(days=7)
#: Businesses, or opportunities, that one call looks at.
BATCH: Final = 50
#: Businesses that are named; the others are counted.
MOST_NAMED: Final = 5
_ANSWERS: Final = (Membership.Role.OWNER, Membership.Role.EDITOR)


@transaction.atomic
def tell_of_opportunities(after: int, *, on: date, at: datetime) -> int | None:
    """Tell the people of some businesses what newly fits these and can be answered.

    ``after`` is where the call before ended, 0 at first; return the last business, or nothing when
    all were looked at. The key of a notice is the pair, so nobody is told twice of one.
    """
    fitting = _fitting(on).filter(made_at__gte=at - NEW_FOR)
    new = fitting.filter(business__gt=after).order_by("business")
    batch = list(new.values_list("business", flat=True).distinct()[:BATCH])
    if not batch:
        return None
    found = fitting.filter(business__in=batch).select_related("business", "opportunity")
    of_firm: defaultdict[int, list[Match]] = defaultdict(list)
    for match in found.order_by("-score", "pk"):
        of_firm[match.business_id].append(match)
    names = _names()
    for person, matches in _by_person(of_firm, at):
        for match in matches:
            _tell_of(match, person, names, at)
    return batch[-1]


def _fitting(on: date) -> QuerySet[Match]:
    return Match.objects.filter(
        hindrance__isnull=True,
        business__status=Business.Status.LISTED,
        opportunity__in=Opportunity.objects.open_on(on),
    )


def _by_person(
    of_firm: Mapping[int, list[Match]], at: datetime
) -> Iterable[tuple[User, list[Match]]]:
    """Yield people with the best that fits their businesses and that they were not told of."""
    looked_after = Membership.objects.filter(
        business__in=of_firm, role__in=_ANSWERS, person__is_active=True
    )
    firms: defaultdict[User, list[int]] = defaultdict(list)
    for one in looked_after.select_related("person").order_by("person", "pk"):
        firms[one.person].append(one.business_id)
    own = set(Membership.objects.filter(person__in=firms).values_list("person", "business"))
    told, lately = _told(firms, at)
    for person, keys in firms.items():
        fitting = [
            match
            for key in keys
            for match in of_firm[key]
            if (person.pk, match.opportunity.business_id) not in own
        ]
        fitting.sort(key=lambda match: -match.score)
        # What fits two businesses of one person is told once, of the one it fits better.
        best: dict[int, Match] = {}
        for match in fitting:
            if (person.pk, path_of_one(match.opportunity)) not in told:
                best.setdefault(match.opportunity_id, match)
        yield person, list(best.values())[: max(0, MOST_A_WEEK - lately[person.pk])]


def _told(people: Iterable[User], at: datetime) -> tuple[set[tuple[int, str]], Counter[int]]:
    """Return what people were told of that fits them, and how much of it within the last week."""
    told, lately = set(), Counter[int]()
    before = Notice.objects.filter(
        person__in=list(people), kind=MATCHES, words="matches.opportunity"
    )
    for person, address, made_at in before.values_list("person_id", "address", "made_at"):
        told.add((person, address))
        lately[person] += made_at > at - WEEK
    return told, lately


def _tell_of(match: Match, person: User, names: Mapping[str, Names], at: datetime) -> None:
    opportunity = match.opportunity
    values = {
        "firm": match.business.name,
        "title": in_each_language(lambda: opportunity.title),
        "why": in_each_language(lambda: why(match, names[translation.get_language() or "id"])),
    }
    news = News("matches.opportunity", path_of_one(opportunity), values)
    tell(person, news, key=f"fits:{opportunity.pk}:{match.business_id}", at=at)


def _names() -> dict[str, Names]:
    names, words = {}, lexicon()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names[language] = names_of(words)
    return names


@transaction.atomic
def tell_of_firms(after: int, *, on: date, at: datetime) -> int | None:
    """Tell those who posted something lately how many fit it, once each time it was opened.

    ``after`` and what is returned are as in ``tell_of_opportunities``, with opportunities.
    """
    posted = Opportunity.objects.open_on(on).filter(
        opened_at__gte=at - NEW_FOR, matched_version__isnull=False, pk__gt=after
    )
    batch = list(posted.select_related("business").order_by("pk")[:BATCH])
    fitting: defaultdict[int, list[Match]] = defaultdict(list)
    found = _fitting(on).filter(opportunity__in=batch).select_related("business")
    for match in found.order_by("position", "pk"):
        fitting[match.opportunity_id].append(match)
    for one in batch:
        if fitting[one.pk]:
            _tell_who_fits(one, fitting[one.pk], at)
    return batch[-1].pk if batch else None


def _tell_who_fits(opportunity: Opportunity, fitting: list[Match], at: datetime) -> None:
    firms = [match.business for match in fitting[:MOST_NAMED]]
    news = News(
        "matches.firms",
        path_to(opportunity),
        {
            "count": len(fitting),
            "title": in_each_language(lambda: opportunity.title),
            "firm": opportunity.business.name,
        },
        items=[(firm.name, path_of("site:by-number", firm.number)) for firm in firms],
        more=len(fitting) - len(firms),
    )
    opened = opportunity.opened_at
    key = f"who-fits:{opportunity.pk}:{opened.isoformat() if opened else ''}"
    tell_many(people_of(opportunity.business), news, key=key, at=at)


def path_of_one(opportunity: Opportunity) -> str:
    """Return where an opportunity is read and answered, as notices keep it."""
    return path_of("connections:opportunity", opportunity.number)
