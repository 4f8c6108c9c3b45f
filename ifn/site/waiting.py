"""What waits for a person in any room, in one question.

A room that was asked by itself would cost as much as all of them, and mostly has nothing. So each
writes its part of the question: what it is, a key, four texts and a day or a moment, so many rows
as a person is shown. A part may refer to ``firm``, the firms for which the person may act.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import connection
from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.collaboration.queries import waiting as collaboration
from ifn.connections.enquiring.askers import key_of_person
from ifn.connections.queries import waiting as connections
from ifn.directory import waiting as directory
from ifn.directory.prepared import moment
from ifn.privacy import waiting as privacy
from ifn.programmes.queries import pending
from ifn.site.todo import MOST

#: How far ahead an end is told, and how long after it.
AHEAD: Final = timedelta(days=30)
#: What is open is renewed within its last week.
SOON_OVER: Final = timedelta(days=7)
#: A day is written with so many signs.
_DAY: Final = 10
_PARTS: Final = (
    *connections.PARTS,
    *directory.PARTS,
    privacy.REQUESTS,
    *collaboration.PARTS,
    pending.HAS_REGISTERED,
)
_SQL: Final = directory.FIRMS + "UNION ALL".join(
    f"\nSELECT * FROM ({part}) AS part\n"  # parts are constants
    for part in _PARTS
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits, as its room wrote it."""

    kind: str
    pk: int
    a: str
    b: str
    c: str
    d: str
    at: str

    @property
    def on(self) -> date:
        """Return its day, here."""
        return date.fromisoformat(self.at) if len(self.at) == _DAY else localdate(moment(self.at))


def waiting_for(person: User, today: date) -> Mapping[str, Sequence[Waiting]]:
    """Return what waits for a person by kind, what presses most first; one query."""
    asked: dict[str, int | str | date] = {
        "person": person.pk,
        "asker": key_of_person(person.pk),
        "most": MOST,
        "ends_from": today - AHEAD,
        "ends_until": today + AHEAD,
        "renew_until": today + SOON_OVER,
    }
    found = defaultdict[str, list[Waiting]](list)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, asked)
        for row in cursor.fetchall():
            found[row[0]].append(Waiting(*row))
    return found
