"""What the network vouches for: who may, with which evidence, until when, and how it ends."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now

from ifn.audit.queries import history_of
from ifn.directory import actions, policies
from ifn.directory.actions.verifying import NotTheirs, VerifiedMeanwhile, WithdrawnAlready
from ifn.directory.models import Listing, Membership, Verification
from ifn.directory.opendata import kept
from ifn.directory.verified import (
    LONGEST_MONTHS,
    TOPICS,
    Verified,
    expired,
    latest_end,
    usual_end,
    valid,
)
from ifn.directory.whole import whole
from ifn.mail.models import Message
from tests.factories.accounts import (
    AdministratorFactory,
    OfficerFactory,
    RegionalOfficerFactory,
    UserFactory,
)
from tests.factories.directory import (
    AT,
    BANDUNG,
    MOJOKERTO,
    SIDOARJO,
    let_expire,
    photo,
    profile,
    registered,
    revised,
    verified,
)

pytestmark = [pytest.mark.usefixtures("reference", "open_data_follow"), pytest.mark.django_db]

TODAY = localdate()
PDF = b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
State = Verification.State


@pytest.fixture
def business():
    return registered(profile(region=MOJOKERTO))


def stored(verification):
    with storages["private"].open(verification.evidence) as file:
        return file.read()


def events(business):
    return [
        (entry.event.removeprefix("directory."), entry.details.get("topic"), entry.reason)
        for entry in history_of(business).filter(event__startswith="directory.verification")
    ]


def withdrawn(verification, reason="Alamat ternyata lain", actor=None):
    actor = actor or OfficerFactory(duties=["verifier"])
    actions.withdraw_verification(verification, reason=reason, actor=actor, at=now())


class TestVerify:
    def test_a_check_is_kept_with_office_person_evidence_and_a_line(self, business, evidence):
        officer = OfficerFactory(duties=["verifier"])

        made = verified(business, "legality", actor=officer, upload=PDF, checked_on=TODAY)

        made.refresh_from_db()
        assert (made.topic, made.checked_on, made.office_id) == ("legality", TODAY, None)
        assert made.expires_on == usual_end("legality", TODAY)
        assert (made.verifier, made.state_on(TODAY)) == (officer, State.VALID)
        assert evidence() == [made.evidence]
        assert stored(made) == PDF
        assert events(business) == [("verification.made", "legality", "")]

    def test_evidence_has_a_random_name_and_none_of_the_sent_bytes(self, business):
        with_place = photo(exif=b"Exif\x00\x00GPS-107.61")

        made = verified(business, upload=with_place)

        assert made.evidence.startswith("verifications/")
        assert len(made.evidence.split("/")[1]) == 32 + len(".jpg")
        assert b"GPS-107.61" not in stored(made)

    def test_lists_search_and_profile_know_it_at_once(self, business, ask):
        verified(business, "place")

        listing = Listing.objects.get(business=business).content
        assert listing["verified"] == {"place": usual_end("place", TODAY).isoformat()}
        assert [one.topic for one in whole(business).verifications] == ["place"]
        assert ask(terverifikasi="tempat") == ["Sol Jaya Abadi"]
        assert ask(terverifikasi="legalitas") == []

    def test_it_stays_when_the_profile_changes(self, business, ask):
        verified(business, "place")
        business.refresh_from_db()

        revised(business, profile(name="Tapak Baru"))

        assert ask(terverifikasi="tempat") == ["Tapak Baru"]

    def test_a_hidden_profile_is_verified_and_stays_hidden(self, business, ask):
        actions.hide(business, reason="Tutup", actor=OfficerFactory(), at=now())

        verified(business, "place")

        assert not Listing.objects.exists()
        assert ask(terverifikasi="tempat") == []

    @pytest.mark.parametrize("topic", TOPICS)
    def test_each_topic_holds_as_long_as_is_set(self, business, settings, topic):
        settings.VERIFIED_MONTHS = settings.VERIFIED_MONTHS | {topic: 3}

        made = verified(business, topic, at=AT)

        assert (made.checked_on, made.expires_on) == (date(2026, 6, 1), date(2026, 9, 1))

    def test_an_officer_may_set_another_last_day(self, business):
        ends = TODAY + timedelta(days=10)

        assert verified(business, expires_on=ends).expires_on == ends


class TestWhoMay:
    @pytest.mark.parametrize("topic", TOPICS)
    def test_officers_for_verification_and_administrators_verify_everything(self, business, topic):
        for person in (OfficerFactory(duties=["verifier"]), AdministratorFactory()):
            assert policies.can_verify(person, business, topic, "")

    @pytest.mark.parametrize("duty", ["data", "broker", "programme", "events"])
    def test_other_duties_verify_nothing(self, business, evidence, duty):
        officer = OfficerFactory(duties=[duty])

        with pytest.raises(NotTheirs):
            verified(business, actor=officer)
        assert not policies.can_verify_any(officer, business, "")
        assert evidence() == []

    def test_a_dinas_says_that_it_visited_a_place_of_its_region(self, business):
        dinas = RegionalOfficerFactory(territory=[MOJOKERTO])

        made = verified(business, "place", actor=dinas)

        assert (made.office_id, made.verifier) == (MOJOKERTO, dinas)

    def test_of_several_regions_the_nearest_is_named(self, business):
        dinas = RegionalOfficerFactory(territory=["35", MOJOKERTO, BANDUNG])

        assert verified(business, "place", actor=dinas).office_id == MOJOKERTO

    @pytest.mark.parametrize("topic", ["legality", "capability", "order"])
    def test_a_dinas_vouches_for_nothing_else(self, business, topic):
        with pytest.raises(NotTheirs):
            verified(business, topic, actor=RegionalOfficerFactory(territory=[MOJOKERTO]))

    def test_a_dinas_of_another_region_vouches_for_nothing(self, business):
        with pytest.raises(NotTheirs):
            verified(business, "place", actor=RegionalOfficerFactory(territory=[SIDOARJO]))

    @pytest.mark.parametrize("role", Membership.Role.values)
    def test_nobody_verifies_what_they_look_after(self, business, role):
        officer = OfficerFactory(duties=["verifier"])
        Membership.objects.create(business=business, person=officer, role=role, since=AT)

        with pytest.raises(NotTheirs):
            verified(business, actor=officer)

    def test_nobody_withdraws_what_they_could_not_verify(self, business):
        made = verified(business)

        for person in (UserFactory(), RegionalOfficerFactory(territory=[MOJOKERTO])):
            with pytest.raises(NotTheirs):
                withdrawn(made, actor=person)

    def test_staff_without_a_second_factor_verify_nothing(self, business, settings):
        settings.STAFF_SECOND_FACTOR = True

        with pytest.raises(NotTheirs):
            verified(business, actor=AdministratorFactory(secured_at=None))


class TestDays:
    @pytest.mark.parametrize(
        ("checked", "ends", "code"),
        [
            (TODAY + timedelta(days=1), None, "future"),
            (TODAY, TODAY, "before"),
            (TODAY, TODAY - timedelta(days=1), "before"),
            (TODAY - timedelta(days=9), TODAY - timedelta(days=1), "over"),
            (TODAY - timedelta(days=1500), None, "over"),
            (TODAY, latest_end(TODAY) + timedelta(days=1), "far"),
        ],
    )
    def test_days_that_cannot_be_are_refused(self, business, evidence, checked, ends, code):
        with pytest.raises(actions.WrongDays) as wrong:
            verified(business, checked_on=checked, expires_on=ends)

        assert wrong.value.code == code
        assert (evidence(), Verification.objects.count()) == ([], 0)

    def test_the_farthest_day_is_accepted(self, business):
        assert verified(business, expires_on=latest_end(TODAY)).expires_on.year == TODAY.year + 5
        assert LONGEST_MONTHS == 60

    def test_the_last_day_counts(self):
        one = Verified("place", "", date(2026, 1, 1), date(2026, 7, 1))

        assert valid([one], date(2026, 7, 1)) == [one]
        assert (valid([one], date(2026, 7, 2)), expired([one], date(2026, 7, 2))) == ([], [one])

    def test_topics_come_in_one_order(self):
        known = [Verified(topic, "", TODAY, TODAY) for topic in reversed(TOPICS)]

        assert [one.topic for one in valid(known, TODAY)] == list(TOPICS)


class TestAgain:
    def test_sent_twice_it_is_there_once(self, business, evidence):
        officer = OfficerFactory(duties=["verifier"])

        first, second = (verified(business, actor=officer) for _ in range(2))

        assert first == second
        assert (len(evidence()), len(events(business))) == (1, 1)

    def test_a_newer_check_replaces_the_one_that_was_looked_at(self, business, ask):
        first = verified(business, "place")

        second = verified(business, "place", replaces=first.pk, note="Dikunjungi lagi.")

        first.refresh_from_db()
        assert (first.state_on(TODAY), second.state_on(TODAY)) == (State.REPLACED, State.VALID)
        assert list(Verification.objects.standing()) == [second]
        assert ask(terverifikasi="tempat") == ["Sol Jaya Abadi"]

    def test_who_looked_at_something_else_is_told(self, business):
        first = verified(business)
        verified(business, replaces=first.pk, note="Dilihat lagi.")

        for seen in (None, first.pk):
            with pytest.raises(VerifiedMeanwhile):
                verified(business, replaces=seen, note="Punya saya.")
        assert Verification.objects.count() == 2

    def test_an_expired_one_is_replaced_too(self, business):
        old = verified(business)
        let_expire(old, TODAY - timedelta(days=1))

        new = verified(business, replaces=old.pk)

        assert [one.topic for one in valid(whole(business).verifications, TODAY)] == ["legality"]
        assert new.pk != old.pk


class TestWithdraw:
    def test_it_is_gone_at_once_and_the_reason_stays(self, business, ask):
        made = verified(business, "place")

        withdrawn(made)

        made.refresh_from_db()
        assert (made.state_on(TODAY), made.reason) == (State.WITHDRAWN, "Alamat ternyata lain")
        assert whole(business).verifications == ()
        assert ask(terverifikasi="tempat") == []
        assert Listing.objects.get(business=business).content["verified"] == {}
        assert events(business)[0] == (
            "verification.withdrawn",
            "place",
            "Alamat ternyata lain",
        )

    def test_its_people_are_told_why_once(self, business):
        owner, made = UserFactory(), verified(business, "place")
        Membership.objects.create(business=business, person=owner, role="owner", since=AT)

        withdrawn(made)

        message = Message.objects.get()
        assert (message.to, message.kind) == (owner.email, "directory.verification-withdrawn")
        assert message.subject == "Sol Jaya Abadi: verifikasi “Tempat” ditarik"
        assert "Alasan: Alamat ternyata lain" in message.text
        assert "/verifikasi\n" in message.text

    def test_withdrawn_twice_is_withdrawn_once(self, business):
        made = verified(business)
        withdrawn(made)

        with pytest.raises(WithdrawnAlready):
            withdrawn(made, "Lain lagi")
        assert Verification.objects.get().reason == "Alamat ternyata lain"
        assert len(events(business)) == 2

    def test_what_was_replaced_cannot_be_withdrawn(self, business):
        first = verified(business)
        verified(business, replaces=first.pk, note="Lagi.")

        with pytest.raises(WithdrawnAlready):
            withdrawn(first)

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_there_must_be_a_reason(self, business, reason):
        with pytest.raises(ValueError, match="for a reason"):
            withdrawn(verified(business), reason)

    def test_the_topic_can_be_verified_anew(self, business):
        withdrawn(verified(business))

        assert verified(business, note="Sekarang benar.").state_on(TODAY) == State.VALID

    def test_the_demo_network_goes_with_its_evidence(
        self, evidence, django_capture_on_commit_callbacks
    ):
        verified(registered(profile(), is_demo=True))
        real = verified(registered(profile()))

        with django_capture_on_commit_callbacks(execute=True):
            actions.remove_demo(actor=None, at=now())

        assert evidence() == [real.evidence]


def fresh(business, **changes):
    facts = {
        "business": business,
        "topic": "place",
        "checked_on": date(2026, 1, 1),
        "expires_on": date(2028, 1, 1),
        "note": "x",
        "evidence": "verifications/a.pdf",
        "digest": "x",
        "made_at": AT,
    }
    return Verification(**facts | changes)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"topic": "beauty"}, "topic_known"),
        ({"expires_on": date(2026, 1, 1)}, "expires_after"),
        ({"withdrawn_at": AT}, "withdrawn_with_reason"),
        ({"reason": "x"}, "withdrawn_with_reason"),
        ({"withdrawn_at": AT, "reason": "x", "replaced_at": AT}, "ends_one_way"),
        ({"evidence": ""}, "has_evidence"),
    ],
)
def test_the_database_refuses_what_must_never_be(business, changes, rule):
    named = pytest.raises(IntegrityError, match=f"directory_verification_{rule}")
    with named, transaction.atomic():
        fresh(business, **changes).save()


def test_the_database_holds_one_standing_check_of_a_topic(business):
    fresh(business).save()
    fresh(business, evidence="b", withdrawn_at=AT, reason="x").save()
    fresh(business, evidence="c", replaced_at=AT).save()
    fresh(business, evidence="d", topic="order").save()

    with pytest.raises(IntegrityError), transaction.atomic():
        fresh(business, evidence="e").save()
    kept.keep([business.pk])
