"""What people read of needs, wherever they are shown."""

from django.utils.translation import ngettext

from ifn.assessments.queries.standings import Topic
from ifn.ui.numbers import readable


def topic_reason(one: Topic) -> str:
    """Return why a dimension is a topic for a region: how many firms, how far, how many low."""
    said = {
        "level": readable(float(one.level)),
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
