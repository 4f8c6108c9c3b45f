"""Whether a profile still holds: asked once by message, confirmed by link, phone or edit."""

import re
from datetime import date, datetime, timedelta
from html import unescape
from http import HTTPStatus
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import get_current_timezone, localdate

from ifn.audit.queries import history_of
from ifn.directory import actions, stilltrue, tasks
from ifn.directory.freshness import months_before
from ifn.directory.models import Asking, Business, Membership, Source
from ifn.directory.profile import ContactFact
from ifn.directory.queries import profile_of
from ifn.jobs.steps import Continue
from ifn.mail.models import Message
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import (
    AT,
    LATER,
    LATER_ON,
    full_profile,
    profile,
    registered,
    revised,
)

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]

TODAY = localdate()
NOW = datetime.combine(TODAY, datetime.min.time(), get_current_timezone())
OLD = months_before(TODAY, 11) - timedelta(days=1)


@pytest.fixture(autouse=True)
def usual_months(settings):
    settings.STALE_MONTHS, settings.DORMANT_MONTHS = 12, 24
    settings.CONTACT_EMAIL = "kantor@ifn.example"


def old(facts=None, on=OLD, **options):
    return registered(facts or full_profile(), stated_on=on, **options)


def looked_after_by(business, person, role=Membership.Role.OWNER):
    Membership.objects.create(business=business, person=person, role=role, since=AT)
    return person


def page(token, code="en"):
    with translation.override(code):
        return reverse("directory:still-true", args=[token])


def link(business, on=TODAY):
    return page(stilltrue.token_for(business, on))


def text_of(answer):
    return unescape(re.sub(r"\s+", " ", answer.content.decode()))


def events(business):
    return list(history_of(business).values_list("event", flat=True))


class TestTokens:
    def test_a_link_says_what_it_asks(self):
        business = old()

        asked = stilltrue.read(stilltrue.token_for(business, TODAY), TODAY)

        assert asked == stilltrue.Asked(business.number, OLD.isoformat(), TODAY)
        assert not asked.is_answered(business)

    @pytest.mark.parametrize("damage", ["", "x", "a.b", "W10.x", "%00", "ñ" * 40])
    def test_what_was_not_signed_here_is_foreign(self, damage):
        with pytest.raises(stilltrue.Foreign):
            stilltrue.read(damage, TODAY)

    def test_a_changed_letter_makes_it_foreign(self):
        token = stilltrue.token_for(old(), TODAY)

        with pytest.raises(stilltrue.Foreign):
            stilltrue.read(token[:3] + ("a" if token[3] != "a" else "b") + token[4:], TODAY)

    def test_it_is_good_for_sixty_days(self):
        business = old()
        token = stilltrue.token_for(business, TODAY)

        assert stilltrue.read(token, TODAY + timedelta(days=60)).number == business.number
        with pytest.raises(stilltrue.Expired) as expired:
            stilltrue.read(token, TODAY + timedelta(days=61))
        assert expired.value.number == business.number


