"""Questions about enquiries: whose they are, what each side may see, what waits for whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ifn.accounts.models import Consent, User
from ifn.connections.enquiring.askers import PERSON, key_of_person
from ifn.connections.enquiring.states import Side, State
from ifn.connections.enquiring.tokens import Held
from ifn.connections.matching.facts import Answering
from ifn.connections.models import (
    Block,
    Enquiry,
    EnquiryQuerySet,
    Habit,
    Opportunity,
    Step,
)
from ifn.connections.policies.enquiries import ANSWERS, can_answer, side_of
from ifn.directory.models import Business, Contact, Membership, Visibility
from ifn.directory.naming import only_named
from ifn.directory.queries import role_in
from ifn.prepared import Pageable, Pages, Prepared, Several, Slot, counted

#: Habits are counted every night; so long a page may show yesterday's.
REFRESHED = timedelta(minutes=10)
_answering: dict[str, tuple[datetime, dict[int, Answering]]] = {}
_WITH_ALL: Final = (
    "letter__person",
    "letter__business",
    "letter__opportunity",
    "business__merged_into",
)
#: What lists show: of the enquiry, of its letter, of who asks and is asked, and of what it answers.
_BRIEF: Final = (
    *("code", "state", "answer_by", "sent_at", "met_at", "ended_at", "is_unnamed"),
    *("business__name", "business__merged_into__name"),
    *("letter__text", "letter__quantity", "letter__unit", "letter__written_at", "letter__name"),
    *("letter__person__name", "letter__business__name", "letter__business__merged_into__name"),
    *("letter__opportunity__number", "letter__opportunity__title_id"),
    "letter__opportunity__title_en",
)
_LISTED: Final = (
    *("letter__person", "letter__business__merged_into", "letter__opportunity"),
    "business__merged_into",
)
_FIRMS: Final = ("letter__business", "business", "business__merged_into")


def with_letters() -> EnquiryQuerySet:
    """Return enquiries with what is shown of each, so that a list costs one query."""
    return only_named(Enquiry.objects.select_related(*_WITH_ALL), *_FIRMS)


def keys_of(rows: EnquiryQuerySet) -> QuerySet[Enquiry, int]:
    """Return the keys of enquiries in their order, so that a page is cut before anything is joined.

    With nine tables in one question PostgreSQL keeps to the order in which they are written, and
    joins all enquiries before it looks whose they are.
    """
    return rows.select_related(None).values_list("pk", flat=True)


def with_brief_letters(rows: EnquiryQuerySet) -> EnquiryQuerySet:
    """Return enquiries with what lists show; anything else of them costs a query each."""
    return rows.select_related(*_LISTED).only(*_BRIEF)


def briefly(keys: Iterable[int]) -> list[Enquiry]:
    """Return the enquiries of these keys, in this order, with what lists show; one query.

    Anything else of them costs a query each.
    """
    order = list(keys)
    if not order:
        return []
    rows = {one.pk: one for one in _BRIEFLY.objects(keys=order)}
    return [rows[key] for key in order if key in rows]


_BRIEFLY: Final = Prepared(
    lambda: with_brief_letters(Enquiry.objects.filter(pk__in=Several("keys")))
)


def enquiry_with(code: str) -> Enquiry | None:
    """Return the enquiry of this stored code."""
    return next(iter(_BY_CODE.objects(code=code)), None)


_BY_CODE: Final = Prepared(lambda: with_letters().filter(code=Slot("code")))


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to an enquiry: on which side, and whether they may do more than read."""

    side: Side
    may_answer: bool
    person: User | None = None


def standing_of(user: User | AnonymousUser, enquiry: Enquiry) -> Standing | None:
    """Return what a person is to an enquiry, or nothing; two queries."""
    of_firm = role_in(enquiry.firm, user)
    asking = enquiry.letter.business
    of_asker = role_in(asking.merged_into or asking, user) if asking else ""
    side = side_of(user, enquiry, of_firm=of_firm, of_asker=of_asker)
    if side is None or not isinstance(user, User):
        return None
    is_author = enquiry.asker == key_of_person(user.pk)
    may = can_answer(side, of_firm=of_firm, of_asker=of_asker, is_author=is_author)
    return Standing(side, may, user)


def firms_of(person: User | Slot) -> QuerySet[Membership, int]:
    """Return the keys of the businesses a person looks after, as part of a question."""
    return Membership.objects.filter(person=person).values_list("business", flat=True)


def coming_in(person: User | Slot) -> EnquiryQuerySet:
    """Return the enquiries to the businesses a person looks after: open ones first, then newest."""
    found = with_letters().delivered().to_firms(firms_of(person))
    ended = F("ended_at").desc(nulls_first=True)
    return found.order_by(ended, "-sent_at", "-pk")


def going_out(person: User) -> EnquiryQuerySet:
    """Return what a person asked, or their businesses did: the newest first."""
    return _asked_by(key_of_person(person.pk), person)


