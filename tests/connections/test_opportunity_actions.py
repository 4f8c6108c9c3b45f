from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ifn.audit.models import Entry
from ifn.connections import actions, stillopen
from ifn.connections.indexing import COLLECTION
from ifn.connections.models import (
    Match,
    Opportunity,
    OpportunityDraft,
    OpportunityVersion,
    StateChange,
)
from ifn.connections.particulars import from_json, to_json
from ifn.connections.queries.opportunities import is_trusted, particulars_of
from ifn.directory import actions as directory
from ifn.directory import numbers
from ifn.mail.models import Message
from ifn.textsearch import queries as textsearch
from ifn.textsearch.actions import clear
from ifn.textsearch.asking import Query
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import AT, LATER, LATER_ON, ON, photo, verified
from tests.factories.opportunities import DEADLINE, begun, opened, owned, posted, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def found(text=""):
    return textsearch.search(COLLECTION, Query(text=text)).keys


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


def test_filling_and_withdrawing_happen_once():
    one = opened()

    assert actions.fill(one, actor=None, at=AT)
    assert not actions.fill(one, actor=None, at=AT)
    assert found() == ()
    with pytest.raises(actions.NotOpen):
        actions.withdraw(one, actor=None, at=AT)

    other = opened()
    assert actions.withdraw(other, actor=None, at=AT)
    assert not actions.withdraw(other, actor=None, at=AT)
    with pytest.raises(actions.NotOpen):
        actions.renew(other, actor=None, at=AT, today=ON)


def test_it_expires_the_day_after_its_last():
    one = opened()

    assert actions.expire_due(on=DEADLINE, at=LATER) == 0
    assert actions.expire_due(on=DEADLINE + timedelta(days=1), at=LATER) == 1
    assert actions.expire_due(on=DEADLINE + timedelta(days=1), at=LATER) == 0

    one.refresh_from_db()
    assert one.state == Opportunity.State.EXPIRED
    assert found() == ()


def test_its_people_are_asked_once_seven_days_before():
    business, owner = owned()
    opened(business, owner)
    day = DEADLINE - timedelta(days=7)

    assert actions.ask_those_due(on=day - timedelta(days=1), at=LATER) == 0
    assert actions.ask_those_due(on=day, at=LATER) == 1
    assert actions.ask_those_due(on=day, at=LATER) == 0

    assert Message.objects.get(kind="connections.ending").to == owner.email


def test_renewing_opens_it_for_another_sixty_days():
    one = opened(deadline=None)

    assert actions.renew(one, actor=None, at=LATER, today=LATER_ON)
    assert not actions.renew(one, actor=None, at=LATER, today=LATER_ON)

    one.refresh_from_db()
    assert one.expires_on == LATER_ON + timedelta(days=60)


def test_an_expired_one_is_renewed_unless_its_deadline_has_gone():
    one, other = opened(deadline=None), opened()
    day = ON + timedelta(days=61)
    actions.expire_due(on=day, at=LATER)

    assert actions.renew(one, actor=None, at=LATER, today=day)
    one.refresh_from_db()
    assert (one.state, found()) == ("open", (one.pk,))
    with pytest.raises(actions.DeadlineGone):
        actions.renew(other, actor=None, at=LATER, today=day)


def test_one_link_renews_once():
    one = opened(deadline=None)
    asked = stillopen.read(stillopen.token_for(one, LATER_ON), LATER_ON)

    assert actions.renew(one, asked=asked, actor=None, at=LATER, today=LATER_ON)
    assert not actions.renew(
        one, asked=asked, actor=None, at=LATER, today=LATER_ON + timedelta(days=5)
    )


def test_links_that_are_foreign_or_old_are_told_apart():
    one = opened()
    token = stillopen.token_for(one, ON)

    with pytest.raises(stillopen.Foreign):
        stillopen.read(token[:-2], ON)
    with pytest.raises(stillopen.Expired):
        stillopen.read(token, ON + timedelta(days=31))


