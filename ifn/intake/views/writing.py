"""What the pages say of lists and rows: states, who is next, and addresses with their filters."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.intake.finding import Counts, RowFilter
from ifn.intake.models import List, Row
from ifn.intake.views.desk import Desk
from ifn.regions.queries import Regions

#: How a state looks: tone and icon of its badge.
LIST_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    List.State.RECEIVED: ("action", "clock"),
    List.State.UNREADABLE: ("bad", "alert"),
    List.State.MAPPING: ("warn", "table"),
    List.State.LINKING: ("action", "clock"),
    List.State.REVIEW: ("warn", "eye"),
    List.State.APPLYING: ("action", "clock"),
    List.State.APPLIED: ("good", "check"),
    List.State.UNDOING: ("action", "clock"),
    List.State.UNDONE: ("", "arrow-left"),
    List.State.WITHDRAWN: ("", "close"),
}
ROW_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    Row.State.UNREAD: ("", "clock"),
    Row.State.NEW: ("brand", "plus"),
    Row.State.SAME: ("good", "link"),
    Row.State.MAYBE: ("warn", "help"),
    Row.State.TWICE: ("", "copy"),
    Row.State.ERROR: ("bad", "alert"),
    Row.State.SKIPPED: ("", "minus"),
    Row.State.APPLIED: ("good", "check"),
    Row.State.UNDONE: ("", "arrow-left"),
}
#: While a list is in one of these a job works on it.
BUSY: Final = frozenset(
    {List.State.RECEIVED, List.State.LINKING, List.State.APPLYING, List.State.UNDOING}
)
#: The order in which states are told.
ORDER: Final = tuple(ROW_LOOKS)
#: How states and decisions are called in addresses.
STATE_WORDS: Final = {
    "belum-dibaca": Row.State.UNREAD,
    "baru": Row.State.NEW,
    "sama": Row.State.SAME,
    "mungkin": Row.State.MAYBE,
    "ganda": Row.State.TWICE,
    "salah": Row.State.ERROR,
    "dilewati": Row.State.SKIPPED,
    "diterapkan": Row.State.APPLIED,
    "dibatalkan": Row.State.UNDONE,
}
DECIDED_WORDS: Final = {"belum": "open", "aturan": "rule", "orang": "person"}
LONGEST_WORDS: Final = 80


def read_filter(given: QueryDict | Mapping[str, str], regions: Regions) -> RowFilter:
    """Return what an address asks for; what it cannot mean it does not ask for."""
    region = given.get("wilayah", "")
    return RowFilter(
        state=STATE_WORDS.get(given.get("keadaan", ""), ""),
        decided=DECIDED_WORDS.get(given.get("putusan", ""), ""),
        region=region if regions.get(region) else "",
        words=" ".join(given.get("q", "").replace("\0", "").split())[:LONGEST_WORDS],
        is_changing=given.get("ubah", "") == "1",
    )


def filter_pairs(wanted: RowFilter) -> list[tuple[str, str]]:
    """Return a filter as parameters, always in the same order."""
    found = [("keadaan", word) for word, state in STATE_WORDS.items() if state == wanted.state]
    found += [("putusan", word) for word, one in DECIDED_WORDS.items() if one == wanted.decided]
    found += [("wilayah", wanted.region)] if wanted.region else []
    found += [("q", wanted.words)] if wanted.words else []
    return found + ([("ubah", "1")] if wanted.is_changing else [])


def with_filter(address: str, wanted: RowFilter) -> str:
    """Return an address with a filter behind its question mark."""
    query = urlencode(filter_pairs(wanted))
    return f"{address}?{query}" if query else address


def rows_address(received: List, wanted: RowFilter | None = None) -> str:
    """Return the address of the rows wanted of a list."""
    return with_filter(reverse("intake:rows", args=[received.pk]), wanted or RowFilter())


def row_address(row: Row, wanted: RowFilter) -> str:
    """Return the address of a row in a filtered list."""
    return with_filter(reverse("intake:row", args=[row.list_id, row.position]), wanted)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows have a state: in words, as a link, and its part of a bar of 100."""

    state: str
    label: str
    tone: str
    icon: str
    number: int
    href: str
    #: Where its part of the bar begins, and how long it is.
    start: str
    width: str


