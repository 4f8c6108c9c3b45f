"""Invented opportunities, enquiries and notices of a plausible spread, put in by the thousand.

Who is asked and who posts is skewed: some firms get very much, most get little. What an opportunity
says is what the demo network's opportunities say, with other amounts, times and places.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any, Final, TypeVar

from django.db.models import Manager, Model

from benchmarks.words import SEED, WORDS
from ifn.accounts.models import User
from ifn.connections.actions.enquiries.delivering import ANSWER_WITHIN
from ifn.connections.actions.moving import OPEN_DAYS
from ifn.connections.enquiring import codes
from ifn.connections.enquiring.askers import key_of_address, key_of_person
from ifn.connections.enquiring.reasons import Answer, Declined, NotAgreed
from ifn.connections.enquiring.states import MET, Event, Side, State
from ifn.connections.models import (
    Enquiry,
    Follow,
    Letter,
    Opportunity,
    OpportunityTerm,
    Question,
    StateChange,
    Step,
)
from ifn.connections.opportunities.particulars import COLUMNS, Particulars
from ifn.demo.opportunities import DemoOpportunity, opportunities
from ifn.directory import numbers
from ifn.directory.models import Business, Membership
from ifn.notices.models import Notice
from ifn.regions.queries import all_regions
from ifn.textsearch.actions import batches
from ifn.vocabulary.queries import lexicon

T = TypeVar("T")
BATCH: Final = 2_000
#: Some look after firms that everybody asks; so many of the members.
BUSY: Final = 50
#: Days over which what happened is spread.
DAYS: Final = 540
_STATES: Final = {
    Opportunity.State.OPEN: 50,
    Opportunity.State.EXPIRED: 20,
    Opportunity.State.FILLED: 17,
    Opportunity.State.WITHDRAWN: 8,
    Opportunity.State.DRAFT: 3,
    Opportunity.State.REFUSED: 1,
    Opportunity.State.REVIEW: 1,
}
_SEEN_BY: Final = {"everyone": 75, "unnamed": 10, "members": 10, "matched": 5}
_UNOPENED: Final = {Opportunity.State.DRAFT, Opportunity.State.REFUSED, Opportunity.State.REVIEW}
_OUTCOMES: Final = {
    State.ACCEPTED: 5,
    State.CONTACTED: 8,
    State.NEGOTIATING: 12,
    State.AGREED: 17,
    State.NOT_AGREED: 18,
    State.DECLINED: 15,
    State.EXPIRED: 24,
    State.SPAM: 1,
}
_EVENTS: Final = {
    State.ACCEPTED: (Event.SEE, Event.ACCEPT),
    State.CONTACTED: (Event.SEE, Event.ACCEPT, Event.MEET),
    State.NEGOTIATING: (Event.SEE, Event.ACCEPT, Event.TALK),
    State.AGREED: (Event.SEE, Event.ACCEPT, Event.AGREE),
    State.NOT_AGREED: (Event.SEE, Event.ACCEPT, Event.FAIL),
    State.DECLINED: (Event.SEE, Event.DECLINE),
    State.EXPIRED: (Event.EXPIRE,),
    State.SEEN: (Event.SEE,),
    State.SPAM: (Event.MARK_SPAM,),
}
_SIDES: Final = {Event.EXPIRE: Side.CLOCK, Event.MARK_SPAM: Side.OFFICE, Event.MEET: Side.ASKER}
_REASONS: Final = {
    State.DECLINED: tuple(Declined.values),
    State.NOT_AGREED: tuple(NotAgreed.values),
}


class Inventor:
    """Draws the same rows for the same directory."""

    def __init__(self, at: datetime, today: date) -> None:
        self.random, self.at, self.today = Random(SEED), at, today  # noqa: S311  # no secret
        self.firms = list(Business.objects.listed().order_by("pk").values_list("pk", flat=True))
        self.random.shuffle(self.firms)
        self.members: list[User] = []
        self.owned: list[tuple[int, int]] = []

    def chosen(self, weights: dict[T, int]) -> T:
        """Return one of these, by its weight."""
        return self.random.choices(list(weights), list(weights.values()))[0]

    def skewed(self, several: list[T]) -> T:
        """Return one of these, the first ones much more often: 1 of 100 gets a fifth of all."""
        return several[int(len(several) * self.random.random() ** 3)]

    def ago(self, days: float) -> datetime:
        """Return a moment within so many days."""
        return self.at - timedelta(days=self.random.random() * days)

    def enter_members(self, wanted: int) -> None:
        """Enter members who look after some firms each, the first ones after those asked most."""
        joined = self.at - timedelta(days=DAYS)
        people = (
            User(name=f"Anggota {n}", email=f"anggota{n}@contoh.id", joined_at=joined)
            for n in range(wanted)
        )
        self.members = User.objects.bulk_create(people, batch_size=BATCH)
        free = iter(self.firms)
        for place, person in enumerate(self.members):
            several = 4 if place < BUSY else self.random.choice((1, 1, 1, 2, 3))
            self.owned += [
                (person.pk, firm) for firm, _n in zip(free, range(several), strict=False)
            ]
        stored(
            Membership,
            (
                Membership(business_id=firm, person_id=person, role="owner", since=joined)
                for person, firm in self.owned
            ),
        )

    def enter_opportunities(self, wanted: int) -> None:
        """Enter opportunities in all states, half of them open, with their terms."""
        models = list(opportunities(today=self.today))
        regions = [code for code in all_regions().by_code if code.count(".") == 1]
        made = [self._opportunity(models, regions) for _ in range(wanted)]
        Opportunity.objects.bulk_create((one for one, _said in made), batch_size=BATCH)
        words = lexicon()
        stored(
            OpportunityTerm,
            (
                OpportunityTerm(opportunity=one, term_id=word.pk)
                for one, said in made
                for vocabulary, code in said.terms
                if (word := words.get(vocabulary, code))
            ),
        )
        stored(
            StateChange,
            (
                StateChange(opportunity=one, state=state, at=one.since)
                for one, _said in made
                for state in dict.fromkeys(("draft", "open", one.state))
            ),
        )

    def _opportunity(
        self, models: list[DemoOpportunity], regions: list[str]
    ) -> tuple[Opportunity, Particulars]:
        model = self.random.choice(models)
        said = self._varied(model.said, regions)
        state, since = self.chosen(_STATES), self.ago(DAYS)
        person, firm = self.skewed(self.owned)
        if state == Opportunity.State.OPEN:
            since = self.ago(OPEN_DAYS - 1)
        ends = since.date() + timedelta(days=OPEN_DAYS)
        words = lexicon()
        kind, unit = words.get("opportunity_type", model.kind), words.get("unit", said.unit)
        price_unit = words.get("unit", said.price_unit)
        if kind is None:
            raise LookupError(model.kind)
        values: dict[str, Any] = {name: getattr(said, name) for name in COLUMNS}
        one = Opportunity(
            **values,
            number=next(_numbers),
            business_id=firm,
            direction=model.direction,
            kind_id=kind.pk,
            unit_id=unit.pk if unit else None,
            price_unit_id=price_unit.pk if price_unit else None,
            region_id=said.region or None,
            state=state,
            created_by_id=person,
            created_at=since,
            changed_at=since,
            since=since,
            opened_at=None if state in _UNOPENED else since,
            expires_on=None if state in _UNOPENED else min(ends, said.deadline or ends),
            reason="Mohon lengkapi." if state == Opportunity.State.REFUSED else "",
            is_demo=True,
        )
        return one, said

    def _varied(self, said: Particulars, regions: list[str]) -> Particulars:
        """Return the same with another amount, deadline, place and words."""
        number, word = self.random.randint(1, 9_999), self.random.choice(WORDS)
        amount = said.amount and round(said.amount * self.random.choice((0.3, 0.5, 1, 2, 4))) + 1
        deadline = self.today + timedelta(days=self.random.randint(1, 120))
        return replace(
            said,
            title_id=said.title_id and f"{said.title_id} ({number})",
            title_en=said.title_en and f"{said.title_en} ({number})",
            text_id=f"{said.text_id} Kami juga mencari {word}.",
            amount=amount,
            deadline=deadline if self.random.random() < 0.5 else None,  # noqa: PLR2004
            region=said.region and self.random.choice(regions),
            visibility=self.chosen(_SEEN_BY),
        )

    def enter_enquiries(self, wanted: int) -> None:
        """Enter letters to one firm or to several, and what became of them."""
        letters: list[Letter] = []
        made: list[Enquiry] = []
        while len(made) < wanted:
            letter = self._letter(len(letters))
            letters.append(letter)
            made += self._enquiries(letter)
        Letter.objects.bulk_create(letters, batch_size=BATCH)
        Enquiry.objects.bulk_create(made, batch_size=BATCH)
        stored(Step, (step for one in made for step in _steps(one)))
        stored(Question, (asked for one in made for asked in self._questions(one)))

    def _letter(self, number: int) -> Letter:
        written = self.ago(DAYS)
        person = self.skewed(self.members) if self.random.random() < 0.6 else None  # noqa: PLR2004
        email = "" if person else f"tamu{self.random.randint(1, 20_000)}@contoh.id"
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        return Letter(
            person=person,
            name="" if person else "Tamu",
            email=email,
            asker=key_of_person(person.pk) if person else key_of_address(email),
            text=f"Berapa harga {self.random.choice(WORDS)} untuk {number} pasang?",
            digest=digest,
            fingerprint=digest[::-1],
            state=Letter.State.SENT,
            written_at=written,
            proven_at=written,
            sent_at=written,
        )

    def _enquiries(self, letter: Letter) -> Iterator[Enquiry]:
        several = self.random.choice((1, 1, 1, 2, 3, 5))
        for place, firm in enumerate({self._asked_firm(): 0 for _ in range(several)}, start=1):
            written = letter.written_at
            state, age = self.chosen(_OUTCOMES), self.at - written
            if state == State.EXPIRED and age < ANSWER_WITHIN:
                state = self.random.choice((State.SENT, State.SEEN))
            answered = written + min(age, timedelta(days=self.random.expovariate(0.4)))
            is_answered = state not in {State.SENT, State.SEEN, State.EXPIRED, State.SPAM}
            has_met = state in MET or state in {State.AGREED, State.NOT_AGREED}
            is_over = state not in {State.SENT, State.SEEN, *MET}
            yield Enquiry(
                letter=letter,
                place=place,
                business_id=firm,
                asker=letter.asker,
                digest=letter.digest,
                code=next(_codes),
                state=state,
                reason=self.random.choice(_REASONS[state]) if state in _REASONS else "",
                since=answered,
                sent_at=written,
                answer_by=written + ANSWER_WITHIN,
                answered_at=answered if is_answered else None,
                met_at=answered if has_met else None,
                ended_at=min(self.at, answered + timedelta(days=5)) if is_over else None,
            )

    def _asked_firm(self) -> int:
        if self.random.random() < 0.6:  # noqa: PLR2004
            return self.skewed(self.owned)[1]
        return self.random.choice(self.firms)

    def _questions(self, one: Enquiry) -> Iterator[Question]:
        """Yield what was asked about an enquiry until two days ago."""
        if one.met_at is None:
            return
        for days in (7, 30):
            asked = one.met_at + timedelta(days=days)
            if asked > self.at - timedelta(days=2):
                continue
            for side in (Side.ASKER, Side.FIRM):
                said = self.random.random() < 0.6  # noqa: PLR2004
                yield Question(
                    enquiry=one,
                    days=days,
                    side=side,
                    asked_at=asked,
                    answer=Answer.TALKING if said else "",
                    answered_at=asked if said else None,
                )

    def enter_notices(self, wanted: int) -> None:
        """Enter what members were told lately; what is of this week waits for its digest."""

        def one(number: int) -> Notice:
            made = self.ago(85)
            is_new = made > self.at - timedelta(days=8)
            return Notice(
                person=self.skewed(self.members),
                key=f"bench:{number}",
                kind="following",
                words="following.profiles",
                values={"count": number % 9 + 1, "name": self.random.choice(WORDS)},
                items=[{"text": "Sepatu, Mojokerto", "address": "/direktori"}],
                address="/direktori?q=sepatu",
                made_at=made,
                read_at=None if is_new else made,
                mailing=Notice.Mailing.WAITING if is_new else Notice.Mailing.NONE,
            )

        stored(Notice, (one(number) for number in range(wanted)))

    def enter_follows(self, wanted: int, known: bytes) -> None:
        """Enter searches that members follow, of which each knew all but the newest."""

        def one(number: int) -> Follow:
            word = WORDS[number % len(WORDS)].replace(" ", "+")
            is_directory = number % 2 == 0
            return Follow(
                person=self.members[number % len(self.members)],
                page="directory" if is_directory else "opportunities",
                query=f"q={word}",
                name=word,
                known=known,
                made_at=self.ago(DAYS),
                looked_at=self.ago(1),
            )

        stored(Follow, (one(number) for number in range(wanted)))


def _steps(one: Enquiry) -> Iterator[Step]:
    events = (Event.DELIVER, *_EVENTS.get(State(one.state), ()))
    for place, event in enumerate(events):
        yield Step(
            enquiry=one,
            event=event,
            state=one.state if place == len(events) - 1 else State.SENT,
            side=Side.CLOCK if event == Event.DELIVER else _SIDES.get(event, Side.FIRM),
            at=one.sent_at if place == 0 and one.sent_at else one.since,
        )


def _drawn(length: int) -> Iterator[str]:
    """Yield numbers, none twice."""
    random, known = Random(SEED), set[str]()  # noqa: S311  # no secret
    for _ in count():
        number = numbers.draw(random, length=length)
        if number not in known:
            known.add(number)
            yield number


_numbers, _codes = _drawn(numbers.BODY + 1), _drawn(codes.BODY)


def stored(model: type[Model], rows: Iterable[Model]) -> None:
    """Put rows in, some thousand at a time."""
    table: Manager[Model] = Manager()
    table.model = model
    for batch in batches(rows, BATCH):
        table.bulk_create(batch)
