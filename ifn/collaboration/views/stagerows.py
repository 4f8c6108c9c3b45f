"""The stages of a project and what happened in it as rows, written by plain Python."""

from collections.abc import Iterable
from functools import cache

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ifn.collaboration.models import ProjectStep, Stage
from ifn.collaboration.views.standing import STAGE_TONES
from ifn.collaboration.views.wording import happened
from ifn.ui import fragments, pieces

_PLACE = "collaboration/fragments/"


def stage_rows(stages: Iterable[Stage]) -> SafeString:
    """Return a row for each stage that is not left out."""
    state = cache(lambda value: str(Stage.State(value).label))
    return fragments.fill_each(
        f"{_PLACE}stage.html",
        (
            {
                "kind": Stage.Kind(one.kind).label,
                "days": _written("fine", _days(one)),
                "result": _written("words", one.result),
                "badge": pieces.badge(state(one.state), STAGE_TONES[one.state]),
            }
            for one in stages
            if one.state != Stage.State.LEFT_OUT
        ),
    )


def _days(one: Stage) -> str:
    if one.begun_on:
        begun = date_format(one.begun_on, "j M Y")
        return f"{begun} – {date_format(one.ended_on, 'j M Y')}" if one.ended_on else begun
    if one.planned_until:
        return _("by %(day)s") % {"day": date_format(one.planned_until, "j M Y")}
    return ""


def step_rows(steps: Iterable[ProjectStep]) -> SafeString:
    """Return a row for each thing that happened: what, when, by whom, why."""
    return fragments.fill_each(
        f"{_PLACE}happened.html",
        (
            {
                "what": happened(one),
                "when": date_format(localtime(one.at), "j M Y H:i")
                + (f" · {one.person.name}" if one.person else ""),
                "reason": _written("words", one.reason),
            }
            for one in steps
        ),
    )


def _written(piece: str, words: str) -> SafeString | str:
    return fragments.fill(f"{_PLACE}{piece}.html", words=words) if words else ""
