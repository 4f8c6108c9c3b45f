"""Rooms of addresses pass over what cannot be theirs, and find what is."""

import pytest
from django.urls import Resolver404, include, path, resolve
from django.urls.resolvers import RoutePattern

from ifn.routing import Room, room


def view(_request, **_values):
    raise NotImplementedError


def made(*patterns):
    return Room(RoutePattern("", is_endpoint=False), list(patterns))


def test_an_address_is_found_by_its_beginning_and_the_root_by_nothing():
    found = made(path("", view), path("usaha/<slug:slug>", view), path("peluang", view))

    assert found.begins == ("peluang", "usaha/")
    assert found.resolve("").func is view
    assert found.resolve("usaha/sol").kwargs == {"slug": "sol"}


def test_what_begins_otherwise_is_not_looked_for(monkeypatch):
    found = made(path("peluang", view))
    monkeypatch.setattr("django.urls.resolvers.URLPattern.resolve", None)

    with pytest.raises(Resolver404):
        found.resolve("direktori")


def test_an_address_that_begins_with_a_value_is_always_looked_at():
    found = made(path("<slug:any>", view), path("peluang", view))

    assert found.resolve("apa-saja").kwargs == {"any": "apa-saja"}


def test_what_is_included_at_the_root_is_always_looked_at():
    found = made(path("", include([path("kabar", view)])), path("peluang", view))

    assert found.resolve("kabar").func is view


def test_names_lead_to_addresses_and_back():
    assert room("ifn.notices.urls").namespace == "notices"
    assert resolve("/pemberitahuan").view_name == "notices:list"
