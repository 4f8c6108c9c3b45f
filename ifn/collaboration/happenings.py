"""What a firm's timeline tells of working together; everyone reads only what is named to them."""

from collections.abc import Mapping
from typing import Final

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.collaboration.models import (
    Application,
    ApplicationStep,
    Project,
    ProjectPartner,
    ProjectStep,
    Receipt,
    ReleaseConsent,
)
from ifn.directory.timeline import Kind, Moment, Place, Window, actor_name

PARTNERED: Final = "collaboration.partner"
APPLIED: Final = "collaboration.application"
RECEIVED: Final = "collaboration.received"
TAKES_PART: Final = "collaboration.takes_part"
RELEASED: Final = "collaboration.released"
_STEPS: Final[Mapping[str, Promise]] = {
    "partner.invited": gettext_lazy("Asked to take part in a project"),
    "partner.accepted": gettext_lazy("Takes part in a project"),
    "partner.declined": gettext_lazy("Declined a project"),
    "partner.left": gettext_lazy("Left a project"),
    "partner.taken_out": gettext_lazy("Taken out of a project"),
}
_State = Application.State
_APPLIED: Final[Mapping[str, Promise]] = {
    _State.SUBMITTED: gettext_lazy("Applied to a call for partners"),
    _State.WITHDRAWN: gettext_lazy("Withdrew an application to a call"),
    _State.CHOSEN: gettext_lazy("Chosen in a call for partners"),
    _State.NOT_CHOSEN: gettext_lazy("Not chosen in a call for partners"),
    _State.INELIGIBLE: gettext_lazy("Not eligible in a call for partners"),
}


def partner_steps(window: Window) -> list[Moment]:
    """Return how a firm came into projects and out of them."""
    found = ProjectStep.objects.filter(partner__business__in=window.keys, event__in=_STEPS)
    rows = window.cut(found.select_related("project", "partner", "person"), PARTNERED)
    return [
        Moment(
            Place(one.at, PARTNERED, one.pk),
            Kind.COLLABORATION,
            str(_STEPS[one.event]),
            actor_name(one.person, window) if one.person else "",
            (one.project.title,),
            one.reason,
            one.project,
            window.via(one.partner.business_id or 0) if one.partner else "",
        )
        for one in rows
    ]


def application_steps(window: Window) -> list[Moment]:
    """Return what a firm applied to, and what was decided about it once the call is decided."""
    found = ApplicationStep.objects.filter(
        application__business__in=window.keys, state__in=_APPLIED
    )
    if not window.is_staff:
        told = [_State.SUBMITTED, _State.WITHDRAWN]
        found = found.filter(state__in=told) | found.filter(application__call__state="decided")
    rows = window.cut(found.select_related("application__call", "person"), APPLIED)
    return [
        Moment(
            Place(one.at, APPLIED, one.pk),
            Kind.COLLABORATION,
            str(_APPLIED[one.state]),
            actor_name(one.person, window) if one.person else "",
            (one.application.call.title,),
            one.reason,
            None,
            window.via(one.application.business_id),
        )
        for one in rows
    ]


def received(window: Window) -> list[Moment]:
    """Return what of batches a firm received."""
    found = Receipt.objects.filter(allocation__business__in=window.keys)
    rows = window.cut(found.select_related("allocation__batch__project"), RECEIVED)
    return [
        Moment(
            Place(one.at, RECEIVED, one.pk),
            Kind.COLLABORATION,
            _("Received %(pairs)d pairs") % {"pairs": one.pairs},
            parts=(one.allocation.batch.what,),
            thing=one.allocation.batch.project,
            via=window.via(one.allocation.business_id),
        )
        for one in rows
    ]


def takes_part(window: Window) -> list[Moment]:
    """Return, for everyone, the projects that visitors see in which the firm is named."""
    found = ProjectPartner.objects.filter(
        business__in=window.keys,
        state=ProjectPartner.State.ACCEPTED,
        is_named=True,
        project__is_public=True,
        project__state__in=Project.SHOWN,
    )
    rows = window.cut(found.select_related("project"), TAKES_PART, "since")
    return [
        Moment(
            Place(one.since, TAKES_PART, one.pk),
            Kind.COLLABORATION,
            _("Takes part in a project"),
            parts=(one.project.title,),
            thing=one.project,
        )
        for one in rows
    ]


def released(window: Window) -> list[Moment]:
    """Return, for everyone, the published results to which the firm said yes under its name."""
    found = ReleaseConsent.objects.filter(
        partner__business__in=window.keys,
        partner__is_named=True,
        partner__state=ProjectPartner.State.ACCEPTED,
        state=ReleaseConsent.State.AGREED,
        release__state="published",
    ).annotate(published_at=F("release__since"))
    rows = window.cut(found.select_related("release"), RELEASED, "published_at")
    return [
        Moment(
            Place(one.published_at, RELEASED, one.pk),
            Kind.COLLABORATION,
            _("Released a result with partners"),
            parts=(one.release.title,),
        )
        for one in rows
    ]