class TestAsking:
    def test_owners_and_editors_are_asked_once(self):
        business = old()
        owner = looked_after_by(business, UserFactory())
        editor = looked_after_by(business, UserFactory(), Membership.Role.EDITOR)
        looked_after_by(business, UserFactory(), Membership.Role.VIEWER)
        looked_after_by(business, UserFactory(is_active=False))

        for _ in range(2):
            actions.ask_those_due(on=TODAY, at=NOW)

        assert sorted(Message.objects.values_list("to", flat=True)) == sorted(
            [owner.email, editor.email]
        )
        assert Asking.objects.get().messages == 2
        assert events(business).count("directory.business.asked") == 1

    def test_without_people_the_profiles_own_address_is_asked(self):
        old()

        actions.ask_those_due(on=TODAY, at=NOW)

        message = Message.objects.get()
        assert message.to == "rahasia@langkah.example"
        assert message.subject.startswith("Masih benar? Langkah Jaya")
        token = re.search(r"/masih-benar/(\S+)", message.text)[1]
        assert stilltrue.read(token, TODAY).confirmed == OLD.isoformat()

    def test_who_speaks_english_only_is_asked_in_english(self):
        old(full_profile(languages=("en",)))

        actions.ask_those_due(on=TODAY, at=NOW)

        message = Message.objects.get()
        assert message.subject.startswith("Still true? Langkah Jaya")
        assert "/en/masih-benar/" in message.text

    def test_an_address_that_is_none_is_passed_over(self):
        old(profile(contacts=(ContactFact("email", "tidak ada", "public"),)))

        actions.ask_those_due(on=TODAY, at=NOW)

        assert not Message.objects.exists()
        assert Asking.objects.get().messages == 0

    @pytest.mark.parametrize(
        "options",
        [
            {"is_demo": True},
            {"status": Business.Status.DRAFT},
            {"source": "list"},
        ],
        ids=str,
    )
    def test_others_are_not_asked(self, options):
        if options.get("source"):
            options["source"] = actions.source_named(Source.Kind.LIST, "Daftar")
        business = old(**options)

        actions.ask_those_due(on=TODAY, at=NOW)
        actions.ask_to_confirm(business, on=TODAY, at=NOW)

        assert not Message.objects.exists()

    def test_a_young_confirmation_is_not_asked_about(self):
        old(on=months_before(TODAY, 10))

        assert actions.ask_those_due(on=TODAY, at=NOW) == 0

    def test_a_new_confirmation_is_asked_about_anew_when_it_is_old(self):
        business = old()
        actions.ask_those_due(on=TODAY, at=NOW)
        actions.confirm(business, on=TODAY, actor=None, at=NOW)

        actions.ask_those_due(on=TODAY + timedelta(days=300), at=NOW)
        assert Message.objects.count() == 1
        actions.ask_those_due(on=TODAY + timedelta(days=370), at=NOW)
        assert Message.objects.count() == 2

    def test_the_daily_job_goes_on_until_nobody_is_left(self):
        old()

        assert tasks.ask_whether_true.func(None) == Continue(1, done=1)
        assert tasks.ask_whether_true.func(None) is None

    def test_other_months_ask_at_another_time(self, settings):
        old()
        settings.STALE_MONTHS = 18

        assert actions.ask_those_due(on=TODAY, at=NOW) == 0


class TestLink:
    def test_one_tap_confirms_without_signing_in(self, client):
        business = old()
        address = link(business)

        opened = client.get(address)
        assert "Langkah Jaya: still true?" in text_of(opened)
        assert "50 pairs" in text_of(opened)
        assert opened["Cache-Control"].startswith("max-age=0, no-cache, no-store")
        answer = client.post(address, {"version": business.version}, follow=True)

        assert f"Langkah Jaya was confirmed on {TODAY:%-d %B %Y}." in text_of(answer)
        business.refresh_from_db()
        assert business.confirmed_on == TODAY
        [entry] = history_of(business).filter(event="directory.business.confirmed.link")
        assert entry.details == {"way": "link"}
        assert entry.actor is None

    def test_opening_alone_confirms_nothing(self, client):
        business = old()

        client.get(link(business))
        client.head(link(business))

        business.refresh_from_db()
        assert business.confirmed_on == OLD

    def test_tapped_twice_it_is_confirmed_once(self, client):
        business = old()
        address = link(business)

        for _ in range(2):
            client.post(address, {"version": business.version})

        assert "There is nothing else to do." in text_of(client.get(address))
        assert events(business).count("directory.business.confirmed.link") == 1

    def test_facts_changed_after_they_were_shown_are_shown_again(self, client):
        business = old()
        source = actions.source_named(Source.Kind.LIST, "Daftar")
        revised(business, full_profile(minimum_order=80), source=source)

        answer = client.post(link(business), {"version": 1}, follow=True)

        assert "Somebody changed these facts meanwhile." in text_of(answer)
        assert "80 pairs" in text_of(answer)
        assert Business.objects.get().confirmed_on == OLD

    @pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "\u0661"])
    def test_a_form_that_says_nonsense_confirms_nothing(self, client, version):
        answer = client.post(link(old()), {"version": version})

        assert answer.status_code == HTTPStatus.FOUND
        assert Business.objects.get().confirmed_on == OLD

    def test_confirmed_elsewhere_meanwhile_it_says_so(self, client):
        business = old()
        address = link(business)
        actions.confirm(business, on=TODAY, actor=OfficerFactory(), at=NOW)

        assert "There is nothing else to do." in text_of(client.get(address))

    def test_expired_it_says_so_and_how_to_go_on(self, client):
        answer = client.get(link(old(), TODAY - timedelta(days=61)))

        assert answer.status_code == HTTPStatus.GONE
        assert "This link is no longer good" in text_of(answer)
        assert "kantor@ifn.example" in text_of(answer)
        assert "See the profile" in text_of(answer)

    @pytest.mark.parametrize("token", ["x", "abc.def", "a" * 3000])
    def test_foreign_it_says_so(self, client, token):
        answer = client.post(page(token), {"version": 1})

        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert "This link does not work" in text_of(answer)

    def test_a_hidden_profile_is_not_confirmed(self, client):
        business = old()
        address = link(business)
        actions.hide(business, reason="Tutup", actor=OfficerFactory(), at=LATER)

        answer = client.post(address, {"version": business.version})

        assert answer.status_code == HTTPStatus.GONE
        assert "This profile is not shown" in text_of(answer)
        assert Business.objects.get().confirmed_on == OLD

    def test_a_profile_that_is_gone_says_so(self, client):
        business = old()
        address = link(business)
        business.delete()

        answer = client.get(address)
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert "There is no such profile any more" in text_of(answer)

    def test_what_changed_goes_to_whoever_can_mend_it(self, client):
        business = old()
        assert "mailto:kantor@ifn.example" in text_of(client.get(link(business)))

        looked_after_by(business, UserFactory())

        assert f'href="/en/saya/usaha/{business.number}"' in text_of(client.get(link(business)))

    def test_it_shows_only_what_everybody_sees(self, client):
        facts = full_profile(capacity_visibility="nobody")

        html = text_of(client.get(link(old(facts))))

        assert "4,321" not in html
        assert "+62321555123" not in html

    def test_it_speaks_both_languages(self, client, language):
        answer = client.get(page(stilltrue.token_for(old(), TODAY), language))

        words = {"en": "Yes, still true", "id": "Ya, masih benar"}[language]
        assert words in text_of(answer)


