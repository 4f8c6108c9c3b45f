"""The places of a timeline, what is told together, and what a profile tells of itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from ifn.accounts.actions.erasing import erase_person
from ifn.accounts.models import Consent
from ifn.audit.queries import history_of
from ifn.directory import actions, happenings
from ifn.directory.models import Business
from ifn.directory.queries import consents_of, shows_outcomes
from ifn.directory.timeline import Audience, Kind, Moment, Place, Window, told_together
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory, UserFactory
from tests.factories.directory import (
    AT,
    LATER,
    MOJOKERTO,
    ON,
    let_expire,
    profile,
    registered,
    revised,
    verified,
)

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def window(business, audience=Audience.STAFF, *, gone=(), **options):
    return Window(business, tuple(gone), audience, ON, options.pop("limit", 10), **options)


def moment(minutes=0, **options):
    place = Place(AT + timedelta(minutes=minutes), "x", 1)
    return Moment(place, Kind.PROFILE, options.pop("title", "Changed"), **options)


class TestPlaces:
    def test_a_place_reads_as_it_was_written(self):
        place = Place(datetime(2026, 6, 1, 9, 0, 0, 123456, tzinfo=UTC), "steps.received", 42)

        assert Place.read(place.written()) == place

    @pytest.mark.parametrize(
        "text",
        ["", "x", "1", "1-", "-1-x", "1-y-x", "1.5-1-x", "٣-1-x", f"{'9' * 5000}-1-x", "9" * 40],
    )
    def test_what_is_no_place_is_nothing(self, text):
        assert Place.read(text) is None

    @pytest.mark.parametrize(
        ("source", "inside"), [("a", [3, 2, 1]), ("k", [2, 1]), ("z", [1])], ids=str
    )
    def test_each_source_goes_on_right_after_the_place(self, source, inside):
        """Rows 1 at nine, 2 and 3 an hour later; the place is row 3 of source k."""
        rows = [registered(at=at) for at in (AT, AT + timedelta(hours=1), AT + timedelta(hours=1))]
        before = Place(rows[2].created_at, "k", rows[2].pk)
        found = Business.objects.filter(pk__in=[one.pk for one in rows])

        shown = window(rows[0], before=before).cut(found, source, "created_at")

        assert [rows.index(one) + 1 for one in shown] == inside


class TestTellingTogether:
    def test_the_same_done_again_on_a_day_is_told_once(self):
        told = told_together(
            [
                moment(3, group="changed", who="Ani", parts=("name",)),
                moment(2, group="changed", who="Ani", parts=("workers", "name")),
                moment(1, group="changed", who="Budi"),
            ]
        )

        assert [(one.who, one.count, one.parts) for one in told] == [
            ("Ani", 2, ("name", "workers")),
            ("Budi", 1, ()),
        ]

    def test_other_days_and_what_has_no_group_stay_apart(self):
        day = 24 * 60
        moments = [moment(day, group="changed"), moment(0, group="changed"), moment(), moment()]

        assert told_together(moments) == moments


class TestProfile:
    def test_it_tells_who_entered_and_who_changed_what(self):
        officer = OfficerFactory(name="Bu Ani")
        made = registered(actor=officer)
        revised(made, profile(workers=9, address="Jl. Lain 9"), actor=officer)

        (entered,) = happenings.entered(window(made))
        (changed, *_rest) = happenings.recorded(window(made))

        assert (entered.title, entered.who) == ("Entered in the directory", "Bu Ani")
        assert (changed.title, changed.who) == ("Profile changed", "Bu Ani")
        assert set(changed.parts) == {"workers", "address"}

    def test_a_firm_reads_the_office_and_no_name_of_an_officer(self):
        made = registered(actor=OfficerFactory())
        revised(made, profile(workers=9), actor=RegionalOfficerFactory(territory=[MOJOKERTO]))

        (entered,) = happenings.entered(window(made, Audience.FIRM))
        (changed,) = happenings.recorded(window(made, Audience.FIRM))

        assert (entered.who, changed.who) == ("The network's office", "The regional office")

    @pytest.mark.parametrize("audience", [Audience.STAFF, Audience.FIRM])
    def test_whoever_was_erased_has_no_name(self, audience):
        person = UserFactory(name="Ibu Ratna")
        made = registered()
        revised(made, profile(workers=9), actor=person)
        erase_person(person, actor=None, at=LATER)

        (changed,) = happenings.recorded(window(made, audience))

        assert changed.who == "a person whose account was erased"

    def test_only_the_staff_reads_that_the_firm_was_asked(self):
        made = registered()
        actions.ask_to_confirm(made, on=ON, at=LATER)

        assert [one.title for one in happenings.recorded(window(made))] == [
            "Asked by message whether it is still true"
        ]
        assert happenings.recorded(window(made, Audience.FIRM)) == []

    def test_only_the_wanted_kind_is_asked_for(self):
        made = registered()
        revised(made, profile(workers=9))
        verified(made)

        found = happenings.recorded(window(made, kind=Kind.VERIFICATION))

        assert [(one.title, one.parts) for one in found] == [("Verified", ("Legality",))]

    def test_everyone_reads_what_holds_today_and_that_it_joined(self):
        made = registered()
        verified(made, "legality", at=AT)
        let_expire(verified(made, "capability", at=AT), on=ON - timedelta(days=1))
        withdrawn = verified(made, "place", at=AT)
        officer = OfficerFactory(duties=["verifier"])
        actions.withdraw_verification(withdrawn, reason="x", actor=officer, at=AT)

        (only,) = happenings.verified(window(made, Audience.PUBLIC))
        (joined,) = happenings.entered(window(made, Audience.PUBLIC))

        assert (only.who, only.parts[0]) == ("BPIPI", "Legality")
        assert (joined.title, joined.at, joined.who) == ("Joined the network", AT, "")

    def test_what_was_merged_into_it_tells_its_own_part(self):
        kept, gone = registered(), registered(profile(name="Sol Lama"), at=AT - timedelta(days=9))
        revised(gone, profile(name="Sol Lama", workers=9))
        actions.merge(
            kept,
            gone,
            versions=(kept.version, gone.version),
            chosen={},
            reason="",
            actor=OfficerFactory(),
            at=LATER + timedelta(days=1),
        )
        gone = Business.objects.get(pk=gone.pk)

        told = happenings.recorded(window(kept, gone=[gone]))
        entered = happenings.entered(window(kept, gone=[gone]))
        joined = happenings.entered(window(kept, Audience.PUBLIC, gone=[gone]))

        assert [(one.title, one.via) for one in told] == [
            ("Another profile merged into this one", ""),
            ("Profile changed", "Sol Lama"),
        ]
        assert [one.via for one in entered] == ["", "Sol Lama"]
        assert [one.at for one in joined] == [AT - timedelta(days=9)]


class TestShowingOutcomes:
    def test_an_owner_agrees_once_and_takes_it_back(self):
        made, owner = registered(), UserFactory()

        first = actions.show_outcomes(made, actor=owner, at=AT)
        assert actions.show_outcomes(made, actor=owner, at=LATER) == first
        assert (first.person, first.version, first.profile) == (owner, 1, made.number)
        assert actions.hide_outcomes(made, actor=owner, at=LATER)
        assert not actions.hide_outcomes(made, actor=owner, at=LATER)

        assert shows_outcomes(made) is None
        events = [entry.event for entry in history_of(made)][:2]
        assert events == ["directory.outcomes.hidden", "directory.outcomes.shown"]

    def test_it_is_no_contact_and_stays_when_contacts_change(self):
        made, owner = registered(), UserFactory()
        consent = actions.show_outcomes(made, actor=owner, at=AT)

        revised(made, profile(workers=9))

        assert consents_of(made) == []
        assert shows_outcomes(made) == consent

    def test_withdrawn_as_a_consent_it_ends_and_the_profile_is_as_it_was(self):
        made, owner = registered(), UserFactory()
        consent = actions.show_outcomes(made, actor=owner, at=AT)
        version = made.version

        assert actions.withdraw_consent(consent, actor=owner, at=LATER)

        made.refresh_from_db()
        assert (shows_outcomes(made), made.version) == (None, version)
        assert not Consent.objects.standing().filter(profile=made.number).exists()

    def test_a_merged_profile_takes_none_along(self):
        kept, gone, owner = registered(), registered(profile(name="Sol Lama")), UserFactory()
        actions.show_outcomes(gone, actor=owner, at=AT)

        actions.merge(
            kept,
            gone,
            versions=(kept.version, gone.version),
            chosen={},
            reason="",
            actor=OfficerFactory(),
            at=LATER,
        )

        assert shows_outcomes(kept) is None
        with pytest.raises(actions.MergedMeanwhile):
            actions.show_outcomes(gone, actor=owner, at=LATER)
