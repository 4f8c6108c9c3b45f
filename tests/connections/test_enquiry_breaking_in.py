"""What somebody tries who wants to spy or to break in; each is refused."""

import io
import struct
import zlib
from datetime import timedelta
from time import perf_counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from PIL import Image

from ifn.connections.actions import enquiries as actions
from ifn.connections.enquiring import tokens
from ifn.connections.enquiring.states import Side
from ifn.connections.models import Enquiry, Letter, LetterFile
from ifn.directory.handing import private_files
from ifn.jobs.running import run_due
from ifn.mail.models import Message
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import photo
from tests.factories.enquiries import (
    TEXT,
    enquiry,
    firm,
    member,
    sent,
    visitor,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
JANE = {"name": "Jane Buyer", "text": TEXT, "email": "jane@buyer.example"}


def to(one):
    return reverse("connections:write", args=[one.number])


def text(answer):
    return answer.content.decode()


class TestSpying:
    def test_who_writes_the_same_again_learns_nothing_of_what_came_of_it(self, client):
        one = firm()
        client.post(to(one), JANE)
        letter = Letter.objects.get()
        before = client.post(to(one), JANE, follow=True)
        actions.prove(letter, at=now())

        after = client.post(to(one), JANE, follow=True)

        assert before.redirect_chain == after.redirect_chain
        assert text(before) == text(after)

    def test_known_and_unknown_addresses_cost_the_same(self, client, django_assert_max_num_queries):
        UserFactory(email="known@buyer.example")
        one = firm()
        client.post(to(one), JANE)  # what is remembered is remembered
        counts = []
        for number, address in enumerate(["known@buyer.example", "unknown@buyer.example"]):
            given = JANE | {"email": address, "text": f"{TEXT} {'ab'[number]}"}
            with django_assert_max_num_queries(60) as queries:
                client.post(to(one), given)
            counts.append(len(queries))

        assert counts[0] == counts[1]

    @pytest.mark.parametrize("salt", ["ifn.connections.side", "django.core.signing.Signer"])
    def test_a_token_signed_for_something_else_opens_nothing(self, client, salt):
        made = enquiry(at=now())
        token = Signer(salt=salt, sep=".").sign(f"{made.letter_id:x}")

        for name in ("by-link", "prove", "kept", "question"):
            assert client.get(reverse(f"connections:{name}", args=[token])).status_code == 404

    def test_a_token_with_another_side_or_number_in_it_opens_nothing(self, client):
        first, second = enquiry(at=now()), enquiry(asker=member(), at=now())
        own = tokens.for_side(first.pk, Side.FIRM, localdate())
        other = tokens.for_side(second.pk, Side.FIRM, localdate())
        mixed = f"{other.partition('.')[0]}.{own.partition('.')[2]}"

        for token in (mixed, own[:-1], own.swapcase(), f"{own}a", own.replace(".", "..")):
            assert client.get(reverse("connections:by-link", args=[token])).status_code == 404


class TestForms:
    @pytest.mark.parametrize("name", ["prove", "by-link", "write", "several", "letter", "enquiry"])
    def test_a_form_without_its_token_changes_nothing(self, name):
        browser = Client(enforce_csrf_checks=True)
        one, person = firm(), UserFactory()
        letter = sent(one, asker=visitor(), at=now())
        made = enquiry(one, asker=member(person), at=now())
        proof = reverse("connections:prove", args=[tokens.for_proof(letter.pk)])
        side = tokens.for_side(made.pk, Side.FIRM, localdate())
        address = {
            "prove": proof,
            "by-link": reverse("connections:by-link", args=[side]),
            "write": to(one),
            "several": reverse("connections:write-to-several"),
            "letter": reverse("connections:letter", args=[letter.pk]),
            "enquiry": reverse("connections:enquiry", args=[made.code]),
        }[name]
        if name == "letter":
            browser.force_login(OfficerFactory(duties=["broker"]))
        if name == "enquiry":
            browser.force_login(person)
        before = list(Enquiry.objects.order_by("pk").values())

        answer = browser.post(address, JANE | {"do": "accept", "ke": one.number})

        assert answer.status_code == 403
        assert list(Enquiry.objects.order_by("pk").values()) == before

    def test_line_breaks_in_a_name_add_no_header(self, client):
        owner = UserFactory()
        name = "Jane\r\nBcc: all@spam.example\r\n\r\nHello"
        client.post(to(firm(owner=owner)), JANE | {"name": name})
        actions.prove(Letter.objects.get(), at=now())
        run_due(now() + timedelta(minutes=10))

        sent_to = Message.objects.get(kind="connections.enquiry_new")
        assert "\n" not in sent_to.subject
        assert sent_to.to == owner.email
        assert "\n" not in Letter.objects.get().name

    def test_markup_is_shown_as_text(self, client):
        person, one = UserFactory(), firm()
        client.force_login(person)
        client.post(to(one), JANE | {"text": "<b onclick=x>a</b> <script>alert(1)</script> <"})

        made = Enquiry.objects.get()
        page = text(client.get(reverse("connections:enquiry", args=[made.code])))
        assert "<script>alert" not in page
        assert "onclick" not in page

    @pytest.mark.parametrize("length", [2001, 100_000])
    def test_what_is_too_long_is_said(self, client, length):
        answer = client.post(to(firm()), JANE | {"text": "x" * length})

        assert answer.status_code == 200
        assert "error-summary" in text(answer)
        assert not Letter.objects.exists()

    def test_one_word_of_2000_letters_is_taken(self, client):
        client.post(to(firm()), JANE | {"text": "x" * 2000})

        assert len(Letter.objects.get().text) == 2000

    @pytest.mark.parametrize(
        "given", [{"text": "a\x00b"}, {"name": "\u202ejane"}, {"ke": "\x00"}, {"unit": "\ud7ff"}]
    )
    def test_odd_characters_break_nothing(self, client, given):
        assert client.post(to(firm()), JANE | given).status_code in {200, 302}


def bomb(side):
    """Return a PNG of some kilobytes that says to have ``side`` × ``side`` pixels."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    body = packer.compress(b"\0" * 20_000_000) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


class TestFiles:
    @pytest.fixture(autouse=True)
    def asker(self, client):
        client.force_login(UserFactory())

    def refused(self, client, name, content, kind="image/jpeg"):
        given = SimpleUploadedFile(name, content, content_type=kind)
        answer = client.post(to(firm()), JANE | {"attached": [given]})
        assert answer.status_code == 200
        assert not Letter.objects.exists()
        assert TEXT in text(answer)
        return text(answer)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("foto.jpg", b"<html><script>alert(1)</script>"),
            ("foto.png", b"GIF89a<script>"),
            ("gambar.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
            ("surat.pdf", b"%PDF-1.7 no end"),
            ("foto.jpg", b"MZ\x90\x00" * 400),
            ("arsip.pdf", b"PK\x03\x04" + b"0" * 400),
            ("foto.jpg", photo()[:300]),
            ("kosong.jpg", b"\n"),
        ],
    )
    def test_what_pretends_to_be_another_kind_is_refused_by_name(self, client, name, content):
        assert name in self.refused(client, name, content)

    @pytest.mark.parametrize("side", [8_000, 60_000])
    def test_a_picture_that_unfolds_to_millions_of_pixels_is_refused_at_once(self, client, side):
        began = perf_counter()

        page = self.refused(client, "bom.png", bomb(side), "image/png")

        assert "juta piksel" in page
        assert perf_counter() - began < 5

    def test_a_name_leads_nowhere_and_shows_no_markup(self, client):
        name = "../../etc/<img src=x onerror=y>.jpg"
        client.post(
            to(firm()),
            {
                "text": TEXT,
                "email": "budi@toko.example",
                "attached": [SimpleUploadedFile(name, photo())],
            },
        )

        kept = LetterFile.objects.get()
        assert ".." not in kept.file
        assert kept.file.startswith("enquiries/")
        code = Enquiry.objects.get().code
        page = text(client.get(reverse("connections:enquiry", args=[code])))
        assert "<img src=x" not in page

    def test_a_pdf_is_never_opened_in_a_page_of_ours(self, client):
        given = SimpleUploadedFile("a.pdf", b"%PDF-1.7 <script>alert(1)</script> %%EOF")
        client.post(to(firm()), JANE | {"attached": [given]})

        kept, code = LetterFile.objects.get(), Enquiry.objects.get().code
        answer = client.get(reverse("connections:file", args=[code, kept.pk]))

        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert b"".join(answer.streaming_content).startswith(b"%PDF")

    def test_where_a_photo_was_taken_stays_with_the_sender(self, client):
        picture, place = Image.new("RGB", (300, 300)), Image.Exif()
        place[0x010E] = "Rumah Bu Ratna"
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", exif=place)
        given = SimpleUploadedFile("a.jpg", buffer.getvalue())
        client.post(to(firm()), JANE | {"attached": [given]})

        with private_files().open(LetterFile.objects.get().file) as stored:
            assert b"Rumah" not in stored.read()
