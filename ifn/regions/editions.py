"""Reference data kept in memory, and the row that tells every process when it is out of date.

A page asks for reference data many times and must not pay for it. Content is built once per
process and kept under the *stamp* it was built for. A stamp is a random word, new with every
change and stored in the database, so a transaction that rolls back brings its old stamp back and
nothing built in between can be mistaken for it.

Stamps of all rooms are read together: once in a request, and outside requests at most once in
``TRUSTED_FOR`` seconds. Inside a transaction outside a request every call reads them, because there
the writer must see its own changes: take the content once before a long loop.
"""

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.signals import request_finished, request_started
from django.db import connection, transaction

from ifn.regions.models import Edition

#: Seconds for which stamps read outside a request are believed.
TRUSTED_FOR = 1.0

Content = TypeVar("Content")


class _Thread(threading.local):
    in_request = False
    stamps: Mapping[str, str] | None = None


_thread = _Thread()
_shared: tuple[float, Mapping[str, str]] = (float("-inf"), {})


class Kept(Generic[Content]):
    """Content built from the database and rebuilt when its edition changes."""

    def __init__(self, name: str, build: Callable[[], Content]) -> None:
        self.name = name
        self.build = build
        self._kept: tuple[str, Content] | None = None

    def __call__(self) -> Content:
        """Return the content as of the newest edition this thread may trust."""
        stamp = _stamps().get(self.name)
        if stamp is None:  # nothing was ever loaded; the next call may find something
            return self.build()
        kept = self._kept
        if kept is None or kept[0] != stamp:
            kept = self._kept = (stamp, self.build())
        return kept[1]

    def edition(self) -> str:
        """Return what tells one state of the content from another, the same in every process."""
        return _stamps().get(self.name, "")


def renew(name: str, *, at: datetime) -> Edition:
    """Mark the content of that name as changed; call it in the transaction of the change."""
    edition, _ = Edition.objects.update_or_create(
        name=name, defaults={"stamp": secrets.token_hex(8), "changed_at": at}
    )
    _believe_nothing()
    # Another thread may read the old stamp again before this transaction ends.
    transaction.on_commit(_believe_nothing)
    return edition


def _believe_nothing() -> None:
    global _shared  # noqa: PLW0603
    # For the rest of this request every call reads: its transaction may yet be rolled back.
    _thread.in_request, _thread.stamps = False, None
    _shared = (float("-inf"), {})


def _stamps() -> Mapping[str, str]:
    global _shared  # noqa: PLW0603
    if _thread.in_request and _thread.stamps is not None:
        return _thread.stamps
    in_transaction = connection.in_atomic_block
    read_at, stamps = _shared
    if in_transaction or time.monotonic() - read_at > TRUSTED_FOR:
        stamps = dict(Edition.objects.values_list("name", "stamp"))
        if not in_transaction:  # others must not see what may yet be rolled back
            _shared = (time.monotonic(), stamps)
    _thread.stamps = stamps if _thread.in_request else None
    return stamps


def _request_starts(**_signal: Any) -> None:
    _thread.in_request, _thread.stamps = True, None


def _request_ends(**_signal: Any) -> None:
    _thread.in_request, _thread.stamps = False, None


# Django announces requests only this way; nothing of the domain hangs on it.
request_started.connect(_request_starts, dispatch_uid="ifn.regions.editions")
request_finished.connect(_request_ends, dispatch_uid="ifn.regions.editions")
