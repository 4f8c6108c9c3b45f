"""The papers behind a verification: which are taken, where they lie, and who opens them."""

from http import HTTPStatus

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.directory import actions, clean
from ifn.directory.actions.verifying import VerifiedMeanwhile
from ifn.directory.models import Membership, Verification
from tests.factories.accounts import AdministratorFactory, OfficerFactory, RegionalOfficerFactory
from tests.factories.directory import AT, MOJOKERTO, photo, profile, registered, verified

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]

TODAY = localdate()
PDF = b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


@pytest.fixture
def business():
    return registered(profile(region=MOJOKERTO))


def stored(verification):
    with storages["private"].open(verification.evidence) as file:
        return file.read()


class TestEvidence:
    @pytest.mark.parametrize(
        ("upload", "code"),
        [
            (b"", "evidence_empty"),
            (b"bukan gambar", "evidence_unreadable"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "evidence_unreadable"),
            (b"PK\x03\x04docx", "evidence_unreadable"),
            (b" %PDF-1.4\n%%EOF", "evidence_unreadable"),
            (PDF[:20], "evidence_cut_off"),
            (photo((100, 90)), "picture_too_small"),
            (photo()[:900], "evidence_unreadable"),
        ],
    )
    def test_what_is_no_pdf_and_no_picture_is_refused(self, business, evidence, upload, code):
        with pytest.raises(clean.Refused) as refused:
            actions.verify(
                business,
                actions.Check(topic="place", checked_on=TODAY, note="x"),
                upload,
                replaces=None,
                on=TODAY,
                actor=OfficerFactory(duties=["verifier"]),
                at=now(),
            )

        assert refused.value.code == code
        assert (evidence(), Verification.objects.count()) == ([], 0)

    def test_what_is_too_large_is_refused(self, business, evidence):
        with pytest.raises(clean.Refused) as refused:
            verified(business, upload=PDF + b"x" * (25 * 1024 * 1024))

        assert refused.value.code == "evidence_too_large"
        assert evidence() == []

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_pictures_become_one_clean_jpeg_that_can_be_read(self, business, kind):
        made = verified(business, upload=photo((3600, 1200), kind))

        assert (made.evidence[-4:], stored(made)[:3]) == (".jpg", b"\xff\xd8\xff")

    def test_the_file_goes_when_the_row_could_not_be_written(self, business, evidence):
        verified(business)

        with pytest.raises(VerifiedMeanwhile):
            verified(business, upload=photo((800, 600)), note="lain")
        assert len(evidence()) == 1


class TestPage:
    """Handing it out."""

    def opened(self, client, verification, person=None):
        client.force_login(person or OfficerFactory(duties=["verifier"]))
        number = verification.business.number
        return client.get(reverse("directory:evidence", args=[number, verification.pk]))

    def test_a_pdf_is_handed_out_as_a_file_and_kept_by_nobody(self, client, business):
        answer = self.opened(client, verified(business, upload=PDF))

        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Type"] == "application/pdf"
        name = f"{business.public_number}-legalitas-{TODAY}.pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_a_picture_is_shown(self, client, business):
        answer = self.opened(client, verified(business))

        assert b"".join(answer.streaming_content)[:3] == b"\xff\xd8\xff"
        assert answer["Content-Disposition"].startswith("inline")

    def test_who_looks_after_the_profile_does_not_open_it_whatever_their_duty(
        self, client, business
    ):
        made, person = verified(business), AdministratorFactory()
        Membership.objects.create(business=business, person=person, role="viewer", since=AT)

        assert self.opened(client, made, person).status_code == HTTPStatus.FORBIDDEN

    def test_a_dinas_opens_what_it_may_verify_and_no_papers(self, client, business):
        dinas = RegionalOfficerFactory(territory=[MOJOKERTO])
        paper, visit = verified(business), verified(business, "place")

        answer = self.opened(client, visit, dinas)
        assert answer.getvalue()

        assert answer.status_code == HTTPStatus.OK
        assert self.opened(client, paper, dinas).status_code == HTTPStatus.FORBIDDEN

    def test_the_number_of_another_profile_opens_nothing(self, client, business):
        made, other = verified(business), registered(profile(name="Lain"))
        client.force_login(OfficerFactory())

        answer = client.get(reverse("directory:evidence", args=[other.number, made.pk]))

        assert answer.status_code == HTTPStatus.NOT_FOUND

    def test_evidence_that_is_lost_is_not_there(self, client, business):
        made = verified(business)
        storages["private"].delete(made.evidence)

        assert self.opened(client, made).status_code == HTTPStatus.NOT_FOUND

    def test_no_public_address_leads_to_it(self, client, business, settings):
        made = verified(business)
        place = storages["private"].path(made.evidence)

        assert client.get(f"/media/{made.evidence}").status_code == HTTPStatus.NOT_FOUND
        assert not place.startswith(str(settings.MEDIA_ROOT))
        assert not place.startswith(str(settings.STATIC_ROOT))
