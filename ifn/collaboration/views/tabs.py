"""Rows of tabs: the office's lists, a person's own lists, the parts of a project."""

from collections.abc import Iterable
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _


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


def row(names: Iterable[tuple[str, str]], here: str, *args: str) -> list[Tab]:
    """Return addresses of this room as tabs, by their names and titles."""
    return [
        {
            "href": reverse(f"collaboration:{name}", args=args),
            "title": title,
            "current": name == here,
        }
        for name, title in names
    ]
