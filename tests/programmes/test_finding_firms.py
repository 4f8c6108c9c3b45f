"""A firm is found by its name where one is registered for a batch."""

import pytest
from django.urls import reverse

from ifn.directory.queries import firms_named
from ifn.programmes.models import Registration
from tests.factories.accounts import OfficerFactory, RegionalOfficerFactory
from tests.factories.directory import MOJOKERTO, SIDOARJO, profile, registered
from tests.factories.programmes import firm
from tests.programmes.asking import send, text, upcoming

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def asked(client, batch, **query):
    return client.get(reverse("programmes:register-firm", args=[batch.code]), query)


def test_by_a_part_of_the_name_or_by_number_within_ones_regions():
    one = firm("Sepatu Mojo", region=MOJOKERTO)
    other = firm("Sepatu Darjo", region=SIDOARJO)
    draft = registered(profile(name="Sepatu Arsip", region=MOJOKERTO), status="draft")

    assert firms_named("sepatu") == [draft, other, one]
    assert firms_named("  sepatu   mojo ") == [one]
    assert firms_named(one.public_number) == [one]
    assert firms_named("sepatu", [SIDOARJO]) == [other]
    assert firms_named("sepatu", most=1) == [draft]
    assert firms_named(" ") == []
    assert firms_named("sepatu", []) == []


def test_the_office_finds_chooses_and_registers(client):
    batch, business = upcoming(), firm("Sol Mantap")
    client.force_login(OfficerFactory(duties=["programme"]))

    shown = asked(client, batch, cari="mantap")
    assert f"?usaha={business.public_number}" in text(shown)
    chosen = asked(client, batch, usaha=business.public_number)
    number = chosen.context["form"]["number"].value()
    assert f'value="{business.public_number}"' in text(chosen)
    send(client, "register-firm", batch.code, number=number, name="Budi")

    assert Registration.objects.get().business == business


def test_a_dinas_finds_its_own_firms_only(client):
    batch = upcoming()
    firm("Sol Mojo", region=MOJOKERTO)
    firm("Sol Darjo", region=SIDOARJO)
    client.force_login(RegionalOfficerFactory(territory=[MOJOKERTO]))

    shown = text(asked(client, batch, cari="sol"))

    assert "Sol Mojo" in shown
    assert "Sol Darjo" not in shown
    nobody = text(asked(client, batch, cari="darjo"))
    assert "Tidak ada usaha dengan nama ini" in nobody
