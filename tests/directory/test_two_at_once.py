"""What two people do at the same moment, each over a connection of their own."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from django.db import connection, connections

from ifn.directory import actions, stilltrue
from ifn.directory.models import Attribution, Business, Draft, Listing, Membership, Picture
from ifn.directory.queries import pictures_of, profile_of
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import (
    LATER,
    LATER_ON,
    full_profile,
    office,
    photo,
    profile,
    registered,
    verified,
)
from tests.factories.vocabulary import load_vocabulary

pytestmark = pytest.mark.django_db(transaction=True)

SMALL, OTHER = photo((300, 200)), photo((300, 210))


@pytest.fixture
def together(tmp_path, request):
    """Return a function that does several things at once and hands back what came of each.

    Threads cannot share SQLite's test database in memory, so they get a copy of it in a file.
    """
    settings = connections.settings["default"]
    name = settings["NAME"]

    def answer_of(act: Callable[[], Any], start: threading.Barrier) -> Any:
        try:
            start.wait(20)
            return act()
        except Exception as fault:  # noqa: BLE001  # what came of it
            return fault
        finally:
            connection.close()

    def done(*acts: Callable[[], Any]) -> list[Any]:
        start = threading.Barrier(len(acts))
        with ThreadPoolExecutor(len(acts)) as pool:
            waiting = [pool.submit(answer_of, act, start) for act in acts]
            return [one.result(60) for one in waiting]

    load_vocabulary()
    if connection.vendor == "sqlite":

        def on_a_copy(*acts: Callable[[], Any]) -> list[Any]:
            path = tmp_path / "copy.sqlite3"
            if not path.exists():
                connection.cursor().execute("VACUUM INTO %s", [str(path)])
                with closing(sqlite3.connect(path)) as copy:  # as every database in use is
                    copy.execute("PRAGMA journal_mode=WAL")
            settings["NAME"] = str(path)
            try:
                return done(*acts)
            finally:
                settings["NAME"] = name

        return on_a_copy
    return done


def revision(business, officer, **changes):
    facts = full_profile(**changes)
    return lambda: actions.revise(
        business,
        facts,
        version=business.version,
        source=office(),
        stated_on=LATER_ON,
        actor=officer,
        at=LATER,
    )


def test_of_two_officers_who_verify_at_once_one_is_told(together):
    business = registered(profile())

    def vouching(note):
        officer = OfficerFactory(duties=["verifier"])
        seen = Business.objects.get(pk=business.pk)
        return lambda: verified(seen, "place", actor=officer, note=note)

    answers = together(vouching("Satu"), vouching("Lain"))

    names = sorted(type(answer).__name__ for answer in answers)
    assert names == ["Verification", "VerifiedMeanwhile"]


def test_of_two_officers_who_save_at_once_one_is_told(together):
    business, officers = registered(full_profile()), [OfficerFactory(), OfficerFactory()]

    answers = together(
        revision(Business.objects.get(), officers[0], name="Dari yang satu", brands=("Satu",)),
        revision(Business.objects.get(), officers[1], name="Dari yang lain", brands=("Lain",)),
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Business", "ChangedMeanwhile"]

    def look():
        stored = Business.objects.get(pk=business.pk)
        return stored, profile_of(stored), Listing.objects.get().content["name"]

    [(stored, facts, listed)] = together(look)
    assert stored.version == 2
    assert (stored.name, facts.brands) in {
        ("Dari yang satu", ("Satu",)),
        ("Dari yang lain", ("Lain",)),
    }
    assert listed == stored.name


def test_a_new_profile_sent_twice_at_once_is_entered_once(together):
    officer, facts, source = OfficerFactory(), full_profile(), office()

    def enter():
        return actions.enter(facts, source=source, stated_on=LATER_ON, actor=officer, at=LATER)

    one, other = together(enter, enter)

    assert one == other
    assert together(Business.objects.count) == [1]


def test_two_photos_sent_at_once_are_both_there(together, files):
    business = registered()

    def add(upload):
        return actions.add_picture(Business.objects.get(), upload, actor=None, at=LATER)

    answers = together(lambda: add(SMALL), lambda: add(OTHER))

    assert [type(answer) for answer in answers] == [Picture, Picture]

    [positions] = together(lambda: [picture.position for picture in pictures_of(business)])
    assert positions == [0, 1]
    assert len(files()) == 4


def test_one_photo_sent_twice_at_once_is_there_once(together, files):
    registered()

    def add():
        return actions.add_picture(Business.objects.get(), SMALL, actor=None, at=LATER)

    one, other = together(add, add)

    assert one == other
    assert together(Picture.objects.count) == [1]
    assert len(files()) == 2


def test_a_photo_sent_while_the_profile_is_hidden_does_not_list_it(together, files):
    business, officer = registered(), OfficerFactory()
    opened_before = [Business.objects.get() for _ in range(2)]

    answers = together(
        lambda: actions.add_picture(opened_before[0], SMALL, actor=None, at=LATER),
        lambda: actions.hide(opened_before[1], reason="Tutup", actor=officer, at=LATER),
    )

    assert not any(isinstance(answer, Exception) for answer in answers)
    assert together(lambda: (Business.objects.get().status, Listing.objects.count())) == [
        ("hidden", 0)
    ]
    assert business.status == "listed"


def test_profiles_registered_at_once_have_numbers_of_their_own(together):
    source = office()

    def enter():
        return actions.register(
            profile(), source=source, stated_on=LATER_ON, actor=None, at=LATER
        ).number

    answers = together(enter, enter, enter)

    assert len(set(answers)) == 3
    assert together(
        lambda: (Business.objects.count(), Listing.objects.count(), Attribution.objects.count())
    ) == [(3, 3, 3)]


def test_two_steps_saved_from_two_phones_at_once_are_both_kept(together):
    business, person = registered(), UserFactory()
    answers = [{"minimum_order": ["40"]}, {"story_id": ["Sejak 1998."]}, {"nib": ["123"]}]

    def save(sent):
        return lambda: actions.save_step(business, sent, fields=sent, person=person, at=LATER)

    assert together(*map(save, answers)) == [None, None, None]

    drafts = Draft.objects.filter(business=business, person=person)
    assert together(lambda: drafts.get().data) == [answers[0] | answers[1] | answers[2]]


def test_a_draft_published_twice_at_once_is_published_once(together):
    business, person = registered(), OfficerFactory()
    facts = profile(minimum_order=40)
    actions.save_step(business, {}, fields=(), person=person, at=LATER)
    origin = actions.Origin(office(), LATER_ON)

    def publish():
        return actions.publish(
            Business.objects.get(), facts, chosen={}, origin=origin, actor=person, at=LATER
        )

    answers = together(publish, publish)

    assert sorted(type(answer).__name__ for answer in answers) == ["NothingToPublish", "tuple"]
    assert together(lambda: profile_of(Business.objects.get()).minimum_order) == [40]


def test_a_link_used_by_two_at_once_lets_one_in(together):
    business, owner = registered(), OfficerFactory()
    people = [UserFactory() for _ in range(2)]
    _invitation, token = actions.invite(business, role="editor", note="", actor=owner, at=LATER)

    answers = together(
        *(lambda one=one: actions.accept_invitation(token, person=one, at=LATER) for one in people)
    )

    kinds = sorted(type(answer).__name__ for answer in answers)
    assert kinds == ["InvitationOver", "Membership"]
    assert together(Membership.objects.count) == [1]


def test_two_owners_who_leave_at_once_leave_one_behind(together):
    business = registered()
    owners = [
        Membership.objects.create(
            business=business, person=UserFactory(), role="owner", since=LATER
        )
        for _ in range(2)
    ]

    answers = together(
        *(lambda one=one: actions.remove_member(one, actor=one.person, at=LATER) for one in owners)
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["LastOwner", "NoneType"]
    assert together(Membership.objects.count) == [1]


def test_a_link_tapped_twice_at_once_confirms_once(together):
    business = registered(full_profile())
    asked = stilltrue.Asked(business.number, business.confirmed_on.isoformat(), LATER_ON)

    def tap():
        opened = Business.objects.get()
        return actions.confirm_by_link(opened, asked, version=opened.version, on=LATER_ON, at=LATER)

    assert sorted(together(tap, tap)) == [False, True]


def test_people_are_asked_once_by_two_workers(together):
    business = registered(full_profile())

    def ask():
        return actions.ask_to_confirm(business, on=LATER_ON, at=LATER)

    assert sorted(together(ask, ask)) == [0, 1]
