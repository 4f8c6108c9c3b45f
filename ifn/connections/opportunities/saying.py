"""Stored matches in the words of whoever reads them."""

from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import get_language

from ifn.connections.matching.facts import Exclusion, Match, Reason, Value
from ifn.connections.matching.wording import UNMET_BELOW, Names, excluded, reasons, said
from ifn.connections.models import Match as StoredMatch
from ifn.connections.opportunities.particulars import VOCABULARY_OF
from ifn.vocabulary.queries import Lexicon

_DAY: Final = "day:"
#: What is asked for and a firm has; the other reasons speak to whoever asks.
_SHARED: Final = frozenset(
    {
        *("role", "products", "materials", "constructions", "processes", "machines"),
        *("certificates", "distance", "job_order", "exports", "languages"),
    }
)
#: So many reasons are told in a digest, the heaviest.
MOST_TOLD: Final = 3


def kept(values: tuple[Value, ...]) -> list[Any]:
    """Return values as JSON has them; days are marked, to be days again."""
    return [f"{_DAY}{one.isoformat()}" if isinstance(one, date) else one for one in values]


def _read(values: list[Any]) -> tuple[Value, ...]:
    return tuple(
        date.fromisoformat(one.removeprefix(_DAY))
        if isinstance(one, str) and one.startswith(_DAY)
        else one
        for one in values
    )


def names_of(words: Lexicon) -> Names:
    """Return the names of all terms that reasons speak of, in the reader's language."""
    return _names(words, get_language() or "")


@lru_cache(maxsize=4)
def _names(words: Lexicon, _language: str) -> Names:
    """Return the names; they are the same as long as the words are, in one language."""
    return Names(
        {
            word.code: word.name
            for vocabulary in VOCABULARY_OF.values()
            for word in words.of(vocabulary)
        }
    )


def reasons_of(match: StoredMatch, names: Names) -> list[str]:
    """Return every reason of a match in words, with its points."""
    told = tuple(
        Reason(code, share, weight, _read(values)) for code, share, weight, values in match.reasons
    )
    return reasons(Match(match.opportunity_id, match.business_id, match.score, told), names)


def hindrance_of(match: StoredMatch, names: Names) -> str:
    """Return the one condition that keeps a business away, in words."""
    code, values = match.hindrance or ("", [])
    return excluded(Exclusion(code, _read(values)), names)


def why(match: StoredMatch, names: Names) -> str:
    """Return in a few words, for the firm itself, why an opportunity fits it."""
    told = [
        said(Reason(code, share, weight, _read(values)), names)
        for code, share, weight, values in match.reasons
        if code in _SHARED and share is not None and share >= UNMET_BELOW
    ]
    return "; ".join([text for text in told if text][:MOST_TOLD])
