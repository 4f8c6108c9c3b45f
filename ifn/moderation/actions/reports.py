"""Reports about a profile: made, taken into work, answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.profiles import lock
from ifn.directory.models import Business
from ifn.mail.actions import send_template
from ifn.moderation import tokens
from ifn.moderation.actions.taking import let_go
from ifn.moderation.models import Report
from ifn.moderation.problems import ReasonMissing

#: Reports of one profile that may wait at once; more is a quarrel or a machine.
MOST_OPEN = 20
#: The same words about the same profile within this time are one report sent twice.
AGAIN_WITHIN = timedelta(minutes=30)


class NotShown(Exception):  # noqa: N818
    """Nobody sees the profile, so there is nothing to report about it."""


class EnoughReports(Exception):  # noqa: N818
    """So many reports of this profile wait already that the office knows."""


class AnsweredMeanwhile(Exception):  # noqa: N818
    """Somebody else answered the report; ``report`` says who and how."""

    def __init__(self, report: Report) -> None:
        super().__init__(str(report))
        self.report = report


@dataclass(frozen=True, slots=True)
class Reporter:
    """Where the answer goes: an account, an address, a number, or nowhere."""

    person: User | None = None
    email: str = ""
    phone: str = ""
    language: str = "id"


@transaction.atomic
def report(business: Business, *, kind: str, text: str, reporter: Reporter, at: datetime) -> Report:
    """Keep what somebody says is wrong with a profile; sent twice it is kept once.

    Raises:
        NotShown: The profile is not listed.
        EnoughReports: 20 reports of it wait already.

    """
    lock(business)
    if business.status != Business.Status.LISTED:
        raise NotShown
    same = Report.objects.filter(
        business=business,
        kind=kind,
        text=text,
        person=reporter.person,
        email=reporter.email,
        phone=reporter.phone,
        made_at__gte=at - AGAIN_WITHIN,
    ).first()
    if same is not None:
        return same
    waiting = Report.objects.filter(business=business, answered_at=None)
    if waiting.count() >= MOST_OPEN:
        raise EnoughReports
    made = Report.objects.create(
        business=business,
        kind=Report.Kind(kind),
        text=text,
        person=reporter.person,
        email=reporter.email,
        phone=reporter.phone,
        language=reporter.language,
        made_at=at,
    )
    # The people of the business read its history, so it does not say who reported.
    record("moderation.report.made", business, actor=None, at=at, report=made.pk, kind=kind)
    return made


@transaction.atomic
def answer_report(
    given: Report, *, is_fixed: bool, answer: str, actor: User, at: datetime
) -> Report:
    """Answer a report, and write the answer to whoever made it.

    Raises:
        ReasonMissing: It was left as it is without saying why.
        AnsweredMeanwhile: Somebody else answered it.

    """
    if not is_fixed and not answer:
        raise ReasonMissing
    lock(given.business)
    answered = Report.objects.select_related("business", "person", "answered_by").get(pk=given.pk)
    if not answered.is_open:
        raise AnsweredMeanwhile(answered)
    answered.state = Report.State.FIXED if is_fixed else Report.State.NOT_FIXED
    answered.answer, answered.answered_at, answered.answered_by = answer, at, actor
    answered.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    let_go("report", [answered.pk])
    record(
        f"moderation.report.{answered.state}",
        answered.business,
        actor=actor,
        at=at,
        reason=answer,
        report=answered.pk,
    )
    _write_back(answered, at=at)
    return answered


def address_of(report: Report) -> str:
    """Return the whole address under which whoever made a report reads what came of it."""
    with translation.override(report.language):
        path = reverse("moderation:reported", args=[tokens.for_report(report)])
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _write_back(report: Report, *, at: datetime) -> None:
    email = report.email or (report.person.email if report.person else "")
    if not email:
        return
    send_template(
        "moderation/mail/report_answered",
        {
            "business": report.business,
            "kind": report.get_kind_display,
            "text": report.text,
            "is_fixed": report.state == Report.State.FIXED,
            "answer": report.answer,
            "address": address_of(report),
        },
        report.language,
        to=email,
        kind="moderation.report",
        at=at,
        key=f"report:{report.pk}:answered",
    )
