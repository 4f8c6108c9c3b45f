"""A claim from the office's side: asked for more, granted, refused, taken back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory import actions as directory
from ifn.directory.actions.profiles import lock
from ifn.directory.models import Business, Membership
from ifn.directory.queries import has_owner
from ifn.moderation.actions.taking import let_go
from ifn.moderation.actions.telling import tell
from ifn.moderation.models import Claim, ClaimNote
from ifn.moderation.models.claims import OPEN
from ifn.moderation.problems import HasOwner, NotClaimable, ReasonMissing

#: A claim whose claimant does nothing for so long is closed.
EXPIRES_AFTER = timedelta(days=30)
BATCH = 50
#: What those read whose claims end with another's.
TAKEN = gettext_noop("Somebody else has shown that this business is theirs.")


class DecidedMeanwhile(Exception):  # noqa: N818
    """The claim is in another state by now; ``claim`` says in which, and by whom."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(str(claim))
        self.claim = claim


@transaction.atomic
def grant(claim: Claim, *, actor: User, at: datetime, reason: str = "") -> Claim:
    """Make the claimant owner of the profile and close what others claim of it.

    Raises:
        DecidedMeanwhile: A colleague or the claimant was quicker.
        HasOwner: Somebody else became owner meanwhile.
        NotClaimable: The profile is no longer listed.

    """
    return grant_locked(_locked(claim, OPEN), actor=actor, at=at, reason=reason)


@transaction.atomic
def note_reading(note: ClaimNote, *, actor: User, at: datetime) -> None:
    """Note who opened a file that was handed in with a claim, and when."""
    record("moderation.evidence.read", note.claim, actor=actor, at=at, note=note.pk)


def grant_locked(claim: Claim, *, actor: User, at: datetime, reason: str = "") -> Claim:
    """Do what ``grant`` does for a claim whose profile is locked and which is open."""
    business = claim.business
    if business.status != Business.Status.LISTED:
        raise NotClaimable
    if has_owner(business):
        raise HasOwner
    directory.appoint(
        business,
        person=claim.person,
        role=Membership.Role.OWNER,
        actor=actor,
        at=at,
        reason=reason,
    )
    _decide(claim, Claim.State.GRANTED, actor=actor, at=at, reason=reason)
    record("moderation.claim.granted", business, actor=actor, at=at, claim=claim.pk, way=claim.way)
    others = Claim.objects.filter(business=business, state__in=OPEN).exclude(pk=claim.pk)
    for other in others.select_related("business", "person").order_by("pk"):
        with translation.override(other.person.language):
            why = gettext(TAKEN)
        refuse_locked(other, reason=why, actor=actor, at=at)
    return claim


def refuse_locked(claim: Claim, *, reason: str, actor: User, at: datetime) -> None:
    """Do what ``refuse`` does for a claim whose profile is locked and which is open."""
    _decide(claim, Claim.State.REFUSED, actor=actor, at=at, reason=reason)
    tell(claim, text=reason, at=at)


@transaction.atomic
def refuse(claim: Claim, *, reason: str, actor: User, at: datetime) -> Claim:
    """Say no to a claim, and why.

    Raises:
        ReasonMissing: It was not said why.
        DecidedMeanwhile: A colleague or the claimant was quicker.

    """
    if not reason:
        raise ReasonMissing
    claim = _locked(claim, OPEN)
    refuse_locked(claim, reason=reason, actor=actor, at=at)
    return claim


@transaction.atomic
def ask_for_more(claim: Claim, *, question: str, actor: User, at: datetime) -> Claim:
    """Ask the claimant something; the claim waits for them until they answer.

    Raises:
        ReasonMissing: Nothing was asked.
        DecidedMeanwhile: A colleague or the claimant was quicker.

    """
    if not question:
        raise ReasonMissing
    claim = _locked(claim, OPEN)
    _write(claim, ClaimNote.Kind.QUESTION, question, actor=actor, at=at)
    _move(claim, Claim.State.MORE_ASKED, actor=actor, at=at)
    let_go("claim", [claim.pk])
    tell(claim, text=question, at=at)
    return claim


@transaction.atomic
def revoke(claim: Claim, *, reason: str, actor: User, at: datetime) -> Claim:
    """Take a profile back from whoever it was granted to, and say why.

    Raises:
        ReasonMissing: It was not said why.
        DecidedMeanwhile: It is not, or no longer, granted.

    """
    if not reason:
        raise ReasonMissing
    claim = _locked(claim, (Claim.State.GRANTED,))
    directory.take_back(claim.business, person=claim.person, actor=actor, at=at, reason=reason)
    _decide(claim, Claim.State.REVOKED, actor=actor, at=at, reason=reason)
    business = claim.business
    record("moderation.claim.revoked", business, actor=actor, at=at, reason=reason, claim=claim.pk)
    return claim


@transaction.atomic
def note(claim: Claim, *, text: str, actor: User, at: datetime) -> None:
    """Write something down that only the staff reads.

    Raises:
        ReasonMissing: There is nothing to write down.

    """
    if not text:
        raise ReasonMissing
    _write(claim, ClaimNote.Kind.INTERNAL, text, actor=actor, at=at)


@transaction.atomic
def expire_claims(*, at: datetime) -> int:
    """Close the next claims whose claimants did nothing for long; return how many."""
    idle = Claim.objects.filter(
        state__in=[Claim.State.BEGUN, Claim.State.MORE_ASKED], since__lte=at - EXPIRES_AFTER
    )
    pks = list(idle.order_by("pk").values_list("pk", flat=True)[:BATCH])
    for pk in pks:
        claim = Claim.objects.select_related("business", "person").get(pk=pk)
        lock(claim.business)
        claim.refresh_from_db(fields=["state", "since"])
        if claim.state in {Claim.State.BEGUN, Claim.State.MORE_ASKED}:
            _decide(claim, Claim.State.EXPIRED, actor=None, at=at)
            tell(claim, text="", at=at)
    return len(pks)


def _locked(claim: Claim, states: tuple[str, ...]) -> Claim:
    """Return the claim as it stands now, which nobody else changes until the end."""
    lock(claim.business)
    found = Claim.objects.select_related("business", "person", "decided_by").get(pk=claim.pk)
    if found.state not in states:
        raise DecidedMeanwhile(found)
    return found


def _decide(
    claim: Claim, state: str, *, actor: User | None, at: datetime, reason: str = ""
) -> None:
    claim.decided_at, claim.decided_by, claim.reason = at, actor, reason
    _move(claim, state, actor=actor, at=at)
    let_go("claim", [claim.pk])


def _move(claim: Claim, state: str, *, actor: User | None, at: datetime) -> None:
    before, claim.state, claim.since = claim.state, state, at
    claim.save(update_fields=["state", "since", "decided_at", "decided_by", "reason"])
    record(
        f"moderation.claim.{state}",
        claim,
        actor=actor,
        at=at,
        reason=claim.reason,
        before={"state": before},
        after={"state": state},
    )


def _write(claim: Claim, kind: str, text: str, *, actor: User, at: datetime) -> None:
    ClaimNote.objects.create(claim=claim, kind=kind, author=actor, text=text, written_at=at)
