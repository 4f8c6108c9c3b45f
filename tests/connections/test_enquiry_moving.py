"""Each side moves an enquiry on; contacts appear with the yes of the firm and can be taken back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from ifn.accounts.models import Consent
from ifn.audit.queries import history_of
from ifn.connections.actions import enquiries as actions
from ifn.connections.actions.enquiries import Amount, By
from ifn.connections.enquiring.states import Event, Side, State
from ifn.connections.models import Enquiry, Step, Worth
from ifn.connections.queries.enquiries import (
    contacts_for_asker,
    contacts_of_asker,
    contacts_to_share,
    with_letters,
)
from ifn.directory import actions as directory
from ifn.directory.models import Contact
from ifn.directory.profile import ContactFact
from ifn.mail.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, LATER, profile, revised
from tests.factories.enquiries import (
    ASKER,
    EMAIL,
    FIRM,
    WHATSAPP,
    accepted,
    enquiry,
    firm,
    member,
    visitor,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
SHARE = f"whatsapp:{WHATSAPP}"


def fresh(made):
    return with_letters().get(pk=made.pk)


def values(found):
    return [one.value for one in found.ways]


def test_the_firm_says_yes_and_the_asker_is_told():
    made = enquiry()

    assert actions.accept(made, share=SHARE, words="Bisa, 35 ribu", by=FIRM, at=LATER)
    assert not actions.accept(made, share=SHARE, words="Bisa", by=FIRM, at=LATER)

    now = fresh(made)
    assert (now.state, now.answered_at, now.met_at) == (State.ACCEPTED, LATER, LATER)
    told = Message.objects.get(kind="connections.enquiry_news")
    assert told.to == made.letter.email
    assert "Bisa, 35 ribu" in told.text
    assert next(one.event for one in history_of(made)) == "connections.enquiry.accept"


def test_contacts_appear_with_the_yes_and_not_before():
    made = enquiry()
    assert values(contacts_for_asker(fresh(made))) == []
    assert values(contacts_of_asker(fresh(made))) == []

    actions.accept(made, share=SHARE, words="", by=FIRM, at=AT)

    now = fresh(made)
    assert values(contacts_for_asker(now)) == [WHATSAPP]
    assert contacts_for_asker(now).whatsapp == WHATSAPP.lstrip("+")
    assert values(contacts_of_asker(now)) == [made.letter.phone, made.letter.email]


@pytest.mark.parametrize(
    ("visibility", "asker", "shown"),
    [
        ("public", visitor, True),
        ("members", visitor, False),
        ("members", member, True),
        ("nobody", member, False),
    ],
)
def test_what_the_firm_shows_anyway_is_shown_at_once(visibility, asker, shown):
    one = firm(contacts=(ContactFact("whatsapp", WHATSAPP, visibility),))
    made = enquiry(one, asker=asker())

    assert values(contacts_for_asker(fresh(made))) == ([WHATSAPP] if shown else [])


def test_a_contact_taken_off_the_profile_is_shown_no_more():
    made = accepted()
    revised(made.business, profile(contacts=(ContactFact("email", EMAIL, "nobody"),)))

    now = contacts_for_asker(fresh(made))

    assert (now.ways, now.is_withdrawn) == ((), True)


def test_a_consent_withdrawn_after_the_yes_hides_the_contact():
    one = firm(contacts=(ContactFact("whatsapp", WHATSAPP, "public"),))
    made = accepted(one)
    assert values(contacts_for_asker(fresh(made))) == [WHATSAPP]

    directory.withdraw_consent(Consent.objects.get(), actor=None, at=LATER)

    assert Contact.objects.get().visibility == "nobody"
    now = contacts_for_asker(fresh(made))
    assert (now.ways, now.is_withdrawn) == ((), True)


def test_a_person_who_answers_may_show_their_own_number():
    person = UserFactory()
    made = enquiry(firm(owner=person))
    own = f"whatsapp:{person.phone}"
    assert own in {one.key for one in contacts_to_share(fresh(made), person)}
    assert own not in {one.key for one in contacts_to_share(fresh(made), None)}

    actions.accept(made, share=own, words="", by=By(Side.FIRM, person), at=AT)

    assert values(contacts_for_asker(fresh(made))) == [person.phone]


def test_a_contact_that_is_none_of_the_firms_cannot_be_shown():
    made = enquiry()

    with pytest.raises(actions.NoSuchContact):
        actions.accept(made, share="whatsapp:+6281111111111", words="", by=FIRM, at=AT)

    assert fresh(made).state == State.SENT


def test_a_no_has_a_reason_and_the_asker_reads_it():
    made = enquiry()
    for reason, words in (("", ""), ("other", "")):
        with pytest.raises(actions.ReasonMissing):
            actions.decline(made, reason=reason, words=words, by=FIRM, at=AT)

    assert actions.decline(made, reason="capacity", words="Penuh", by=FIRM, at=LATER)
    assert not actions.decline(made, reason="price", words="", by=FIRM, at=LATER)

    now = fresh(made)
    assert (now.state, now.reason, now.ended_at) == (State.DECLINED, "capacity", LATER)
    assert "Penuh" in Message.objects.get().text


def test_what_was_declined_is_not_accepted():
    made = enquiry()
    actions.decline(made, reason="capacity", words="", by=FIRM, at=AT)

    with pytest.raises(actions.NotNow) as refused:
        actions.accept(made, share="", words="", by=FIRM, at=AT)

    assert refused.value.enquiry.state == State.DECLINED


@pytest.mark.parametrize(
    "doing",
    [
        lambda made: actions.accept(made, share="", words="", by=ASKER, at=AT),
        lambda made: actions.decline(made, reason="price", words="", by=ASKER, at=AT),
        lambda made: actions.see(made, by=ASKER, at=AT),
    ],
)
def test_an_asker_does_not_answer_for_the_firm(doing):
    made = enquiry()

    with pytest.raises(actions.NotNow):
        doing(made)


def test_a_late_yes_is_better_than_none():
    made = enquiry()
    actions.expire(at=AT + timedelta(days=14))
    assert fresh(made).state == State.EXPIRED

    assert actions.accept(made, share=SHARE, words="", by=FIRM, at=AT + timedelta(days=20))

    assert (fresh(made).state, fresh(made).ended_at) == (State.ACCEPTED, None)


def test_a_late_yes_does_not_open_the_same_a_second_time():
    asker, one = member(), firm()
    old = enquiry(one, asker=asker)
    actions.expire(at=AT + timedelta(days=14))
    enquiry(one, asker=asker, at=AT + timedelta(days=15))

    with pytest.raises(actions.NotNow):
        actions.accept(old, share="", words="", by=FIRM, at=AT + timedelta(days=16))

    assert fresh(old).state == State.EXPIRED


def test_the_way_to_whatsapp_is_noted_once_for_each_side():
    made = accepted()

    assert actions.report_contact(made, by=ASKER, at=LATER)
    assert not actions.report_contact(made, by=ASKER, at=LATER)
    assert not actions.report_contact(made, by=FIRM, at=LATER)

    assert fresh(made).state == State.CONTACTED
    steps = Step.objects.filter(event="whatsapp").values_list("side", flat=True)
    assert sorted(steps) == ["asker", "firm"]


def test_both_say_how_it_goes_and_an_outcome_can_be_put_right():
    made = accepted()
    assert actions.note_outcome(made, Event.TALK, by=ASKER, at=AT)
    assert actions.note_outcome(made, Event.AGREE, by=FIRM, at=AT)
    assert not actions.note_outcome(made, Event.AGREE, by=ASKER, at=AT)

    with pytest.raises(actions.ReasonMissing):
        actions.note_outcome(made, Event.FAIL, by=ASKER, at=AT)
    assert actions.note_outcome(made, Event.FAIL, reason="price", by=ASKER, at=AT)

    assert (fresh(made).state, fresh(made).reason) == (State.NOT_AGREED, "price")


def test_without_contact_there_is_no_outcome():
    made = enquiry()

    with pytest.raises(actions.NotNow):
        actions.note_outcome(made, Event.AGREE, by=ASKER, at=AT)
    with pytest.raises(actions.NotNow):
        actions.state_worth(made, [Amount("potential", Decimal(1))], by=ASKER, at=AT)


def test_values_are_kept_apart_by_kind_and_by_who_says_so():
    made = accepted()
    hoped = [Amount("potential", Decimal(12_500_000))]

    assert actions.state_worth(made, hoped, by=ASKER, at=AT) == 1
    assert actions.state_worth(made, hoped, by=ASKER, at=AT) == 0
    actions.state_worth(made, [Amount("realised", Decimal("800.5"), "USD")], by=FIRM, at=AT)

    found = Worth.objects.order_by("kind").values_list("kind", "side", "amount", "currency")
    assert list(found) == [
        ("potential", "asker", Decimal("12500000.00"), "IDR"),
        ("realised", "firm", Decimal("800.50"), "USD"),
    ]


@pytest.mark.parametrize(
    "faulty",
    [
        {"state": "lost"},
        {"state": State.DECLINED},
        {"state": State.AGREED},
        {"sent_at": None},
    ],
)
def test_the_database_keeps_what_must_hold(faulty):
    made = enquiry()

    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=made.pk).update(**faulty)
