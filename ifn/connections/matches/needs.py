"""An opportunity as a need. Pure: the day and the places are handed in."""

from datetime import date
from typing import Final

from ifn.connections.matching.facts import Need, Quantity, Reach
from ifn.connections.models import Opportunity
from ifn.connections.opportunities.particulars import Particulars
from ifn.regions.queries import Regions
from ifn.vocabulary.queries import Lexicon

#: Whoever answers these must take job orders.
_JOB_ORDERS: Final = frozenset({"CAPACITY_REQ"})
_EXPORTS: Final = frozenset({"EXPORT"})


def need_of(
    opportunity: Opportunity,
    said: Particulars,
    *,
    words: Lexicon,
    regions: Regions,
    today: date,
    blocked: frozenset[int] = frozenset(),
) -> Need:
    """Return what an opportunity asks of those who could answer it.

    An offer speaks to buyers: what it can do, how much and how soon is no condition for them, and
    how they work is none either; what they deal with and where they are is.
    """
    word = words.by_pk(opportunity.kind_id)
    kind = word.code if word else ""
    is_request = opportunity.direction == Opportunity.Direction.REQUEST
    centre = regions.get(said.region)
    point = (centre.latitude, centre.longitude) if centre else None
    text = f"{said.title_id} {said.text_id} {said.title_en} {said.text_en}"
    conditions: dict[str, object] = {}
    if is_request:
        conditions = {
            "constructions": _codes(said, "construction"),
            "processes": _codes(said, "process"),
            "machines": _codes(said, "machine"),
            "certificates": _codes(said, "certificate"),
            "quantity": _quantity(said),
            "deadline_days": (said.deadline - today).days if said.deadline else None,
            "is_job_order": kind in _JOB_ORDERS,
        }
    return Need(
        key=opportunity.pk,
        kind=kind,
        asker=opportunity.business_id,
        blocked=blocked,
        roles=_codes(said, "role"),
        products=_codes(said, "product"),
        materials=_codes(said, "material"),
        reach=_reach(said, point),
        place=point,
        is_export=is_request and kind in _EXPORTS,
        text=" ".join(text.split()),
        **conditions,  # type: ignore[arg-type]  # by the names of the fields
    )


def _codes(said: Particulars, group: str) -> frozenset[str]:
    return frozenset(said.codes(group))


def _quantity(said: Particulars) -> Quantity | None:
    if said.amount is None:
        return None
    return Quantity(said.amount, said.unit, said.is_monthly)


def _reach(said: Particulars, point: tuple[float, float] | None) -> Reach:
    if said.reach == Opportunity.Reach.REGION:
        return Reach(region=said.region)
    if said.reach == Opportunity.Reach.KM and point:
        return Reach(point=point, km=said.within_km)
    return Reach()
