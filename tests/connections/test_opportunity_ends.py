from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from ifn.connections import actions
from ifn.connections.models import (
    Match,
    Opportunity,
    OpportunityDraft,
    StateChange,
)
from ifn.connections.opportunities import stillopen
from ifn.connections.opportunities.indexing import COLLECTION
from ifn.directory import actions as directory
from ifn.directory.actions.pictures import renditions
from ifn.mail.models import Message
from ifn.textsearch import queries as textsearch
from ifn.textsearch.actions import clear
from ifn.textsearch.asking import Query
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import AT, LATER, LATER_ON, ON, photo
from tests.factories.opportunities import DEADLINE, begun, opened, owned, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def found(text=""):
    return textsearch.search(COLLECTION, Query(text=text)).keys


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


def test_what_is_thrown_away_leaves_no_pictures_behind(django_capture_on_commit_callbacks):
    business, owner = owned()
    draft = begun(business, owner)
    kept = actions.attach(draft, photo(), name="contoh.jpg", actor=owner, at=AT)
    files = renditions(kept.file, kept.widths)
    assert all(map(default_storage.exists, files))

    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_draft(draft, actor=owner, at=AT)

    assert not any(map(default_storage.exists, files))


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
