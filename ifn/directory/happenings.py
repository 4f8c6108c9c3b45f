"""What a firm's timeline tells of its profile, its people and what was verified."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.accounts.models import User
from ifn.audit.models import Entry, name_of
from ifn.directory.models import Business, Verification
from ifn.directory.timeline import Kind, Moment, Place, Window, actor_name
from ifn.directory.verified import office_name
from ifn.directory.wording import event_name, field_names, topic_name
from ifn.regions.queries import all_regions

ENTERED: Final = "directory.entered"
RECORD: Final = "directory.record"
VERIFIED: Final = "directory.verified"

_REGISTERED: Final = "directory.business.registered"
_MERGED: Final = "directory.business.merged"
_REVISED: Final = "directory.business.revised"
#: What is told of the record, and what it is about; where photos stand is not worth a line.
_TOLD: Final = {
    _REVISED: Kind.PROFILE,
    "directory.business.confirmed": Kind.PROFILE,
    "directory.business.confirmed.link": Kind.PROFILE,
    "directory.business.confirmed.phone": Kind.PROFILE,
    "directory.business.hidden": Kind.PROFILE,
    "directory.business.listed": Kind.PROFILE,
    _MERGED: Kind.PROFILE,
    "directory.business.took_over": Kind.PROFILE,
    "directory.business.parted": Kind.PROFILE,
    "directory.business.reverted": Kind.PROFILE,
    "directory.contact.withdrawn": Kind.PROFILE,
    "directory.outcomes.shown": Kind.PROFILE,
    "directory.outcomes.hidden": Kind.PROFILE,
    "directory.member.joined": Kind.PROFILE,
    "directory.member.changed": Kind.PROFILE,
    "directory.member.removed": Kind.PROFILE,
    "directory.picture.added": Kind.PROFILE,
    "directory.picture.removed": Kind.PROFILE,
    "directory.verification.made": Kind.VERIFICATION,
    "directory.verification.withdrawn": Kind.VERIFICATION,
    "directory.verification.told": Kind.VERIFICATION,
    "directory.certificate.told": Kind.VERIFICATION,
}
#: Told to the staff alone: what the office asked itself, and how often.
_OF_STAFF: Final = {
    "directory.business.asked": Kind.PROFILE,
    "directory.twins.apart": Kind.PROFILE,
    "directory.member.invited": Kind.PROFILE,
    "directory.member.uninvited": Kind.PROFILE,
}
#: Told in other words than in the history of a profile, where they stand among each other.
_TITLES: Final = {
    _REVISED: gettext_lazy("Profile changed"),
    "directory.business.confirmed": gettext_lazy("Facts confirmed"),
    "directory.business.confirmed.link": gettext_lazy("Facts confirmed by the link in a message"),
    "directory.business.confirmed.phone": gettext_lazy("Facts confirmed to an officer"),
    "directory.business.hidden": gettext_lazy("Profile hidden"),
    "directory.business.listed": gettext_lazy("Profile listed"),
    "directory.member.joined": gettext_lazy("Somebody joined the people of the business"),
    "directory.member.removed": gettext_lazy("Somebody left the people of the business"),
}
#: Done several times in a row, they are one thing to tell.
_TOGETHER: Final = frozenset({_REVISED, "directory.picture.added", "directory.picture.removed"})
#: Whose changed fields say more than their title does.
_WITH_FIELDS: Final = frozenset({_REVISED, "directory.business.reverted"})


def entered(window: Window) -> list[Moment]:
    """Return when the business was entered, and each profile that was merged into it.

    Everyone reads only when it joined: the first of these.
    """
    profiles = sorted((window.business, *window.gone), key=lambda one: (one.created_at, one.pk))
    if window.is_public:
        first = Place(profiles[0].created_at, ENTERED, profiles[0].pk)
        joined = Moment(first, Kind.PROFILE, _("Joined the network"))
        return [joined] if window.holds(first) else []
    places = [(one, Place(one.created_at, ENTERED, one.pk)) for one in reversed(profiles)]
    inside = [(one, place) for one, place in places if window.holds(place)][: window.limit]
    by = _who_entered([one for one, _place in inside])
    return [
        Moment(
            place,
            Kind.PROFILE,
            _("Entered in the directory"),
            actor_name(by[one.pk], window) if one.pk in by else "",
            via=window.via(one.pk),
        )
        for one, place in inside
    ]


def _who_entered(profiles: Iterable[Business]) -> dict[int, User | None]:
    """Return by profile who entered it, where the record has a line of it; one query."""
    names = {name_of(one): one for one in profiles}
    lines = Entry.objects.filter(
        subject__in=names,
        happened_at__in=_times(names.values()),
        event=_REGISTERED,
    )
    return {names[one.subject].pk: one.actor for one in lines.select_related("actor")}


def _times(profiles: Iterable[Business]) -> set[datetime]:
    return {one.created_at for one in profiles}


def recorded(window: Window) -> list[Moment]:
    """Return what the record has of the profile: changes, people, photos, verifications."""
    own, *gone = (name_of(one) for one in (window.business, *window.gone))
    known = _TOLD | (_OF_STAFF if window.is_staff else {})
    kinds = {event: kind for event, kind in known.items() if window.wants(kind)}
    found = Entry.objects.filter(subject__in=[own, *gone], event__in=kinds)
    if gone:  # that these were merged into this one is told by it
        found = found.exclude(~Q(subject=own), event=_MERGED)
    rows = window.cut(found.select_related("actor"), RECORD, "happened_at")
    names = field_names()
    return [_of_record(one, kinds[one.event], names, window) for one in rows]


def _of_record(one: Entry, kind: Kind, names: dict[str, str], window: Window) -> Moment:
    changed = [names.get(name, name) for name in one.changes] if one.event in _WITH_FIELDS else []
    topic = [topic_name(one.details["topic"])] if "topic" in one.details else []
    return Moment(
        Place(one.happened_at, RECORD, one.pk),
        kind,
        str(_TITLES.get(one.event) or event_name(one.event)),
        actor_name(one.actor, window),
        tuple(topic + changed),
        # Reasons of the platform's own are kept in English and read in the reader's language.
        _(one.reason) if one.reason else "",
        window.business,
        window.via(int(one.subject.rpartition(":")[2])),
        one.event if one.event in _TOGETHER else "",
    )


def verified(window: Window) -> list[Moment]:
    """Return what was verified and holds today: all that everyone reads of verifications."""
    found = Verification.objects.standing().filter(
        business__in=window.keys, expires_on__gte=window.today
    )
    regions = all_regions()
    return [
        Moment(
            Place(one.made_at, VERIFIED, one.pk),
            Kind.VERIFICATION,
            _("Verified"),
            office_name(one.office_id or "", regions),
            (
                topic_name(one.topic),
                _("valid until %(day)s") % {"day": date_format(one.expires_on, "j M Y")},
            ),
            thing=window.business,
        )
        for one in window.cut(found, VERIFIED, "made_at")
    ]
