"""Profiles grow old: they say so, sink, and leave the usual list; nothing is deleted."""

from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.utils import translation
from django.utils.timezone import get_current_timezone, localdate
from hypothesis import given
from hypothesis import strategies as st

from ifn.directory import actions
from ifn.directory.actions import reindexing
from ifn.directory.freshness import Age, limits, months_before, months_between
from ifn.directory.models import Business, Source
from ifn.directory.queries import overview, similar
from ifn.directory.search.aging import bands_on
from tests.directory.answers import html_of, names, pills
from tests.factories.directory import full_profile, profile, registered

TODAY = localdate()
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@pytest.fixture(autouse=True)
def usual_months(settings):
    settings.STALE_MONTHS, settings.DORMANT_MONTHS = 12, 24


def confirmed(months, name="Sol Lama", **facts):
    """Enter a maker confirmed so many months ago, and a day."""
    on = months_before(TODAY, months) - timedelta(days=1)
    return registered(profile(name=name, **facts), stated_on=on)


def from_a_list(months, name="Sol Daftar"):
    on = months_before(TODAY, months) - timedelta(days=1)
    source = actions.source_named(Source.Kind.LIST, "Daftar")
    return registered(profile(name=name), source=source, stated_on=on)


class TestAges:
    @pytest.mark.parametrize(
        ("day", "months", "before"),
        [
            (date(2026, 11, 26), 12, date(2025, 11, 26)),
            (date(2024, 2, 29), 12, date(2023, 2, 28)),
            (date(2026, 3, 31), 1, date(2026, 2, 28)),
            (date(2026, 1, 15), 1, date(2025, 12, 15)),
            (date(2026, 1, 15), 99_999, date.min),
        ],
    )
    def test_months_go_back_to_the_same_day_or_the_last(self, day, months, before):
        assert months_before(day, months) == before

    @given(DAYS, st.integers(0, 600))
    def test_so_many_months_lie_between(self, day, months):
        assert months_between(months_before(day, months), day) == months

    @given(DAYS, DAYS)
    def test_nobody_is_younger_for_waiting(self, since, today):
        order = list(Age)
        ages = [
            order.index(limits(day, stale=12, dormant=24).age(since))
            for day in (today, today + timedelta(days=40))
        ]
        assert ages == sorted(ages)

    def test_a_profile_ages_on_the_day_after(self):
        span = limits(date(2026, 11, 26), stale=12, dormant=24)

        assert span.age(date(2025, 11, 26)) == Age.FRESH
        assert span.age(date(2025, 11, 25)) == Age.STALE
        assert span.age(date(2024, 11, 25)) == Age.DORMANT
        assert span.age(None) == Age.FRESH


