"""A field of all firms, kept in the process: laid out once a day, followed in between.

Laying out a hundred thousand firms takes a minute. What changed since is read from the directory's
index, which numbers every change: a few changed firms are compared one by one beside the field, and
only when they are many is it laid out anew.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings

from ifn.connections.matches.firms import firms, leads_since, listed_keys
from ifn.connections.matching.facts import Firm, Ground, Match, Need
from ifn.connections.matching.fairness import mark
from ifn.connections.matching.field import LIMIT, Field, Nearly
from ifn.connections.matching.reading import VOCABULARIES, climbed
from ifn.connections.matching.scoring import match
from ifn.directory.freshness import months_before
from ifn.directory.listings import COLLECTION
from ifn.directory.models import Business
from ifn.textsearch.queries import changed_since, last_change, state
from ifn.vocabulary.queries import Lexicon, lexicon

#: A field of fewer firms is laid out anew with every change.
SMALL: Final = 2_000
#: With more changed firms than this the field is laid out anew.
MOST_CHANGED: Final = 500
#: How many firms that nearly fit are told.
NEARLY: Final = 5


@dataclass(frozen=True, slots=True)
class _Laid:
    field: Field
    words: Lexicon
    today: date
    #: What names the state of the directory's index, and the number of its last change.
    state: tuple[int, int] | None
    change: int


#: By whether the firms are invented; those never meet the others.
_laid: dict[bool, _Laid] = {}


@dataclass(frozen=True, slots=True)
class Ready:
    """A field, and the firms that changed since it was laid out."""

    field: Field
    gone: frozenset[int] = frozenset()
    changed: tuple[Firm, ...] = ()

    def matches(self, need: Need, limit: int = LIMIT) -> list[Match]:
        """Return the firms that fit a need, the best first."""
        found = self.field.matches(need, limit + min(len(self.gone), limit))
        found = [one for one in found if one.firm not in self.gone]
        ground = self.field.ground
        found += [one for firm in self.changed if (one := match(need, firm, ground))]
        if self.changed:
            found.sort(key=lambda one: (-one.score, mark(one.firm)))
        return found[:limit]

    def nearly(self, need: Need, limit: int = NEARLY) -> list[Nearly]:
        """Return the best of those whom a single condition keeps away, as the field knew them."""
        found = self.field.nearly(need, limit + len(self.gone))
        return [one for one in found if one.firm not in self.gone][:limit]


def ready(*, is_demo: bool, today: date, at: datetime, whole: bool = False) -> Ready:
    """Return the field of a day with what changed since it was laid out.

    ``whole`` lays it out anew where anything changed, for work over all of it.
    """
    kept, now, words = _laid.get(is_demo), state(COLLECTION), lexicon()
    if kept is None or kept.today != today or kept.words is not words:
        return Ready(_lay_out(words, is_demo=is_demo, today=today, at=at))
    if kept.state == now:
        return Ready(kept.field)
    is_same_index = kept.state is not None and now is not None and kept.state[0] == now[0]
    keys = changed_since(COLLECTION, kept.change) if is_same_index else []
    most = 0 if whole or len(kept.field) < SMALL else MOST_CHANGED
    if not is_same_index or len(keys) > most:
        return Ready(_lay_out(words, is_demo=is_demo, today=today, at=at))
    own = Business.objects.filter(pk__in=keys, is_demo=is_demo).values_list("pk", flat=True)
    newer = firms(own.order_by("pk"), words, leads_since(at), today=today)
    return Ready(kept.field, frozenset(keys), tuple(newer))


def _lay_out(words: Lexicon, *, is_demo: bool, today: date, at: datetime) -> Field:
    now = state(COLLECTION)
    change = last_change(COLLECTION)
    known = firms(listed_keys(is_demo=is_demo), words, leads_since(at), today=today)
    field = Field(known, ground_of(words, today), learns=True)
    _laid[is_demo] = _Laid(field, words, today, now, change)
    return field


def ground_of(words: Lexicon, today: date) -> Ground:
    """Return what needs and firms are seen against on a day, as this installation has set it."""
    ancestors = {
        group: climbed({word.code: word.parent for word in words.of(vocabulary)})
        for group, vocabulary in VOCABULARIES.items()
    }
    dormant = (today - months_before(today, settings.DORMANT_MONTHS)).days
    return Ground(today, ancestors, dormant_days=dormant)