def tallies(received: List, counts: Counts) -> list[Tally]:
    """Return the states that any row has, in order."""
    found, start = [], 0.0
    for state in ORDER:
        number = counts.of(state)
        if not number:
            continue
        width = 100 * number / counts.total
        tone, icon = ROW_LOOKS[state]
        found.append(
            Tally(
                state=str(state),
                label=str(Row.State(state).label),
                tone=tone,
                icon=icon,
                number=number,
                href=rows_address(received, RowFilter(state=state)),
                start=f"{start:.2f}",
                width=f"{width:.2f}",
            )
        )
        start += width
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """What happens next with a list: in words, whose turn it is, and where it is done, if here."""

    words: str
    turn: str = ""
    href: str = ""


def next_step(received: List, counts: Counts, desk: Desk) -> Step:
    """Return what has to happen next, and who does it."""
    match received.state:
        case List.State.UNREADABLE:
            return Step(
                _("Save the file again as the message says, and upload it."),
                _your_turn(received),
                reverse("intake:upload"),
            )
        case List.State.MAPPING:
            return Step(
                _("Say what each column holds."),
                _your_turn(received),
                reverse("intake:columns", args=[received.pk]),
            )
        case List.State.REVIEW:
            return _in_review(received, counts, desk)
        case state if state in BUSY:
            return Step(_BUSY_WORDS[state]())
    return Step("")


_BUSY_WORDS: Final[Mapping[str, Callable[[], str]]] = {
    List.State.RECEIVED: lambda: _("The file is being read. You may leave this page."),
    List.State.LINKING: lambda: _(
        "The rows are compared with the directory. You may leave this page."
    ),
    List.State.APPLYING: lambda: _("The rows are being applied. You may leave this page."),
    List.State.UNDOING: lambda: _("What the list wrote is being undone. You may leave this page."),
}


def _in_review(received: List, counts: Counts, desk: Desk) -> Step:
    if counts.undecided:
        words = ngettext(
            "%(number)d row waits for a decision.",
            "%(number)d rows wait for a decision.",
            counts.undecided,
        ) % {"number": counts.undecided}
        waiting = RowFilter(state=Row.State.MAYBE, decided="open")
        return Step(words, _your_turn(received), rows_address(received, waiting))
    if not received.is_of_office and received.released_at is None:
        turn = _("Your turn") if desk.is_office else _("An officer’s turn")
        return Step(_("Everything is decided. An officer releases the list."), turn)
    turn = _("Your turn") if desk.is_office else _("An officer’s turn")
    return Step(_("Everything is decided. An officer applies the list."), turn)


def _your_turn(received: List) -> str:
    if received.is_of_office:
        return _("An officer’s turn")
    if received.organisation is not None:
        return _("The turn of %(name)s or an officer") % {"name": received.organisation.name}
    return _("The turn of the region’s officer or the office")


def scope_of(received: List, regions: Regions) -> str:
    """Return for whom a list is: an organisation, regions, or nothing for the whole office."""
    if received.organisation is not None:
        return received.organisation.name
    return ", ".join(regions.full_name(code) for code in received.scope)


def pills(wanted: RowFilter, received: List, regions: Regions) -> list[tuple[str, str]]:
    """Return the filters in force, each with the address without it."""
    labels = {
        "keadaan": str(Row.State(wanted.state).label) if wanted.state else "",
        "putusan": dict(decided_choices()).get(wanted.decided, ""),
        "wilayah": regions.full_name(wanted.region),
        "q": f"“{wanted.words}”",
        "ubah": _("Changes a profile"),
    }
    pairs = filter_pairs(wanted)
    address = reverse("intake:rows", args=[received.pk])
    return [(labels[name], _without(address, pairs, name)) for name, _value in pairs]


def _without(address: str, pairs: Iterable[tuple[str, str]], name: str) -> str:
    query = urlencode([pair for pair in pairs if pair[0] != name])
    return f"{address}?{query}" if query else address


def decided_choices() -> list[tuple[str, str]]:
    """Return the ways a row may be decided or not, with their words."""
    return [
        ("open", _("Not decided")),
        ("rule", _("Decided by rule")),
        ("person", _("Decided by a person")),
    ]
