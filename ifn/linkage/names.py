"""Names of firms for comparison: words in one spelling, legal form, plant marks, other names; pure.

``normalise.company_name`` makes keys that must be equal; here words may be near each other, so more
is folded: old Indonesian spelling, forms at either end, brands in brackets.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ifn.linkage.normalise import ENDINGS, plain

#: Words that state a legal form, and the form they state; nothing states none of its own.
FORMS = {
    "pt": "pt",
    "cv": "cv",
    "ud": "ud",
    "pd": "pd",
    "po": "po",
    "fa": "firma",
    "firma": "firma",
    "kop": "koperasi",
    "koperasi": "koperasi",
    "kub": "kub",
    "yayasan": "yayasan",
    "perum": "perum",
    "tbk": "pt",
    "persero": "",
    "perorangan": "",
    "perseroan": "",
}
#: Forms of one person's trade, which lists use for one another.
SOLE_TRADE = {"ud", "pd", "po"}
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_APOSTROPHES = re.compile(r"(?<=\w)['’`\u00b4](?=\w)")
_WORDS = re.compile(r"[0-9]+|[^\W\d_]+")
#: What stands before the number of a plant, and what a number may be.
PLANT_WORDS = {"plant", "unit", "pabrik", "factory", "cabang", "branch", "gudang", "divisi", "tr"}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7"}
#: The words that endings end in.
_LAST = frozenset(ending[-1] for ending in ENDINGS)
#: The oe of English shoes is not old.
_OLD = re.compile(r"(?<!sh)oe|dj|tj|sj|nj")
_NEW = {"oe": "u", "dj": "\x00", "tj": "c", "sj": "sy", "nj": "ny"}


@dataclass(frozen=True, slots=True)
class Name:
    """``words`` without form and plant; ``others``: what the firm is also called."""

    words: tuple[str, ...]
    form: str
    plants: frozenset[str]
    others: tuple[tuple[str, ...], ...]

    @property
    def key(self) -> str:
        """Return the words as one text."""
        return " ".join(self.words)


@lru_cache(maxsize=65536)
def modern(word: str) -> str:
    """Return a word in today's spelling: Soerabaja is surabaya, Djaja is jaya, Tjahaja is cahaya.

    An old j is a y today, but only a word that shows its age by oe, dj, tj, sj or nj has an old j.
    """
    while _OLD.search(word):
        word = _OLD.sub(lambda found: _NEW[found[0]], word)
        word = word.replace("j", "y").replace("\x00", "j")
    return word


def words_of(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text in today's spelling, without accents and case."""
    if not text:
        return ()
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text))
    return tuple(map(modern, _WORDS.findall(plain(text))))


def parse_name(written: str, form: str = "", brands: tuple[str, ...] = ()) -> Name:
    """Take a name apart. A form that is stated beside the name goes before one within it.

    >>> parse_name("Soember Djaja (Langkah), PT").words
    ('sumber', 'jaya')
    """
    text = unicodedata.normalize("NFKC", written)
    inside = list(map(words_of, _BRACKETS.findall(text)))
    head, found, plants = _peeled(words_of(_BRACKETS.sub(" ", text)))
    others: list[tuple[str, ...]] = []
    for words in inside:
        part, form_inside, marks = _peeled(words)
        found, plants = found or form_inside, plants | marks
        if part and part not in ((), ("indonesia",)) and not set(words) <= set(FORMS):
            others.append(part)
    whole = head or (others.pop(0) if others else ()) or words_of(written)
    others += [words for brand in brands if (words := _peeled(words_of(brand))[0])]
    stated = words_of(form)
    return Name(
        whole,
        FORMS.get(stated[0], stated[0]) if stated else found,
        frozenset(plants),
        tuple(dict.fromkeys(one for one in others if one != whole)),
    )


def _peeled(words: tuple[str, ...]) -> tuple[tuple[str, ...], str, frozenset[str]]:
    """Take forms and marks of plants off until nothing comes off; return words, form and marks."""
    form, plants = "", frozenset[str]()
    while True:
        rest, stated = _without_forms(_unspaced(words))
        rest, marks = _without_plants(rest)
        form, plants = form or stated, plants | marks
        if rest == words:
            return words, form, plants
        words = rest


def _unspaced(words: tuple[str, ...]) -> tuple[str, ...]:
    """Write a form at either end as one word: C V is cv."""
    if not words or (len(words[0]) > 1 and len(words[-1]) > 1):
        return words
    for start in (0, max(len(words) - 2, 0)):
        pair = words[start : start + 2]
        if "".join(pair) in FORMS and all(len(letter) == 1 for letter in pair):
            return (*words[:start], "".join(pair), *words[start + 2 :])
    return words


def _without_forms(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Take legal forms and endings that say nothing off both ends; something always stays."""
    form = ""
    rest = list(words)
    while len(rest) > 1 and rest[0] in FORMS:
        stated = FORMS[rest.pop(0)]
        form = form or stated
    while len(rest) > 1:
        if rest[-1] in FORMS:
            stated = FORMS[rest.pop()]
            form = form or stated
        elif rest[-1] not in _LAST:
            break
        elif ending := next((one for one in ENDINGS if rest[-len(one) :] == one), None):
            if len(ending) == len(rest):
                break
            del rest[-len(ending) :]
        else:
            break
    return tuple(rest), form


def _without_plants(words: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Take out the marks of one plant among several: "Plant 2", "Unit III", "TR1", a last 2."""
    if not words or (PLANT_WORDS.isdisjoint(words) and not words[-1].isdigit()):
        return words, frozenset()
    kept: list[str] = []
    marks: set[str] = set()
    place = 0
    while place < len(words):
        word, after = words[place], words[place + 1] if place + 1 < len(words) else ""
        number = after if after.isdigit() else _ROMAN.get(after, "")
        if word in PLANT_WORDS and number:
            marks.add(number.lstrip("0") or "0")
            place += 2
            continue
        if kept and word.isdigit() and place == len(words) - 1:
            marks.add(word.lstrip("0") or "0")
        else:
            kept.append(word)
        place += 1
    return (tuple(kept), frozenset(marks)) if kept else (words, frozenset(marks))
