"""A letter is written, to one firm or to several, once."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import get_default_timezone

from ifn.audit.actions import record
from ifn.connections import tasks
from ifn.connections.actions.enquiries.delivering import is_open, let_go
from ifn.connections.actions.enquiries.problems import (
    NoFirm,
    NotShown,
    OpportunityOver,
    OwnFirm,
    TooManyFirms,
    TooManyLetters,
)
from ifn.connections.enquiring import codes, likeness
from ifn.connections.enquiring.askers import Asker
from ifn.connections.enquiring.challenge import Solved
from ifn.connections.enquiring.states import State
from ifn.connections.enquiring.suspicion import fingerprint
from ifn.connections.models import (
    Enquiry,
    Letter,
    LetterFile,
    Opportunity,
    Tally,
    Trace,
)
from ifn.connections.models.enquiries import MOST_FIRMS
from ifn.connections.queries.askers import (
    is_work_new,
    letters_a_day,
    level_of,
)
from ifn.directory import numbers
from ifn.directory.handing import Handed, kept, remove_files
from ifn.directory.models import Business, Membership

#: Whose machine solved no challenge waits so long for the confirmation.
SLOWER: Final = timedelta(minutes=3)
#: Where files of letters lie among the private ones, and how many one may have.
FOLDER: Final = "enquiries"
MOST_FILES: Final = 3
#: Characters of a code that a visitor sends, before the check character: 27 thousand million.
PROOF_CODE: Final = 7
#: Codes drawn again where one was taken; the third time somebody should know.
TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote: words, and the facts that make an offer possible."""

    text: str
    quantity: int | None = None
    #: The key of a term of the vocabulary of units.
    unit: int | None = None
    deadline: date | None = None
    files: Sequence[Handed] = field(default=())
    #: What it answers.
    opportunity: Opportunity | None = None

    @property
    def digest(self) -> str:
        """Return what tells one letter from another.

        The opportunity is part of it: else the same words, written to a firm by name, would show
        whether an opportunity without a name is that firm's.
        """
        facts = f"{self.text}\n{self.quantity}\n{self.unit}\n{self.deadline}"
        if self.opportunity is not None:
            facts += f"\n{self.opportunity.number}"
        return sha256(facts.encode()).hexdigest()

    @property
    def names_firm(self) -> bool:
        """Say whether whoever writes knows to which firm."""
        return self.opportunity is None or self.opportunity.is_named


def send(
    written: Written,
    firms: Sequence[Business],
    *,
    asker: Asker,
    at: datetime,
    challenge: Solved | None = None,
) -> Letter:
    """Write a letter to one firm or to several and return it; sent twice it is one.

    A member's goes out at once, unless it looks like spam; a visitor's waits until the address is
    confirmed. Firms where the same words of the same asker are still open get them no second time.

    Raises:
        NoFirm: No firm was named.
        TooManyFirms: More than five were.
        NotShown: One of them is not in the directory, or no longer.
        OwnFirm: One of them is the asker's own.
        TooManyLetters: The asker wrote enough for today.

    """
    chosen = _standing(firms)
    with _stored(written.files) as names:
        letter, is_new = _send_once(written, chosen, names, asker, challenge or Solved(), at)
        if not is_new:
            remove_files(names)
    return letter


def answer_opportunity(
    opportunity: Opportunity,
    written: Written,
    *,
    asker: Asker,
    at: datetime,
    challenge: Solved | None = None,
) -> Letter:
    """Write to the firm of an opportunity, and return the letter; as ``send`` does.

    Whose opportunity it is stays unsaid to the asker, where it shows no name, until it accepts.

    Raises:
        OpportunityOver: It is open no longer, or its firm is not shown.

    """
    about = replace(written, opportunity=opportunity)
    try:
        return send(about, [opportunity.business], asker=asker, at=at, challenge=challenge)
    except NotShown:
        raise OpportunityOver from None


def _standing(firms: Sequence[Business]) -> list[Business]:
    """Return the profiles that stand for these firms, each once."""
    found = {one.pk: one for one in ((firm.merged_into or firm) for firm in firms)}
    if not found:
        raise NoFirm
    if len(found) > MOST_FIRMS:
        raise TooManyFirms
    for one in found.values():
        if one.status != Business.Status.LISTED:
            raise NotShown(one)
    return list(found.values())


@contextmanager
def _stored(files: Sequence[Handed]) -> Iterator[list[str]]:
    with ExitStack() as stack:
        yield [stack.enter_context(kept(one, FOLDER)) for one in files[:MOST_FILES]]


