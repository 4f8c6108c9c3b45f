"""Which kind something is that goes a certain way: the one door to it for whoever writes."""

from ifn.connections.opportunities.directions import fits
from ifn.vocabulary.models import Term


class WrongWay(Exception):  # noqa: N818
    """Nobody asks for an offer of supplies: the kind belongs to the other side."""


def kind_going(direction: str, code: str) -> Term:
    """Return the kind of this code.

    Raises:
        WrongWay: It cannot go this way.
        Term.DoesNotExist: No kind has this code.

    """
    if not fits(code, direction):
        raise WrongWay(code, direction)
    return Term.objects.get(vocabulary="opportunity_type", code=code)