def test_throwing_a_draft_away_takes_the_unposted_with_it_and_leaves_the_posted():
    business, owner = owned()
    draft, one = begun(business, owner, kind="EXPORT"), opened(business, owner)
    actions.save_answers(one, {"title_id": ["x"]}, fields=["title_id"], person=owner, at=AT)

    assert actions.discard_draft(draft, actor=owner, at=AT)
    assert not actions.discard_draft(one, actor=owner, at=AT)
    assert list(Opportunity.objects.all()) == [one]
    assert not OpportunityDraft.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "someday"},
        {"direction": "both"},
        {"visibility": "nobody"},
        {"title_id": "", "title_en": ""},
        {"amount": 0},
        {"amount": 10_000_001},
        {"amount": 5, "unit": None},
        {"price_from": 5, "currency": ""},
        {"reach": "km", "within_km": None},
        {"reach": "region", "region": None},
        {"state": "refused", "reason": "", "expires_on": None},
        {"expires_on": None},
        {"expires_on": DEADLINE + timedelta(days=1)},
    ],
    ids=str,
)
def test_the_database_refuses_what_cannot_be(wrong):
    one = opened()

    with pytest.raises(IntegrityError), transaction.atomic():
        Opportunity.objects.filter(pk=one.pk).update(**wrong)


def test_pictures_and_papers_are_kept_once_and_removed():
    business, owner = owned()
    one = begun(business, owner)
    given = {"actor": owner, "at": AT}

    picture = actions.attach(one, photo(), name="contoh.jpg", **given)
    again = actions.attach(one, photo(), name="contoh.jpg", **given)
    paper = actions.attach(one, b"%PDF-1.7 spec %%EOF", name="spec.pdf", **given)

    assert picture == again
    assert (picture.is_picture, paper.is_picture) == (True, False)
    actions.detach(paper, **given)
    assert list(one.attachments.all()) == [picture]


def test_more_than_eight_files_are_too_many():
    business, owner = owned()
    one = begun(business, owner)
    for number in range(8):
        upload = b"%%PDF-1.7 %d %%%%EOF" % number
        actions.attach(one, upload, name="x.pdf", actor=owner, at=AT)

    with pytest.raises(actions.TooManyAttachments):
        actions.attach(one, photo(), name="x.jpg", actor=owner, at=AT)


def test_what_a_hidden_business_has_open_is_taken_back():
    business, owner = owned()
    one = opened(business, owner)
    directory.hide(business, reason="x", actor=OfficerFactory(), at=AT)

    assert actions.close_those_of_hidden(reason="Profil tidak tampil.", at=LATER) == 1
    assert actions.close_those_of_hidden(reason="Profil tidak tampil.", at=LATER) == 0

    one.refresh_from_db()
    assert (one.state, one.reason) == ("withdrawn", "Profil tidak tampil.")


def test_opportunities_follow_their_business_into_another_profile():
    business, owner = owned()
    kept, _other = owned(name="Sol Jaya Abadi Mojokerto")
    one = opened(business, owner)
    Match.objects.create(
        opportunity=one, business=kept, score=50, position=0, reasons=[], made_at=AT
    )

    actions.follow_business([one.pk], kept)

    one.refresh_from_db()
    assert one.business == kept
    assert not Match.objects.exists()


def test_a_person_is_taken_out_of_opportunities_that_stay():
    business, owner = owned()
    one, draft = opened(business, owner), begun(business, owner, kind="EXPORT")

    actions.erase_from_opportunities(owner, actor=None, at=LATER)

    one.refresh_from_db()
    assert one.created_by is None
    assert not StateChange.objects.exclude(person=None).exists()
    assert not Opportunity.objects.filter(pk=draft.pk).exists()


def test_erasing_a_business_leaves_nothing_of_what_it_asked():
    business, owner = owned()
    one = opened(business, owner)
    actions.attach(one, photo(), name="x.jpg", actor=owner, at=AT)

    assert actions.erase_opportunities(business, actor=None, at=LATER) == 1

    assert not Opportunity.objects.exists()
    assert found() == ()


def test_the_index_can_be_made_anew():
    one = opened()
    clear(COLLECTION)

    assert actions.reindex(0) == one.pk
    assert actions.reindex(one.pk) is None
    assert found() == (one.pk,)


def test_the_office_posts_for_a_business_at_once():
    business, _owner = owned()
    one = begun(business, OfficerFactory())

    opened_one = actions.post(one, said(), version=1, actor=one.created_by, at=AT, today=ON)

    assert opened_one.state == Opportunity.State.OPEN
