"""Rows of tabs: the office's lists, a person's own lists, the parts of a project."""

from collections.abc import Iterable
from typing import TypedDict

from django.utils.translation import gettext as _

from ifn.ui.addresses import address_of, address_with


class Tab(TypedDict):
    """A page beside others."""

    href: str
    title: str
    current: bool


def of_office(here: str) -> list[Tab]:
    """Return the office's lists, ``here`` being the name of the one that is open."""
    return row(
        [
            ("desk", _("Calls for partners")),
            ("desk-projects", _("Projects")),
            ("impact-in-sum", _("Impact")),
        ],
        here,
    )


def of_person(here: str) -> list[Tab]:
    """Return a person's own lists, ``here`` being the name of the one that is open."""
    return row([("own-projects", _("Projects")), ("own-calls", _("Calls and applications"))], here)


def row(names: Iterable[tuple[str, str]], here: str, of: str = "") -> list[Tab]:
    """Return addresses of this room as tabs, by names and titles; ``of`` one thing, if any."""
    return [
        {
            "href": _address(name, of),
            "title": title,
            "current": name == here,
        }
        for name, title in names
    ]


def _address(name: str, of: str) -> str:
    name = f"collaboration:{name}"
    return address_with(name, of) if of else address_of(name)
