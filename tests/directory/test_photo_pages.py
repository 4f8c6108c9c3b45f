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
    client.post(
        page("photo", business.number, one.pk), {"caption_id": "Sol karet", "caption_en": ""}
    )
    one.refresh_from_db()
    assert one.caption_id == "Sol karet"
    client.post(page("photo", business.number, one.pk), {"remove": "1"})
    assert pictures_of(business) == [three, two]


def test_a_photo_of_another_profile_is_out_of_reach(client, business):
    other = registered()
    picture = Picture.objects.create(
        business=other, file="x", width=4, height=3, position=0, added_at=AT
    )

    for number in (business.number, other.number):
        answer = client.post(page("photo", number, picture.pk), {"remove": "1"})
        assert answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}

    assert Picture.objects.filter(pk=picture.pk).exists()
