"""The work list as a page: filters by links, taking, bulk actions that say how many, next."""

from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.timezone import now

from ifn.directory.models import Business
from ifn.moderation import actions
from ifn.moderation.models import Assignment, Look, SavedFilter
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import MOJOKERTO, SIDOARJO
from tests.factories.moderation import reachable, reported, waiting_claim
from tests.moderation.conftest import page, said
from tests.moderation.test_scope import own_profile

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


def shown(browser, query="", code="en"):
    return unescape(browser.get(page("work", code=code) + query).content.decode())


def do(browser, what, *ticked, back="/en/kerja"):
    given = {"do": what, "work": ticked, "kembali": back}
    return browser.post(page("take"), given, follow=True)


class TestTheList:
    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("id", ("Daftar tugas", "Klaim", "Laporan", "Profil baru", "Lewat batas")),
            ("en", ("Work list", "Claims", "Reports", "New profiles", "Overdue")),
        ],
    )
    def test_it_shows_kind_place_age_and_due_date(self, signed_in, officer, code, words):
        waiting_claim(reachable(name="Sol Klaim"), at=now() - timedelta(days=2))
        reported(reachable(name="Sol Laporan"), at=now() - timedelta(days=9))

        html = shown(signed_in(officer), code=code)

        for word in (*words, "Sol Klaim", "Sol Laporan", "Mojokerto"):
            assert word in html
        assert {"id": "2 hari", "en": "2 days"}[code] in html
        assert {"id": "lewat batas sejak", "en": "overdue since"}[code] in html
        assert {"id": "2 menunggu", "en": "2 wait"}[code] in html

    def test_nothing_waits(self, signed_in, officer):
        assert "Nothing waits here" in shown(signed_in(officer))
        assert "Show everything that waits" in shown(signed_in(officer), "?siapa=saya")

    def test_officers_of_other_desks_are_told_whose_work_it_is(self, signed_in):
        html = shown(signed_in(OfficerFactory(duties=["events"])))

        assert "yours to decide" in html
        assert "/en/kerja/direktori" in html

    def test_a_filter_stays_while_another_is_chosen(self, signed_in, officer):
        waiting_claim(reachable(name="Sol Klaim"))
        browser = signed_in(officer)

        html = shown(browser, "?jenis=klaim&wilayah=35&siapa=kosong")

        assert 'href="/en/kerja?jenis=laporan&wilayah=35&siapa=kosong"' in html
        assert 'href="/en/kerja?jenis=klaim&wilayah=35&siapa=saya"' in html
        assert 'href="/en/kerja?jenis=klaim&siapa=kosong"' in html  # takes the region off
        assert '<input type="hidden" name="siapa" value="kosong">' in html
        assert "?jenis=klaim&wilayah=35&siapa=kosong" in html.split("Sol Klaim")[0]

    def test_a_dinas_chooses_among_its_own_regions(self, signed_in, dinas):
        reported(reachable())

        html = shown(signed_in(dinas))

        assert f'<option value="{MOJOKERTO}">' in html
        assert '<option value="32">' not in html

    def test_kinds_are_folded_with_the_count_of_each(self, signed_in, officer, monkeypatch):
        monkeypatch.setattr("ifn.moderation.work.MOST_ASKED_FOR", 2)
        for number in range(3):
            reported(reachable(name=f"Sol {number}"))

        html = shown(signed_in(officer), "?jenis=laporan")

        assert "Kind of work: Reports (2+)" in html.split("<details")[1].split("</summary>")[0]
        assert '<span>Claims</span> <span class="count">0</span>' in html
        assert "More waits behind these" in html

    def test_pages_of_it(self, signed_in, officer, monkeypatch):
        monkeypatch.setattr("ifn.moderation.views.queue.PAGE_SIZE", 2)
        for number in range(5):
            reported(reachable(name=f"Sol {number}"))
        browser = signed_in(officer)

        assert shown(browser).count("data-item") == 2
        assert shown(browser, "?hal=3").count("data-item") == 1
        assert shown(browser, "?hal=99").count("data-item") == 1
        assert shown(browser, "?hal=x").count("data-item") == 2
        assert shown(browser, "?hal=0").count("data-item") == 2

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_however_much_waits(
        self, signed_in, officer, count, django_assert_max_num_queries
    ):
        for number in range(count):
            claim = waiting_claim(reachable(name=f"K{number}"))
            reported(reachable(name=f"L{number}"))
            actions.take("claim", claim.pk, person=officer, at=now())
            actions.save_filter(f"F{number}", query="", is_shared=True, person=officer, at=now())
        browser = signed_in(officer)

        with django_assert_max_num_queries(9):
            assert shown(browser).count("data-item") == 2 * count


