"""What people read of needs, wherever they are shown."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.assessments.queries.standings import Topic
from ifn.ui.numbers import readable


def level_text(level: Decimal) -> str:
    """Return a level with both its places, as people write it: 1,20 or 1.20."""
    return number_format(level, decimal_pos=2)


def topic_reason(one: Topic) -> str:
    """Return why a dimension is a topic for a region: how many firms, how far, how many low."""
    said = {
        "level": level_text(one.level),
        "firms": one.firms,
        "low": one.low,
        "share": readable(round(float(one.weight) * 100, 1)),
    }
    return (
        ngettext(
            "%(firms)d firm, on average at level %(level)s; %(low)d below level 2. "
            "The topic is %(share)s %% of the whole weight.",
            "%(firms)d firms, on average at level %(level)s; %(low)d below level 2. "
            "The topic is %(share)s %% of the whole weight.",
            one.firms,
        )
        % said
    )


def topic_in_short(one: Topic) -> str:
    """Return the same in few words, for a row among many."""
    said = {"level": level_text(one.level), "firms": one.firms, "low": one.low}
    return _("level %(level)s; %(low)d of %(firms)d below level 2") % said
