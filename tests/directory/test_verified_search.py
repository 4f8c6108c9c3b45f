"""What was verified, and certificates, count while they hold: in searches, lists and open data."""

import json
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from ifn.directory import tasks
from ifn.directory.actions import reindexing
from ifn.directory.models import Listing, OpenProfile
from ifn.directory.opendata import kept
from ifn.directory.opendata.fields import LISTED_FIELDS, OPEN_FIELDS
from ifn.directory.opendata.rows import open_row_numbered
from ifn.directory.opendata.writing import CellWriter, JsonWriter, PeopleWriter, values_of
from ifn.directory.profile import CertificateFact
from ifn.directory.search import find, read_filters
from ifn.directory.search.filters import Filters
from ifn.directory.verified import TOPICS, WORDS, usual_end
from ifn.jobs.steps import Continue
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon
from tests.directory.answers import html_of, names, pills
from tests.factories.directory import let_expire, profile, registered, verified

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

TODAY = localdate()
DAY = timedelta(days=1)


def found(today, **chosen):
    filters = Filters(chosen={group: tuple(values) for group, values in chosen.items()})
    return find(filters, all_regions(), today)


def named(today, **chosen):
    return sorted(row.content["name"] for row in found(today, **chosen).rows)


def certified(name, *facts):
    return registered(profile(name=name, certificates=facts))


class TestFilter:
    def test_any_of_several_topics(self):
        verified(registered(profile(name="A")), "legality")
        verified(registered(profile(name="B")), "place")
        registered(profile(name="C"))

        assert named(TODAY, verified=["legality"]) == ["A"]
        assert named(TODAY, verified=["legality", "place"]) == ["A", "B"]
        assert named(TODAY, verified=["order"]) == []

    def test_counts_are_live_and_leave_the_own_choice_aside(self):
        first = registered(profile(name="A"))
        verified(first, "legality")
        verified(first, "place")
        verified(registered(profile(name="B")), "place")

        assert found(TODAY).counts["verified"] == {"place": 2, "legality": 1}
        assert found(TODAY, verified=["legality"]).counts["verified"] == {
            "place": 2,
            "legality": 1,
        }

    def test_it_falls_away_by_the_day_alone(self):
        ends = verified(registered(profile(name="A")), "order").expires_on

        assert named(ends, verified=["order"]) == ["A"]
        assert named(ends + DAY, verified=["order"]) == []
        assert found(ends + DAY).counts["verified"] == {}

    def test_what_expired_is_not_found(self, search):
        let_expire(verified(registered(profile(name="A")), "place"), TODAY - DAY)
        verified(registered(profile(name="B")), "place")

        answer = search(terverifikasi="tempat")

        assert names(answer) == ["B"]
        assert pills(answer) == {"Verified: Place": "?"}

    @pytest.mark.parametrize("topic", TOPICS)
    def test_each_topic_has_a_word_in_addresses(self, search, topic):
        verified(registered(profile(name="A")), topic)

        assert names(search(terverifikasi=WORDS[topic])) == ["A"]

    def test_an_unknown_topic_is_said_and_left_out(self, search):
        registered(profile(name="A"))

        answer = search(terverifikasi="cantik")

        assert "“cantik” is not known" in html_of(answer)
        assert names(answer) == ["A"]

    @pytest.mark.parametrize(
        ("code", "title", "label"),
        [
            ("en", "Verified by the network", "Order confirmed by a buyer"),
            ("id", "Diverifikasi jejaring", "Pesanan dikonfirmasi pembeli"),
        ],
    )
    def test_the_page_offers_what_there_is(self, search, code, title, label):
        verified(registered(profile(name="A")), "order")

        html = html_of(search(code=code))

        assert title in html
        assert label in html
        assert 'name="terverifikasi" value="pesanan"' in html
        assert 'value="legalitas"' not in html

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_however_many(self, search, count, django_assert_num_queries):
        for number in range(count):
            verified(registered(profile(name=f"Sol {number}")), "place")
        search(terverifikasi="tempat")

        with django_assert_num_queries(3):
            assert len(names(search(terverifikasi="tempat"))) == count

    def test_being_verified_moves_nobody_up(self):
        registered(profile(name="A"))
        verified(registered(profile(name="B")), "place")

        assert [row.content["name"] for row in found(TODAY).rows] == ["A", "B"]

    def test_indexing_anew_keeps_it(self):
        verified(registered(profile(name="A")), "place")

        reindexing.reindex(0)

        assert named(TODAY, verified=["place"]) == ["A"]


