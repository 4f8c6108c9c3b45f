"""What stands in a message that tells of notices: sentences, addresses, and how to stop it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.notices.kinds import KINDS, said
from ifn.notices.models import Notice
from ifn.notices.paths import path_in
from ifn.notices.tokens import to_stop

#: More notices than anybody reads in one message; the others are on the site.
MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Letter:
    """The values of a message's template, and the address that ends such messages by one POST."""

    context: dict[str, Any]
    unsubscribe: str


def letter(person: User, notices: Sequence[Notice], stops: str) -> Letter:
    """Write to a person, in their language, of these notices; ``stops`` is what its button ends."""
    language = person.language
    with translation.override(language):
        context = {
            "name": person.name,
            "told": [_told(notice, language) for notice in notices[:MOST]],
            "rest": max(0, len(notices) - MOST),
            "count": len(notices),
            "kinds": [
                (KINDS[kind].name, _link("notices:stop", to_stop(person.pk, kind)))
                for kind in dict.fromkeys(notice.kind for notice in notices)
            ],
            "centre": _link("notices:list"),
            "settings": _link("notices:settings"),
        }
        unsubscribe = _link("notices:stop", to_stop(person.pk, stops))
    return Letter(context, unsubscribe)


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