def _asked_by(asker: str | Slot, person: User | Slot) -> EnquiryQuerySet:
    own = Enquiry.objects.filter(asker=asker).values("pk")
    firms = firms_of(person)
    of_firms = Enquiry.objects.filter(letter__business__in=firms).values("pk")
    # Profiles first, by their index: joined instead, SQLite begins with every letter.
    merged = Business.objects.filter(merged_into__in=firms).values("pk")
    of_merged = Enquiry.objects.filter(letter__business__in=merged).values("pk")
    found = with_letters().filter(pk__in=own.union(of_firms, of_merged))
    return found.order_by("-letter__written_at", "letter", "place")


def box_of(person: User, *, is_out: bool, about: Opportunity | None = None) -> Pageable:
    """Return the keys of what came in or went out, in order, for a paginator.

    ``about`` leaves only what was written about one opportunity.
    """
    given: dict[str, object] = {"person": person.pk}
    if is_out:
        given["asker"] = key_of_person(person.pk)
    if about is None:
        return (_OUT if is_out else _IN).of(**given)
    return (_OUT_ABOUT if is_out else _IN_ABOUT).of(about=about.pk, **given)


def _in() -> EnquiryQuerySet:
    return coming_in(Slot("person"))


def _out() -> EnquiryQuerySet:
    return _asked_by(Slot("asker"), Slot("person"))


_IN: Final = Pages(lambda: keys_of(_in()))
_OUT: Final = Pages(lambda: keys_of(_out()))
_IN_ABOUT: Final = Pages(lambda: keys_of(_in().filter(letter__opportunity=Slot("about"))))
_OUT_ABOUT: Final = Pages(lambda: keys_of(_out().filter(letter__opportunity=Slot("about"))))


def steps_of(enquiry: Enquiry) -> list[Step]:
    """Return what happened to an enquiry, in order, with the names of who did it."""
    return _STEPS.objects(enquiry=enquiry.pk)


_STEPS: Final = Prepared(
    lambda: (
        Step.objects.filter(enquiry=Slot("enquiry"))
        .select_related("person")
        .only(*(field.name for field in Step._meta.concrete_fields), "person__name")
        .order_by("at", "pk")
    )
)


def is_blocked(enquiry: Enquiry) -> bool:
    """Say whether the firm wants no more enquiries of this asker."""
    return Block.objects.filter(
        asker=enquiry.asker, business__in={enquiry.business_id, enquiry.firm.pk}
    ).exists()


@dataclass(frozen=True, slots=True)
class Sharable:
    """A way to be reached that a firm can show to one asker."""

    kind: str
    value: str

    @property
    def key(self) -> str:
        """Return what stands in a form for it."""
        return f"{self.kind}:{self.value}"

    @property
    def label(self) -> str:
        """Return it as people choose it."""
        return f"{Contact.Kind(self.kind).label}: {self.value}"

    @property
    def href(self) -> str:
        """Return the address that writes or calls; nothing where a button of the page does."""
        schemes = {Contact.Kind.EMAIL: "mailto", Contact.Kind.PHONE: "tel"}
        scheme = schemes.get(Contact.Kind(self.kind))
        return f"{scheme}:{self.value}" if scheme else ""


def contacts_to_share(enquiry: Enquiry, person: User | None) -> list[Sharable]:
    """Return what a firm can show to an asker: its own contacts, and those of who answers."""
    own = Contact.objects.filter(business=enquiry.firm, kind__in=Contact.PERSONAL)
    found = [Sharable(kind, value) for kind, value in own.values_list("kind", "value")]
    found.sort(key=lambda one: list(Contact.Kind.values).index(one.kind))
    if person is not None and person.phone:
        found.append(Sharable(Contact.Kind.WHATSAPP, person.phone))
    if person is not None and person.email:
        found.append(Sharable(Contact.Kind.EMAIL, person.email))
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Contacts:
    """How an asker may reach a firm now; ``is_withdrawn`` where what it showed is shown no more."""

    ways: tuple[Sharable, ...]
    is_withdrawn: bool = False

    @property
    def whatsapp(self) -> str:
        """Return the digits of the number to write to, or nothing."""
        numbers = [one.value for one in self.ways if one.kind == Contact.Kind.WHATSAPP]
        return numbers[0].lstrip("+") if numbers else ""

    @property
    def email(self) -> str:
        """Return the address to write to, or nothing."""
        return next((one.value for one in self.ways if one.kind == Contact.Kind.EMAIL), "")


#: Once the firm has said yes, until it says otherwise.
_SHARED: Final = (State.ACCEPTED, State.CONTACTED, State.NEGOTIATING, State.AGREED)


