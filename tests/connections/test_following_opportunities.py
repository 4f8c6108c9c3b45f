"""Searches of opportunities are followed as those of the directory: what opens since is told."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils.timezone import localdate, now

from ifn.connections import actions as posting
from ifn.connections.actions import following, looking
from ifn.connections.following import PAGES, Broken
from ifn.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import opened_today, owned

pytestmark = [pytest.mark.usefixtures("reference"), pytest.mark.django_db]
PAGE = PAGES["opportunities"]


def followed(query):
    person = UserFactory()
    search = PAGE.read(QueryDict(query))
    options = {"actor": person, "on": localdate(), "at": now()}
    return following.follow(person, "opportunities", search, **options)[0]


def look():
    later = now() + timedelta(days=1)
    looking.look(0, on=localdate(later), at=later)


def test_what_asks_the_same_is_one_search_with_a_name():
    one, other = (PAGE.read(QueryDict(f"{q}&produk=sneaker")) for q in ("q=Sol ", "urut=x&q=sol"))

    assert one.query == other.query == "q=sol&produk=sneaker"
    assert "sol" in one.name.lower()
    assert PAGE.read(QueryDict("")).name == "Semua peluang"


def test_what_opened_since_is_told_with_its_page_and_once():
    opened_today(*owned())
    follow = followed("produk=sneaker")
    new = opened_today(*owned())
    opened_today(*owned(), terms=(("product_type", "SANDAL"),))

    look()
    look()

    [notice] = Notice.objects.filter(person=follow.person)
    assert notice.items == [{"text": new.title_id, "address": f"/peluang/{new.number}"}]


def test_what_ended_meanwhile_is_not_named():
    follow = followed("produk=sneaker")
    business, owner = owned()
    gone = opened_today(business, owner)
    posting.withdraw(gone, reason="", actor=owner, at=now())

    look()

    assert not Notice.objects.filter(person=follow.person).exists()


def test_a_part_that_is_known_no_more_breaks_it():
    with pytest.raises(Broken):
        PAGE.find("produk=tidak-ada", localdate())


def test_the_button_stands_on_the_page(client):
    client.force_login(UserFactory())

    assert "/ikuti/peluang" in client.get("/peluang?produk=sneaker").content.decode()
    client.post("/ikuti/peluang?produk=sneaker")

    assert "Sneaker" in client.get("/saya/ikuti").content.decode()
