"""Pages kept as written while nothing they show has changed.

A profile is read many times between two changes. Its page is kept for visitors who are not signed
in, together with the state of everything it was made from; it is sent again only while that state
is still the one in the database, so what was saved or hidden shows at once.
"""

import threading
from collections import OrderedDict
from datetime import date
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import localdate

from ifn.directory.listings import COLLECTION
from ifn.regions.queries import Regions, all_regions
from ifn.textsearch.queries import state
from ifn.ui.context import THEMES
from ifn.vocabulary.queries import Lexicon, lexicon

#: Pages kept in one process; at some 17 kB each they take 9 MB.
MOST: Final = 500

Key = tuple[str, str]
#: That of the index first, then the words, the regions and the day.
State = tuple[tuple[int, int], Lexicon, Regions, date]


class KeptPages:
    """The pages used last, each with the state it was made from; shared by threads."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Key, tuple[State, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def __contains__(self, key: object) -> bool:
        """Say whether a page is kept, made from whatever state."""
        return key in self._pages

    def get(self, key: Key, now: State) -> bytes | None:
        """Return a page made from this very state, or nothing."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is None or kept[0] != now:
                return None
            self._pages.move_to_end(key)
            return kept[1]

    def put(self, key: Key, made_from: State, page: bytes) -> None:
        """Keep a page; the one used longest ago makes room."""
        with self._lock:
            self._pages[key] = (made_from, page)
            self._pages.move_to_end(key)
            if len(self._pages) > MOST:
                self._pages.popitem(last=False)


def key_of(request: HttpRequest) -> Key | None:
    """Return what tells one visitor's page from another's; None where it is for one person only."""
    if request.META.get("QUERY_STRING") or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    if request.method != "GET" or "CSRF_COOKIE" in request.META:
        return None
    if "messages" in request.COOKIES:
        return None
    theme = request.COOKIES.get("theme", "")
    return request.path, theme if theme in THEMES else ""


def state_of_profiles(index: tuple[int, int] | None = None) -> State:
    """Return what changes with any listed profile, any word or region, and with the day.

    ``index`` is the state of the search index where that was asked for already.
    """
    return index or state(COLLECTION) or (0, 0), lexicon(), all_regions(), localdate()
