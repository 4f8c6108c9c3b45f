"""An opportunity is answered: what is kept, who may, and what becomes of both."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from ifn.connections import actions as opportunities
from ifn.connections import telling
from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import reasons
from ifn.connections.enquiring.states import Side, State
from ifn.connections.models import Block, Enquiry, Letter, Match, Opportunity, Tally
from ifn.connections.policies import opportunities as policies
from ifn.connections.queries import answers, desk
from ifn.connections.queries.askers import spread_of
from ifn.connections.queries.enquiries import coming_in, contacts_for_asker, waiting_at
from ifn.directory import actions as directory
from ifn.jobs.running import run_due
from ifn.mail.models import Message
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.answers import NUMBER, answer, answered, secret_firm, unnamed
from tests.factories.directory import AT
from tests.factories.enquiries import FIRM, TEXT, enquiry, member, sent, visitor
from tests.factories.opportunities import opened_today, owned

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
SHARE = f"whatsapp:{NUMBER}"


def test_a_letter_knows_what_it_answers_and_goes_to_its_firm():
    business, owner = owned()
    one = opened_today(business, owner)

    made = answer(one)

    assert (made.letter.opportunity, made.business) == (one, business)
    assert (made.state, made.is_unnamed, made.is_firm_known) == (State.SENT, False, True)
    telling.tell_firms(made.letter, at=now())
    message = Message.objects.get(to=owner.email, kind="connections.enquiry_new")
    assert one.public_number in message.subject
    assert one.title_id in message.text


def test_without_a_name_the_firm_is_known_from_its_yes_on():
    made = answer(unnamed())
    assert made.is_unnamed
    assert not made.is_firm_known
    assert contacts_for_asker(made).ways == ()

    actions.accept(made, share=SHARE, words="", by=FIRM, at=now())

    assert made.is_firm_known
    assert NUMBER in {way.value for way in contacts_for_asker(made).ways}


@pytest.mark.parametrize("side", [Side.ASKER, Side.FIRM])
def test_nobody_goes_over_to_whatsapp_before_the_name_is_known(side):
    made = answer(unnamed())

    with pytest.raises(actions.NotNow):
        actions.report_contact(made, by=actions.By(side), at=now())

    made.refresh_from_db()
    assert (made.state, made.met_at) == (State.SENT, None)


def test_sent_twice_it_is_one_and_counts_once_against_the_day():
    one, asker = unnamed(), member()

    assert answered(one, asker=asker) == answered(one, asker=asker)

    assert Enquiry.objects.count() == 1
    assert Tally.objects.get().letters == 1


def test_the_day_has_its_limit(settings):
    settings.LETTERS_A_DAY = {"visitor": 1, "member": 1, "verified": 1}
    one, asker = unnamed(), member()
    answered(one, asker=asker)

    with pytest.raises(actions.TooManyLetters):
        answered(one, asker=asker, text="Lain lagi, kami bisa 300 pasang")


def test_ones_own_is_not_answered():
    business, owner = secret_firm()
    one = unnamed(business, owner)

    with pytest.raises(actions.OwnFirm):
        answered(one, asker=member(owner))

    assert not Letter.objects.exists()


@pytest.mark.parametrize("ended", ["fill", "withdraw", "hide", "late"])
def test_what_has_ended_is_not_answered(ended):
    business, owner = secret_firm()
    one = unnamed(business, owner)
    at = now()
    if ended == "hide":
        directory.hide(business, reason="x", actor=OfficerFactory(), at=at)
        business.refresh_from_db()
        one.business = business
    elif ended == "late":
        at += timedelta(days=61)
    else:
        getattr(opportunities, ended)(one, actor=owner, at=at)

    with pytest.raises(actions.OpportunityOver):
        answered(one, at=at)

    assert not Letter.objects.exists()
    assert not Tally.objects.exists()


def test_what_ended_before_a_visitor_confirmed_is_closed_and_said():
    business, owner = secret_firm()
    one = unnamed(business, owner)
    letter = answered(one, asker=visitor())
    opportunities.fill(one, actor=owner, at=now())

    actions.prove(letter, at=now())

    made = letter.enquiries.get()
    assert (made.state, made.reason) == (State.CLOSED, reasons.Closed.OVER)
    run_due(now() + timedelta(seconds=1))
    assert [one.to for one in Message.objects.filter(kind="connections.enquiry_news")] == [
        letter.email
    ]
    assert not Message.objects.filter(kind="connections.enquiry_new").exists()


def test_the_same_words_by_name_do_not_tell_whose_opportunity_it_is():
    business, owner = secret_firm()
    one, asker = unnamed(business, owner), member()
    by_name = sent(business, asker=asker, at=now())

    by_opportunity = answered(one, asker=asker)

    assert by_opportunity != by_name
    assert by_opportunity.enquiries.get().state == State.SENT
    spread = spread_of(by_opportunity, [business], at=now())
    assert spread.firms == 2  # as if it were another firm


def test_a_block_is_not_said_where_it_would_tell_whose_it_is():
    business, owner = secret_firm()
    one, asker = unnamed(business, owner), member()
    Block.objects.create(business=business, asker=asker.key, made_at=AT)

    made = answer(one, asker=asker)

    assert (made.state, made.reason, made.is_unheard) == (State.SENT, "", True)
    assert not coming_in(owner).exists()
    assert waiting_at(owner, at=now()) == 0
    assert answers.answers_to(one) == []
    run_due(now() + timedelta(seconds=1))
    assert not Message.objects.filter(to=owner.email).exclude(kind__contains="opened").exists()
    later = made.answer_by
    assert not desk.unanswered().exists()
    actions.expire(at=later)
    made.refresh_from_db()
    assert made.state == State.EXPIRED
    actions.count_habits(on=localdate(later), at=later)
    named = opened_today(business, owner)
    assert answer(named, asker=asker).reason == reasons.Closed.NOT_TAKING


@pytest.mark.parametrize(
    "faulty",
    [
        {"is_unnamed": True, "state": "contacted", "met_at": AT},
        {"is_unheard": True},
        {"is_unheard": True, "is_unnamed": True, "answered_at": AT},
        {"state": "withdrawn", "ended_at": AT},
        {"state": "withdrawn", "reason": "found"},
    ],
)
def test_the_database_keeps_what_must_hold(faulty):
    made = enquiry()

    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=made.pk).update(**faulty)


def test_who_answered_and_what_came_of_it_is_counted():
    business, owner = owned()
    one, other = opened_today(business, owner), opened_today(business, owner)
    first, second, third = (answer(one, text=f"{TEXT} {'x' * n}") for n in range(3))
    actions.accept(first, share="", words="", by=FIRM, at=now())
    actions.note_outcome(first, "agree", by=FIRM, at=now())
    actions.decline(second, reason="price", words="", by=FIRM, at=now())

    assert answers.count_answers([one.pk, other.pk]) == {one.pk: answers.Answers(3, 1, 1)}
    assert answers.answers_to(one)[0] == third
    first.letter.opportunity = one
    assert answers.unfilled_of(first) == one
    assert answers.unfilled_of(second) is None
    opportunities.fill(one, actor=owner, at=now())
    one.refresh_from_db()
    first.letter.opportunity = one
    assert answers.unfilled_of(first) is None


def test_only_a_yes_shows_the_price_kept_for_it():
    one = unnamed(price_shown="accepted", price_from=1, currency="IDR", price_unit="PASANG")
    asker = UserFactory()
    made = answer(one, asker=member(asker))

    def sees():
        own = answers.own_answer(one, asker)
        return policies.can_see_price(asker, one, "", is_accepted=own.is_accepted)

    assert not sees()
    actions.accept(made, share="", words="", by=FIRM, at=now())
    assert sees()
    assert answers.own_answer(one, UserFactory()) is None
    assert not policies.can_see_price(UserFactory(), one, "")


def test_contact_made_without_a_yes_shows_no_price():
    business, owner = secret_firm()
    one = opened_today(business, owner)
    asker = UserFactory()
    made = answer(one, asker=member(asker))
    actions.report_contact(made, by=actions.By(Side.ASKER, asker), at=now())
    actions.note_outcome(made, "agree", by=actions.By(Side.ASKER, asker), at=now())

    assert made.state == State.AGREED
    assert not answers.own_answer(one, asker).is_accepted


def test_who_may_see_may_answer_and_its_own_people_may_not():
    one = unnamed()
    today = localdate()

    assert policies.can_answer(one, "", today)
    assert not policies.can_answer(one, "viewer", today)
    assert not policies.can_answer(one, "", one.expires_on + timedelta(days=1))
    one.state = Opportunity.State.FILLED
    assert not policies.can_answer(one, "", today)


def test_an_erased_opportunity_leaves_its_answers_and_no_name():
    business, owner = secret_firm()
    one = unnamed(business, owner)
    made = answer(one)

    opportunities.erase_opportunities(business, actor=OfficerFactory(), at=now())

    made = Enquiry.objects.select_related("letter").get(pk=made.pk)
    assert made.letter.opportunity is None
    assert not made.is_firm_known


def test_matches_see_and_answer():
    business, owner = secret_firm()
    one = opened_today(business, owner, visibility="matched")
    fitting, maker = owned(name="Jahit Rapi")
    Match.objects.create(
        opportunity=one, business=fitting, score=70, position=0, reasons=[], made_at=AT
    )

    made = answer(one, asker=member(maker, business=fitting))

    assert (made.letter.opportunity, made.letter.business) == (one, fitting)
