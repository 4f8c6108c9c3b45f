import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from ifn.audit.queries import history_of
from ifn.directory import actions
from ifn.directory.actions.pictures import MOST_PICTURES
from ifn.directory.clean import Refused
from ifn.directory.models import Business, Listing, Picture
from ifn.directory.queries import pictures_of
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import AT, LATER, full_profile, photo, profile, registered

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]

SMALL = photo((300, 200))


def added(business, upload=SMALL, **caption):
    return actions.add_picture(business, upload, actor=None, at=LATER, **caption)


def test_a_photo_is_stored_under_a_name_of_our_own_and_shown_in_lists(files):
    business = registered()
    before = business.completeness

    picture = added(business, caption_id="Sol karet")

    assert len(files()) == 2
    assert {name.rsplit("-", 1)[0] for name in files()} == {picture.file}
    assert Listing.objects.get().content["picture"]["file"] == picture.file
    stored = Business.objects.get()
    assert (stored.completeness > before, stored.updated_at) == (True, LATER)
    assert history_of(business).first().event == "directory.picture.added"


def test_a_photo_sent_twice_is_there_once(files):
    business = registered()

    assert added(business) == added(business)

    assert Picture.objects.count() == 1
    assert len(files()) == 2
    assert added(registered()) != Picture.objects.first()


def test_what_its_caption_says_is_found(ask):
    picture = added(registered())

    said = {picture.pk: ("Hak kayu jati", "")}
    assert described(picture.business, said) == 1

    assert ask("jati", foto="1") == ["Sol Jaya Abadi"]
    assert history_of(picture.business).first().changes == {"caption_id": ["", "Hak kayu jati"]}


def described(business, said):
    return actions.caption_pictures(business, said, actor=OfficerFactory(), at=LATER)


def test_only_what_is_said_otherwise_is_described_again():
    business = registered()
    first, second = (added(business, photo((300, 200 + n)), caption_id="Sol") for n in range(2))
    elsewhere = added(registered(), caption_id="Hak")
    before = history_of(business).count()

    said = {first.pk: ("Sol", ""), second.pk: ("Sol", "Sole"), elsewhere.pk: ("Sol", "")}
    assert described(business, said) == 1

    assert [(one.caption_id, one.caption_en) for one in pictures_of(business)] == [
        ("Sol", ""),
        ("Sol", "Sole"),
    ]
    elsewhere.refresh_from_db()
    assert elsewhere.caption_id == "Hak"
    assert history_of(business).count() == before + 1


def test_a_photo_that_was_removed_meanwhile_is_not_described():
    business = registered()
    kept, gone = (added(business, photo((300, 200 + n))) for n in range(2))
    actions.remove_picture(gone, actor=OfficerFactory(), at=LATER)

    assert described(business, {kept.pk: ("Sol", ""), gone.pk: ("Hak", "")}) == 1


def test_pictures_stand_in_the_order_given(ask):
    business = registered()
    first, second, third = (added(business, photo((300, 200 + n))) for n in range(3))

    actions.move_picture(third, to=0, actor=OfficerFactory(), at=LATER)

    assert pictures_of(business) == [third, first, second]
    assert Listing.objects.get().content["picture"]["file"] == third.file
    actions.move_picture(third, to=99, actor=OfficerFactory(), at=LATER)
    assert pictures_of(business) == [first, second, third]


def test_no_more_pictures_than_a_visitor_looks_at(files):
    business = registered()
    Picture.objects.bulk_create(
        Picture(business=business, file="x", width=4, height=3, position=n, added_at=AT)
        for n in range(MOST_PICTURES)
    )

    with pytest.raises(actions.TooManyPictures):
        added(business)

    assert files() == []


def test_what_cannot_be_used_leaves_nothing(files):
    with pytest.raises(Refused):
        actions.add_picture(registered(), b"bukan gambar", actor=None, at=LATER)

    assert files() == []


def test_files_go_when_the_profile_was_removed_meanwhile(files):
    business = registered()
    opened_before = Business.objects.get()
    business.delete()

    with pytest.raises(Business.DoesNotExist):
        added(opened_before)

    assert files() == []


def test_files_stay_until_the_removal_is_final(files, django_capture_on_commit_callbacks):
    business = registered()
    picture, kept = added(business), added(business, photo((300, 210)))
    assert len(files()) == 4

    with django_capture_on_commit_callbacks() as callbacks:
        actions.remove_picture(picture, actor=OfficerFactory(), at=LATER)
        assert len(files()) == 4
    for callback in callbacks:
        callback()

    assert len(files()) == 2
    assert pictures_of(business) == [kept]
    assert Listing.objects.get().content["picture"]["file"] == kept.file


def test_a_removal_that_is_rolled_back_removes_no_file(files, django_capture_on_commit_callbacks):
    business = registered()
    picture = added(business)

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        actions.remove_picture(picture, actor=OfficerFactory(), at=LATER)
        transaction.set_rollback(True)

    assert len(files()) == 2
    assert pictures_of(business) != []


def test_removing_twice_is_removing_once(files):
    business = registered()
    added(business)
    one, same = Picture.objects.get(), Picture.objects.get()

    actions.remove_picture(one, actor=OfficerFactory(), at=LATER)
    actions.remove_picture(same, actor=OfficerFactory(), at=LATER)

    assert history_of(business).filter(event="directory.picture.removed").count() == 1
    with pytest.raises(Picture.DoesNotExist):
        actions.move_picture(same, to=0, actor=OfficerFactory(), at=LATER)


def test_a_drawing_that_several_profiles_show_stays_for_the_others(
    files, django_capture_on_commit_callbacks
):
    one, other = registered(), registered(profile(name="Sol Lain"))
    drawing = actions.add_drawing(
        one, "<svg/>", width=4, height=3, caption_id="", caption_en="", at=AT
    )
    shared = Picture.objects.create(
        business=other, file=drawing.file, width=4, height=3, added_at=AT
    )

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_picture(drawing, actor=OfficerFactory(), at=LATER)
    assert default_storage.exists(shared.file)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_picture(shared, actor=OfficerFactory(), at=LATER)
    assert not default_storage.exists(shared.file)


def test_pictures_make_a_profile_complete():
    business = registered(full_profile())
    assert business.completeness == 84

    added(business)

    assert Business.objects.get().completeness == 100
