"""What stands in a message that tells of notices: sentences, addresses, and how to stop it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.notices.kinds import KINDS, WORDS, said
from ifn.notices.models import Notice
from ifn.notices.paths import path_in
from ifn.notices.tokens import to_stop, to_stop_address

#: More notices than anybody reads in one message; the others are on the site.
MOST: Final = 30
#: Where several notices are told as one, the newest things they name.
MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Mail:
    """A message in words of its own, for whoever is told at once.

    Its template ends with ``notices/mail/foot``. ``facts`` gives its values in a language, and is
    called with that language in force. ``kind`` and ``is_secret`` are as in ``mail.actions.send``.
    """

    template: str
    kind: str
    facts: Callable[[str], Mapping[str, Any]]
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """The values of a message's template, and the address that ends such messages by one POST."""

    context: dict[str, Any]
    unsubscribe: str


def letter(person: User, notices: Sequence[Notice], stops: str) -> Letter:
    """Write to a person, in their language, of these notices; ``stops`` is what its button ends."""
    language = person.language
    with translation.override(language):
        told = merged(notices)
        context = {
            "name": person.name,
            "told": [_told(notice, language) for notice in told[:MOST]],
            "rest": max(0, len(told) - MOST),
            "count": len(told),
            "centre": _link("notices:list"),
            **foot(person, [notice.kind for notice in notices]),
        }
        unsubscribe = _link("notices:stop", to_stop(person.pk, stops))
    return Letter(context, unsubscribe)


def letter_of(person: User, notice: Notice, mail: Mail) -> Letter:
    """Write to a person, in their language, of a notice in words of its own."""
    with translation.override(person.language):
        context = {**mail.facts(person.language), **foot(person, [notice.kind])}
        unsubscribe = _link("notices:stop", to_stop(person.pk, notice.kind))
    return Letter(context, unsubscribe)


def letter_outside(address: str, kind: str, mail: Mail, language: str) -> Letter:
    """Write to an address behind which no account stands."""
    with translation.override(language):
        unsubscribe = _link("notices:stop-address", to_stop_address(address, kind))
        stops = [(KINDS[kind].name, unsubscribe)]
        context = {**mail.facts(language), "stops": stops}
    return Letter(context, unsubscribe)


def foot(person: User, kinds: Iterable[str]) -> dict[str, Any]:
    """Return what the end of a message says: how each of its kinds is stopped or changed."""
    return {
        "stops": [
            (KINDS[kind].name, _link("notices:stop", to_stop(person.pk, kind)))
            for kind in dict.fromkeys(kinds)
        ],
        "settings": _link("notices:settings"),
    }


def merged(notices: Sequence[Notice]) -> list[Notice]:
    """Return notices, the newest first, with what adds up told once: the sum and the newest few.

    What is merged is changed in memory only; nothing of it may be saved.
    """
    kept: dict[object, Notice] = {}
    for notice in notices:
        words = WORDS.get(notice.words)
        adds = words.adds if words else ""
        if not adds or adds not in notice.values:
            kept[notice.pk] = notice
            continue
        newest = kept.setdefault((notice.words, notice.address), notice)
        if newest is not notice:
            _add(newest, notice, adds)
    return list(kept.values())


def _add(newest: Notice, older: Notice, adds: str) -> None:
    there = {item["address"] for item in newest.items}
    new = [item for item in older.items if item["address"] not in there]
    # What both name is one thing: once found, gone, and found again.
    again = len(older.items) - len(new)
    total = newest.values[adds] + older.values[adds] - again
    items = [*newest.items, *new]
    newest.more = newest.more + older.more + len(items[MOST_NAMED:])
    newest.items = items[:MOST_NAMED]
    newest.values = {**newest.values, adds: total}


def _told(notice: Notice, language: str) -> dict[str, Any]:
    sentences = said(notice.words, notice.values)
    return {
        "title": sentences.title,
        "body": sentences.body,
        "reason": sentences.reason,
        "items": [(item["text"], _address(language, item["address"])) for item in notice.items],
        "more": notice.more,
        "address": _address(language, notice.address),
    }


def _address(language: str, path: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{path_in(language, path)}"


def _link(name: str, *args: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=args)}"
