from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from ifn.audit.queries import history_of
from ifn.directory import actions
from ifn.directory.models import Business, Listing, Picture, Source
from ifn.directory.queries import pictures_of, profile_of
from ifn.directory.whole import whole
from tests.factories.accounts import AdministratorFactory, OfficerFactory, UserFactory
from tests.factories.directory import (
    LATER,
    full_profile,
    photo,
    profile,
    registered,
    revised,
)

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]

LEAST = {
    "name": "Sol Jaya",
    "kind": "business",
    "capacity_visibility": "nobody",
    "has_role": "CO_OUTSOLE",
}


@pytest.fixture
def officer(client):
    person = OfficerFactory(name="Sri Wahyuni")
    client.force_login(person)
    return person


def page(name, *arguments):
    """Return the English address of a page."""
    with translation.override("en"):
        return reverse(f"directory:{name}", args=arguments)


def sent(answer):
    """Return what a browser sends back of the form on a page."""
    form = answer.context["form"]
    return {
        bound.html_name: bound.value() if bound.value() is not None else ""
        for bound in form
        if bound.value() is not False
    }


def said(answer):
    return [str(message) for message in answer.context["messages"]]


class TestAccess:
    @pytest.fixture(params=["staff", "new", "edit", "status", "add-picture", "picture"])
    def address(self, request):
        number = registered().number
        arguments = {"staff": (), "new": (), "picture": (number, 1)}.get(request.param, (number,))
        return page(request.param, *arguments)

    def test_visitors_are_asked_to_sign_in(self, client, address):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == HTTPStatus.FOUND
            assert answer["Location"].startswith("/en/masuk")

    def test_members_are_refused(self, client, address):
        client.force_login(UserFactory())

        assert client.get(address).status_code == HTTPStatus.FORBIDDEN
        assert client.post(address).status_code == HTTPStatus.FORBIDDEN

    @pytest.mark.parametrize("factory", [OfficerFactory, AdministratorFactory])
    def test_the_office_enters(self, client, factory):
        client.force_login(factory())

        assert client.get(page("staff")).status_code == HTTPStatus.OK
        assert client.get(page("new")).status_code == HTTPStatus.OK
        assert client.get(page("edit", registered().number)).status_code == HTTPStatus.OK


@pytest.mark.usefixtures("officer")
class TestWorkList:
    def test_it_holds_what_nobody_else_sees(self, client, officer):
        hidden, draft = registered(), registered(profile(name="Draf"), status="draft")
        actions.hide(hidden, reason="Tutup", actor=officer, at=LATER)

        answer = client.get(page("staff"))

        assert {business for business, _place in answer.context["rows"]} == {hidden, draft}
        assert "Hidden" in answer.content.decode()

    def test_it_is_narrowed_by_name_number_and_status(self, client):
        one, other = registered(), registered(profile(name="Tapak <b>Lain</b>"))

        def found(**query):
            return [b.pk for b, _place in client.get(page("staff"), query).context["rows"]]

        assert found(q="tapak") == [other.pk]
        assert found(q=one.public_number.lower()) == [one.pk]
        assert found(q="%") == []
        assert found(status="hidden") == []
        assert set(found(status="nonsense", q="\0", page="abc")) == {one.pk, other.pk}
        assert found(page="999999999999")

    def test_no_profile_is_no_empty_table(self, client):
        assert "No profile fits" in client.get(page("staff"), {"q": "x"}).content.decode()

    def test_more_rows_cost_no_more_queries(self, client, django_assert_max_num_queries):
        registered()
        counted = []
        for _ in range(2):
            client.get(page("staff"))
            with django_assert_max_num_queries(12) as queries:
                client.get(page("staff"))
            counted.append(len(queries))
            registered(), registered()

        assert counted[0] == counted[1]


