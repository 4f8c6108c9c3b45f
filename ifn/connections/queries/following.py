"""What people follow, and what a search finds today."""

from datetime import date

from pyroaring import BitMap

from ifn.accounts.models import User
from ifn.connections.following import PAGES, Search
from ifn.connections.models import Follow
from ifn.connections.models.following import FollowQuerySet


def follows_of(person: User) -> FollowQuerySet:
    """Return what a person follows by name; without what was found, which no page shows."""
    return Follow.objects.filter(person=person).defer("known").order_by("name", "pk")


def followed_as(person: User, page: str, search: Search) -> Follow | None:
    """Return as what a person follows a search; nothing where they do not."""
    return follows_of(person).filter(page=page, query=search.query).first()


def matching(page: str, query: str, on: date) -> BitMap:
    """Return the keys of all that a search finds on a day.

    Raises:
        Broken: It can no longer be asked as it was.

    """
    return BitMap(PAGES[page].find(query, on))
