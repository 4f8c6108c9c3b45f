"""What becomes of a changed field: by what its writer saw, what stands there, what they send."""

from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What becomes of one field."""

    #: It was not changed, or stands there already.
    SAME = "same"
    TAKEN = "taken"
    #: Somebody else changed it meanwhile to something else; a person decides.
    CONFLICT = "conflict"


def outcome(*, base: Any, here: Any, sent: Any) -> Outcome:
    """Return what becomes of a field; emptiness of any kind is the same emptiness."""
    base, here, sent = (None if value in ("", None) else value for value in (base, here, sent))
    if _same(sent, here) or _same(sent, base):
        return Outcome.SAME
    return Outcome.TAKEN if _same(base, here) else Outcome.CONFLICT


def _same(left: Any, right: Any) -> bool:
    return type(left) is type(right) and bool(left == right)
