"""The vocabulary in memory: names, kinship and every word that leads to a term."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from django.utils.translation import get_language

from ifn.regions.editions import Kept
from ifn.vocabulary.models import Synonym, Term, Vocabulary

_POSITION: Final = attrgetter("position")
#: What identifies a term everywhere: ``("product_type", "SNEAKER")``.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Word:
    """A term as a plain value; ``parent`` is a code, ``region`` the code of a cluster's region."""

    pk: int
    vocabulary: str
    code: str
    name_id: str
    name_en: str
    parent: str
    position: int
    is_active: bool
    region: str
    synonyms_id: tuple[str, ...]
    synonyms_en: tuple[str, ...]

    @property
    def key(self) -> Key:
        """Return vocabulary and code."""
        return self.vocabulary, self.code

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        return self.name_in(get_language() or "id")

    def name_in(self, language: str) -> str:
        """Return the name in a language; all but English read Indonesian."""
        return self.name_en if language == "en" else self.name_id


class Lexicon:
    """All terms, ordered as in their lists. Terms out of use are found by key and not listed."""

    def __init__(self, words: Iterable[Word]) -> None:
        order = {vocabulary: place for place, vocabulary in enumerate(Vocabulary.values)}
        #: Every term, also those out of use.
        self.words: tuple[Word, ...] = tuple(
            sorted(words, key=lambda word: (order.get(word.vocabulary, 99), word.position, word.pk))
        )
        self._by_key = {word.key: word for word in self.words}
        self._by_pk = {word.pk: word for word in self.words}
        lists: defaultdict[str, list[Word]] = defaultdict(list)
        children: defaultdict[Key, list[Word]] = defaultdict(list)
        for word in self.words:
            if word.is_active:
                lists[word.vocabulary].append(word)
                children[word.vocabulary, word.parent].append(word)
        self._lists = {name: tuple(found) for name, found in lists.items()}
        self._children = {key: tuple(found) for key, found in children.items()}
        #: Every name and synonym of terms in use, normalised as by ``phrase``, and what it means.
        self.phrases: Mapping[str, tuple[Key, ...]] = MappingProxyType(_phrases(self.words))
        #: The most words any phrase has.
        self.longest_phrase = max((len(text.split()) for text in self.phrases), default=0)

    def get(self, vocabulary: str, code: str) -> Word | None:
        """Return a term, in use or not, or nothing."""
        return self._by_key.get((vocabulary, code))

    def by_pk(self, pk: int) -> Word | None:
        """Return a term by its primary key, or nothing."""
        return self._by_pk.get(pk)

    def by_pks(self, pks: Iterable[int]) -> list[Word]:
        """Return the known ones of these terms, those of one list in its order."""
        found = [word for word in map(self._by_pk.get, pks) if word]
        found.sort(key=_POSITION)
        return found

    def of(self, vocabulary: str) -> tuple[Word, ...]:
        """Return the terms of a vocabulary that are in use, in order."""
        return self._lists.get(vocabulary, ())

    def children(self, vocabulary: str, code: str) -> tuple[Word, ...]:
        """Return the terms in use directly below a term."""
        return self._children.get((vocabulary, code), ()) if code else ()

    def ancestors(self, vocabulary: str, code: str) -> tuple[Word, ...]:
        """Return the terms above a term, nearest first."""
        found: list[Word] = []
        word = self.get(vocabulary, code)
        while word and (word := self.get(vocabulary, word.parent)) and word not in found:
            found.append(word)
        return tuple(found)

    def descendants(self, vocabulary: str, code: str) -> tuple[Word, ...]:
        """Return the terms in use below a term, each before what is below it."""
        found: list[Word] = []
        for child in self.children(vocabulary, code):
            found += [child, *self.descendants(vocabulary, child.code)]
        return tuple(found)

    def meanings(self, text: str) -> tuple[Key, ...]:
        """Return the terms a name or synonym stands for, in list order; nothing when unknown."""
        return self.phrases.get(phrase(text), ())

    def regions(self, cluster: str) -> tuple[str, ...]:
        """Return the codes of the regions a cluster lies in."""
        word = self.get(Vocabulary.CLUSTER, cluster)
        return (word.region,) if word and word.region else ()


def phrase(text: str) -> str:
    """Return words for comparison: lower case, no accents or punctuation, single spaces."""
    # Folding may bring accents back and decomposing may bring capitals back: hence twice.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", plain))


def _spellings(name: str) -> Iterable[str]:
    """Return a name and the parts people use alone: "Loafer / moccasin" is also each of the two."""
    yield name
    bare = re.sub(r"\([^)]*\)", " ", name)
    yield bare
    if "/" in bare and not re.search(r"\w/\w", bare):
        yield from bare.split("/")


def _phrases(words: Iterable[Word]) -> dict[str, tuple[Key, ...]]:
    found: defaultdict[str, dict[Key, None]] = defaultdict(dict)
    for word in words:
        if not word.is_active:
            continue
        spellings = [
            *_spellings(word.name_id),
            *_spellings(word.name_en),
            *word.synonyms_id,
            *word.synonyms_en,
        ]
        for spelling in spellings:
            if text := phrase(spelling):
                found[text][word.key] = None
    return {text: tuple(keys) for text, keys in found.items()}


def _read() -> Lexicon:
    synonyms: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for term, language, text in Synonym.objects.order_by("pk").values_list(
        "term_id", "language", "text"
    ):
        synonyms[term, language].append(text)
    codes = dict(Term.objects.values_list("pk", "code"))
    return Lexicon(
        Word(
            pk=term.pk,
            vocabulary=term.vocabulary,
            code=term.code,
            name_id=term.name_id,
            name_en=term.name_en,
            parent=codes.get(term.parent_id or 0, ""),
            position=term.position,
            is_active=term.is_active,
            region=term.region_id or "",
            synonyms_id=tuple(synonyms[term.pk, "id"]),
            synonyms_en=tuple(synonyms[term.pk, "en"]),
        )
        for term in Term.objects.all()
    )


#: ``lexicon()`` returns the vocabulary as it stands; cheap to call on every page.
lexicon = Kept("vocabulary", _read)
