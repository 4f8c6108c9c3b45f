"""How many notices wait, for the head of a page; asked only where there is one."""

from collections.abc import Callable

from django.http import HttpRequest

from ifn.accounts.models import User
from ifn.notices.queries import unread_count


def unread(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """Give every template ``unread_notices``; it costs a query when called for somebody known."""

    def counted() -> int:
        user = getattr(request, "user", None)
        return unread_count(user) if isinstance(user, User) else 0

    return {"unread_notices": counted}
