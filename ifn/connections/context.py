"""What every template may ask about following: it knows it also of pages of rooms further down."""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest

from ifn.accounts.models import User
from ifn.connections.following import PAGES
from ifn.connections.models import Follow
from ifn.connections.queries.following import followed_as

#: Which kind of page an address shows.
_KINDS = {page.view: kind for kind, page in PAGES.items()}


def followed(request: HttpRequest) -> dict[str, Callable[[], Follow | None]]:
    """Give every template ``followed``: whether whoever reads follows the search of this page.

    It costs one query when called for somebody known on a page that can be followed.
    """

    @cache
    def found() -> Follow | None:
        user, match = getattr(request, "user", None), request.resolver_match
        kind = _KINDS.get(match.view_name) if match else None
        if kind is None or not isinstance(user, User):
            return None
        return followed_as(user, kind, PAGES[kind].read(request.GET))

    return {"followed": found}
