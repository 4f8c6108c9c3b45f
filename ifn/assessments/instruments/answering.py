"""What may be answered to a question: a value as it came, cleaned or refused."""

from decimal import Decimal
from typing import Final

from ifn.assessments.instruments.conditions import Value, number
from ifn.assessments.instruments.document import HIGHEST, LOWEST, Kind, Question

LONGEST_ANSWER: Final = 4000
_LARGEST: Final = Decimal(10) ** 15
_YES, _NO = (
    frozenset({"yes", "true", "1", "ya", "y"}),
    frozenset({"no", "false", "0", "tidak", "t"}),
)


class NoAnswer(ValueError):  # noqa: N818
    """A value answers nothing; ``code`` is one of ``wording.REFUSALS``."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


def cleaned(question: Question, given: object) -> Value | None:
    """Return an answer as it is kept; nothing where nothing was given.

    A level is a whole number, a number the text of a decimal, a choice its code.

    Raises:
        NoAnswer: The value is none of what the question offers.

    """
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    text = given.strip() if isinstance(given, str) else given
    match question.kind:
        case Kind.SCALE:
            return _level(text)
        case Kind.YES_NO:
            return _yes_no(text)
        case Kind.CHOICE:
            if text not in {one.code for one in question.choices}:
                raise NoAnswer("not_a_choice", str(text)[:40])
            return str(text)
        case Kind.NUMBER:
            return _number(question, text)
        case Kind.TEXT:
            return _words(text)
        case _:
            raise NoAnswer("photo_is_a_file")


def _level(given: object) -> int:
    try:
        level = int(str(given))
    except ValueError:
        level = -1
    if isinstance(given, bool) or not LOWEST <= level <= HIGHEST:
        raise NoAnswer("not_a_level", str(given)[:40])
    return level


def _yes_no(given: object) -> bool:
    word = str(given).lower()
    if word in _YES | _NO:
        return word in _YES
    raise NoAnswer("not_yes_or_no", str(given)[:40])


def _number(question: Question, given: object) -> str:
    found = None if isinstance(given, bool) else number(str(given))
    if found is None or abs(found) >= _LARGEST:
        raise NoAnswer("not_a_number", str(given)[:40])
    if question.minimum is not None and found < question.minimum:
        raise NoAnswer("too_small", f"{question.minimum:f}")
    if question.maximum is not None and found > question.maximum:
        raise NoAnswer("too_large", f"{question.maximum:f}")
    plain = f"{found:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _words(given: object) -> str:
    if not isinstance(given, str):
        raise NoAnswer("not_a_text")
    if len(given) > LONGEST_ANSWER:
        raise NoAnswer("text_too_long", str(LONGEST_ANSWER))
    return given.replace("\0", "").replace("\r\n", "\n")
