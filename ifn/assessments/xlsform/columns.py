"""Names of sheets, columns and lists, and how a heading says its language."""

import re
from dataclasses import dataclass
from typing import Final

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
LANGUAGES: Final = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
WEIGHT, KIND, UNIT_ID, UNIT_EN, SCORE = (
    "ifn_weight",
    "ifn_kind",
    "ifn_unit_id",
    "ifn_unit_en",
    "ifn_score",
)
PROPOSAL, BASIS = "ifn_proposal", "ifn_basis"
#: The list of the common levels, and that of yes and no.
LEVELS_LIST, YES_NO_LIST = "levels", "yes_no"
#: Types that devices fill in by themselves.
SILENT: Final = frozenset(
    {"start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit", "note"}
)
TRUE: Final = frozenset({"yes", "true", "true()", "1", "1.0", "ya"})

Sheet = list[list[str]]
Workbook = dict[str, Sheet]
_HEADING: Final = re.compile(r"\s*([\w ]+?)\s*(?:::?\s*(.+?))?\s*", re.DOTALL)
_BY_WORD: Final = {
    "id": "id",
    "indonesian": "id",
    "indonesia": "id",
    "bahasa": "id",
    "bahasa indonesia": "id",
    "en": "en",
    "english": "en",
    "inggris": "en",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column holds, and in which language; nothing where it does not say."""

    name: str
    language: str = ""


def heading(text: str) -> Heading | None:
    """Return what a heading says, or nothing for a language that is not ours."""
    found = _HEADING.fullmatch(text)
    if not found:
        return Heading(text.strip().lower())
    name, said = found[1].lower().replace(" ", "_"), (found[2] or "").lower()
    if not said:
        return Heading(name)
    code = re.search(r"\((\w+)[\w-]*\)\s*$", said)
    word = code[1] if code else said.strip()
    language = _BY_WORD.get(word)
    return Heading(name, language) if language else None


def letter(place: int) -> str:
    """Return what a spreadsheet calls a column, from 0."""
    letters, left = "", place
    while left >= 0:
        letters = chr(ord("A") + left % 26) + letters
        left = left // 26 - 1
    return letters
