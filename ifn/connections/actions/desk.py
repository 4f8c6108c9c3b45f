"""What the office does at the broker desk: it notes, brings two businesses together, settles."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections import telling
from ifn.connections.models import DeskNote, Enquiry, Introduction, Letter, Opportunity
from ifn.connections.models.desk import LONGEST_NOTE
from ifn.connections.voice import tell_firm
from ifn.directory.models import Business
from ifn.notices.actions import News
from ifn.notices.letters import Mail
from ifn.notices.paths import path_of

Subject = Opportunity | Enquiry


class WordsMissing(Exception):  # noqa: N818
    """A note, a message and a reason say something."""


class WordsTooMany(Exception):  # noqa: N818
    """A note is longer than ``LONGEST_NOTE`` characters."""


class IntroducedToday(Exception):  # noqa: N818
    """The two were introduced today already, in other words or about something else."""


class NotToIntroduce(Exception):  # noqa: N818
    """They are one business, or one of them is shown to nobody."""


class KeepsItsName(NotToIntroduce):
    """The business is not known to whoever asked until it says yes."""


@transaction.atomic
def write_note(
    subject: Subject, text: str, *, is_call: bool = False, actor: User, at: datetime
) -> DeskNote:
    """Keep what was heard or agreed about a request or an enquiry.

    Raises:
        WordsMissing: There is nothing in it.
        WordsTooMany: There is too much.

    """
    kind = DeskNote.Kind.CALLED if is_call else DeskNote.Kind.NOTE
    return _note(subject, kind, text, actor=actor, at=at)


@transaction.atomic
def settle(subject: Subject, text: str, *, actor: User, at: datetime) -> DeskNote:
    """Take a request or an enquiry off the desk as it stands now, and say what became of it.

    Settled twice it is settled once. An enquiry that moves on and stays again comes back.

    Raises:
        WordsMissing: It was not said what became of it.
        WordsTooMany: Too much was said.

    """
    # Whoever settles it at the same time waits here, and finds the note.
    rows: QuerySet[Any] = (
        Opportunity.objects.all() if isinstance(subject, Opportunity) else Enquiry.objects.all()
    )
    subject.state = rows.select_for_update().get(pk=subject.pk).state
    before = _notes(subject).filter(kind=DeskNote.Kind.SETTLED, state=subject.state).first()
    if before:
        return before
    return _note(subject, DeskNote.Kind.SETTLED, text, actor=actor, at=at)


@transaction.atomic
def introduce(  # whom to whom, in which words, about what, by whom and when
    first: Business,
    second: Business | Letter,
    text: str,
    *,
    about: Subject,
    actor: User,
    at: datetime,
) -> Introduction:
    """Write one message to both of two, and note it; once a day for two.

    They are two businesses, or a business and the person who wrote a letter without one. Each side
    gets the other's name, and the page of a business; no contact that is not public is told.

    Raises:
        WordsMissing: There is no message.
        IntroducedToday: They were, otherwise than this.
        NotToIntroduce: They are one, one is not listed, or the asker's name was taken out.
        KeepsItsName: The enquiry answers an opportunity without a name, and this is its business.

    """
    if not text.strip():
        raise WordsMissing
    made, is_new = Introduction.objects.get_or_create(
        **_two(first, second, about),
        made_on=localdate(at),
        defaults={"text": text.strip(), "made_by": actor, "made_at": at},
    )
    if not is_new:
        if made.text != text.strip() or not _notes(about).filter(introduction=made).exists():
            raise IntroducedToday
        return made
    made.first_told = _write_to(made.first, made.second, made, actor=actor, at=at)
    made.second_told = _write_to(made.second, made.first, made, actor=actor, at=at)
    made.save(update_fields=["first_told", "second_told"])
    note = _note(about, DeskNote.Kind.INTRODUCED, "", actor=actor, at=at, introduction=made)
    record("connections.introduced", made, actor=actor, at=at, note=note.pk)
    return made


def _two(first: Business, second: Business | Letter, about: Subject) -> dict[str, Any]:
    """Return who is introduced to whom, as it is kept."""
    firms = [one for one in (first, second) if isinstance(one, Business)]
    if len({one.pk for one in firms if one.status == Business.Status.LISTED}) < len(firms):
        raise NotToIntroduce
    if isinstance(about, Enquiry) and not about.is_firm_known and about.firm in firms:
        raise KeepsItsName
    if isinstance(second, Letter):
        if not second.writer:
            raise NotToIntroduce
        return {"first": first, "letter": second}
    first, second = sorted((first, second), key=lambda one: one.pk)
    return {"first": first, "second": second}


def _write_to(
    firm: Business | None,
    other: Business | None,
    made: Introduction,
    *,
    actor: User,
    at: datetime,
) -> int:
    """Tell one side of the other; return how many messages go out at once.

    A side without a business is whoever wrote the letter.
    """
    asker, letter = made.names[1], made.letter

    def facts(_language: str) -> dict[str, Any]:
        return {
            "name": firm.name if firm else asker,
            "other": other or {"name": asker},
            "text": made.text,
            "page": f"{settings.PUBLIC_ADDRESS}{other.get_absolute_url()}" if other else "",
            "officer": actor.name,
        }

    mail = Mail("connections/mail/introduction", "introduction", facts)
    values = {"other": other.name if other else asker, "text": made.text}
    page = path_of("site:by-number", other.number) if other else telling.path_to_introduction(made)
    key = f"introduction:{made.pk}:{firm.pk if firm else 'asker'}"
    if firm is not None:
        news = News("enquiries.introduction", page, values | {"firm": firm.name})
        return tell_firm(firm, news, mail, key=key, at=at)
    if letter is None or other is None:
        return 0
    news = News("answers.introduction", page, values)
    return telling.tell_writer(letter, other, news, mail, key=key, at=at)


def _note(  # about what, what was done, in which words, by whom and when
    subject: Subject,
    kind: str,
    text: str,
    *,
    actor: User,
    at: datetime,
    introduction: Introduction | None = None,
) -> DeskNote:
    if not text.strip() and introduction is None:
        raise WordsMissing
    if len(text.strip()) > LONGEST_NOTE:
        raise WordsTooMany
    note = DeskNote.objects.create(
        **{_name(subject): subject},
        introduction=introduction,
        kind=kind,
        text=text.strip(),
        state=subject.state,
        author=actor,
        made_at=at,
    )
    record("connections.desk.noted", subject, actor=actor, at=at, kind=kind)
    return note


def _notes(subject: Subject) -> QuerySet[DeskNote]:
    return DeskNote.objects.filter(**{_name(subject): subject})


def _name(subject: Subject) -> str:
    return "opportunity" if isinstance(subject, Opportunity) else "enquiry"
