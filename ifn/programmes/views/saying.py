"""Waves and answers in words."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ifn.programmes.actions.outcomes import ASKS, IsOver, NotYet
from ifn.programmes.measuring.waves import Stage, Wave, window_of
from ifn.programmes.models import Outcome, OutcomeAsking, Registration
from ifn.programmes.queries.outcomes import Response, outcomes_of


def refusal_of(refused: NotYet | IsOver) -> str:
    """Return why a wave takes no answers on a day."""
    if isinstance(refused, NotYet):
        day = date_format(refused.opens_on, "j F Y")
        return _("These questions open on %(day)s.") % {"day": day}
    day = date_format(refused.ended_on, "j F Y")
    return _(
        "These questions were open until %(day)s. What is said later speaks of another time."
    ) % {"day": day}


def day_word(response: Response) -> str:
    """Return how the days of a wave stand."""
    day = date_format(response.window.due_on, "j M Y")
    return {
        Stage.COMING: _("due %(day)s"),
        Stage.OPEN: _("due %(day)s, open"),
        Stage.LATE: _("due %(day)s, late answers are still kept"),
        Stage.OVER: _("due %(day)s, over"),
    }[response.stage] % {"day": day}


def state_of(
    known: Outcome | None, asking: OutcomeAsking | None, stage: Stage
) -> tuple[str, str, str]:
    """Return how one participant stands in one wave: in words, with a tone, and more of it."""
    if known and known.finished_at:
        more = [date_format(known.said_on, "j M Y"), known.get_way_display()]
        if known.is_late:
            more.append(_("late"))
        if known.same_as:
            more.append(_("nothing changed"))
        return _("Answered"), "warn" if known.is_late else "good", " · ".join(more)
    if known:
        return _("Begun"), "action", date_format(known.said_on, "j M Y")
    if stage == Stage.COMING:
        return _("Not yet"), "", ""
    return _("No answer"), "bad" if stage == Stage.OVER else "warn", _asked(asking)


def _asked(asking: OutcomeAsking | None) -> str:
    if asking is None:
        return ""
    if not asking.messages:
        return _("no address to write to: call")
    if asking.reminded_at:
        return _("reminded on %(day)s") % {"day": date_format(asking.reminded_at, "j M Y")}
    return _("asked on %(day)s") % {"day": date_format(asking.asked_at, "j M Y")}


def waves_of(one: Registration, today: date) -> list[dict[str, Any]]:
    """Return the waves as a participant reads them; nothing while the batch asks nobody."""
    if one.batch.state not in ASKS:
        return []
    known = outcomes_of(one)
    rows = []
    for wave in Wave:
        window = window_of(wave, one.batch.starts_on, one.batch.ends_on)
        stage, said = window.stage(today), known.get(wave)
        done = bool(said and said.finished_at)
        rows.append(
            {
                "wave": wave.value,
                "label": Outcome.When(wave).label,
                "is_done": done,
                "is_open": stage in {Stage.OPEN, Stage.LATE},
                "says": _says(
                    window.until if stage == Stage.OPEN else window.opens_on, stage, said
                ),
            }
        )
    return rows


def _says(day: date, stage: Stage, said: Outcome | None) -> str:
    if said and said.finished_at:
        return _("answered on %(day)s") % {"day": date_format(said.said_on, "j F Y")}
    if stage == Stage.COMING:
        return _("from %(day)s on") % {"day": date_format(day, "j F Y")}
    if stage == Stage.OPEN:
        return _("until %(day)s") % {"day": date_format(day, "j F Y")}
    return _("late, but still kept") if stage == Stage.LATE else _("not answered")
