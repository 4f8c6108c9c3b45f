"""Certificates: asked for by the office, made in the background, withdrawn with a reason."""

from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.handing import Handed, kept
from ifn.directory.numbers import draw
from ifn.programmes.actions.locking import lock
from ifn.programmes.models import Batch, Certificate, Issuing, Registration
from ifn.programmes.printing import Sheet, certificate
from ifn.programmes.queries.attending import Record, record_of

#: Characters of a code before its check character: too many to be tried.
CODE_LENGTH: Final = 7
#: Participants looked at in one piece of work.
PIECE: Final = 5
Kind = Certificate.Kind


class NotOver(Exception):  # noqa: N818
    """Certificates are made once a batch is completed."""


class WasNotThere(Exception):  # noqa: N818
    """The participant was at no session."""


class NotEnough(Exception):  # noqa: N818
    """The participant was at fewer sessions than completion takes; percents say how many."""

    def __init__(self, percent: int, needed: int) -> None:
        super().__init__(percent, needed)
        self.percent, self.needed = percent, needed


@transaction.atomic
def ask_for_certificates(batch: Batch, *, actor: User, at: datetime) -> Issuing:
    """Let the certificates of a batch be made; while they are being made, that work is meant.

    Raises:
        NotOver: The batch is not completed.

    """
    batch = lock(batch)
    if batch.state != Batch.State.COMPLETED:
        raise NotOver
    waiting = Issuing.objects.filter(batch=batch, finished_at=None).first()
    if waiting:
        return waiting
    total = Registration.objects.filter(batch=batch, seat__isnull=False).count()
    one = Issuing.objects.create(batch=batch, asked_by=actor, asked_at=at, total=total)
    record("programmes.certificates.asked", batch, actor=actor, at=at, participants=total)
    return one


def issue_next(pk: int, start: int, *, at: datetime, on: date) -> int | None:
    """Make the certificates of the next participants; return where to go on, nothing at the end."""
    issuing = Issuing.objects.select_related("batch", "asked_by").filter(pk=pk).first()
    if issuing is None or issuing.finished_at:
        return None
    rows = Registration.objects.filter(batch=issuing.batch, seat__isnull=False)
    piece = list(rows.select_related("batch", "business").order_by("seat")[start : start + PIECE])
    made = 0
    for one in piece:
        made += _issue_earned(one, actor=issuing.asked_by, at=at, on=on)
    issuing.done, issuing.made = start + len(piece), issuing.made + made
    if len(piece) < PIECE:
        issuing.finished_at = at
    issuing.save(update_fields=["done", "made", "finished_at"])
    return None if issuing.finished_at else start + len(piece)


def _issue_earned(one: Registration, *, actor: User | None, at: datetime, on: date) -> int:
    made = 0
    for kind in (Kind.ATTENDANCE, Kind.COMPLETION):
        try:
            _certificate, is_new = issue(one, kind, actor=actor, at=at, on=on)
        except (WasNotThere, NotEnough):
            continue
        made += is_new
    return made


def issue(
    registration: Registration, kind: str, *, actor: User | None, at: datetime, on: date
) -> tuple[Certificate, bool]:
    """Make one certificate as a PDF, and say whether it is new; one that holds is not made anew.

    Raises:
        NotEnough: They were at fewer sessions than completion takes.
        NotOver: The batch is not completed.
        WasNotThere: They were at no session.

    """
    batch = registration.batch
    if batch.state != Batch.State.COMPLETED:
        raise NotOver
    was = record_of(registration, at=at)
    if not was.attended or registration.seat is None:
        raise WasNotThere
    if kind == Kind.COMPLETION and was.percent < batch.completion_share:
        raise NotEnough(was.percent, batch.completion_share)
    standing = Certificate.objects.filter(registration=registration, kind=kind, withdrawn_at=None)
    if there := standing.first():
        return there, False
    one = _drawn(was, kind, actor=actor, on=on)
    content = certificate(_sheet(one, batch))
    with kept(Handed(content, "pdf", ""), "certificates") as file, transaction.atomic():
        one.file = file
        try:
            with transaction.atomic():
                one.save()
        except IntegrityError:
            if there := standing.first():  # another worker was quicker
                return there, False
            raise
        record("programmes.certificate.issued", one, actor=actor, at=at, kind=kind)
    return one, True


def _drawn(was: Record, kind: str, *, actor: User | None, on: date) -> Certificate:
    one = was.registration
    return Certificate(
        code=draw(length=CODE_LENGTH),
        registration=one,
        kind=kind,
        name=one.name,
        firm=one.business.name,
        title=(one.batch.title_id or one.batch.title_en),
        attended=was.attended,
        held=was.held,
        issued_on=on,
        issued_by=actor,
    )


def _sheet(one: Certificate, batch: Batch) -> Sheet:
    path = reverse("programmes:check-certificate", args=[one.public_code])
    return Sheet(
        kind=one.kind,
        name=one.name,
        firm=one.firm,
        title=one.title,
        starts_on=batch.starts_on,
        ends_on=batch.ends_on,
        place=batch.region.short_name if batch.region else "",
        attended=one.attended,
        held=one.held,
        share=batch.completion_share,
        code=one.public_code,
        issued_on=one.issued_on,
        address=f"{settings.PUBLIC_ADDRESS}{path}",
        is_demo=batch.is_demo,
    )


@transaction.atomic
def withdraw_certificate(one: Certificate, *, reason: str, actor: User, at: datetime) -> None:
    """Take a certificate back; its public page says that it no longer holds, and nothing else."""
    found = Certificate.objects.select_for_update().get(pk=one.pk)
    if found.withdrawn_at:
        return
    found.withdrawn_at, found.reason = at, reason
    found.save(update_fields=["withdrawn_at", "reason"])
    record("programmes.certificate.withdrawn", found, actor=actor, at=at, reason=reason)
