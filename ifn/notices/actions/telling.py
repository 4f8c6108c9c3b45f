"""Tell people something: on the site at once, by message as often as each of them wants."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from ifn.accounts.models import User
from ifn.notices import tasks
from ifn.notices.kinds import KINDS, WORDS, filled
from ifn.notices.models import Notice, Often, Wish

BATCH = 500


class LeadsAway(ValueError):  # noqa: N818
    """A notice may lead to a path of the site and nowhere else."""


@dataclass(frozen=True, slots=True)
class News:
    """What is told, whoever it is told to.

    ``words`` names sentences in ``notices.kinds.WORDS`` and ``values`` fills them; they hold plain
    numbers and names, for each reader's language is found only when it is read. ``address`` is a
    path of the site without a language in front. ``items`` are up to a handful of texts with the
    address of each; ``more`` says how many there are besides.
    """

    words: str
    address: str
    values: Mapping[str, Any] = field(default_factory=dict)
    items: Sequence[tuple[str, str]] = ()
    more: int = 0


def tell(person: User, news: News, *, key: str, at: datetime) -> None:
    """Tell one person something; see ``tell_many``."""
    tell_many([person], news, key=key, at=at)


@transaction.atomic
def tell_many(people: Iterable[User], news: News, *, key: str, at: datetime) -> None:
    """Tell people the same, in a constant number of queries.

    ``key`` names the occasion, such as ``follow:12:2026-06-01``: whoever was told under it before
    is not told again.

    Raises:
        KeyError: No such words are declared, or a value is missing.
        LeadsAway: The address, or that of an item, is no path of the site.

    """
    words = WORDS[news.words]
    filled(words, news.values)
    # Where rows that are there already are passed over, SQLite passes over broken ones as well.
    if not all(map(_is_path, [news.address, *(address for _, address in news.items)])):
        raise LeadsAway(news.address)
    persons = {person.pk for person in people}
    kind = KINDS[words.kind]
    stated = dict(
        Wish.objects.filter(kind=kind.key, person__in=persons).values_list("person", "often")
    )
    often = {person: Often(stated.get(person, kind.usual)) for person in persons}
    notices = [_notice(person, kind.key, news, often[person], key, at) for person in persons]
    Notice.objects.bulk_create(notices, batch_size=BATCH, ignore_conflicts=True)
    if Often.NOW in often.values():
        tasks.send_urgent.enqueue()


def _notice(  # to whom, what, and why
    person: int, kind: str, news: News, often: Often, key: str, at: datetime
) -> Notice:
    return Notice(
        person_id=person,
        key=key,
        kind=kind,
        words=news.words,
        values=dict(news.values),
        items=[{"text": text, "address": address} for text, address in news.items],
        more=news.more,
        address=news.address,
        made_at=at,
        # Whoever wants no messages now does not get this one when they change their mind.
        mailing=Notice.Mailing.NONE if often == Often.OFF else Notice.Mailing.WAITING,
    )


def _is_path(address: str) -> bool:
    return address.startswith("/") and not address.startswith("//")