@pytest.mark.usefixtures("officer")
class TestEditing:
    def test_a_new_profile_is_entered_by_the_office(self, client, ask):
        answer = client.post(page("new"), LEAST, follow=True)

        business = Business.objects.get()
        assert answer.redirect_chain == [(page("edit", business.number), HTTPStatus.FOUND)]
        assert said(answer) == ["Sol Jaya is listed."]
        assert ask("sol") == ["Sol Jaya"]
        assert {(one.kind, one.label) for one in whole(business).statements} == {
            (Source.Kind.OFFICER, "")
        }

    def test_nobody_else_learns_which_officer_it_was(self, client, officer):
        client.post(page("new"), LEAST)

        business = Business.objects.get()
        [entry] = history_of(business)
        assert entry.actor == officer
        assert officer.name not in str(entry.details)
        client.logout()
        public = client.get(business.get_absolute_url()).content.decode()
        assert "Entered by the network" in public
        assert officer.name not in public

    def test_a_new_profile_sent_twice_is_entered_once(self, client):
        first, again = (client.post(page("new"), LEAST, follow=True) for _ in range(2))

        assert again.redirect_chain == first.redirect_chain
        assert said(again) == ["Sol Jaya is listed."]
        assert history_of(Business.objects.get()).count() == 1

    def test_another_branch_or_another_officers_entry_is_no_repetition(self, client):
        client.post(page("new"), LEAST)
        for changes in ({"address": "Jl. Lain 2"}, {}):
            seen = ",".join(Business.objects.values_list("number", flat=True))
            client.post(page("new"), LEAST | changes | {"dilihat": seen})
            client.force_login(OfficerFactory())

        assert Business.objects.count() == 3

    def test_an_edit_sent_twice_is_saved_once(self, client):
        business = registered(full_profile())
        address = page("edit", business.number)
        typed = sent(client.get(address)) | {"name": "Langkah Maju"}

        answers = [client.post(address, typed, follow=True) for _ in range(2)]

        assert [said(answer) for answer in answers] == [["The profile is saved."]] * 2
        assert Business.objects.get().version == 2
        assert history_of(business).filter(event="directory.business.revised").count() == 1

    def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(self, client):
        answer = client.post(page("new"), LEAST | {"nib": "123", "story_en": "We began."})

        html = answer.content.decode()
        assert answer.status_code == HTTPStatus.OK
        assert "A NIB has 13 digits" in html
        assert 'id="id_nib_error"' in html
        assert "We began." in html
        assert not Business.objects.exists()

    def test_what_is_saved_unchanged_is_stated_by_nobody_new(self, client):
        business = registered(full_profile())

        client.post(page("edit", business.number), sent(client.get(page("edit", business.number))))

        assert {one.label for one in whole(business).statements} == {"Sri Wahyuni"}
        assert profile_of(Business.objects.get()) == full_profile()
        assert Business.objects.get().version == 2

    def test_an_edit_is_saved_with_its_reason(self, client, ask):
        business = registered(full_profile())
        address = page("edit", business.number)
        typed = sent(client.get(address)) | {"name": "Langkah Maju", "reason": "Ganti nama"}

        answer = client.post(address, typed, follow=True)

        assert said(answer) == ["The profile is saved."]
        assert ask("maju") == ["Langkah Maju"]
        html = answer.content.decode()
        assert "Ganti nama" in html
        assert "Changed" in html
        assert "Sri Wahyuni" in html

    def test_a_second_editor_is_told_and_keeps_what_was_typed(self, client):
        business = registered(full_profile())
        address = page("edit", business.number)
        typed = sent(client.get(address)) | {"name": "Yang kedua"}
        revised(business, full_profile(name="Yang pertama"))

        answer = client.post(address, typed)

        html = answer.content.decode()
        assert "Somebody else changed this profile after you opened it." in html
        assert 'value="Yang kedua"' in html
        [differs] = answer.context["differs"]
        assert (differs.mine, differs.theirs) == ("Yang kedua", "Yang pertama")
        assert Business.objects.get().name == "Yang pertama"
        client.post(address, sent(answer))
        assert Business.objects.get().name == "Yang kedua"

    def test_broken_utf8_in_a_form_is_answered_with_words(self, client):
        answer = client.post(
            page("new"),
            b"name=Sol%ED%A0%80%FF&kind=business&capacity_visibility=nobody",
            content_type="application/x-www-form-urlencoded",
        )

        assert answer.status_code == HTTPStatus.OK
        assert "Some letters arrived damaged" in answer.content.decode()

    def test_a_profile_that_is_not_there_is_not_found(self, client):
        assert client.get(page("edit", "7K3MZ")).status_code == HTTPStatus.NOT_FOUND

    def test_the_history_says_who_did_what_and_why(self, client, officer):
        business = registered(full_profile(), actor=officer)
        revised(business, full_profile(minimum_order=70), actor=officer, reason="Telepon 3 Juni")
        actions.hide(business, reason="<b>Tutup</b>", actor=officer, at=LATER)

        html = client.get(page("edit", business.number)).content.decode()

        for words in ("Entered", "Changed", "Hidden", "minimum order, pairs", "Telepon 3 Juni"):
            assert words in html
        assert "&lt;b&gt;Tutup" in html
        assert "<b>Tutup" not in html


