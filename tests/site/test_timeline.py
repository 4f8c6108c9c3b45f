"""One timeline, three readers: the staff, the firm's own people, everyone."""

import csv
from datetime import timedelta
from http import HTTPStatus
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from ifn.audit.models import Entry
from ifn.directory import actions
from ifn.directory.models import Business, Membership
from ifn.site import timeline
from ifn.site.timeline import Reader
from tests.factories.accounts import (
    AdministratorFactory,
    OfficerFactory,
    RegionalOfficerFactory,
    UserFactory,
)
from tests.factories.directory import (
    AT,
    LATER,
    MOJOKERTO,
    ON,
    profile,
    registered,
    revised,
)
from tests.factories.enquiries import firm
from tests.factories.timelines import live, merged, page, read

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


class TestStaff:
    def test_the_office_reads_all_of_it_with_ways_to_the_things(
        self, client, business, owner, brand
    ):
        made = live(business, owner, brand)
        client.force_login(AdministratorFactory())

        html = read(client, "work-timeline", business)

        for words in (
            "Entered in the directory",
            "Profile changed",
            "Found again in a list, nothing new",
            "Dinas 2026, anggota.xlsx, 2",
            "Claim refused",
            "Bukan pemilik",
            "Somebody reported a fault",
            "Report answered: put right",
            "Verified",
            "Request opened",
            "Enquiry received",
            "Enquiry sent",
            "Agreed in writing: Rp7,000,000",
            "Introduced to another business",
            "Catatan rahasia",
            "Menelepon pabrik",
            "Menelepon tujuan",
        ):
            assert words in html, words
        with translation.override("en"):
            assert f'href="{reverse("moderation:broke-enquiry", args=[made.pk])}"' in html

    @pytest.mark.parametrize("duty", ["programme", "events"])
    def test_other_desks_are_refused(self, client, business, duty):
        client.force_login(OfficerFactory(duties=[duty]))

        answer = client.get(page("work-timeline", business))

        assert answer.status_code == HTTPStatus.FORBIDDEN

    def test_a_dinas_reads_its_region_without_what_was_asked_elsewhere(
        self, client, business, owner, brand
    ):
        live(business, owner, brand)
        client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

        html = read(client, "work-timeline", business)

        assert "Menelepon pabrik" in html
        assert "Claim refused" in html
        assert "Enquiry sent" not in html
        assert "Menelepon tujuan" not in html
        assert "the network's office sees" in html
        assert client.get(page("work-timeline", brand[0])).status_code == HTTPStatus.FORBIDDEN

    def test_who_brokers_reads_no_claims_and_no_reports(self, client, business, owner, brand):
        live(business, owner, brand)
        client.force_login(OfficerFactory(duties=["broker"]))

        html = read(client, "work-timeline", business)

        assert "Menelepon tujuan" in html
        assert "Claim refused" not in html
        assert "reported a fault" not in html

    def test_a_merged_profile_leads_to_the_one_that_stands_with_both_histories(self, client):
        kept, gone = registered(), registered(profile(name="Sol Lama"))
        revised(gone, profile(name="Sol Lama", workers=9))
        merged(kept, gone)
        client.force_login(AdministratorFactory())

        assert client.get(page("work-timeline", gone)).url == page("work-timeline", kept)[:-1]
        html = read(client, "work-timeline", kept)

        assert html.count("Entered in the directory") == 2
        assert "to the profile Sol Lama, since merged into this one" in html

    @pytest.mark.parametrize("times", [1, 3])
    def test_it_costs_the_same_however_much_there_is(
        self, client, business, owner, brand, times, django_assert_num_queries
    ):
        live(business, owner, brand, times)
        client.force_login(AdministratorFactory())
        client.get("/en/")

        with django_assert_num_queries(26):
            html = read(client, "work-timeline", business)

        # Of three rounds the oldest is on the next page.
        assert html.count("Claim begun") == min(times, 2)


