from datetime import date, timedelta

import pytest

from ifn.audit.models import Entry
from ifn.connections import actions
from ifn.connections.models import (
    Opportunity,
    OpportunityDraft,
    OpportunityVersion,
    StateChange,
)
from ifn.connections.opportunities.indexing import COLLECTION
from ifn.connections.opportunities.particulars import from_json, to_json
from ifn.connections.queries.opportunities import is_trusted, particulars_of
from ifn.directory import numbers
from ifn.directory.models import Business
from ifn.mail.models import Message
from ifn.textsearch import queries as textsearch
from ifn.textsearch.asking import Query
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import AT, LATER, LATER_ON, ON, verified
from tests.factories.opportunities import DEADLINE, begun, opened, owned, posted, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def found(text=""):
    return textsearch.search(COLLECTION, Query(text=text)).keys


def test_a_business_that_nobody_sees_posts_nothing():
    business, owner = owned()
    one = begun(business, owner)
    for status in ("draft", "hidden"):
        Business.objects.filter(pk=business.pk).update(status=status)
        with pytest.raises(actions.NotListed):
            actions.post(one, said(), version=one.version, actor=owner, at=AT, today=ON)

    one.refresh_from_db()
    assert one.state == Opportunity.State.DRAFT


def events():
    rows = Entry.objects.filter(event__startswith="connections.").order_by("pk")
    return [event.removeprefix("connections.") for event in rows.values_list("event", flat=True)]


def test_a_number_is_public_and_has_a_check_character():
    business, owner = owned()

    one = begun(business, owner)

    assert one.public_number.startswith("PL-")
    assert numbers.read(one.public_number, prefix="PL") == one.number
    assert one.state == Opportunity.State.DRAFT


def test_beginning_twice_begins_once():
    business, owner = owned()

    assert begun(business, owner) == begun(business, owner)
    assert begun(business, owner, direction="offer") != begun(business, owner)
    assert Opportunity.objects.count() == 2


def test_what_was_written_into_is_not_taken_for_the_one_begun_again():
    business, owner = owned()
    first = begun(business, owner)
    actions.save_answers(first, {"title_id": ["Sol"]}, fields=["title_id"], person=owner, at=AT)

    assert begun(business, owner) != first


def test_answers_are_kept_right_or_wrong_and_other_steps_stay():
    business, owner = owned()
    one = begun(business, owner)

    actions.save_answers(one, {"amount": ["banyak"]}, fields=["amount"], person=owner, at=AT)
    actions.save_answers(one, {"title_id": ["Sol"]}, fields=["title_id"], person=owner, at=AT)
    actions.save_answers(one, {}, fields=["has_role"], person=owner, at=LATER)

    draft = OpportunityDraft.objects.get()
    assert draft.data == {"amount": ["banyak"], "title_id": ["Sol"], "has_role": []}
    assert draft.saved_at == LATER


def test_a_first_post_of_an_unknown_business_waits_for_the_office():
    one = posted()

    assert one.state == Opportunity.State.REVIEW
    assert (one.opened_at, one.expires_on) == (None, None)
    assert found() == ()
    assert events() == ["opportunity.begun", "opportunity.posted"]


def test_a_verified_business_posts_at_once():
    one = opened()

    assert one.state == Opportunity.State.OPEN
    assert one.expires_on == DEADLINE
    assert found("sneakers") == (one.pk,)
    assert found("maklon mojokerto") == (one.pk,)
    assert [change.state for change in StateChange.objects.order_by("pk")] == ["draft", "open"]


def test_what_was_accepted_once_opens_the_door():
    business, owner = owned()
    first = posted(business, owner)

    actions.release(first, actor=OfficerFactory(), at=AT, today=ON)

    assert is_trusted(business, ON)
    assert posted(business, owner, kind="EXPORT").state == Opportunity.State.OPEN


def test_without_a_deadline_it_is_open_for_sixty_days():
    assert opened(deadline=None).expires_on == ON + timedelta(days=60)
    assert opened(deadline=date(2027, 1, 1)).expires_on == ON + timedelta(days=60)


def test_a_deadline_gone_by_is_refused_and_nothing_is_written():
    business, owner = owned()
    one = begun(business, owner)

    with pytest.raises(actions.DeadlineGone):
        actions.post(one, said(deadline=date(2026, 5, 1)), version=1, actor=owner, at=AT, today=ON)

    one.refresh_from_db()
    assert (one.state, one.title_id) == ("draft", "")


def test_posting_twice_posts_once():
    business, owner = owned()
    verified(business, at=AT)
    one = begun(business, owner)
    given = {"version": one.version, "actor": owner, "at": AT, "today": ON}

    actions.post(one, said(), **given)
    actions.post(one, said(), **given)

    assert StateChange.objects.filter(state="open").count() == 1
    assert not OpportunityDraft.objects.exists()


def test_everything_said_comes_back_as_it_was_said():
    facts = said(
        price_from=85000,
        price_to=95000,
        currency="IDR",
        price_unit="PASANG",
        reach="km",
        within_km=120,
        is_monthly=True,
    )

    one = opened(**{name: getattr(facts, name) for name in facts.__dataclass_fields__})

    one.refresh_from_db()
    assert particulars_of(one) == facts
    assert from_json(to_json(particulars_of(one))) == facts


def test_changing_what_is_open_keeps_how_it_stood():
    business, owner = owned()
    one = opened(business, owner)

    changed = actions.post(
        one, said(amount=40), version=one.version, actor=owner, at=LATER, today=LATER_ON
    )

    assert (changed.state, changed.amount, changed.version) == ("open", 40, one.version + 1)
    kept = OpportunityVersion.objects.get()
    assert from_json(kept.particulars).amount == 25
    line = Entry.objects.get(event="connections.opportunity.revised")
    assert line.changes == {"amount": [25, 40]}


def test_a_second_editor_is_noticed():
    business, owner = owned()
    one = opened(business, owner)
    seen = one.version
    actions.post(one, said(amount=40), version=seen, actor=owner, at=LATER, today=LATER_ON)

    with pytest.raises(actions.ChangedMeanwhile):
        actions.post(one, said(amount=30), version=seen, actor=owner, at=LATER, today=LATER_ON)


def test_an_earlier_deadline_ends_it_earlier():
    business, owner = owned()
    one = opened(business, owner)
    earlier = LATER_ON + timedelta(days=3)

    changed = actions.post(
        one, said(deadline=earlier), version=one.version, actor=owner, at=LATER, today=LATER_ON
    )

    assert changed.expires_on == earlier


def test_refusing_says_why_and_the_next_post_waits_again():
    business, owner = owned()
    one = posted(business, owner)
    officer = OfficerFactory()

    actions.refuse(one, reason="Sebutkan jumlahnya.", actor=officer, at=AT, today=ON)

    one.refresh_from_db()
    assert (one.state, one.reason) == ("refused", "Sebutkan jumlahnya.")
    assert Message.objects.get(kind="connections.refused").to == owner.email
    with pytest.raises(actions.DecidedMeanwhile):
        actions.release(one, actor=officer, at=AT, today=ON)
    again = actions.post(
        one, said(amount=30), version=one.version, actor=owner, at=LATER, today=LATER_ON
    )
    assert (again.state, again.reason) == ("review", "")


def test_releasing_tells_its_people():
    business, owner = owned()

    actions.release(posted(business, owner), actor=OfficerFactory(), at=AT, today=ON)

    message = Message.objects.get(kind="connections.opened")
    assert message.to == owner.email
    assert "Cari maklon sneakers kulit" in message.subject
