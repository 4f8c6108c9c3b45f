"""Turn text into index terms: normalise, cut into words, drop function words, stem. Pure.

A term is a stem with a letter in front that says whose stem it is: ``i`` Indonesian, ``e``
English. Text in a known language is indexed once, in that language; text without one (a name)
under both, so that a question, whose language nobody knows, finds either by asking for both.
"""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from ifn.textsearch.stopwords import STOP_WORDS, Language

#: Weighted frequencies are whole numbers of eighths; one byte holds up to 31 occurrences.
STEP = 8
MOST_FREQUENCY = 255
#: Longer runs of letters are cut: no word is longer, and a column has its bound.
LONGEST_WORD = 40
#: A document's words beyond this many are not indexed.
LONGEST_TEXT = 50_000
#: Letters of a text that is likely to come again in another document; it has no more words.
SHORT_TEXT = 400

STEMMERS: dict[Language, str] = {"id": "indonesian", "en": "english"}
PREFIXES: dict[Language, str] = {"id": "i", "en": "e"}

INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ud800-\udfff]"
)
POSSESSIVE = re.compile("['\u2019]s\\b")
WORD = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+|[^\W\d_]+(?:\d+)?|[^\W_]+")
local = threading.local()


@dataclass(frozen=True, slots=True)
class Field:
    """A piece of a document's text; a name is also found by how its words begin."""

    text: str
    language: Language | None = None
    weight: float = 1.0
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the index keeps of a document's text.

    Frequencies are in eighths of an occurrence, capped at 255; ``length`` is their sum without
    function words, counted once where a text is indexed under both languages.
    """

    frequencies: dict[str, int]
    length: int
    words: tuple[str, ...]
    names: tuple[str, ...]


def normalise(text: str) -> str:
    """Fold what looks the same into one spelling: case, width, accents, invisible characters."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)))
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in text if not unicodedata.combining(mark))


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text, normalised; 1.000 and 1,000 come out as 1000."""
    found = WORD.findall(POSSESSIVE.sub("", normalise(text)))
    return [
        (word if word.isalpha() else word.replace(".", "").replace(",", ""))[:LONGEST_WORD]
        for word in found
    ]


def stem(word: str, language: Language) -> str:
    """Return the index term of a normalised word in one language."""
    return cached_stem(word, language)


@lru_cache(maxsize=60_000)
def cached_stem(word: str, language: Language) -> str:
    if not hasattr(local, "stemmers"):
        # A stemmer keeps the word it works on, so threads must not share one.
        local.stemmers = {code: snowballstemmer.stemmer(name) for code, name in STEMMERS.items()}
    if not word.isalpha():
        return PREFIXES[language] + word
    found: str = local.stemmers[language].stemWord(word)
    return PREFIXES[language] + found


def terms_of(word: str) -> tuple[str, ...]:
    """Return the terms under which a word of unknown language may be indexed."""
    return (stem(word, "id"), stem(word, "en"))


class Reading(NamedTuple):
    """A field's text: its different words, how many there are, and how often each term occurs."""

    words: tuple[str, ...]
    number: int
    #: Without function words.
    meaning: int
    terms: tuple[tuple[str, int], ...]


def reading(text: str, language: Language | None, most: int) -> Reading:
    """Read at most so many words of a text, in one language or under both."""
    languages: tuple[Language, ...] = (language,) if language else ("id", "en")
    stop = STOP_WORDS[language] if language else frozenset[str]()
    words = Counter(words_of(text)[:most])
    terms: dict[str, int] = {}
    for word, times in words.items():
        for one in languages:
            term = cached_stem(word, one)
            terms[term] = terms.get(term, 0) + times
    meaning = sum(times for word, times in words.items() if word not in stop)
    return Reading(tuple(words), words.total(), meaning, tuple(terms.items()))


#: Names and synonyms from lists of terms stand in thousands of documents.
kept_reading = lru_cache(maxsize=4096)(reading)


def analyse_fields(fields: Iterable[Field]) -> Analysis:
    """Analyse a document's text."""
    weights: dict[str, float] = {}
    words: dict[str, None] = {}
    names: dict[str, None] = {}
    length = 0.0
    left = LONGEST_TEXT
    for field in fields:
        is_short = len(field.text) <= SHORT_TEXT <= left
        read = kept_reading if is_short else reading
        found = read(field.text, field.language, SHORT_TEXT if is_short else left)
        left -= found.number
        words |= dict.fromkeys(found.words)
        if field.is_name:
            names |= dict.fromkeys(found.words)
        weight = field.weight
        length += weight * found.meaning
        for term, times in found.terms:
            weights[term] = weights.get(term, 0.0) + weight * times
    frequencies = {term: round(weight * STEP) or 1 for term, weight in weights.items()}
    for term, frequency in frequencies.items():
        if frequency > MOST_FREQUENCY:
            frequencies[term] = MOST_FREQUENCY
    return Analysis(frequencies, round(length * STEP), tuple(words), tuple(names))
