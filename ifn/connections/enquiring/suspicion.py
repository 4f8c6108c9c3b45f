"""Whether a text should be looked at by a person before it is sent. Pure."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from ifn.connections.enquiring.plainness import letters, plainly
from ifn.connections.enquiring.reasons import Held

#: More addresses than this in one text are more than a buyer shows of an example.
MOST_LINKS: Final = 2
#: The same words to more firms than fit into one enquiry, within ``WHILE_DAYS``.
MOST_FIRMS: Final = 10
#: The same words from so many different senders; "Can you make 100 pairs?" is nobody's own.
MOST_SENDERS: Final = 2
LONG_ENOUGH: Final = 60
WHILE_DAYS: Final = 7
#: Endings that stand alone; with a path behind it every ending makes an address.
_ENDINGS: Final = (
    "com|net|org|info|biz|xyz|top|shop|site|online|click|store|club|icu|live|vip|pro|link|app"
    "|id|io|me|ly|gl|gg|co|cc|tv|ws|tk|ml|ga|cf|ru|cn|in|su"
)
_LINK: Final = re.compile(
    rf"(?:h(?:tt|xx)ps?:/*|www\.)\S+|\b[\w-]+\.(?:{_ENDINGS})\b|\b[\w-]+\.[a-z]{{2,24}}/\S+"
)


@dataclass(frozen=True, slots=True)
class Spread:
    """How widely the same words went out lately: to firms by this sender, and by all senders.

    ``is_own`` says that the sender's address belongs to one of the firms that are written to.
    """

    firms: int = 0
    senders: int = 0
    is_own: bool = False


def fingerprint(text: str) -> str:
    """Return what two texts with the same letters have in common."""
    return sha256(letters(text).encode()).hexdigest()


def is_long(text: str) -> bool:
    """Say whether a text is longer than what many people would write alike."""
    return len(letters(text)) >= LONG_ENOUGH


def links_in(text: str) -> int:
    """Return how many web addresses a text names."""
    return len(_LINK.findall(plainly(text)))


def doubts(text: str, spread: Spread) -> list[Held]:
    """Return why a person should look at a text first; nothing when it may go out."""
    found = []
    if links_in(text) > MOST_LINKS:
        found.append(Held.LINKS)
    if spread.firms > MOST_FIRMS:
        found.append(Held.SAME_TO_MANY)
    if spread.senders > MOST_SENDERS and is_long(text):
        found.append(Held.SAME_FROM_MANY)
    if spread.is_own:
        found.append(Held.OWN)
    return found