def contacts_for_asker(enquiry: Enquiry) -> Contacts:
    """Return how the asker may reach the firm: what it shows to all, or to members, and to them.

    A contact whose consent ended after the firm showed it is shown no more, nor is one that the
    profile or the person no longer has. Nothing is shown of a firm not known yet.
    """
    firm = enquiry.firm
    if firm.status != Business.Status.LISTED or not enquiry.is_firm_known:
        return Contacts(())
    seen = {Visibility.PUBLIC.value}
    if enquiry.letter.person_id is not None:
        seen.add(Visibility.MEMBERS.value)
    rows = list(
        Contact.objects.filter(business=firm, kind__in=Contact.PERSONAL)
        .order_by("position", "pk")
        .values_list("kind", "value", "visibility")
    )
    ways = [Sharable(kind, value) for kind, value, visibility in rows if visibility in seen]
    if not enquiry.shared_value or enquiry.state not in _SHARED:
        return Contacts(tuple(ways))
    shared = Sharable(enquiry.shared_kind, enquiry.shared_value)
    if shared not in ways and not _still_shown(enquiry, shared, rows):
        return Contacts(tuple(ways), is_withdrawn=True)
    return Contacts(tuple(dict.fromkeys([shared, *ways])))


def _still_shown(enquiry: Enquiry, shared: Sharable, rows: list[tuple[str, str, str]]) -> bool:
    ended = Consent.objects.filter(
        profile__in=[enquiry.firm.number, enquiry.business.number],
        field=shared.kind,
        value=shared.value,
        withdrawn_at__gt=enquiry.answered_at or enquiry.since,
    )
    if ended.exists():
        return False
    if any((kind, value) == (shared.kind, shared.value) for kind, value, _seen in rows):
        return True
    people = Membership.objects.filter(business=enquiry.firm, person__is_active=True)
    return people.filter(Q(person__phone=shared.value) | Q(person__email=shared.value)).exists()


def contacts_of_asker(enquiry: Enquiry) -> Contacts:
    """Return how the firm may reach the asker, once it has said yes."""
    letter = enquiry.letter
    if enquiry.state not in _SHARED:
        return Contacts(())
    ways = []
    if letter.phone:
        ways.append(Sharable(Contact.Kind.WHATSAPP, letter.phone))
    if letter.email:
        ways.append(Sharable(Contact.Kind.EMAIL, letter.email))
    return Contacts(tuple(ways))


def has_somebody(firm: Business) -> bool:
    """Say whether anybody with an account answers for a firm."""
    return Membership.objects.filter(
        business=firm, role__in=ANSWERS, person__is_active=True
    ).exists()


def has_lost_people(enquiry: Enquiry, held: Held) -> bool:
    """Say whether any for whom a link was made no longer answers for the firm; a query at most."""
    if not held.people:
        return False
    still = Membership.objects.filter(
        business=enquiry.firm,
        role__in=ANSWERS,
        person__in=held.people,
        person__is_active=True,
    )
    return still.count() < len(held.people)


def without_anybody(firms: list[Business]) -> set[int]:
    """Return which of these firms have nobody with an account; one query."""
    people = Membership.objects.filter(
        business=OuterRef("pk"), role__in=ANSWERS, person__is_active=True
    )
    found = Business.objects.filter(pk__in=[one.pk for one in firms]).filter(~Exists(people))
    return set(found.values_list("pk", flat=True))


def waiting_at(person: User, *, at: datetime) -> int:
    """Return how many enquiries wait for an answer of a person's businesses; one query."""
    return sum(_WAITING.column(person=person.pk, at=at))


_WAITING: Final = Prepared(
    lambda: counted(
        Enquiry.objects.delivered()
        .to_firms(firms_of(Slot("person")))
        .filter(state__in=[State.SENT, State.SEEN], answer_by__gt=Slot("at"))
    )
)


def answering_of(firm: int, *, at: datetime) -> Answering | None:
    """Return how a firm usually answers; they are few, and kept in the process for a while."""
    kept = _answering.get("all")
    if kept is None or not kept[0] <= at < kept[0] + REFRESHED:
        kept = _answering["all"] = (at, answering_by_firm())
    return kept[1].get(firm)


def blocked_by_firm() -> dict[int, frozenset[int]]:
    """Return the businesses of those whom each firm wants to hear nothing of; two queries."""
    blocks = [
        (firm, int(asker.removeprefix(PERSON)))
        for firm, asker in Block.objects.values_list("business", "asker")
        if asker.startswith(PERSON) and asker.removeprefix(PERSON).isdigit()
    ]
    people = {person for _firm, person in blocks}
    theirs: defaultdict[int, set[int]] = defaultdict(set)
    for person, business in Membership.objects.filter(person__in=people).values_list(
        "person", "business"
    ):
        theirs[person].add(business)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for firm, person in blocks:
        found[firm] |= theirs[person]
    return {firm: frozenset(businesses) for firm, businesses in found.items()}


def answering_by_firm() -> dict[int, Answering]:
    """Return how every firm answers of which that is known, as matching takes it; one query."""
    return {one.business_id: one.answering for one in Habit.objects.all()}
