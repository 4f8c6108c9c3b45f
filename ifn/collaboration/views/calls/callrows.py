"""The rows of calls as visitors list them, written by plain Python."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ifn.collaboration.models import Call, CallRole, Role
from ifn.collaboration.views.calls import saying
from ifn.ui import fragments, pieces
from ifn.ui.addresses import address_with

_PLACE = "collaboration/fragments/"


def call_rows(
    calls: Iterable[Call],
    roles: Mapping[int, Sequence[CallRole]],
    takes: Callable[[Call], bool],
) -> SafeString:
    """Return a row for each call; ``takes`` says whether firms may apply to it today."""
    role = cache(lambda value: str(Role(value).label))
    state = cache(lambda value: str(Call.State(value).label))
    until = _("applications until %(day)s")
    return fragments.fill_each(
        f"{_PLACE}call.html",
        (
            {
                "href": address_with("collaboration:call", one.code),
                "title": one.title,
                "badge": pieces.badge(state(one.state), saying.TONES.get(one.state, "")),
                "roles": ", ".join(role(each.role) for each in roles[one.pk]),
                "by": saying.by_whom(one),
                "days": until % {"day": date_format(one.closes_on, "j F Y")}
                if takes(one)
                else f"{_day(one.opens_on)} – {_day(one.closes_on)}",
                "demo": fragments.fill(f"{_PLACE}demo.html", badge=pieces.badge("Demo"))
                if one.is_demo
                else "",
            }
            for one in calls
        ),
    )


def _day(on: date) -> str:
    return date_format(on, "j M Y")