class TestCertificates:
    ENDS = date(2027, 3, 31)

    def test_one_counts_until_its_last_day(self):
        certified("A", CertificateFact("SNI_0111", expires_on=self.ENDS))

        assert named(self.ENDS, certificate=["SNI_0111"]) == ["A"]
        assert named(self.ENDS + DAY, certificate=["SNI_0111"]) == []
        assert found(self.ENDS + DAY).counts["certificate"] == {}

    def test_one_without_a_last_day_counts(self):
        certified("A", CertificateFact("SNI_0111"))

        assert named(date(2099, 1, 1), certificate=["SNI_0111"]) == ["A"]

    def test_of_two_of_a_kind_the_later_counts(self):
        certified(
            "A",
            CertificateFact("SNI_0111", "1", expires_on=self.ENDS),
            CertificateFact("SNI_0111", "2", expires_on=self.ENDS - 9 * DAY),
        )

        assert named(self.ENDS, certificate=["SNI_0111"]) == ["A"]

    def test_another_certificate_stays(self):
        certified(
            "A",
            CertificateFact("SNI_0111", expires_on=self.ENDS),
            CertificateFact("LWG"),
        )

        later = self.ENDS + DAY
        assert named(later, certificate=["LWG"]) == ["A"]
        assert named(later, certificate=["SNI_0111"]) == []


class TestCards:
    @pytest.mark.parametrize(
        ("code", "words"), [("en", "2 of 4 verified"), ("id", "2 dari 4 terverifikasi")]
    )
    def test_a_card_says_how_many_topics_hold(self, search, code, words):
        business = registered()
        verified(business, "place")
        verified(business, "order")

        assert words in html_of(search(code=code))

    def test_without_any_it_says_nothing(self, search):
        let_expire(verified(registered(), "place"), TODAY - DAY)

        assert "of 4" not in html_of(search())

    def test_a_row_of_before_there_were_verifications_is_shown(self, search):
        registered()
        row = Listing.objects.get()
        del row.content["verified"]
        row.save()

        assert "of 4" not in html_of(search())


class TestOpenData:
    def told(self, business):
        return json.loads(JsonWriter(OPEN_FIELDS).text(open_row_numbered(business.number)))

    def test_topics_are_told_with_both_days_and_nothing_else(self):
        business = registered()
        verified(business, "place", note="rahasia")

        assert self.told(business)["verifications"] == [
            {
                "topic": "place",
                "checked_on": TODAY.isoformat(),
                "expires_on": usual_end("place", TODAY).isoformat(),
            }
        ]
        assert "rahasia" not in json.dumps(self.told(business))

    def test_what_expired_is_told_no_longer(self):
        business = registered()
        let_expire(verified(business, "place"), TODAY - DAY)

        assert self.told(business)["verifications"] == []

    def test_what_is_kept_is_made_anew_once_a_day_has_changed_it(self):
        business = registered()
        made = verified(business, "place")
        row = OpenProfile.objects.get()
        assert row.holds_until == made.expires_on

        let_expire(made, TODAY - DAY)
        row.holds_until = TODAY - DAY  # as the night left it
        row.save()

        assert json.loads(kept.written([business.pk])[0])["verifications"] == []
        assert (kept.keep_anew(TODAY, 10), kept.keep_anew(TODAY, 10)) == (1, 0)
        assert '"verifications":[]' in OpenProfile.objects.get().content

    def test_the_nightly_job_keeps_anew_until_nothing_is_left(self):
        let_expire(verified(registered(), "place"), TODAY - DAY)
        OpenProfile.objects.update(holds_until=TODAY - DAY)

        steps = [tasks.keep_what_the_day_changed.func(None) for _ in range(2)]

        assert steps == [Continue(1, done=1), None]

    def test_the_api_filters_and_tells(self, client):
        verified(registered(profile(name="A")), "place")
        registered(profile(name="B"))

        page = client.get("/api/v1/businesses", {"verified": "place"}).json()

        assert [one["name"] for one in page["data"]] == ["A"]
        assert page["data"][0]["verifications"][0]["topic"] == "place"
        assert client.get("/api/v1/businesses", {"verified": "x"}).status_code == 422

    def test_cells_for_machines_and_people(self):
        business = registered()
        verified(business, "legality")
        verified(business, "place")
        row = open_row_numbered(business.number)
        fields = [one for one in LISTED_FIELDS if one.name == "verifications"]
        days = {topic: usual_end(topic, TODAY).isoformat() for topic in TOPICS}

        [cell] = CellWriter(fields).cells(values_of(row, fields))
        with translation.override("id"):
            [said] = PeopleWriter(fields, lexicon()).values(row)

        assert cell == (f"legality {TODAY}/{days['legality']}|place {TODAY}/{days['place']}")
        assert said == (
            f"Legalitas, berlaku sampai {days['legality']}; Tempat, berlaku sampai {days['place']}"
        )

    def test_the_dictionary_explains_the_field(self, client):
        html = html_of(client.get(reverse("api:data")))

        assert "<code>verifications</code>" in html
        assert "<code>legality</code> Legalitas" in html


def test_addresses_are_read_as_they_are_written():
    given = QueryDict("terverifikasi=tempat&terverifikasi=pesanan")

    filters, notes = read_filters(given, lexicon(), all_regions())

    assert (filters.chosen, notes) == ({"verified": ("place", "order")}, [])
    assert filters.query() == f"?{given.urlencode()}"
