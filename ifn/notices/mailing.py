"""Tell people by message: one digest with everything that is due, and what is urgent at once.

Whatever is told of in a message is marked in the transaction that puts the message into the
outbox: a worker that is killed has done both or neither.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from ifn.accounts.models import User
from ifn.mail.actions import send_template
from ifn.mail.models import Refusal
from ifn.notices.kinds import KINDS
from ifn.notices.letters import Letter, Mail, letter, letter_of, letter_outside
from ifn.notices.models import Digest, Notice, NoticeQuerySet, Often, Silence, Wish
from ifn.notices.timing import Rounds, rounds
from ifn.notices.tokens import ALL, digests_of

#: People, or urgent notices, that one call takes care of.
BATCH = 50
#: What could not be told for longer is read on the site, or not at all.
STILL_NEWS = timedelta(days=14)
_DIGEST = Mail("notices/mail/digest", "notices.digest", lambda _language: {})
_URGENT = Mail("notices/mail/digest", "notices.urgent", lambda _language: {})


@transaction.atomic
def send_due_digests(after: int, *, at: datetime) -> int | None:
    """Send the digests of some people; return the last of them, or nothing when all had theirs.

    ``after`` is where the call before ended, 0 at first. Called again for the same day it sends
    nothing twice; on a day after one that was missed it makes up for it. Whoever has nothing due
    gets nothing.
    """
    due = rounds(at)
    waiting = _told_by_mail(at).filter(made_at__lt=due.daily)
    people = waiting.filter(person__gt=after).order_by("person").values_list("person", flat=True)
    batch = list(people.distinct()[:BATCH])
    if not batch:
        return None
    of_person: dict[int, list[Notice]] = {}
    wishes = {
        (person, kind): Often(often)
        for person, kind, often in Wish.objects.filter(person__in=batch).values_list(
            "person", "kind", "often"
        )
    }
    for notice in waiting.filter(person__in=batch):
        usual = KINDS[notice.kind].usual
        often = wishes.get((notice.person_id, notice.kind), usual)
        if due.have_come_for(often, notice.made_at):
            of_person.setdefault(notice.person_id, []).append(notice)
    persons = User.objects.in_bulk(list(of_person))
    for person, notices in of_person.items():
        _send_digest(persons[person], notices, due, at)
    return batch[-1]


def _send_digest(person: User, notices: Iterable[Notice], due: Rounds, at: datetime) -> None:
    digest, is_new = Digest.objects.get_or_create(
        person=person, on=due.on, defaults={"made_at": at}
    )
    if not is_new:
        return
    mine = Notice.objects.waiting().filter(pk__in=[notice.pk for notice in notices])
    if not mine.update(mailing=Notice.Mailing.MAILED, digest=digest):
        digest.delete()
        return
    told = list(digest.notices.order_by("-made_at", "-pk"))
    key = f"notices.digest:{digest.pk}"
    _send(person, letter(person, told, ALL), _DIGEST, key=key, at=at)


@transaction.atomic
def send_urgent(*, at: datetime) -> int:
    """Send a message for each of some urgent notices; return how many, 0 when none waits."""
    urgent = [key for key, kind in KINDS.items() if kind.is_urgent]
    later = Wish.objects.filter(person=OuterRef("person"), kind=OuterRef("kind"))
    waiting = _told_by_mail(at).filter(~Exists(later.exclude(often=Often.NOW)), kind__in=urgent)
    sent = 0
    for notice in waiting.select_related("person").order_by("pk")[:BATCH]:
        if _take(notice):
            written = letter(notice.person, [notice], notice.kind)
            key = f"notices.urgent:{notice.pk}"
            _send(notice.person, written, _URGENT, key=key, at=at)
        sent += 1
    return sent


def send_in_own_words(mail: Mail, persons: Collection[int], *, key: str, at: datetime) -> int:
    """Write to those of these people who were told under this key and wait for their message.

    Call it in the transaction that told them. Return how many messages were written.
    """
    waiting = _told_by_mail(at).filter(person__in=persons, key=key).select_related("person")
    told = [notice for notice in waiting.order_by("pk") if _take(notice)]
    for notice in told:
        written = letter_of(notice.person, notice, mail)
        _send(notice.person, written, mail, key=f"notices.urgent:{notice.pk}", at=at)
    return len(told)


def send_outside(  # to what address, what and in which language, of which kind
    address: str, mail: Mail, language: str, *, kind: str, key: str, at: datetime
) -> bool:
    """Write to an address without an account, once for a key; say whether anything goes there.

    Nothing does where the address was refused, or wants no messages of this kind.
    """
    is_stopped = Silence.objects.filter(address__in=digests_of(address), kind=kind)
    if is_stopped.exists() or Refusal.objects.filter(address=address).exists():
        return False
    written = letter_outside(address, kind, mail, language)
    _put(address, written, mail, language, key=key, at=at)
    return True


def _take(notice: Notice) -> bool:
    """Say whether a notice still waited for its message, which it does no more."""
    mine = Notice.objects.waiting().filter(pk=notice.pk)
    return bool(mine.update(mailing=Notice.Mailing.MAILED))


def _told_by_mail(at: datetime) -> NoticeQuerySet:
    """Return what waits for a message to somebody whom a message would reach."""
    refused = Refusal.objects.filter(address=OuterRef("person__email"))
    return (
        Notice.objects.waiting()
        .unread()
        .filter(
            ~Exists(refused),
            made_at__gte=at - STILL_NEWS,
            kind__in=list(KINDS),
            person__is_active=True,
            person__is_demo=False,
            person__email__isnull=False,
        )
    )


def _send(person: User, written: Letter, mail: Mail, *, key: str, at: datetime) -> None:
    _put(str(person.email), written, mail, person.language, key=key, at=at)


def _put(to: str, written: Letter, mail: Mail, language: str, *, key: str, at: datetime) -> None:
    send_template(
        mail.template,
        written.context,
        language,
        to=to,
        kind=mail.kind,
        at=at,
        key=key,
        is_secret=mail.is_secret,
        unsubscribe=written.unsubscribe,
    )
