"""Every address in every role, against what is written in ``matrix/``; the README says how."""

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.things import DUTIES, ROLES, THINGS, World

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]

SIGNED_IN = set(ROLES) - {"visitor"}
GROUPS = {
    "everyone": set(ROLES),
    "members": SIGNED_IN,
    "staff": {"regional", "elsewhere", *DUTIES, "administrator"},
    "office": {*DUTIES, "administrator"},
}
#: What those meet who do not come in: visitors, and whoever is signed in.
OTHERS = {
    "refused": ("sign in", "refused"),
    "missing": ("sign in", "missing"),
    "hidden": ("missing", "missing"),
    "-": ("in", "in"),
}
#: Where a form is said to have been sent from, so that a question to sign in can be told.
PAGE = "/dari-sini"


@dataclass(frozen=True, slots=True)
class Line:
    address: str
    thing: str
    who: str
    others: str

    def __str__(self):
        return f"{self.address} {self.thing}".removesuffix(" -")

    @property
    def admitted(self):
        return set().union(*(GROUPS.get(word, {word}) for word in self.who.split()))

    def expected(self, role):
        if role in self.admitted:
            return "in"
        visitors, signed_in = OTHERS[self.others]
        return visitors if role == "visitor" else signed_in


def read():
    for path in sorted((Path(__file__).parent / "matrix").glob("*.txt")):
        for text in path.read_text().splitlines():
            if text.strip() and not text.startswith("#"):
                yield path.stem, Line(*(part.strip() for part in text.split("|")))


def addresses(patterns, namespace=""):
    """Return the own views of the platform: name and the parameters of the address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = ":".join(filter(None, [namespace, pattern.namespace]))
            yield from addresses(pattern.url_patterns, inside)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith("ifn."):
            name = ":".join(filter(None, [namespace, pattern.name]))
            yield name, tuple(pattern.pattern.converters)


ADDRESSES = dict(addresses(get_resolver().url_patterns))
LINES = list(read())


def test_every_address_has_a_line_and_every_line_an_address():
    written = {line.address for _room, line in LINES}

    assert sorted(set(ADDRESSES) - written) == []
    assert sorted(written - set(ADDRESSES)) == []


def test_lines_are_in_the_file_of_their_room_once_and_in_known_words():
    places = [(line.address, line.thing) for _room, line in LINES]
    assert len(places) == len(set(places))

    for room, line in LINES:
        assert room.partition("_")[0] == (
            line.address.partition(":")[0] if ":" in line.address else "urls"
        )
        assert line.admitted <= set(ROLES), line
        assert line.others in OTHERS, line
        assert line.thing in THINGS, line
        assert (line.others == "-") == (line.admitted == set(ROLES)), line


@pytest.fixture(scope="module")
def made(reference, django_db_blocker):
    """Make the world once for all lines; what a test does to it goes with the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        made.cookies = {role: signed_in(person) for role, person in made.people.items()}
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(made, db):
    made.business.refresh_from_db()
    return made


@pytest.mark.parametrize("line", [line for _room, line in LINES], ids=str)
def test_who_comes_in_is_who_is_written(world, line):
    values = THINGS[line.thing](world)
    address = reverse(line.address, kwargs={name: values[name] for name in ADDRESSES[line.address]})

    met = {role: meets(world, role, address) for role in ROLES}

    expected = {role: {line.expected(role)} for role in ROLES}
    assert {role: said for role, said in met.items() if said - expected[role]} == {}


def signed_in(person):
    """Return the cookies of somebody who signed in."""
    client = Client()
    client.force_login(person)
    return client.cookies.output(header="", sep=";")


def meets(world, role, address):
    """Return what a role meets at an address, however it is asked; nothing of it stays."""
    said = set()
    for method in ("get", "post"):
        client = Client(headers={"referer": f"http://testserver{PAGE}"})
        client.cookies.load(world.cookies.get(role, ""))
        with transaction.atomic():
            answer = getattr(client, method)(address)
            if answer.streaming:
                answer.getvalue()  # reading a file to its end closes it
            transaction.set_rollback(True)
        said |= kind_of(answer)
    return said


def kind_of(answer):
    match answer.status_code:
        case HTTPStatus.FORBIDDEN:
            return {"refused"}
        case HTTPStatus.NOT_FOUND:
            return {"missing"}
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return set()
        case HTTPStatus.FOUND if answer["Location"].startswith(f"{reverse('accounts:sign-in')}?"):
            return {"sign in"}
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    return {"in"}


def test_the_walk_sees_what_is_not_as_written(world):
    assert meets(world, "visitor", reverse("directory:staff")) == {"sign in"}
    assert meets(world, "member", reverse("directory:staff")) == {"refused"}
    assert meets(world, "visitor", "/usaha/x-ABCDE") == {"missing"}
    assert meets(world, "data", reverse("directory:staff")) == {"in"}
