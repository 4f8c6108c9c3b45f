"""From the typed text to groups of words: cut, correct, add synonyms."""

from dataclasses import dataclass

from ifn.textsearch.analysis import ALL_STOP_WORDS, terms_of, words_of
from ifn.textsearch.asking import Correction, Query
from ifn.textsearch.live import Live
from ifn.textsearch.matching import Alternative, Group, Matcher
from ifn.textsearch.spelling import corrections_of, is_correctable
from ifn.textsearch.thesaurus import SYNONYM_WEIGHT, Thesaurus

#: Different words of a question beyond this many are not searched for.
MOST_WORDS = 64


@dataclass(frozen=True, slots=True)
class Understood:
    """What is searched for."""

    groups: tuple[Group, ...]
    corrections: tuple[Correction, ...]
    ignored: int


def understand(query: Query, live: Live, matcher: Matcher) -> Understood:
    """Turn a question's text into groups, each of which a document should hold."""
    words = list(dict.fromkeys(words_of(query.text)))
    words = [word for word in words if word not in ALL_STOP_WORDS] or words
    ignored = max(0, len(words) - MOST_WORDS)
    words = words[:MOST_WORDS]
    matcher.fetch([term for word in words for term in terms_of(word)])
    corrected: dict[str, tuple[Alternative, ...]] = {}
    if query.correct:
        corrected = correct(words, query.thesaurus, live, matcher)
    groups = grouped(
        [corrected.get(word, (Alternative((word,), 1.0),)) for word in words],
        words,
        query.thesaurus,
    )
    corrections = tuple(
        Correction(word, tuple(" ".join(found.words) for found in alternatives))
        for word, alternatives in corrected.items()
    )
    return Understood(groups, corrections, ignored)


def correct(
    words: list[str], thesaurus: Thesaurus, live: Live, matcher: Matcher
) -> dict[str, tuple[Alternative, ...]]:
    """Return what to search for instead of words that no document has."""
    found = {}
    for word in words:
        known = len(matcher.word(word).ordinals) or word in thesaurus.words
        if not known and is_correctable(word):
            alternatives = corrections_of(word, live.neighbours)
            if alternatives:
                found[word] = alternatives
    return found


def grouped(
    readings: list[tuple[Alternative, ...]], words: list[str], thesaurus: Thesaurus
) -> tuple[Group, ...]:
    """Add synonyms; several words that are one trade word become one group."""
    best = [reading[0].words[0] if len(reading[0].words) == 1 else "" for reading in readings]
    groups = []
    at = 0
    while at < len(words):
        length, synonyms = thesaurus.at(best, at)
        own = readings[at] if length == 1 else (Alternative(tuple(best[at : at + length]), 1.0),)
        groups.append(
            Group(
                " ".join(words[at : at + length]),
                (*own, *(Alternative(phrase, SYNONYM_WEIGHT) for phrase in synonyms)),
            )
        )
        at += length
    return tuple(groups)
