"""What a text says once tricks of writing are taken out of it. Pure.

Letters of other scripts that look like Latin ones, full-width signs, dots of other scripts and
words in their place make a text or an address look new to a program, and the same to a person.
"""

import re
import unicodedata
from typing import Final

#: Cyrillic and Greek small letters, and below them the Latin ones as which they are read.
_FOREIGN: Final = (
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455"
    "\u0501\u051b\u051d\u04bb\u0261\u03b1\u03b2\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5"
    "\u03c7\u03b3\u03c9"
)
_LATIN: Final = "abekmhopctyxijsdqwhgabeiknoptuxyw"
#: Dots of other scripts, and the middle ones.
_DOTS: Final = "\u3002\uff61\u06d4\u00b7\u2219"
_READ_AS: Final = str.maketrans(_FOREIGN + _DOTS, _LATIN + "." * len(_DOTS))
#: A dot that is written as a word, or put into brackets.
_DOT_WORD: Final = re.compile(
    r"\s*[\[({<]\s*(?:\.|dot|titik)\s*[\])}>]\s*|(?<=\w)\s+(?:dot|titik)\s+(?=\w)"
)


def plainly(text: str) -> str:
    """Return a text in small Latin letters and plain signs, as far as they are only disguised."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_READ_AS)
    shown = (one for one in plain if unicodedata.category(one) not in {"Cf", "Mn"})
    return _DOT_WORD.sub(".", "".join(shown))


def letters(text: str) -> str:
    """Return the letters of a text alone, so that other numbers and commas make no other text."""
    return "".join(one for one in plainly(text) if one.isalpha())
