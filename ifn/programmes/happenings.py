"""What a firm's timeline tells of mentoring; everyone reads only that it took part."""

from collections.abc import Mapping
from typing import Final

from django.db.models import Count, F, Max, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ifn.directory.timeline import Kind, Moment, Place, Window, actor_name
from ifn.programmes.models import (
    Action,
    Batch,
    Certificate,
    Registration,
    RegistrationStep,
)

STEPPED: Final = "programmes.registration"
ATTENDED: Final = "programmes.attended"
CERTIFIED: Final = "programmes.certified"
DID: Final = "programmes.action"
TOOK_PART: Final = "programmes.took_part"

_State = Registration.State
_STEPS: Final[Mapping[str, Promise]] = {
    _State.REGISTERED: gettext_lazy("Registered for mentoring"),
    _State.PROPOSED: gettext_lazy("Proposed for mentoring"),
    _State.ACCEPTED: gettext_lazy("Accepted for mentoring"),
    _State.WAITING: gettext_lazy("On the waiting list for mentoring"),
    _State.REFUSED: gettext_lazy("Not accepted for mentoring"),
    _State.WITHDRAWN: gettext_lazy("Withdrew from mentoring"),
    _State.REPLACED: gettext_lazy("Seat in mentoring given to another"),
}
#: Before these states of a batch a firm is told nothing of what was decided so far.
_TOLD: Final = (Batch.State.CONFIRMED, Batch.State.RUNNING, Batch.State.COMPLETED)


def steps(window: Window) -> list[Moment]:
    """Return what was decided about registrations; the firm reads only what it was told."""
    found = RegistrationStep.objects.filter(registration__business__in=window.keys)
    if not window.is_staff:
        is_told = Q(registration__batch__state__in=_TOLD) | Q(
            registration__batch__admits=Batch.Admits.FIRST
        )
        found = found.filter(is_told | Q(state__in=[_State.REGISTERED, _State.WITHDRAWN]))
    rows = window.cut(found.select_related("registration__batch", "person"), STEPPED)
    return [
        Moment(
            Place(one.at, STEPPED, one.pk),
            Kind.MENTORING,
            str(_STEPS[one.state]),
            actor_name(one.person, window) if one.person else "",
            (one.registration.batch.title,),
            one.reason,
            one.registration,
            window.via(one.registration.business_id),
        )
        for one in rows
    ]


def attended(window: Window) -> list[Moment]:
    """Return in which batches a firm was at sessions, at how many, the last of them dated."""
    found = Registration.objects.filter(business__in=window.keys).annotate(
        last_at=Max("attendances__session__starts_at"), times=Count("attendances")
    )
    rows = window.cut(
        found.filter(last_at__isnull=False).select_related("batch"), ATTENDED, "last_at"
    )
    return [
        Moment(
            Place(one.last_at, ATTENDED, one.pk),
            Kind.MENTORING,
            ngettext(
                "Was at %(times)d session of mentoring",
                "Was at %(times)d sessions of mentoring",
                one.times,
            )
            % {"times": one.times},
            parts=(one.batch.title,),
            thing=one,
            via=window.via(one.business_id),
        )
        for one in rows
    ]


def certified(window: Window) -> list[Moment]:
    """Return the certificates of a firm's people that hold, without names."""
    found = Certificate.objects.filter(
        registration__business__in=window.keys, withdrawn_at=None
    ).annotate(given_at=F("registration__batch__since"))
    rows = window.cut(found.select_related("registration__batch"), CERTIFIED, "given_at")
    return [
        Moment(
            Place(one.given_at, CERTIFIED, one.pk),
            Kind.MENTORING,
            _("Certificate of mentoring: %(kind)s") % {"kind": one.get_kind_display().lower()},
            parts=(one.title, one.public_code),
            thing=one.registration,
            via=window.via(one.registration.business_id),
        )
        for one in rows
    ]


def actions_done(window: Window) -> list[Moment]:
    """Return what of a firm's action plan was done."""
    found = Action.objects.filter(
        registration__business__in=window.keys, state=Action.State.DONE
    ).select_related("registration__batch")
    return [
        Moment(
            Place(one.since, DID, one.pk),
            Kind.MENTORING,
            _("Done after mentoring"),
            parts=(one.what,),
            thing=one.registration,
            via=window.via(one.registration.business_id),
        )
        for one in window.cut(found, DID, "since")
    ]


def took_part(window: Window) -> list[Moment]:
    """Return that a firm took part, for everyone: in batches that are over, where it was there."""
    found = Registration.objects.filter(
        business__in=window.keys, seat__isnull=False, batch__state=Batch.State.COMPLETED
    ).annotate(last_at=Max("attendances__session__starts_at"))
    rows = window.cut(
        found.filter(last_at__isnull=False).select_related("batch"), TOOK_PART, "last_at"
    )
    return [
        Moment(
            Place(one.last_at, TOOK_PART, one.pk),
            Kind.MENTORING,
            _("Took part in mentoring"),
            parts=(one.batch.title,),
            thing=one.batch,
        )
        for one in rows
    ]
