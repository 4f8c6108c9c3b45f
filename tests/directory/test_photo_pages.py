import re
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from ifn.directory.models import Membership, Picture
from ifn.directory.queries import pictures_of
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT, photo, registered

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def page(name, *arguments):
    with translation.override("en"):
        return reverse(f"directory:{name}", args=arguments)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def business(client, files):
    person = UserFactory()
    client.force_login(person)
    made = registered()
    Membership.objects.create(business=made, person=person, role="editor", since=AT)
    return made


def upload(name="foto.jpg", content=None, size=(300, 200)):
    return SimpleUploadedFile(name, content if content is not None else photo(size))


def send(client, business, *photos, field="photos"):
    return client.post(page("photos", business.number), {field: list(photos)}, follow=True)


def test_several_photos_and_one_from_the_camera_are_added(client, business):
    answer = send(client, business, upload(), upload(size=(300, 210)))
    assert said(answer) == ["2 photos are added."]

    answer = send(client, business, upload(size=(300, 220)), field="camera")

    assert said(answer) == ["1 photo is added."]
    assert len(pictures_of(business)) == 3


def test_one_that_is_none_does_not_hold_up_the_others(client, business):
    answer = send(client, business, upload("evil.jpg", b"<script>alert(1)</script>"), upload())

    assert said(answer) == [
        "evil.jpg: This file is not a picture, or it is damaged. Send a JPEG, PNG or WebP photo.",
        "1 photo is added.",
    ]


def test_three_hundred_are_too_many_and_what_fits_is_kept(client, business):
    Picture.objects.bulk_create(
        Picture(business=business, file="x", width=4, height=3, position=n, added_at=AT)
        for n in range(23)
    )
    many = [upload(size=(300, 200 + n)) for n in range(5)]

    answer = send(client, business, *many)

    assert said(answer) == [
        "1 photo is added.",
        "A profile has at most 24 photos; 4 did not fit.",
    ]


def test_nothing_sent_is_said(client, business):
    assert said(send(client, business)) == [
        "No photo came. Choose one or more and send them again."
    ]


def test_photos_are_moved_described_and_removed(client, business):
    send(client, business, *[upload(size=(300, 200 + n)) for n in range(3)])
    one, two, three = pictures_of(business)

    client.post(page("photo", business.number, three.pk), {"to": "0"})
    assert pictures_of(business) == [three, one, two]
    client.post(page("photo", business.number, three.pk), {"to": "1"})
    assert pictures_of(business) == [one, three, two]
    for nonsense in ("-1", "x", "9" * 30, "²"):
        client.post(page("photo", business.number, three.pk), {"to": nonsense})
    assert pictures_of(business) == [one, three, two]
    client.post(page("captions", business.number), words(one, "Sol karet"))
    one.refresh_from_db()
    assert one.caption_id == "Sol karet"
    client.post(page("photo", business.number, one.pk), {"remove": "1"})
    assert pictures_of(business) == [three, two]


def words(picture, indonesian="", english=""):
    return {f"{picture.pk}-caption_id": indonesian, f"{picture.pk}-caption_en": english}


def describe(client, business, *given, **more):
    sent = {name: value for one in given for name, value in one.items()} | more
    return said(client.post(page("captions", business.number), sent, follow=True))


def spoken(business):
    return [one.caption_id for one in pictures_of(business)]


class TestDescriptions:
    @pytest.fixture
    def pair(self, client, business):
        send(client, business, *[upload(size=(300, 200 + n)) for n in range(2)])
        return pictures_of(business)

    def test_all_are_saved_by_one_button(self, client, business, pair):
        one, two = pair
        told = describe(client, business, words(one, "Sol"), words(two, "Hak", "Heel"))

        assert (told, spoken(business)) == (["2 descriptions are saved."], ["Sol", "Hak"])

    def test_one_alone_is_saved_by_its_own(self, client, business, pair):
        one, two = pair
        told = describe(client, business, words(one, "Sol"), words(two, "Hak"), only=two.pk)

        assert (told, spoken(business)) == (["The description is saved."], ["", "Hak"])

    def test_sent_twice_nothing_is_different(self, client, business, pair):
        describe(client, business, words(pair[0], "Sol"))

        told = describe(client, business, words(pair[0], "Sol"))

        assert told == ["Nothing was different: all descriptions are as they were."]

    def test_one_that_is_too_long_does_not_hold_up_the_others(self, client, business, pair):
        one, two = pair
        told = describe(client, business, words(one, "x" * 161), words(two, "Hak"))

        assert spoken(business) == ["", "Hak"]
        assert told == [
            "The description is too long; 160 letters are enough.",
            "The description is saved.",
        ]

    def test_those_of_another_profile_are_out_of_reach(self, client, business):
        other = registered()
        picture = Picture.objects.create(
            business=other, file="x", width=4, height=3, position=0, added_at=AT
        )

        describe(client, business, words(picture, "Sol"))
        answer = client.post(page("captions", other.number), words(picture, "Sol"))

        assert answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}
        assert spoken(other) == [""]

    def test_each_field_belongs_to_the_one_form(self, client, business, pair):
        html = client.get(page("photos", business.number)).content.decode()

        for one in pair:
            assert f'name="{one.pk}-caption_id" form="captions"' in html
            [button] = re.findall(rf'<button[^>]*name="only"[^>]*value="{one.pk}"[^>]*>', html)
            assert 'form="captions"' in button
            assert 'name="only"' in button


def test_a_photo_of_another_profile_is_out_of_reach(client, business):
    other = registered()
    picture = Picture.objects.create(
        business=other, file="x", width=4, height=3, position=0, added_at=AT
    )

    for number in (business.number, other.number):
        answer = client.post(page("photo", number, picture.pk), {"remove": "1"})
        assert answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}

    assert Picture.objects.filter(pk=picture.pk).exists()
