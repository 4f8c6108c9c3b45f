"""Words that mean the same, given by the caller: one word or several, in any language. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

from ifn.textsearch.analysis import stem, words_of
from ifn.textsearch.stopwords import Language

#: What a synonym counts against the word itself.
SYNONYM_WEIGHT = 0.8
LANGUAGES: tuple[Language, Language] = ("id", "en")
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Phrases by the stems of their words, each with the phrases that may stand for it."""

    meanings: dict[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    longest: int = 0

    @classmethod
    def of(cls, concepts: Iterable[Iterable[str]]) -> Self:
        """Make a thesaurus from sets of texts that mean the same."""
        meanings: dict[Phrase, dict[Phrase, None]] = {}
        words: set[str] = set()
        for concept in concepts:
            phrases = [phrase for text in concept if (phrase := tuple(words_of(text)))]
            words.update(word for phrase in phrases for word in phrase)
            for phrase in phrases:
                for key in keys_of(phrase):
                    meanings.setdefault(key, {}).update(dict.fromkeys(phrases))
        return cls(
            {key: tuple(found) for key, found in meanings.items()},
            frozenset(words),
            max(map(len, meanings), default=0),
        )

    def at(self, words: Sequence[str], start: int) -> tuple[int, tuple[Phrase, ...]]:
        """Return how many words from start on are the longest known phrase, and its synonyms."""
        for length in range(min(self.longest, len(words) - start), 0, -1):
            phrase = tuple(words[start : start + length])
            for key in keys_of(phrase):
                if key in self.meanings:
                    return length, tuple(other for other in self.meanings[key] if other != phrase)
        return 1, ()


def keys_of(phrase: Phrase) -> tuple[Phrase, ...]:
    """Return the stems of a phrase's words in either language."""
    return tuple(tuple(stem(word, language) for word in phrase) for language in LANGUAGES)