class TestByPhone:
    def address(self, business):
        with translation.override("en"):
            return reverse("directory:confirm", args=[business.number])

    def test_an_officer_notes_what_was_said(self, client):
        business, officer = old(), OfficerFactory()
        client.force_login(officer)

        for _ in range(2):
            answer = client.post(self.address(business), follow=True)

        assert "This profile was confirmed today already." in text_of(answer)
        [entry] = history_of(business).filter(event="directory.business.confirmed.phone")
        assert entry.actor == officer
        assert Business.objects.get().confirmed_on == TODAY

    def test_whatsapp_opens_with_the_question_in_indonesian(self, client):
        business = old()
        client.force_login(OfficerFactory())

        html = text_of(client.get(self.address(business)))

        [address] = re.findall(r'href="(https://wa\.me/[^"]+)"', html)
        assert address.startswith("https://wa.me/6281234567890?text=")
        asked = unquote(address.partition("text=")[2])
        assert asked.startswith("Halo, ini Indonesia Footwear Network.")
        token = asked.rpartition("/")[2]
        assert stilltrue.read(token, TODAY).number == business.number

    def test_without_a_mobile_number_the_link_goes_another_way(self, client):
        business = old(profile(contacts=(ContactFact("phone", "+62321555123", "public"),)))
        client.force_login(OfficerFactory())

        html = text_of(client.get(self.address(business)))

        assert "wa.me" not in html
        assert "The profile has no mobile number." in html
        assert "/masih-benar/" in html

    def test_only_who_may_change_the_profile_confirms_it(self, client):
        business = old()
        refused = [
            (UserFactory(), HTTPStatus.FORBIDDEN),
            (OfficerFactory(duties=["events"]), HTTPStatus.FORBIDDEN),
            (RegionalOfficerFactory(territory=["52"]), HTTPStatus.FORBIDDEN),
            (RegionalOfficerFactory(territory=["35.16"]), HTTPStatus.OK),
        ]
        for person, status in refused:
            client.force_login(person)
            assert client.get(self.address(business)).status_code == status
        client.logout()
        assert client.get(self.address(business)).status_code == HTTPStatus.FOUND

    def test_an_unknown_number_is_not_found(self, client):
        client.force_login(OfficerFactory())

        assert client.get("/en/kerja/direktori/zzzzz/konfirmasi").status_code == 404

    def test_the_work_list_leads_there(self, client):
        business = old()
        client.force_login(OfficerFactory())

        assert self.address(business) in text_of(client.get("/en/kerja/direktori"))


class TestByEdit:
    def test_an_edit_leaves_the_new_date_in_its_line(self):
        business = old()

        revised(business, profile_of(business), stated_on=TODAY)

        [entry] = history_of(business).filter(event="directory.business.revised")
        assert entry.details["confirmed_on"] == TODAY.isoformat()

    def test_an_older_day_changes_nothing(self):
        business = registered(full_profile(), stated_on=LATER_ON)

        assert not actions.confirm(business, on=date(2020, 1, 1), actor=None, at=LATER)

        assert Business.objects.get().confirmed_on == LATER_ON
