"""Pages of profiles that may be one: the list, two side by side, merged, apart, undone."""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from http import HTTPStatus

import pytest
from django.utils.timezone import localdate, now

from ifn.directory import actions as directory
from ifn.directory.models import Business, Membership, Merge, Twins
from ifn.directory.profile import ContactFact
from ifn.directory.queries import profile_of
from ifn.moderation import work
from ifn.moderation.models import Told
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import (
    AT,
    MOJOKERTO,
    SIDOARJO,
    full_profile,
    photo,
    profile,
    registered,
    revised,
    verified,
)
from tests.moderation.conftest import page, said

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
HIDDEN = "+62321999888"


@pytest.fixture
def two():
    """A profile that is full, and a thin one of a list with a hidden number."""
    thin = registered(
        profile(name="PT Langkah Jaya", contacts=(ContactFact("phone", HIDDEN),), workers=20),
        source=directory.source_named("list", "Sentra"),
    )
    return registered(full_profile()), thin


@pytest.fixture
def pair(two, officer):
    return directory.ask_about(*two, actor=officer, at=AT)


def shown(browser, address):
    return unescape(browser.get(address).content.decode())


def form(browser, pair):
    """Return what a browser sends of the page as it is proposed."""
    context = browser.get(page("twins", pair.pk)).context
    lines = context["lines"]
    sent = {f"pick_{line.group}": line.picked for line in lines.different + lines.one_sided}
    sent |= {f"version_{side.key}": side.business.version for side in context["sides"]}
    return sent | {"stays": context["stays"], "do": "merge", "reason": ""}


class TestTheList:
    @pytest.mark.usefixtures("pair")
    def test_it_shows_pairs_with_names_and_places(self, signed_in, officer):
        html = shown(signed_in(officer), page("pairs"))

        for text in ("Langkah Jaya", "PT Langkah Jaya", "Mojokerto", "1 pair waits"):
            assert text in html

    def test_nothing_waits(self, signed_in, officer):
        assert "No pair waits" in shown(signed_in(officer), page("pairs"))

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same(self, signed_in, officer, count, django_assert_max_num_queries):
        for number in range(count):
            one, other = (registered(profile(name=f"N{number}")) for _n in range(2))
            directory.ask_about(one, other, actor=officer, at=AT)
            gone = registered(profile(name=f"M{number}"))
            directory.merge(one, gone, versions=(1, 1), chosen={}, reason="", actor=officer, at=AT)
        browser = signed_in(officer)

        with django_assert_max_num_queries(8):
            browser.get(page("pairs"))

    def test_a_dinas_sees_pairs_that_touch_its_territory(self, signed_in, officer, dinas):
        places = [(MOJOKERTO, MOJOKERTO), (SIDOARJO, MOJOKERTO), (SIDOARJO, SIDOARJO)]
        for number, regions in enumerate(places):
            one, other = (
                registered(profile(name=f"Pabrik no. {number}", region=r)) for r in regions
            )
            directory.ask_about(one, other, actor=officer, at=AT)

        html = shown(signed_in(dinas), page("pairs"))

        assert [f"Pabrik no. {n}" in html for n in range(3)] == [True, True, False]

    def test_two_numbers_make_a_pair(self, signed_in, officer):
        one, other = registered(profile(name="A")), registered(profile(name="Z"))
        sent = {"one": one.public_number, "other": other.number.lower()}

        answer = signed_in(officer).post(page("ask-twins"), sent)

        assert answer["Location"] == page("twins", Twins.objects.get().pk)

    def test_strange_numbers_are_refused(self, signed_in, officer, dinas):
        one, far = registered(), registered(profile(region=SIDOARJO))
        invented = registered(is_demo=True)
        browser = signed_in(officer)

        for other in ("IFN-XXXX-X", "", one.number, invented.number):
            answer = browser.post(page("ask-twins"), {"one": one.number, "other": other})
            assert answer.context["form"].errors
        away = signed_in(dinas).post(page("ask-twins"), {"one": one.number, "other": far.number})
        assert away.status_code == HTTPStatus.FORBIDDEN
        assert not Twins.objects.exists()


