"""What happens by itself: time runs out, firms leave, habits are counted, old words go."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from ifn.connections import telling
from ifn.connections.actions.enquiries.moving import PLATFORM, move
from ifn.connections.enquiring import reasons, states
from ifn.connections.enquiring.habits import Asked, answering
from ifn.connections.enquiring.states import Event, State
from ifn.connections.enquiring.suspicion import WHILE_DAYS
from ifn.connections.models import (
    Complaint,
    DeskNote,
    Enquiry,
    Habit,
    Introduction,
    Letter,
    LetterFile,
    Step,
    Tally,
    Trace,
)
from ifn.directory.handing import remove_files
from ifn.directory.models import Business
from ifn.notices.actions import erase_told_of
from ifn.textsearch.actions import batches

#: Enquiries looked at in one piece of work.
BATCH: Final = 100
#: What a visitor never confirmed goes after so long.
UNPROVEN_KEPT: Final = timedelta(days=7)
#: Names, addresses and words of what ended go after so long; that it was, and how, stays.
KEPT: Final = timedelta(days=2 * 365)
#: A habit is what a firm did within this time.
HABIT_WITHIN: Final = timedelta(days=365)
_NOT_SHOWN: Final = (Business.Status.HIDDEN, Business.Status.DRAFT)


@transaction.atomic
def expire(*, at: datetime) -> int:
    """Let the next enquiries expire that nobody answered in time; return how many."""
    due = Enquiry.objects.filter(state__in=states.UNANSWERED, answer_by__lte=at)
    return _each(due, Event.EXPIRE, "", at)


@transaction.atomic
def close_for_hidden(*, at: datetime) -> int:
    """Close the next open enquiries to firms that are no longer shown; return how many.

    It looks at how profiles stand and not at who hid them, so that none is missed; whoever was
    merged is followed to the profile that was kept.
    """
    gone = Q(business__status__in=_NOT_SHOWN) | Q(business__merged_into__status__in=_NOT_SHOWN)
    open_ones = Enquiry.objects.open().exclude(state=State.WAITING).filter(gone)
    return _each(open_ones, Event.CLOSE, reasons.Closed.HIDDEN, at)


def _each(found: QuerySet[Enquiry], event: Event, reason: str, at: datetime) -> int:
    batch = list(found.order_by("pk")[:BATCH])
    for enquiry in batch:
        if move(enquiry, event, by=PLATFORM, at=at, reason=reason):
            telling.tell_asker(enquiry, at=at)
    return len(batch)


@transaction.atomic
def forget_what_is_old(*, at: datetime) -> int:
    """Remove letters nobody confirmed and empty those that ended long ago; return how many."""
    unproven = Letter.objects.filter(
        state=Letter.State.UNPROVEN, written_at__lte=at - UNPROVEN_KEPT
    )
    done = _remove([one.pk for one in unproven.order_by("pk")[:BATCH]])
    alive = Enquiry.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at - KEPT))
    old = (
        Letter.objects.exclude(state=Letter.State.UNPROVEN)
        .filter(written_at__lte=at - KEPT)
        .exclude(text="")
        .exclude(pk__in=alive.values("letter"))
    )
    done += empty([one.pk for one in old.order_by("pk")[:BATCH]])
    Tally.objects.filter(on__lt=(at - KEPT).date()).delete()
    Trace.objects.filter(letter__written_at__lt=at - timedelta(days=WHILE_DAYS)).delete()
    return done


def empty(letters: list[int]) -> int:
    """Take names, addresses, words and files out of letters; what became of them stays."""
    _remove_files(letters)
    Trace.objects.filter(letter__in=letters).delete()
    enquiries = Enquiry.objects.filter(letter__in=letters)
    enquiries.update(shared_kind="", shared_value="")
    Step.objects.filter(enquiry__in=enquiries).exclude(words="").update(words="")
    Complaint.objects.filter(enquiry__in=enquiries).exclude(words="").update(words="")
    DeskNote.objects.filter(enquiry__in=enquiries).delete()
    introduced = Introduction.objects.filter(letter__in=letters).select_related("first")
    erase_told_of([telling.path_to_introduction(one) for one in introduced])
    introduced.delete()
    return Letter.objects.filter(pk__in=letters).update(
        person=None, business=None, name="", email="", phone="", text="", asker="", proof_code=""
    )


def _remove(letters: list[int]) -> int:
    _remove_files(letters)
    Letter.objects.filter(pk__in=letters).delete()
    return len(letters)


def _remove_files(letters: list[int]) -> None:
    files = LetterFile.objects.filter(letter__in=letters)
    remove_files(list(files.values_list("file", flat=True)))
    files.delete()


@transaction.atomic
def count_habits(*, on: date, at: datetime) -> int:
    """Count anew how every firm answers; return for how many that can be said.

    Silent was who let the time pass: not whom the asker reached by WhatsApp, nor who was asked what
    was closed before its time.
    """
    silent = Q(state__in=[*states.UNANSWERED, State.EXPIRED], answer_by__lte=at)
    asked: defaultdict[int, list[Asked]] = defaultdict(list)
    rows = (
        Enquiry.objects.delivered()
        .filter(sent_at__gte=at - HABIT_WITHIN)
        .filter(Q(answered_at__isnull=False) | silent)
        .values_list("business", "business__merged_into", "sent_at", "answered_at")
    )
    for business, kept, sent_at, answered_at in rows.iterator():
        if sent_at:
            asked[kept or business].append(Asked(sent_at, answered_at))
    known = {firm: found for firm, each in asked.items() if (found := answering(each))}
    gone = Habit.objects.values_list("business", flat=True)
    for some in batches((firm for firm in list(gone) if firm not in known), BATCH):
        Habit.objects.filter(business__in=some).delete()
    Habit.objects.bulk_create(
        [
            Habit(business_id=firm, share=one.share, days=one.days, count=one.count, counted_on=on)
            for firm, one in known.items()
        ],
        update_conflicts=True,
        unique_fields=["business"],
        update_fields=["share", "days", "count", "counted_on"],
    )
    return len(known)
