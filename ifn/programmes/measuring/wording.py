"""Changes, their uncertainty and their limits in plain sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.programmes.measuring.changes import Change, Comparison, Finding
from ifn.programmes.measuring.intervals import FEWEST, Interval
from ifn.programmes.measuring.measures import Measure
from ifn.ui.numbers import readable


def measure_name(measure: Measure) -> str:
    """Return what a measure is called, with its unit."""
    return {
        Measure.TURNOVER: _("Turnover, bands"),
        Measure.WORKERS: _("Workers"),
        Measure.CAPACITY: _("Capacity, pairs a month"),
        Measure.CHANNELS: _("Sales channels"),
        Measure.DEFECTS: _("Defects, percent"),
        Measure.EXPORTS: _("Exports a month"),
    }[measure]


def signed(value: float | None) -> str:
    """Return a change with its sign."""
    if value is None:
        return "–"
    return f"+{readable(value)}" if value > 0 else readable(value)


def interval_words(interval: Interval | None) -> str:
    """Return an interval of a change, or that there are too few for one."""
    if interval is None:
        return _("too few for an interval")
    return _("%(low)s to %(high)s") % {"low": signed(interval.low), "high": signed(interval.high)}


def share_words(part: int, of: int, interval: Interval | None) -> str:
    """Return a share as a count, with its interval in percent."""
    counts = _("%(part)d of %(of)d") % {"part": part, "of": of}
    if interval is None:
        return counts
    bounds = {"low": round(100 * interval.low), "high": round(100 * interval.high)}
    return f"{counts} ({_('%(low)d to %(high)d%%') % bounds})"


def finding_words(change: Change, *, less_is_better: bool = False) -> str:
    """Return what can be said of a change."""
    if not change.pairs:
        return _("Nobody said both.")
    if change.finding == Finding.TOO_FEW:
        return ngettext(
            "Too few to say: %(n)d firm said both, %(fewest)d are needed.",
            "Too few to say: %(n)d firms said both, %(fewest)d are needed.",
            change.pairs,
        ) % {"n": change.pairs, "fewest": FEWEST}
    if change.finding == Finding.UNCLEAR:
        return _("No clear change: the interval holds zero.")
    is_good = (change.finding == Finding.UP) != less_is_better
    if change.finding == Finding.UP:
        return _("Higher, for the better.") if is_good else _("Higher, for the worse.")
    return _("Lower, for the better.") if is_good else _("Lower, for the worse.")


def comparison_words(one: Comparison) -> str:
    """Return what can be said of the mentored beside the others."""
    if one.finding == Finding.TOO_FEW:
        return _(
            "Too few to compare: %(mentored)d mentored and %(others)d other firms, %(fewest)d are "
            "needed in each."
        ) % {
            "mentored": one.mentored.pairs,
            "others": one.others.pairs,
            "fewest": FEWEST,
        }
    said = {
        Finding.UP: _("The mentored rose more."),
        Finding.DOWN: _("The others rose more."),
        Finding.UNCLEAR: _("No clear difference: the interval holds zero."),
    }[one.finding]
    return (
        f"{said} {_('They began apart, so part of it may be that.')}" if one.began_apart else said
    )


def proves() -> list[str]:
    """Return what the figures can show."""
    return [
        _("How the participants who answered were doing before and after, as they say themselves."),
        _("Whether firms that were mentored changed otherwise than firms like them, as assessed."),
        _(
            "Of 100 such surveys, about 95 intervals hold the true value; where there are fewer "
            "than %(fewest)d firms, none is stated."
        )
        % {"fewest": FEWEST},
    ]


def does_not_prove() -> list[str]:
    """Return what the figures cannot show, and why."""
    return [
        _(
            "That the mentoring caused the change. Firms registered by their own choice: who wants "
            "to grow comes, and may have grown anyway."
        ),
        _(
            "That all of a rise is a gain. Participants were chosen because they stood low; who "
            "stands low once stands higher the next time even without help (regression to the "
            "mean)."
        ),
        _(
            "How those are doing who did not answer. If mostly those answer who do well, the "
            "figures are too good; the share without an answer stands beside them."
        ),
        _(
            "Anything else that happened in between: prices, seasons, other programmes. Firms are "
            "few, and many measures are looked at: one of twenty looks clear by chance."
        ),
    ]