class TestSideBySide:
    def test_every_difference_is_shown_with_both_values(self, signed_in, officer, pair, two):
        Membership.objects.create(
            business=two[0], person=UserFactory(name="Ratna"), role="owner", since=AT
        )
        verified(two[0], "legality")

        html = shown(signed_in(officer), page("twins", pair.pk))

        for text in (HIDDEN, "Jl. Sepatu 1", "Ratna", "Legality", "20", "14", "named by Bu Ani"):
            assert text in html

    def test_what_is_proposed(self, signed_in, officer, pair):
        sent = form(signed_in(officer), pair)

        # The full one was entered second: it stands right, and stays.
        sides = {Business.objects.get(pk=pair.left_id).name: "left"}
        stays = "right" if "PT Langkah Jaya" in sides else "left"
        assert sent["stays"] == stays
        assert sent["pick_contacts"] == "both"
        assert sent["pick_workers"] == stays

    def test_costs_the_same_whatever_they_hold(
        self, signed_in, officer, pair, two, django_assert_max_num_queries
    ):
        for business in two:
            for number in range(3):
                Membership.objects.create(
                    business=business, person=UserFactory(), role="viewer", since=AT
                )
                directory.add_picture(business, photo((300, 200 + number)), actor=None, at=AT)
        browser = signed_in(officer)

        with django_assert_max_num_queries(24):
            browser.get(page("twins", pair.pk))

    def test_merged_as_proposed_and_undone(self, signed_in, officer, pair, two):
        full, thin = two
        browser = signed_in(officer)

        answer = browser.post(page("twins", pair.pk), form(browser, pair), follow=True)

        assert said(answer) == [
            "PT Langkah Jaya is part of Langkah Jaya now. Old addresses lead there."
        ]
        facts = profile_of(Business.objects.get(pk=full.pk))
        assert HIDDEN in {one.value for one in facts.contacts}
        assert facts.address == "Jl. Sepatu 1"
        assert Business.objects.get(pk=thin.pk).merged_into == full
        assert "Undo the merge" in shown(browser, page("twins", pair.pk))

        answer = browser.post(page("undo-merge", pair.pk), follow=True)
        assert said(answer) == ["PT Langkah Jaya stands by itself again."]
        assert Business.objects.get(pk=thin.pk).status == "listed"
        answer = browser.post(page("undo-merge", pair.pk), follow=True)
        assert said(answer) == ["The merge was taken back already."]

    def test_the_other_one_may_stay_and_any_field_be_picked(self, signed_in, officer, pair, two):
        full, thin = two
        browser = signed_in(officer)
        other = {"left": "right", "right": "left"}
        sent = form(browser, pair)
        sent["stays"] = other[sent["stays"]]

        browser.post(page("twins", pair.pk), sent)

        now_ = profile_of(Business.objects.get(pk=thin.pk))
        assert (now_.name, now_.address) == ("Langkah Jaya", "Jl. Sepatu 1")
        assert Business.objects.get(pk=full.pk).merged_into == thin

    def test_what_changed_meanwhile_is_asked_again_and_choices_stay(
        self, signed_in, officer, pair, two
    ):
        browser = signed_in(officer)
        sent = form(browser, pair) | {"pick_workers": "left", "reason": "Satu pemilik"}
        revised(Business.objects.get(pk=two[1].pk), profile(name="Nama Baru"))

        answer = browser.post(page("twins", pair.pk), sent)

        html = unescape(answer.content.decode())
        assert "Nothing was merged: somebody changed" in html
        assert "Satu pemilik" in html
        lines = answer.context["lines"]
        picked = {line.group: line.picked for line in lines.different + lines.one_sided}
        assert picked["workers"] == "left"
        assert not Merge.objects.exists()

    def test_undo_says_what_stayed(self, signed_in, officer, pair, two):
        browser = signed_in(officer)
        workers = {"pick_workers": "left" if pair.left_id == two[1].pk else "right"}
        browser.post(page("twins", pair.pk), form(browser, pair) | workers)
        kept = Business.objects.get(pk=two[0].pk)
        facts = profile_of(kept)
        revised(kept, replace(facts, name="X"))

        answer = browser.post(page("undo-merge", pair.pk), follow=True)

        assert "Workers" in said(answer)[-1]

    def test_two_businesses_for_a_reason(self, signed_in, officer, pair):
        browser = signed_in(officer)

        answer = browser.post(page("twins", pair.pk), {"do": "apart", "reason": ""})
        assert "Write how you know" in unescape(answer.content.decode())
        browser.post(page("twins", pair.pk), {"do": "apart", "reason": "Dua alamat"})

        pair.refresh_from_db()
        assert (pair.verdict, pair.reason) == ("apart", "Dua alamat")
        assert "Dua alamat" in shown(browser, page("twins", pair.pk))

    def test_a_colleague_who_was_quicker_is_told(self, signed_in, officer, pair, two):
        browser = signed_in(officer)
        sent = form(browser, pair)
        third = registered(profile(name="Ketiga"))
        thin = Business.objects.get(pk=two[1].pk)
        directory.merge(
            third, thin, versions=(1, thin.version), chosen={}, reason="", actor=officer, at=AT
        )

        answer = browser.post(page("twins", pair.pk), sent, follow=True)
        assert said(answer) == [
            "This pair waits no longer: a colleague merged one of the two with another."
        ]

    def test_next_and_previous_go_through_the_list(self, signed_in, officer, pair):
        one, other = registered(profile(name="A")), registered(profile(name="B"))
        later = directory.ask_about(one, other, actor=officer, at=AT + timedelta(days=1))
        browser = signed_in(officer)

        html = shown(browser, page("twins", pair.pk) + "?jenis=kembar")

        assert f'href="{page("twins", later.pk)}?jenis=kembar" rel="next"' in html

    def test_a_dinas_sees_of_other_regions_what_visitors_see_and_merges_nothing(
        self, signed_in, officer, dinas
    ):
        own = registered(profile(name="Sol Kembar"))
        contacts = (ContactFact("phone", HIDDEN), ContactFact("phone", "+62321000111", "public"))
        far = registered(profile(name="Sol Kembar", region=SIDOARJO, contacts=contacts, workers=77))
        pair = directory.ask_about(own, far, actor=officer, at=AT)
        browser = signed_in(dinas)

        html = shown(browser, page("twins", pair.pk))

        assert "+62321000111" in html
        assert HIDDEN not in html
        assert "77" not in html.split("twin-line")[1]
        assert 'value="merge"' not in html
        sent = {"do": "merge", "stays": "left", "version_left": 1, "version_right": 1}
        refused = browser.post(page("twins", pair.pk), sent)
        assert refused.status_code == HTTPStatus.FORBIDDEN
        browser.post(page("twins", pair.pk), {"do": "apart", "reason": "Dua kota"})
        assert Twins.objects.get().verdict == "apart"


