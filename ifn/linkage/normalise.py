"""Bring names and addresses of firms into one spelling for comparison; pure.

Two spellings that normalise alike are the same text written differently. Everything that may tell
two plants apart stays: house numbers, kilometres, blocks, hamlets, and words in brackets that name
a plant, such as "(TR1)".
"""

import re
import unicodedata
from dataclasses import dataclass

_FORMS = r"(?P<form>p\.?\s?t|c\.?\s?v|u\.?\s?d)"
#: A dot or a space must follow a form in front: "PT.BERKAH" has one, "PTERO" has none.
_IN_FRONT = re.compile(rf"{_FORMS}(?P<sole>[.\s]+perorangan)?[\s.,]+(?=[^\W_])", re.IGNORECASE)
_BEHIND = re.compile(rf"(?<=[^\W_])[\s.]*[\s,]+{_FORMS}\.?$", re.IGNORECASE)
_STATE_OWNED = re.compile(r"\(\s*persero\s*\)", re.IGNORECASE)
_BRACKETS = re.compile(r"^(?P<head>.*?)(?P<tail>(?:\s*\([^()]*\))*)$", re.DOTALL)
#: What the written form is called as a legal form.
LEGAL_FORMS = {"pt": "pt", "cv": "cv", "ud": "perorangan"}
#: Forms that people say as part of the name, and that therefore stay in it.
SAID_WITH_THE_NAME = {"koperasi": "koperasi", "kub": "kub", "yayasan": "yayasan"}
#: Endings that say nothing about who the firm is, as the plain words they become.
ENDINGS = sorted(
    (
        ending.split()
        for ending in (
            "tbk", "co ltd", "coltd", "co", "company", "ltd", "limited", "inc", "incorporated",
            "corp", "corporation", "llc", "plc", "jsc", "pte", "sdn bhd", "bhd", "gmbh", "s a c",
            "sac", "s a", "b v", "s r l", "s p a",
        )
    ),
    key=len,
    reverse=True,
)  # fmt: skip

#: Address words and the one word each is compared by; nothing leaves the word out.
ADDRESS_WORDS = {
    "jl": "jalan",
    "jln": "jalan",
    "no": "",
    "nomor": "",
    "number": "",
    "kav": "kavling",
    "kp": "kampung",
    "kampong": "kampung",
    "ds": "desa",
    "dsn": "dusun",
    "kel": "kelurahan",
    "kec": "kecamatan",
    "kab": "kabupaten",
    "blk": "blok",
    "block": "blok",
    "komp": "kompleks",
    "komplek": "kompleks",
    "gg": "gang",
    "indonesia": "",
}
_PLAIN_WORDS = re.compile(r"[^\W_]+")
_ADDRESS_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A name without its Indonesian legal form, that form, and the words it is compared by.

    >>> company_name("SUMBER MASANDA JAYA, PT")
    CompanyName(name='SUMBER MASANDA JAYA', legal_form='pt', key='sumber masanda jaya')
    """

    name: str
    legal_form: str
    key: str


def company_name(written: str) -> CompanyName:
    """Take a name apart; legal forms may stand at either end, with or without dots and spaces."""
    cut = _BRACKETS.match(_tidy(_STATE_OWNED.sub(" ", written)))
    head, tail = (cut["head"], cut["tail"]) if cut else (written, "")
    head, legal_form = _without_form(_tidy(head))
    legal_form = legal_form or SAID_WITH_THE_NAME.get(plain(head).partition(" ")[0], "")
    name = _tidy(f"{head} {tail.strip()}") or _tidy(written)
    brackets = [plain(words) for words in re.findall(r"\(([^()]*)\)", tail)]
    kept = [words for words in brackets if _without_endings(words) not in {"", "indonesia"}]
    key = " ".join([_without_endings(plain(head)), *kept]).strip()
    return CompanyName(name, legal_form, key or plain(name))


def plain(text: str) -> str:
    """Return words for comparison: lower case, without accents and punctuation, single spaces."""
    if text.isascii():
        return " ".join(_PLAIN_WORDS.findall(text.lower()))
    for _ in range(2):  # folding may bring accents back, decomposing may bring capitals back
        text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(_PLAIN_WORDS.findall(text))


def address_key(written: str) -> str:
    """Return an address for comparison: one word for each abbreviation, no leading zeros.

    Numbers stay what they are: No. 45 and No. 145 differ, Km 3,5 and Km 35 differ.

    >>> address_key("JL. Otonom No.48/49 RT.003/RW.004")
    'jalan otonom 48 49 rt 3 rw 4'
    """
    parts = _ADDRESS_PARTS.findall(plain(written))
    words = (part.lstrip("0") or "0" if part[0] in "0123456789" else part for part in parts)
    return " ".join(filter(None, (ADDRESS_WORDS.get(word, word) for word in words)))


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip(" ,;.-")


def _without_form(name: str) -> tuple[str, str]:
    """Take one legal form off the front and one off the back; a bare form is a name."""
    front = _IN_FRONT.match(name)
    if front:
        name = _tidy(name[front.end() :])
    back = _BEHIND.search(name)
    if back:
        name = _tidy(name[: back.start()])
    found = front or back
    if not found:
        return name, ""
    form = LEGAL_FORMS["".join(filter(str.isalpha, found["form"].casefold()))]
    return name, "pt_perorangan" if front and front["sole"] else form


def _without_endings(key: str) -> str:
    words = key.split()
    while words:
        ending = next((one for one in ENDINGS if words[-len(one) :] == one), None)
        if ending is None or len(ending) == len(words):
            break
        del words[-len(ending) :]
    return " ".join(words)
