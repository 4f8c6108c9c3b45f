"""Tell people something: on the site at once, by message as often as each of them wants."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from ifn.accounts.models import User
from ifn.notices import mailing, tasks
from ifn.notices.actions.reading import read_all
from ifn.notices.kinds import KINDS, WORDS, filled
from ifn.notices.letters import Mail
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


def tell(person: User, news: News, *, key: str, at: datetime, mail: Mail | None = None) -> int:
    """Tell one person something; see ``tell_many``."""
    return tell_many([person], news, key=key, at=at, mail=mail)


@transaction.atomic
def tell_many(
    people: Iterable[User], news: News, *, key: str, at: datetime, mail: Mail | None = None
) -> int:
    """Tell people the same, in a constant number of queries and some for each written to at once.

    ``key`` names the occasion, such as ``follow:12:2026-06-01``: whoever was told under it before
    is not told again. ``mail`` is what those read who want messages at once; it is written in this
    transaction. Without it they get the sentences of the notice, soon after. Return how many
    messages were written here.

    Raises:
        KeyError: No such words are declared, or a value is missing.
        LeadsAway: The address, or that of an item, is no path of the site.

    """
    words = WORDS[news.words]
    filled(words, news.values)
    # Where rows that are there already are passed over, SQLite passes over broken ones as well.
    if not all(map(_is_path, [news.address, *(address for _, address in news.items)])):
        raise LeadsAway(news.address)
    # In one order: two that tell the same people at once would each wait for the other.
    persons = sorted({person.pk for person in people})
    kind = KINDS[words.kind]
    stated = dict(
        Wish.objects.filter(kind=kind.key, person__in=persons).values_list("person", "often")
    )
    often = {person: Often(stated.get(person, kind.usual)) for person in persons}
    notices = [_notice(person, kind.key, news, often[person], key, at) for person in persons]
    Notice.objects.bulk_create(notices, batch_size=BATCH, ignore_conflicts=True)
    at_once = [person for person in persons if often[person] == Often.NOW]
    if at_once and mail:
        return mailing.send_in_own_words(mail, at_once, key=key, at=at)
    if at_once:
        tasks.send_urgent.enqueue()
    return 0


@transaction.atomic
def write_to_address(  # to what address, what and in which language, of which kind
    address: str, mail: Mail, language: str, *, kind: str, key: str, at: datetime
) -> bool:
    """Write to an address behind which no account stands, once for a key.

    Say whether anything goes there: not where it was refused, or wants no messages of this kind.
    """
    return mailing.send_outside(address, mail, language, kind=kind, key=key, at=at)


@transaction.atomic
def settle(people: Collection[User], address: str, *, at: datetime) -> int:
    """Note that what people were told of an address waits for nobody any more: it counts as read.

    So nobody is reminded of what a colleague has done. Return how many notices that were.
    """
    told = Notice.objects.filter(person__in=people, address=address)
    return read_all(told, at)


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
