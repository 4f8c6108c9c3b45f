"""A claim from its claimant's side: begun, shown by link, code or evidence, answered, withdrawn."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.profiles import lock
from ifn.directory.handing import Handed, kept
from ifn.directory.models import Business, Contact
from ifn.directory.models.membership import digest_of
from ifn.directory.queries import has_owner
from ifn.moderation import tokens
from ifn.moderation.actions.deciding import grant_locked
from ifn.moderation.actions.telling import send_code
from ifn.moderation.models import Claim, ClaimCode, ClaimLink, ClaimNote
from ifn.moderation.models.claims import MOST_TRIES, OPEN
from ifn.moderation.problems import HasOwner, NotClaimable
from ifn.moderation.queries import contact_for

#: Where evidence lies among the private files.
FOLDER = "claims"

#: Claims that one person may begin in a day.
MOST_BEGUN = 5
#: Codes that go out about one profile in a day, whoever asks: they fill no mailbox, and guessing
#: with many accounts gets nowhere.
MOST_CODES = 6
BY_EMAIL, BY_OFFICER = timedelta(minutes=30), timedelta(days=3)
#: Files that one claim may hold.
MOST_FILES = 5


class TooManyClaims(Exception):  # noqa: N818
    """This person began too many claims today."""


class TooManyCodes(Exception):  # noqa: N818
    """So many codes went out about this profile today that the next must wait."""


class NoSuchContact(Exception):  # noqa: N818
    """The profile no longer states the contact that was chosen."""


class LinkOver(Exception):  # noqa: N818
    """The link was used by somebody else, withdrawn, has expired, or is none of ours."""


class WrongCode(Exception):  # noqa: N818
    """The code is another one; ``left`` says how many tries remain."""

    def __init__(self, left: int) -> None:
        super().__init__(str(left))
        self.left = left


class CodeOver(Exception):  # noqa: N818
    """The code has expired or was tried too often; a new one must be sent."""


class ClaimOver(Exception):  # noqa: N818
    """The claim is no longer open, or not in the state that this step needs."""


class TooManyFiles(Exception):  # noqa: N818
    """The claim holds as many files as it may."""


@transaction.atomic
def open_claim_link(token: str, *, person: User, at: datetime) -> Claim:
    """Make whoever opens an officer's link the owner; opened again by them it changes nothing.

    Raises:
        LinkOver: Somebody else used it, it was withdrawn, has expired, or there is none.
        HasOwner: Somebody became owner meanwhile.
        NotClaimable: The profile is not listed.

    """
    link = ClaimLink.objects.select_related("business").filter(digest=digest_of(token)).first()
    if link is None:
        raise LinkOver
    business = link.business
    lock(business)
    link.refresh_from_db()
    if link.used_by_id == person.pk:
        before = Claim.objects.filter(business=business, person=person, way=Claim.Way.LINK)
        if done := before.order_by("-pk").first():
            return done
    if link.used_at or link.withdrawn_at or link.expires_at <= at:
        raise LinkOver
    claim = _open(business, Claim.Way.LINK, Claim.State.BEGUN, person=person, at=at, counted=False)
    link.used_at, link.used_by = at, person
    link.save(update_fields=["used_at", "used_by"])
    return grant_locked(claim, actor=person, at=at)


@transaction.atomic
def claim_by_code(
    business: Business, *, contact: int, person: User, language: str, at: datetime
) -> Claim:
    """Begin a claim by a code to a contact on the profile, or send another code for it.

    A code to an e-mail address goes out at once; one to a number waits for an officer, who sends
    it: there is no gateway for messages to phones.

    Raises:
        NoSuchContact: The profile does not state it any more.
        TooManyCodes: Too many went out today.
        HasOwner, NotClaimable, TooManyClaims: It cannot be claimed now.

    """
    lock(business)
    chosen = contact_for(business, contact)
    if chosen is None:
        raise NoSuchContact
    is_email = chosen.kind == Contact.Kind.EMAIL
    way = Claim.Way.EMAIL if is_email else Claim.Way.PHONE
    state = Claim.State.BEGUN if is_email else Claim.State.WAITING
    claim = _open(business, way, state, person=person, at=at)
    if is_email:
        code = make_code(claim, valid=BY_EMAIL, at=at)
        send_code(claim, code, to=chosen.value, language=language, at=at)
    return claim


def make_code(claim: Claim, *, valid: timedelta, at: datetime) -> str:
    """Make a code for a claim, in place of those before, and return it; call it when locked.

    Raises:
        TooManyCodes: Too many went out about this profile today.

    """
    sent = ClaimCode.objects.filter(
        claim__business=claim.business_id, made_at__gt=at - timedelta(days=1)
    )
    if sent.count() >= MOST_CODES:
        raise TooManyCodes
    ClaimCode.objects.filter(claim=claim, expires_at__gt=at).update(expires_at=at)
    code = tokens.new_code()
    ClaimCode.objects.create(
        claim=claim,
        digest=tokens.digest_of_code(claim.pk, code),
        made_at=at,
        expires_at=at + valid,
    )
    record("moderation.claim.code_made", claim, actor=None, at=at, way=claim.way)
    return code


def enter_code(claim: Claim, typed: str, *, person: User, at: datetime) -> Claim:
    """Grant a claim to whoever knows the code; a wrong one is counted whatever else happens.

    Raises:
        WrongCode: It is another one.
        CodeOver: There is none that still counts.
        ClaimOver: The claim is no longer open.
        HasOwner, NotClaimable: It cannot be granted now.

    """
    code = ClaimCode.objects.filter(claim=claim, expires_at__gt=at).order_by("-pk").first()
    if code is None:
        raise CodeOver
    # Counted before it is looked at and in one statement, so that tries at once stay few.
    counted = ClaimCode.objects.filter(pk=code.pk, tries__lt=MOST_TRIES).update(
        tries=F("tries") + 1
    )
    if not counted:
        raise CodeOver
    if not tokens.fits(code, typed):
        left = MOST_TRIES - code.tries - 1
        if left <= 0:
            raise CodeOver
        raise WrongCode(left)
    return _grant_by_code(claim, code, person=person, at=at)


@transaction.atomic
def _grant_by_code(claim: Claim, code: ClaimCode, *, person: User, at: datetime) -> Claim:
    _no_staff(person)
    lock(claim.business)
    claim.refresh_from_db()
    if not claim.is_open or claim.person_id != person.pk:
        raise ClaimOver
    code.expires_at = at
    code.save(update_fields=["expires_at"])
    return grant_locked(claim, actor=person, at=at)


def claim_by_evidence(
    business: Business, *, text: str, handed: Handed | None, person: User, at: datetime
) -> Claim:
    """Hand evidence to the office, for a new claim or for one begun in another way.

    Raises:
        HasOwner, NotClaimable, TooManyClaims: It cannot be claimed now.
        TooManyFiles: The claim holds five files already.

    """
    with kept(handed, FOLDER) as file, transaction.atomic():
        lock(business)
        claim = _open(business, Claim.Way.EVIDENCE, Claim.State.WAITING, person=person, at=at)
        _say(claim, text, file, handed, person=person, at=at)
    return claim


def answer_question(
    claim: Claim, *, text: str, handed: Handed | None, person: User, at: datetime
) -> Claim:
    """Answer what the office asked, or add something while it waits.

    Raises:
        ClaimOver: The claim is no longer open.
        TooManyFiles: It holds five files already.

    """
    with kept(handed, FOLDER) as file, transaction.atomic():
        lock(claim.business)
        claim.refresh_from_db()
        if not claim.is_open or claim.person_id != person.pk:
            raise ClaimOver
        _say(claim, text, file, handed, person=person, at=at)
        if claim.state == Claim.State.MORE_ASKED:
            _move(claim, Claim.State.WAITING, actor=person, at=at)
    return claim


@transaction.atomic
def withdraw_claim(claim: Claim, *, person: User, at: datetime) -> Claim:
    """Take a claim back; withdrawn twice it is withdrawn once.

    Raises:
        ClaimOver: It was decided meanwhile.

    """
    lock(claim.business)
    claim.refresh_from_db()
    if claim.state == Claim.State.WITHDRAWN:
        return claim
    if not claim.is_open or claim.person_id != person.pk:
        raise ClaimOver
    claim.decided_at, claim.decided_by = at, person
    _move(claim, Claim.State.WITHDRAWN, actor=person, at=at)
    return claim


def _open(  # the profile, how, in which state, by whom and when
    business: Business,
    way: str,
    state: str,
    *,
    person: User,
    at: datetime,
    counted: bool = True,
) -> Claim:
    """Return this person's open claim of a locked profile, begun now when there is none."""
    _no_staff(person)
    if business.status != Business.Status.LISTED:
        raise NotClaimable
    if has_owner(business):
        raise HasOwner
    claim = Claim.objects.filter(business=business, person=person, state__in=OPEN).first()
    if claim is not None:
        claim.way = way
        _move(claim, state, actor=person, at=at)
        return claim
    today = Claim.objects.filter(person=person, begun_at__gt=at - timedelta(days=1))
    if counted and today.count() >= MOST_BEGUN:
        raise TooManyClaims
    claim = Claim.objects.create(
        business=business, person=person, way=way, state=state, begun_at=at, since=at
    )
    record("moderation.claim.begun", claim, actor=person, at=at, way=way, business=business.pk)
    return claim


def _no_staff(person: User) -> None:
    """Refuse those who judge claims, whatever page they came by."""
    if person.is_staff:
        raise PermissionDenied


def _move(claim: Claim, state: str, *, actor: User, at: datetime) -> None:
    before = claim.state
    if before != state:
        claim.state, claim.since = state, at
        record(
            f"moderation.claim.{state}",
            claim,
            actor=actor,
            at=at,
            before={"state": before},
            after={"state": state},
        )
    claim.save(update_fields=["way", "state", "since", "decided_at", "decided_by"])


def _say(  # what was written, what was handed in, by whom and when
    claim: Claim, text: str, file: str, handed: Handed | None, *, person: User, at: datetime
) -> None:
    if file and claim.notes.exclude(file="").count() >= MOST_FILES:
        raise TooManyFiles
    ClaimNote.objects.create(
        claim=claim,
        kind=ClaimNote.Kind.CLAIMANT,
        author=person,
        text=text,
        file=file,
        file_name=handed.name[:100] if handed else "",
        written_at=at,
    )