class TestFirm:
    @pytest.mark.parametrize("role", ["owner", "editor", "viewer"])
    def test_its_people_read_its_own_story_and_nothing_internal(
        self, client, business, owner, brand, role
    ):
        live(business, owner, brand)
        person = UserFactory()
        Membership.objects.create(business=business, person=person, role=role, since=AT)
        client.force_login(person)

        html = read(client, "own-timeline", business)

        for words in (
            "Profile changed",
            "Found again in a list, nothing new",
            "Dinas 2026",
            "Request opened",
            "Enquiry received",
            "Enquiry sent",
            "Merek Rinjani",
            "Agreed in writing: Rp7,000,000",
            "Introduced to another business",
            "The network's office",
        ):
            assert words in html, words
        for words in ("Catatan rahasia", "Menelepon", "Bukan pemilik", "Pak Joko", "anggota.xlsx"):
            assert words not in html, words
        assert "reported a fault" not in html
        assert "Bu Ani" not in html

    def test_others_are_refused_and_learn_nothing_of_what_is_hidden(self, client, business):
        client.force_login(UserFactory())
        assert client.get(page("own-timeline", business)).status_code == HTTPStatus.FORBIDDEN
        assert client.get(page("timeline-file", business)).status_code == HTTPStatus.FORBIDDEN

        actions.hide(business, reason="x", actor=None, at=LATER)

        assert client.get(page("own-timeline", business)).status_code == HTTPStatus.NOT_FOUND

    def test_its_people_read_it_while_it_is_hidden(self, client, business, owner):
        actions.hide(business, reason="Alamat palsu", actor=OfficerFactory(), at=LATER)
        client.force_login(owner)

        html = read(client, "own-timeline", business)

        assert "Profile hidden" in html
        assert "What everyone sees" not in html

    def test_a_merged_number_leads_to_the_one_that_stands(self, client, business, owner):
        kept = registered()
        merged(kept, business)
        client.force_login(owner)

        assert client.get(page("own-timeline", business)).url == page("own-timeline", kept)[:-1]

    def test_one_kind_alone_and_what_is_no_kind_shows_all(self, client, business, owner, brand):
        live(business, owner, brand)
        other = firm(owner=owner, name="Bengkel Baru")
        client.force_login(owner)

        html = read(client, "own-timeline", business, jenis="peluang")
        assert "Request opened" in html
        assert "Enquiry received" not in html
        assert "Nothing of this kind yet" in read(client, "own-timeline", other, jenis="hasil")
        for word in ("perantara", "x"):
            assert "Enquiry received" in read(client, "own-timeline", business, jenis=word)

    def test_pages_follow_each_other_without_a_gap_and_nothing_twice(self, business, owner, brand):
        live(business, owner, brand, 2)
        reader, before, seen = timeline.reader_of_firm(), None, []
        while True:
            part = timeline.stretch(business, reader, today=ON, before=before, size=7)
            seen += [one.place.key for one in part.moments]
            before = part.earlier
            if before is None:
                break

        whole = timeline.stretch(business, reader, today=ON, size=1000)
        assert seen == sorted(seen, reverse=True)
        assert sum(one.count for one in whole.moments) >= len(seen)
        assert len(seen) == len(set(seen)) > 7

    def test_the_page_leads_on_to_what_came_before(self, client, business, owner):
        for day in range(45):
            Entry.objects.create(
                event="directory.business.confirmed",
                subject=f"directory.Business:{business.pk}",
                happened_at=AT + timedelta(days=day),
            )
        client.force_login(owner)

        first = client.get(page("own-timeline", business))
        second = client.get(page("own-timeline", business) + first.context["earlier"][1:])

        assert (first.content + second.content).count(b"Facts confirmed") == 45
        assert b"Back to the newest" in second.content
        assert second.context["earlier"] == ""

    def test_a_broken_place_shows_the_newest(self, client, business, owner):
        client.force_login(owner)

        assert "Entered in the directory" in read(
            client, "own-timeline", business, sebelum="9" * 30
        )

    def test_the_file_has_it_all_and_no_cell_is_run(self, client, owner, brand, monkeypatch):
        business = firm(owner=owner, name="=Sol Jaya")
        live(business, owner, brand)
        monkeypatch.setattr(timeline, "FILE_SIZE", 3)
        client.force_login(owner)

        answer = client.get(page("timeline-file", business))
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        heads, *rows = csv.reader(StringIO(text))

        assert answer["Content-Disposition"].startswith('attachment; filename="ifn-perjalanan-')
        assert heads[:3] == ["When", "Kind", "What happened"]
        whole = timeline.stretch(
            Business.objects.get(pk=business.pk), Reader(timeline.Audience.FIRM), today=ON, size=999
        )
        assert sum(int(row[3]) for row in rows) == sum(one.count for one in whole.moments)
        assert not any(cell.startswith("=") for row in rows for cell in row)
        assert any("Agreed in writing: Rp7,000,000" in row for row in rows)

    @pytest.mark.parametrize("times", [1, 3])
    def test_it_costs_the_same_however_much_there_is(
        self, client, business, owner, brand, times, django_assert_num_queries
    ):
        live(business, owner, brand, times)
        client.force_login(owner)
        client.get("/en/")

        with django_assert_num_queries(21):
            html = read(client, "own-timeline", business)

        assert html.count("Enquiry sent") == times


def test_both_languages_read_the_same_months(client, business, owner, language):
    client.force_login(owner)
    address = reverse("site:own-timeline", args=[business.number])

    html = client.get(address).content.decode()

    month = {"id": "Juni 2026", "en": "June 2026"}[language]
    assert month in html
    assert localdate(AT).year == 2026
