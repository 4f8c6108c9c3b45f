"""Rooms of addresses: those whose addresses begin otherwise are passed over without a look."""

from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, include
from django.urls.exceptions import Resolver404
from django.urls.resolvers import RoutePattern


class Room(URLResolver):
    """The addresses of one room, which stand at the root; Django would try each of them in turn."""

    def resolve(self, path: Any) -> Any:
        """Return what an address of this room leads to.

        Raises:
            Resolver404: It is none of this room.

        """
        if path and self.begins and not str(path).startswith(self.begins):
            raise Resolver404({"tried": [], "path": path})
        return super().resolve(path)

    @cached_property
    def begins(self) -> tuple[str, ...]:
        """Return with what its addresses begin, up to the first value; nothing where with any."""
        several = self.url_patterns
        root = {one for one in several if isinstance(one, URLPattern) and not str(one.pattern)}
        found = {_beginning(one) for one in several if one not in root}
        return () if "" in found else tuple(sorted(found))


def room(urls: str) -> Room:
    """Return the addresses of a module of addresses, at the root."""
    module, app, namespace = include(urls)
    return Room(RoutePattern("", is_endpoint=False), module, app_name=app, namespace=namespace)


def _beginning(one: URLPattern | URLResolver) -> str:
    return str(one.pattern).partition("<")[0]
