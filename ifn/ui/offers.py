"""What rooms offer beside a thing of another room that does not know them.

A page says where something may be offered, with the tag ``offers``; a room above says what, when it
is made ready. So an enquiry's page leads to what can become of it without knowing what that is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import HttpRequest


class Way(NamedTuple):
    """One way on: what it says, and where it leads."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Ways on that belong together, under a heading."""

    title: str
    ways: tuple[Way, ...]


#: Given who asks and the thing of the page, returns what is offered to them; nothing else.
Offering = Callable[[HttpRequest, Any], Offer | None]
_offerings: dict[str, list[Offering]] = {}


def register(place: str, offering: Offering) -> None:
    """Let something be offered at a place; once, however often it is said."""
    there = _offerings.setdefault(place, [])
    if offering not in there:
        there.append(offering)


def offered(place: str, request: HttpRequest, thing: Any) -> list[Offer]:
    """Return what is offered to who asks, beside this thing."""
    found = (offering(request, thing) for offering in _offerings.get(place, ()))
    return [one for one in found if one and one.ways]