@pytest.mark.usefixtures("reference", "open_data_follow")
@pytest.mark.django_db
class TestLists:
    def test_the_stale_come_after_the_others(self, ask):
        confirmed(13, "Sol Tua", brands=("Tua",))
        confirmed(1, "Sol Baru")

        assert ask("") == ["Sol Baru", "Sol Tua"]
        assert ask("sol") == ["Sol Baru", "Sol Tua"]

    def test_the_dormant_leave_the_usual_list_and_can_be_shown(self, search):
        confirmed(25)
        confirmed(1, "Sol Baru")

        answer = search("sol")
        assert names(answer) == ["Sol Baru"]
        html = unescape(html_of(answer))
        assert "Also show 1 profile not confirmed for 24 months" in html
        assert "?q=sol&segar=semua" in html
        everything = search("sol", segar="semua")
        assert names(everything) == ["Sol Baru", "Sol Lama"]
        assert "Also show" not in html_of(everything)
        assert list(pills(everything)) == ["Also long ago or never"]

    def test_a_question_that_only_the_dormant_answer_says_so(self, search):
        confirmed(25)

        html = html_of(search("sol"))

        assert "Nothing fits all of this" in html
        assert "Also show 1 profile not confirmed for 24 months" in html

    def test_only_those_of_the_last_twelve_months_can_be_chosen(self, search):
        confirmed(11, "Sol Baru")
        confirmed(12)
        from_a_list(1)

        answer = search(segar="tahun-ini")
        assert names(answer) == ["Sol Baru"]
        assert list(pills(answer)) == ["Within the last 12 months"]
        assert names(search(segar=["tahun-ini", "semua"])) == ["Sol Baru"]

    def test_the_choice_stands_among_the_filters_with_counts(self, search):
        confirmed(1, "Sol Baru")
        confirmed(13)
        confirmed(30, "Sol Tua")

        html = html_of(search())

        assert 'name="segar" value="tahun-ini"' in html
        assert 'name="segar" value="semua"' in html

    def test_a_span_that_nobody_knows_is_named(self, search):
        confirmed(1)

        html = html_of(search(segar="kemarin"))

        assert "The filter “kemarin” is not known and was left out." in html

    def test_what_a_list_brought_counts_from_what_it_stated(self, ask):
        from_a_list(23, "Sol Daftar")
        from_a_list(24, "Sol Lupa")

        assert ask("sol") == ["Sol Daftar"]
        assert ask("sol", segar="semua") == ["Sol Daftar", "Sol Lupa"]

    def test_the_number_still_leads_to_a_dormant_profile(self, search):
        business = confirmed(30)

        assert search(business.public_number).url.endswith(business.get_absolute_url())

    def test_a_confirmation_brings_it_back_at_once(self, ask):
        business = confirmed(30)
        assert ask("sol") == []

        at = datetime.combine(TODAY, datetime.min.time(), get_current_timezone())
        actions.confirm(business, on=TODAY, actor=None, at=at)

        assert ask("sol") == ["Sol Lama"]

    def test_other_months_count_from_the_next_page_on(self, ask, settings):
        confirmed(25)

        settings.DORMANT_MONTHS = 36

        assert ask("sol") == ["Sol Lama"]

    def test_counts_and_neighbours_leave_the_dormant_out(self):
        confirmed(25)
        fresh = confirmed(1, "Sol Baru")

        assert overview(TODAY).total == 1
        assert similar(profile(), fresh.pk, 4, TODAY) == []
        assert Business.objects.count() == 2

    def test_profiles_indexed_before_are_indexed_anew(self, ask):
        confirmed(25)
        assert reindexing.edition_of_words().startswith(reindexing.FORM)

        reindexing.reindex(0)

        assert ask("sol") == []

    def test_a_profile_indexed_before_ages_were_known_is_not_lost(self):
        assert bands_on(TODAY)["usual"].missing


@pytest.mark.usefixtures("reference")
@pytest.mark.django_db
class TestCards:
    def test_a_card_says_how_old_it_is(self, search, language):
        confirmed(13)
        from_a_list(1)

        html = html_of(search(code=language))

        old, never = {
            "en": ("Last confirmed 13 months ago", "Not yet confirmed"),
            "id": ("Terakhir dikonfirmasi 13 bulan lalu", "Belum dikonfirmasi"),
        }[language]
        assert old in html
        assert never in html


@pytest.mark.usefixtures("reference")
@pytest.mark.django_db
class TestProfilePage:
    def page(self, client, business):
        with translation.override("en"):
            return unescape(client.get(business.get_absolute_url()).content.decode())

    def test_a_fresh_profile_warns_of_nothing(self, client):
        html = self.page(client, registered(full_profile(), stated_on=TODAY))

        assert "Nobody has confirmed" not in html

    def test_an_old_one_says_so(self, client):
        html = self.page(client, confirmed(13))

        assert "Nobody has confirmed these facts for 13 months." in html
        assert "no longer in the usual list" not in html

    def test_a_dormant_one_says_that_lists_leave_it_out(self, client):
        html = self.page(client, confirmed(30))

        assert "Nobody has confirmed these facts for 30 months." in html
        assert "The profile is no longer in the usual list." in html

    def test_one_that_nobody_confirmed_says_so(self, client):
        assert "not yet confirmed" in self.page(client, from_a_list(1))
        html = self.page(client, from_a_list(25, "Sol Lupa"))
        assert "These facts are 25 months old and nobody has confirmed them." in html