@pytest.mark.usefixtures("officer")
class TestStatus:
    def test_hiding_needs_a_reason(self, client):
        business = registered()
        address = page("status", business.number)

        answer = client.post(address, {"status": "hidden", "reason": " \u200b "}, follow=True)

        assert said(answer) == ["Write why the profile is hidden."]
        assert Listing.objects.exists()

    def test_a_profile_is_hidden_and_listed_again(self, client, ask):
        business = registered()
        address = page("status", business.number)

        answer = client.post(address, {"status": "hidden", "reason": "Tutup"}, follow=True)
        assert said(answer) == ["The profile is hidden; searches no longer find it."]
        assert ask() == []
        answer = client.post(address, {"status": "listed"}, follow=True)
        assert said(answer) == ["The profile is listed."]
        assert ask() == ["Sol Jaya Abadi"]

    def test_what_is_no_status_changes_nothing(self, client):
        business = registered()

        answer = client.post(page("status", business.number), {"status": "nonsense", "reason": "x"})

        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert Business.objects.get().status == "listed"

    def test_reading_changes_nothing(self, client):
        answer = client.get(page("status", registered().number))

        assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.usefixtures("officer", "files")
class TestPictures:
    def send(self, client, business, content, **more):
        upload = SimpleUploadedFile("foto.jpg", content, "image/jpeg")
        return client.post(
            page("add-picture", business.number), {"picture": upload, **more}, follow=True
        )

    def test_a_photo_is_added_put_first_and_removed(self, client):
        business = registered()
        for height, caption in ((200, "Satu"), (210, "Dua")):
            answer = self.send(client, business, photo((300, height)), caption_id=caption)
            assert said(answer) == ["The photo is added."]
        one, two = pictures_of(business)

        answer = client.post(page("picture", business.number, two.pk), {"first": "1"}, follow=True)
        assert said(answer) == ["This photo now comes first."]
        assert pictures_of(business) == [two, one]
        answer = client.post(page("picture", business.number, two.pk), {"remove": "1"}, follow=True)
        assert said(answer) == ["The photo is removed."]
        assert pictures_of(business) == [one]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"<?php evil(); ?>", "This file is not a picture, or it is damaged."),
            (photo((100, 100)), "This picture is 100 × 100 pixels."),
            (b"\0\0\0\x18ftypheic" + b"\0" * 99, "This is a HEIC photo."),
            (b"", "The submitted file is empty."),
        ],
    )
    def test_a_refusal_is_told_as_a_message(self, client, content, message):
        business = registered()

        [told] = said(self.send(client, business, content))

        assert told.startswith(message)
        assert not Picture.objects.exists()

    def test_a_refusal_is_told_in_indonesian_too(self, client):
        business = registered()
        upload = SimpleUploadedFile("foto.jpg", b"", "image/jpeg")

        with translation.override("id"):
            address = reverse("directory:add-picture", args=[business.number])
        answer = client.post(address, {"picture": upload}, follow=True)

        assert said(answer) == ["Berkas yang dikirimkan kosong."]

    def test_a_form_without_a_photo_or_with_a_long_caption_says_so(self, client):
        business = registered()
        address = page("add-picture", business.number)

        assert said(client.post(address, follow=True)) == ["This field is required."]
        [told] = said(self.send(client, business, photo(), caption_id="x" * 161))
        assert "at most 160 characters" in told

    def test_too_many_photos_are_refused(self, client):
        business = registered()
        Picture.objects.bulk_create(
            Picture(business=business, file="x", width=4, height=3, added_at=LATER)
            for _ in range(24)
        )

        answer = self.send(client, business, photo((300, 200)))

        assert said(answer) == ["There are 24 pictures already. Remove one first."]

    def test_a_picture_of_another_profile_is_not_touched(self, client, officer):
        business, other = registered(), registered(profile(name="Lain"))
        picture = actions.add_picture(other, photo((300, 200)), actor=officer, at=LATER)

        answer = client.post(page("picture", business.number, picture.pk), {"remove": "1"})

        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert pictures_of(other) == [picture]
