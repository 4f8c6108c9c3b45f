"""What a firm's timeline tells of claims and reports; reports are for the staff alone."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ifn.directory.timeline import Kind, Moment, Place, Window, actor_name
from ifn.moderation.models import Claim, Report
from ifn.moderation.models.claims import OVER

BEGUN: Final = "moderation.claim.begun"
ENDED: Final = "moderation.claim.ended"
MADE: Final = "moderation.report.made"
ANSWERED: Final = "moderation.report.answered"
#: What the people of a business read of claims: who came in by one, and whose was taken back.
_OF_FIRM: Final = (Claim.State.GRANTED, Claim.State.REVOKED)
_CLAIMS: Final[Mapping[str, Promise]] = {
    Claim.State.GRANTED: _("Claim granted"),
    Claim.State.REFUSED: _("Claim refused"),
    Claim.State.WITHDRAWN: _("Claim withdrawn"),
    Claim.State.REVOKED: _("Granted claim taken back"),
    Claim.State.EXPIRED: _("Claim expired"),
}
_REPORTS: Final[Mapping[str, Promise]] = {
    Report.State.FIXED: _("Report answered: put right"),
    Report.State.NOT_FIXED: _("Report answered: left as it is"),
}


def claims_begun(window: Window) -> list[Moment]:
    """Return who said that the profile is theirs, and in which way they show it."""
    found = Claim.objects.filter(business__in=window.keys).select_related("person")
    return [
        Moment(
            Place(one.begun_at, BEGUN, one.pk),
            Kind.CLAIM,
            str(_("Claim begun")),
            actor_name(one.person, window),
            (one.get_way_display(),),
            thing=one,
        )
        for one in window.cut(found, BEGUN, "begun_at")
    ]


def claims_ended(window: Window) -> list[Moment]:
    """Return how claims ended, whose they were, and why."""
    states = OVER if window.is_staff else _OF_FIRM
    found = Claim.objects.filter(business__in=window.keys, state__in=states)
    found = found.exclude(decided_at=None).select_related("person", "decided_by")
    return [
        Moment(
            Place(one.decided_at, ENDED, one.pk),
            Kind.CLAIM,
            str(_CLAIMS[one.state]),
            actor_name(one.decided_by, window) if one.decided_by else "",
            (actor_name(one.person, window),),
            one.reason,
            one if window.is_staff else None,
        )
        for one in window.cut(found, ENDED, "decided_at")
        if one.decided_at
    ]


def reports_made(window: Window) -> list[Moment]:
    """Return what somebody reported about the profile."""
    found = Report.objects.filter(business__in=window.keys).select_related("person")
    return [
        Moment(
            Place(one.made_at, MADE, one.pk),
            Kind.REPORT,
            str(_("Somebody reported a fault")),
            actor_name(one.person, window) if one.person else "",
            (one.get_kind_display(),),
            thing=one,
        )
        for one in window.cut(found, MADE, "made_at")
    ]


def reports_answered(window: Window) -> list[Moment]:
    """Return what the office answered to reports."""
    found = Report.objects.filter(business__in=window.keys, state__in=_REPORTS)
    found = found.exclude(answered_at=None).select_related("answered_by")
    return [
        Moment(
            Place(one.answered_at, ANSWERED, one.pk),
            Kind.REPORT,
            str(_REPORTS[one.state]),
            actor_name(one.answered_by, window) if one.answered_by else "",
            (one.get_kind_display(),),
            one.answer,
            one,
        )
        for one in window.cut(found, ANSWERED, "answered_at")
        if one.answered_at
    ]