class TestTicked:
    def test_taken_and_given_back_and_said_how_many(self, signed_in, officer, dinas):
        first, second = (waiting_claim(reachable(name=f"Sol {n}")).pk for n in range(2))
        actions.take("claim", second, person=dinas, at=now())
        browser = signed_in(officer)

        answer = do(browser, "take", f"claim:{first}", f"claim:{second}", "claim:0", "x:1", "claim")

        assert said(answer) == ["1 is yours now.", "1 was taken by Dinas Mojokerto already."]
        assert "· yours" in answer.content.decode()
        answer = do(browser, "give_back", f"claim:{first}", f"claim:{second}")
        assert said(answer) == ["1 given back."]
        assert Assignment.objects.get().person == dinas

    @pytest.mark.parametrize("what", ["take", "give_back", "looked_at", "x"])
    def test_nothing_ticked_is_said(self, signed_in, officer, what):
        assert said(do(signed_in(officer), what)) == ["Nothing is ticked that is yours to do."]

    def test_new_profiles_are_looked_at_together(self, signed_in, officer):
        profiles = [own_profile(region) for region in (MOJOKERTO, SIDOARJO)]
        claim = waiting_claim(reachable(name="Sol"))
        ticked = [f"profile:{one.pk}" for one in profiles]

        answer = do(signed_in(officer), "looked_at", *ticked, f"claim:{claim.pk}")

        assert said(answer) == [
            "2 profiles looked at.",
            "1 left as it is: claims and reports are decided one by one.",
        ]
        assert Look.objects.count() == 2
        claim.refresh_from_db()
        assert claim.state == "waiting"

    def test_one_comes_back_to_the_own_page_only(self, signed_in, officer):
        browser = signed_in(officer)

        for back, target in (
            ("/en/kerja?siapa=saya", "/en/kerja?siapa=saya"),
            ("https://evil.example/", "/en/kerja"),
            ("//evil.example/", "/en/kerja"),
            ("", "/en/kerja"),
        ):
            given = {"do": "take", "kembali": back}
            assert browser.post(page("take"), given)["Location"] == target


class TestLooking:
    def test_one_after_the_other(self, signed_in, officer):
        first, second = own_profile(MOJOKERTO), own_profile(SIDOARJO)
        browser = signed_in(officer)
        assert first.name in shown(browser)

        answer = browser.post(page("look", first.pk), {"fine": "1", "reason": ""})
        assert answer["Location"] == page("look", second.pk)
        refused = browser.post(page("look", second.pk), {"hide": "1", "reason": ""})
        assert "Write why the profile is hidden." in refused.content.decode()
        answer = browser.post(page("look", second.pk), {"hide": "1", "reason": "Iklan."})

        assert answer["Location"] == page("work")
        statuses = dict(Business.objects.values_list("pk", "status"))
        assert statuses == {first.pk: "listed", second.pk: "hidden"}

    def test_the_second_is_told(self, signed_in, officer, dinas):
        business = own_profile(MOJOKERTO)
        actions.look_at(business, is_fine=True, actor=officer, at=now())
        browser = signed_in(dinas)
        assert "Nothing waits here" in browser.get(page("look", business.pk)).content.decode()

        given = {"hide": "1", "reason": "Iklan."}
        answer = browser.post(page("look", business.pk), given, follow=True)

        assert said(answer) == ["Bu Ani looked at this profile already; nothing was changed."]


class TestKeptFilters:
    def test_a_filter_is_kept_shared_and_removed(self, signed_in, officer, dinas):
        browser = signed_in(officer)
        given = {"name": "Terlambat", "is_shared": "on", "saringan": "lewat=1&wilayah=35&x=y"}

        answer = browser.post(page("save-filter"), given, follow=True)

        assert said(answer) == ["The filter “Terlambat” is kept."]
        assert answer.redirect_chain[-1][0] == "/en/kerja?wilayah=35&lewat=1"
        kept = SavedFilter.objects.get()
        colleague = signed_in(dinas)
        assert f'href="/en/kerja?{kept.query}">Terlambat' in shown(colleague)
        refused = colleague.post(page("forget-filter", kept.pk), follow=True)
        assert said(refused) == ["Only whoever made a filter can remove it."]
        gone = browser.post(page("forget-filter", kept.pk), follow=True)
        assert said(gone) == ["The filter is removed."]

    def test_a_name_is_needed_and_thirty_are_enough(self, signed_in, officer, monkeypatch):
        browser = signed_in(officer)
        answer = browser.post(page("save-filter"), {"name": " "}, follow=True)
        assert said(answer) == ["Give the filter a name of up to 60 letters."]
        monkeypatch.setattr("ifn.moderation.actions.saving.MOST", 0)

        answer = browser.post(page("save-filter"), {"name": "x"}, follow=True)

        assert said(answer) == ["You keep 30 filters. Remove one first."]


def test_a_page_of_work_says_who_has_it(signed_in, officer, dinas):
    report = reported(reachable())
    browser = signed_in(officer)
    address = page("answer", report.pk)
    assert "Nobody has this yet." in browser.get(address).content.decode()

    do(browser, "take", f"report:{report.pk}", back=address)

    assert "You have this." in browser.get(address).content.decode()
    assert "Bu Ani has this." in signed_in(dinas).get(address).content.decode()
    assert signed_in(dinas).get(page("take")).status_code == HTTPStatus.METHOD_NOT_ALLOWED


class TestOtherWork:
    #: Links that not all of the staff may open, by the page they lead to.
    LINKS = ("connections:office", "intake:lists", "assessments:office")

    def offered(self, browser):
        html = shown(browser, code="id")
        nav = html[html.index('aria-label="Pekerjaan lain"') :].partition("</nav>")[0]
        return {name for name in self.LINKS if f'"{reverse(name)}"' in nav}

    @pytest.mark.parametrize("duty", ["verifier", "data", "broker", "programme"])
    def test_an_officer_is_led_to_what_opens_only(self, client, duty):
        client.force_login(OfficerFactory(duties=[duty]))
        self.check(client)

    def test_a_dinas_is_led_to_what_opens_only(self, signed_in, dinas):
        browser = signed_in(dinas)
        self.check(browser)
        assert "connections:office" not in self.offered(browser)
        assert "assessments:office" in self.offered(browser)

    def check(self, browser):
        opens = {
            name for name in self.LINKS if browser.get(reverse(name)).status_code == HTTPStatus.OK
        }
        assert self.offered(browser) == opens
