"""What the network vouches for: verified with evidence, withdrawn with a reason."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory import policies
from ifn.directory.actions.confirming import addresses_of, language_of
from ifn.directory.actions.profiles import lock
from ifn.directory.evidence import Evidence, prepare
from ifn.directory.indexing import put_in_lists
from ifn.directory.models import Business, Verification
from ifn.directory.queries import pictures_of, profile_of, role_in
from ifn.directory.verified import latest_end, usual_end
from ifn.mail.actions import send_template

#: The storage that no address leads to.
STORAGE: Final = "private"


class NotTheirs(Exception):  # noqa: N818
    """This person may not vouch for this topic of this business."""


class WrongDays(ValueError):  # noqa: N818
    """The days contradict each other or today; ``code`` says how."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class VerifiedMeanwhile(Exception):  # noqa: N818
    """Somebody else verified or withdrew the topic after this person had opened it."""


class WithdrawnAlready(Exception):  # noqa: N818
    """The verification does not stand any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was checked, when and how; without ``expires_on`` it holds as long as is usual."""

    topic: str
    checked_on: date
    expires_on: date | None = None
    note: str


def verify(  # noqa: PLR0913  # what was checked, with what, by whom, and when
    business: Business,
    check: Check,
    upload: bytes,
    *,
    replaces: int | None,
    on: date,
    actor: User,
    at: datetime,
) -> Verification:
    """Keep a check with its evidence; what stood before for the topic is replaced by it.

    ``replaces`` is the key of the verification that stood when the person looked, or nothing. The
    same check sent twice is there once.

    Raises:
        clean.Refused: The evidence cannot be used; the message says why.
        NotTheirs: The person may not verify this topic of this business.
        VerifiedMeanwhile: Another verification stands than the one looked at.
        WrongDays: A day in the future, an end before its beginning, gone by or too far off.

    """
    _require(business, check.topic, actor)
    expires_on = _end_of(check, on)
    evidence = prepare(upload)
    name = f"verifications/{secrets.token_hex(16)}.{evidence.kind}"
    storage = storages[STORAGE]
    stored = storage.save(name, ContentFile(evidence.content))
    try:
        with transaction.atomic():
            made = _insert(business, check, expires_on, evidence, stored, replaces, actor, at)
    except BaseException:
        storage.delete(stored)
        raise
    if made.evidence != stored:  # the same was sent before
        storage.delete(stored)
    return made


def _insert(  # noqa: PLR0913, PLR0917  # what was checked, with what, by whom, and when
    business: Business,
    check: Check,
    expires_on: date,
    evidence: Evidence,
    stored: str,
    replaces: int | None,
    actor: User,
    at: datetime,
) -> Verification:
    lock(business)
    _require(business, check.topic, actor)
    standing = Verification.objects.standing().filter(business=business, topic=check.topic).first()
    if standing and _is_same(standing, check, expires_on, evidence, actor):
        return standing
    if (standing.pk if standing else None) != replaces:
        raise VerifiedMeanwhile
    if standing:
        standing.replaced_at = at
        standing.save(update_fields=["replaced_at"])
    made = Verification.objects.create(
        business=business,
        topic=check.topic,
        checked_on=check.checked_on,
        expires_on=expires_on,
        office_id=policies.office_of(actor, business),
        verifier=actor,
        note=check.note,
        evidence=stored,
        digest=evidence.digest,
        made_at=at,
    )
    put_in_lists(business, profile_of(business), pictures_of(business))
    record(
        "directory.verification.made",
        business,
        actor=actor,
        at=at,
        topic=check.topic,
        checked_on=check.checked_on,
        expires_on=expires_on,
        verification=made.pk,
        replaced=replaces,
    )
    return made


def _is_same(
    standing: Verification, check: Check, expires_on: date, evidence: Evidence, actor: User
) -> bool:
    given = (check.checked_on, expires_on, check.note, evidence.digest, actor.pk)
    return given == (
        standing.checked_on,
        standing.expires_on,
        standing.note,
        standing.digest,
        standing.verifier_id,
    )


@transaction.atomic
def withdraw_verification(
    verification: Verification, *, reason: str, actor: User, at: datetime
) -> None:
    """Take back what the network vouched for and tell its people why; the row stays.

    Raises:
        NotTheirs: The person may not verify this topic of this business.
        WithdrawnAlready: It was withdrawn or replaced before.
        ValueError: There is no reason.

    """
    if not reason.strip():
        raise ValueError("A verification is withdrawn for a reason.")
    business = verification.business
    lock(business)
    _require(business, verification.topic, actor)
    verification.refresh_from_db()
    if verification.withdrawn_at or verification.replaced_at:
        raise WithdrawnAlready
    verification.withdrawn_at, verification.withdrawn_by = at, actor
    verification.reason = reason
    verification.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    put_in_lists(business, profile_of(business), pictures_of(business))
    record(
        "directory.verification.withdrawn",
        business,
        actor=actor,
        at=at,
        reason=reason,
        topic=verification.topic,
        verification=verification.pk,
    )
    if not business.is_demo:
        _tell(verification, business, at=at)


@transaction.atomic
def note_reading(verification: Verification, *, actor: User, at: datetime) -> None:
    """Note who opened the private evidence of a verification, and when."""
    record("directory.evidence.read", verification, actor=actor, at=at)


def _tell(verification: Verification, business: Business, *, at: datetime) -> None:
    """Write to a profile's people that a mark is gone, and why."""
    language = language_of(business)
    with translation.override(language):
        what, path = str(verification.get_topic_display()), reverse("site:verification")
    context = {
        "name": business.name,
        "number": business.public_number,
        "what": what,
        "reason": verification.reason,
        "meaning": f"{settings.PUBLIC_ADDRESS}{path}",
    }
    for place, address in enumerate(addresses_of(business)):
        send_template(
            "directory/mail/verification_withdrawn",
            context,
            language,
            to=address,
            kind="directory.verification-withdrawn",
            at=at,
            key=f"verification-withdrawn:{verification.pk}:{place}",
        )


def _require(business: Business, topic: str, actor: User) -> None:
    """Hold also where no page asked: whoever vouches must be entitled to.

    Raises:
        NotTheirs: They are not.

    """
    role = role_in(business, actor)
    if not policies.can_verify(actor, business, topic, role):
        raise NotTheirs


def _end_of(check: Check, today: date) -> date:
    """Return the last day of a check.

    Raises:
        WrongDays: It cannot be.

    """
    ends = check.expires_on or usual_end(check.topic, check.checked_on)
    if check.checked_on > today:
        raise WrongDays("future")
    if ends <= check.checked_on:
        raise WrongDays("before")
    if ends < today:
        raise WrongDays("over")
    if ends > latest_end(check.checked_on):
        raise WrongDays("far")
    return ends


def delete_evidence(names: list[str]) -> None:
    """Delete stored evidence; one that is gone already is no fault."""
    for name in names:
        storages[STORAGE].delete(name)
