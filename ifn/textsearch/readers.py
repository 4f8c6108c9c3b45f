"""Keep each process's picture of a collection equal to what the database has.

Before each search one statement asks for the collection's row and every document changed since;
one statement sees one state of the database, so the picture is always a state that was.

Outside a transaction the database shows committed states only, and a picture of one may be
brought up to date by what changed since. Inside a transaction a reader may see its own writes,
which may be rolled back: such a picture is kept apart, and used again only while the token is the
same, for a token is random, new with each write, and so names one state and no other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock, RLock
from typing import NamedTuple

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ifn.textsearch.live import Change, Live
from ifn.textsearch.segment import META, TABLES, Segment

HEAD_AND_CHANGES = """
    SELECT c.id, c.epoch, c.sequence, c.token, c.generation, c.generation_token,
           c.compacted_sequence, d.ordinal, d.key, d.is_removed, d.length, d.content
    FROM textsearch_collection c
    LEFT JOIN textsearch_document d ON d.collection_id = c.id AND d.sequence > %s
    WHERE c.name = %s
"""
NO_CHANGES = 2**63 - 1
#: Compactions that may finish while a process opens one generation, before it gives up.
TRIES = 5


class GenerationGone(Exception):  # noqa: N818
    """Two compactions finished while one search was running; asking again helps."""


class Head(NamedTuple):
    """The collection's row."""

    id: int
    epoch: int
    sequence: int
    token: int
    generation: int
    generation_token: int
    compacted_sequence: int

    def follows(self, earlier: "Head") -> bool:
        """Say whether committed changes alone lead here from an earlier committed state."""
        if self.epoch != earlier.epoch or self.generation_token != earlier.generation_token:
            return False
        if self.sequence == earlier.sequence:
            return self.token == earlier.token
        return self.sequence > earlier.sequence


@dataclass(slots=True)
class Picture:
    """A collection as it was at one moment."""

    head: Head
    live: Live

    @property
    def state(self) -> tuple[int, int]:
        """Return what names this state of the collection and no other."""
        return self.head.epoch, self.head.token


def ask(connection: BaseDatabaseWrapper, name: str, after: int) -> tuple[Head | None, list[Change]]:
    """Return the collection's row, if there is one, and the documents changed after a number."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD_AND_CHANGES, [after, name])
        rows = cursor.fetchall()
    if not rows:
        return None, []
    changes = [
        Change(ordinal, key, bool(removed), length, bytes(content))
        for *_, ordinal, key, removed, length, content in rows
        if ordinal is not None
    ]
    return Head(*rows[0][: len(Head._fields)]), changes


def fetch(using: str, head: Head, terms: list[str]) -> dict[str, bytes]:
    """Return the bodies of the terms that a generation has.

    Raises:
        GenerationGone: Compaction has deleted the generation.

    """
    marks = ", ".join(["%s"] * (len(terms) + 1))
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT term, body FROM textsearch_posting "  # noqa: S608  # marks only
            f"WHERE collection_id = %s AND generation = %s AND term IN ({marks})",
            [head.id, head.generation, META, *terms],
        )
        found = {term: bytes(body) for term, body in cursor.fetchall()}
    if META not in found:
        raise GenerationGone
    return found


def open_generation(using: str, head: Head) -> Live:
    """Return the generation that the collection's row names.

    Raises:
        GenerationGone: Compaction has deleted it meanwhile.

    """
    if not head.generation:
        return Live(Segment.empty(), lambda _: {})
    tables = fetch(using, head, list(TABLES))
    return Live(Segment.opened(tables), lambda terms: fetch(using, head, terms))


def paint(using: str, name: str) -> Picture | None:
    """Return a new picture, or nothing when there is no such collection.

    Raises:
        GenerationGone: Compactions finished faster than a generation can be opened.

    """
    for _ in range(TRIES):
        head, _ = ask(connections[using], name, NO_CHANGES)
        if head is None:
            return None
        try:
            live = open_generation(using, head)
        except GenerationGone:
            continue
        newer, changes = ask(connections[using], name, head.compacted_sequence)
        if newer and (newer.epoch, newer.generation_token) == (head.epoch, head.generation_token):
            live.apply(changes)
            return Picture(newer, live)
    raise GenerationGone


class Reader:
    """One process's pictures of one collection; the lock is held while one is searched."""

    def __init__(self, using: str, name: str) -> None:
        self.using, self.name = using, name
        self.lock = RLock()
        self.committed: Picture | None = None
        self.own: Picture | None = None

    def picture(self, as_of: tuple[int, int] | None = None) -> Picture | None:
        """Return a picture that is equal to what the database shows this connection now.

        Or to what it showed when it told this connection the state ``as_of``, if that is at hand.
        """
        connection = connections[self.using]
        for known in (self.committed, self.own):
            if as_of and known and known.state == as_of:
                return known
        after = self.committed.head.sequence if self.committed else NO_CHANGES
        if connection.in_atomic_block:
            head, _ = ask(connection, self.name, NO_CHANGES)
            return self.inside_transaction(head)
        head, changes = ask(connection, self.name, after)
        if head is None or self.committed is None or not head.follows(self.committed.head):
            self.committed = paint(self.using, self.name) if head else None
        elif changes:
            self.committed.live.apply(changes)
            self.committed.head = head
        return self.committed

    def inside_transaction(self, head: Head | None) -> Picture | None:
        """Return the picture of exactly this state."""
        if head is None:
            return None
        for known in (self.committed, self.own):
            if known and known.state == (head.epoch, head.token):
                return known
        self.own = paint(self.using, self.name)
        return self.own


readers: dict[tuple[str, str], Reader] = {}
guard = Lock()


@contextmanager
def reading(
    name: str, using: str, as_of: tuple[int, int] | None = None
) -> Iterator[Picture | None]:
    """Hold a collection still as it is now; nothing when it does not exist."""
    with guard:
        reader = readers.setdefault((using, name), Reader(using, name))
    with reader.lock:
        yield reader.picture(as_of)
