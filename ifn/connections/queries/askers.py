"""What is known of whoever asks: how far they are trusted, what else they sent, who blocks them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q

from ifn.accounts.models import User
from ifn.connections.enquiring import likeness
from ifn.connections.enquiring.askers import key_of_address, key_of_person
from ifn.connections.enquiring.challenge import Solved
from ifn.connections.enquiring.suspicion import WHILE_DAYS, Spread, is_long
from ifn.connections.models import Block, Enquiry, Letter, Trace
from ifn.connections.policies.enquiries import ANSWERS
from ifn.directory.models import Business, Contact, Membership, Verification

VISITOR, MEMBER, VERIFIED = "visitor", "member", "verified"
LEVELS: Final = (VISITOR, MEMBER, VERIFIED)
#: So many letters that may be alike are compared word for word, the newest first.
MOST_COMPARED: Final = 100


def level_of(person: int | None, today: date) -> str:
    """Return how far an asker is trusted; one query for a member, none for a visitor."""
    if person is None:
        return VISITOR
    looked_after = Membership.objects.filter(person=person, role__in=ANSWERS)
    checked = Verification.objects.filter(
        business__in=looked_after.values("business"),
        withdrawn_at=None,
        replaced_at=None,
        expires_on__gte=today,
    )
    return VERIFIED if checked.exists() else MEMBER


def letters_a_day(level: str) -> int:
    """Return how many letters an asker of this level may write a day."""
    return int(settings.LETTERS_A_DAY[level])


def is_work_new(solved: Solved) -> bool:
    """Say whether the sender's machine worked, and not for another letter."""
    return solved.is_solved and not Letter.objects.filter(challenge=solved.word).exists()


def spread_of(letter: Letter, firms: Sequence[Business], *, at: datetime) -> Spread:
    """Return how widely the words of a letter went out lately, itself included.

    Words with small changes are the same words, unless they are few: many ask shortly and alike.
    Constant in the number of firms and letters.
    """
    own, others = [letter.pk], {letter.asker}
    runs = likeness.runs(letter.text) if is_long(letter.text) else frozenset[int]()
    for pk, asker, text, fingerprint in _perhaps_alike(letter, at):
        is_same = fingerprint == letter.fingerprint
        is_same = is_same or (bool(runs) and likeness.is_alike(runs, likeness.runs(text)))
        if is_same and asker == letter.asker:
            own.append(pk)
        elif is_same:
            others.add(asker)
    # Not different firms: that would show which firm is behind an opportunity without a name.
    reached = Enquiry.objects.filter(letter__in=own).count()
    return Spread(reached, len(others), _is_own(letter, firms))


def _perhaps_alike(letter: Letter, at: datetime) -> list[tuple[int, str, str, str]]:
    bands = Trace.objects.filter(band__in=likeness.bands(letter.text)).values("letter")
    lately = Letter.objects.filter(
        Q(pk__in=bands) | Q(fingerprint=letter.fingerprint),
        written_at__gte=at - timedelta(days=WHILE_DAYS),
    ).exclude(pk=letter.pk)
    rows = lately.order_by("-pk").values_list("pk", "asker", "text", "fingerprint")
    own = list(rows.filter(asker=letter.asker)[:MOST_COMPARED])
    return own + list(rows.exclude(asker=letter.asker)[:MOST_COMPARED])


def _is_own(letter: Letter, firms: Sequence[Business]) -> bool:
    """Say whether a visitor left an address of a firm written to, or of somebody who runs it."""
    if letter.person_id is not None:
        return False
    addresses = [one for one in (letter.email, letter.phone) if one]
    people = Membership.objects.filter(business__in=firms).filter(
        Q(person__email__in=addresses) | Q(person__phone__in=addresses)
    )
    own = Contact.objects.filter(business__in=firms, value__in=addresses)
    return people.exists() or own.exists()


def keys_of(letter: Letter) -> set[str]:
    """Return all that limits and blocks know a proven sender by: account, mailbox and number.

    A number beside an e-mail address is only claimed, so it counts for nothing.
    """
    if letter.person is not None:
        known = (letter.person.email, letter.person.phone)
        return {letter.asker, *(key_of_address(one) for one in known if one)}
    account = Q(email=letter.email) if letter.email else Q(phone=letter.phone)
    people = User.objects.filter(account).values_list("pk", flat=True)
    return {letter.asker, *(key_of_person(one) for one in people)}


def firms_that_block(askers: Collection[str], firms: Collection[int]) -> set[int]:
    """Return which of these firms want no enquiries of who is known by these keys; one query."""
    found = Block.objects.filter(asker__in=askers, business__in=firms)
    return set(found.values_list("business", flat=True))
