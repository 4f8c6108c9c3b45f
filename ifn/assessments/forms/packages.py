"""A package from a phone as it came over the line: JSON into ``Sent``, or why it is none."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, NoReturn
from uuid import UUID

from django.utils.dateparse import parse_date, parse_datetime

from ifn.assessments.actions.answering import Change
from ifn.assessments.actions.receiving import Sent
from ifn.assessments.models import Conflict, Side

#: Bytes of a package: four hundred answers with long words.
LARGEST: Final = 1024 * 1024
#: Bytes of a photo; ``DATA_UPLOAD_MAX_MEMORY_SIZE`` is the same.
LARGEST_PHOTO: Final = 2 * 1024 * 1024
MOST_CHANGES: Final = 2_000
DEEPEST: Final = 12
_SCALARS = (bool, int, float, str, type(None))
#: Years in which a phone may believe itself, however wrong; a database knows no others.
_YEARS: Final = range(1970, 2200)


class Malformed(ValueError):  # noqa: N818
    """What came is no package; ``uuid`` and ``content`` are there as far as they could be read."""

    def __init__(self, uuid: UUID | None = None, content: Mapping[str, Any] | None = None) -> None:
        super().__init__("malformed")
        self.uuid, self.content = uuid, content or {}


def read(body: bytes) -> tuple[Sent, dict[str, Any], str]:
    """Return the package in a body, its content to be kept, and whose the phone says it is.

    Raises:
        Malformed: It is no JSON, or no package.

    """
    content = _decoded(body)
    uuid = uuid_of(content.get("uuid"))
    assessment = uuid_of(content.get("assessment"))
    changes = content.get("changes")
    if (
        uuid is None
        or assessment is None
        or not isinstance(changes, list)
        or len(changes) > MOST_CHANGES
    ):
        raise Malformed(uuid, content)
    made = [_change(one) for one in changes]
    sent = Sent(
        uuid=uuid,
        assessment=assessment,
        business=_word(content, "business"),
        instrument=_word(content, "instrument"),
        digest=_word(content, "digest"),
        mode=_word(content, "mode"),
        changes=[one for one in made if one],
        assessed_on=_day(content.get("assessed_on")),
        device_at=_moment(content.get("device_at")),
        is_finished=content.get("finished") is True,
    )
    if None in made:
        raise Malformed(uuid, content)
    return sent, content, _word(content, "person")


def _decoded(body: bytes) -> dict[str, Any]:
    try:
        found = _plain(json.loads(body, parse_constant=_refuse), 0)
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(found, dict):
        raise Malformed
    return found


def _refuse(_name: str) -> NoReturn:
    raise ValueError("no JSON")


def _plain(value: Any, depth: int) -> Any:
    """Return JSON as both databases can keep it: no NUL, no half characters, no infinity."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    match value:
        case str():
            return value.replace("\0", "").encode(errors="replace").decode()
        case float():
            return value if math.isfinite(value) else None
        case list():
            return [_plain(one, depth + 1) for one in value]
        case dict():
            return {_plain(key, 0): _plain(one, depth + 1) for key, one in value.items()}
        case _:
            return value


def _change(given: Any) -> Change | None:
    if not isinstance(given, dict):
        return None
    question, side, field = (given.get(name) for name in ("question", "side", "field"))
    if not (isinstance(question, str) and isinstance(field, str) and side in Side.values):
        return None
    if field not in Conflict.Field.values:
        return None
    base, sent = given.get("base"), given.get("sent")
    if not (isinstance(base, _SCALARS) and isinstance(sent, _SCALARS)):
        return None
    if field == Conflict.Field.WORDS:
        base, sent = base or "", sent or ""
    return Change(question, side, field, base, sent)


def _word(content: Mapping[str, Any], name: str) -> str:
    found = content.get(name)
    return found[:64] if isinstance(found, str) else ""


def uuid_of(given: object) -> UUID | None:
    """Return a UUID that was written out, or nothing."""
    try:
        return UUID(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _day(given: object) -> date | None:
    try:
        return parse_date(given) if isinstance(given, str) else None
    except ValueError:
        return None


def _moment(given: object) -> datetime | None:
    try:
        found = parse_datetime(given) if isinstance(given, str) else None
        found = found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None
    return found if found and found.year in _YEARS else None