def _send_once(
    written: Written,
    firms: list[Business],
    names: list[str],
    asker: Asker,
    challenge: Solved,
    at: datetime,
) -> tuple[Letter, bool]:
    for tried in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                return _written(written, firms, names, asker, challenge, at)
        except IntegrityError:  # the same letter came twice at once, or a code is taken
            if tried == TRIES:
                raise
    raise AssertionError  # the loop returns or raises


def _written(
    written: Written,
    firms: list[Business],
    names: list[str],
    asker: Asker,
    challenge: Solved,
    at: datetime,
) -> tuple[Letter, bool]:
    digest = written.digest
    same = Enquiry.objects.open().filter(
        asker=asker.key, digest=digest, business__in=[one.pk for one in firms]
    )
    there = {one.business_id: one for one in same.select_related("letter").order_by("pk")}
    new = [one for one in firms if one.pk not in there]
    if not new:
        before = next(iter(there.values())).letter
        _ask_again(before)
        return before, False
    _refuse_own(new, asker)
    if written.opportunity is not None and not is_open(written.opportunity.pk, at):
        raise OpportunityOver
    _count(asker, at)
    letter = _letter(written, digest, asker, challenge, at)
    Trace.objects.bulk_create(
        Trace(letter=letter, band=band) for band in likeness.bands(letter.text)
    )
    LetterFile.objects.bulk_create(
        LetterFile(letter=letter, file=name, name=given.name)
        for name, given in zip(names, written.files, strict=False)
    )
    Enquiry.objects.bulk_create(
        Enquiry(
            letter=letter,
            place=place,
            business=firm,
            asker=letter.asker,
            digest=digest,
            code=codes.draw(),
            is_unnamed=not written.names_firm,
            state=State.WAITING,
            since=at,
        )
        for place, firm in enumerate(new, start=1)
    )
    record("connections.letter.written", letter, actor=asker.person, at=at, firms=len(new))
    if letter.state == Letter.State.UNPROVEN:
        _ask_for_proof(letter, at=at)
    else:
        let_go(letter, at=at)
    return letter, True


def _refuse_own(firms: list[Business], asker: Asker) -> None:
    if asker.person is None:
        return
    memberships = Membership.objects.filter(person=asker.person)
    profiles = memberships.values_list("business", "business__merged_into")
    own = {pk for pair in profiles for pk in pair}
    if asker.business is not None:
        own |= {asker.business.pk, asker.business.merged_into_id}
    for one in firms:
        if one.pk in own:
            raise OwnFirm(one)


def _count(asker: Asker, at: datetime) -> None:
    """Count a letter against the day's limit, in one statement that no two at once both pass."""
    today = at.astimezone(get_default_timezone()).date()
    limit = letters_a_day(level_of(asker.person.pk if asker.person else None, today))
    row = {"asker": asker.key, "on": today}
    Tally.objects.bulk_create([Tally(**row)], ignore_conflicts=True)
    if not Tally.objects.filter(**row, letters__lt=limit).update(letters=F("letters") + 1):
        raise TooManyLetters(limit, today + timedelta(days=1))


def _letter(written: Written, digest: str, asker: Asker, challenge: Solved, at: datetime) -> Letter:
    is_known = asker.person is not None
    return Letter.objects.create(
        person=asker.person,
        business=asker.business,
        name=asker.name,
        email=asker.email,
        phone=asker.phone,
        asker=asker.key,
        language=asker.language,
        text=written.text,
        quantity=written.quantity,
        unit_id=written.unit if written.quantity else None,
        deadline=written.deadline,
        opportunity=written.opportunity,
        digest=digest,
        fingerprint=fingerprint(written.text),
        challenge=challenge.word if is_work_new(challenge) else "",
        proof_code="" if is_known or asker.email else numbers.draw(length=PROOF_CODE),
        # Until its words were looked at, it is held; nobody sees it meanwhile.
        state=Letter.State.HELD if is_known else Letter.State.UNPROVEN,
        written_at=at,
        proven_at=at if is_known else None,
    )


def _ask_for_proof(letter: Letter, *, at: datetime) -> None:
    """Send the link that confirms the address, at once where the sender's machine worked for it.

    Who left a number alone shows whose it is by a message to the office, or gets the link from it.
    """
    if letter.email:
        when = at if letter.challenge else at + SLOWER
        tasks.ask_for_proof.using(run_after=when).enqueue(letter.pk)


def _ask_again(letter: Letter) -> None:
    """Send the link again to who wrote the same words again; the message itself goes once a day."""
    if letter.state == Letter.State.UNPROVEN and letter.email:
        tasks.ask_for_proof.enqueue(letter.pk, again=True)