class TestEnding:
    @pytest.fixture
    def check(self):
        business = registered(profile(contacts=(ContactFact("whatsapp", "+6281234567890"),)))
        return verified(business, "legality", expires_on=localdate() + timedelta(days=20))

    def test_it_shows_whom_to_tell_and_is_done_when_told(self, signed_in, officer, check):
        browser = signed_in(officer)
        html = shown(browser, page("expiring", check.pk))
        assert "+6281234567890" in html
        assert "They know now" in html

        answer = browser.post(page("expiring", check.pk), follow=True)

        assert said(answer) == ["Noted: Sol Jaya Abadi knows that the verification ends."]
        assert Told.objects.get().told_by == officer
        assert "Ending verifications" in unescape(answer.content.decode())
        assert "Bu Ani told them" in shown(browser, page("expiring", check.pk))

    def test_it_is_done_when_renewed(self, signed_in, officer, check):
        browser = signed_in(officer)
        assert "Sol Jaya Abadi" in shown(browser, page("work"))

        verified(check.business, "legality", replaces=check.pk, at=now())

        assert "Sol Jaya Abadi" not in shown(browser, page("work"))
        assert "Nothing waits here" in shown(browser, page("expiring", check.pk))

    def test_it_is_due_on_the_last_day(self, officer, check):
        [item] = work.listed(officer, work.Wanted(), at=now())

        assert item.kind == "expiring"
        assert item.due_at.date() == check.expires_on

    def test_data_officers_cannot_vouch(self, signed_in, check):
        browser = signed_in(OfficerFactory(duties=["data"]))

        assert browser.get(page("expiring", check.pk)).status_code == HTTPStatus.FORBIDDEN
