"""Who took part, and why they."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ifn.programmes.choosing.facts import Criterion
from ifn.programmes.choosing.wording import criterion_name, rule_of
from ifn.programmes.models import Registration
from ifn.programmes.queries.reporting import Material
from ifn.programmes.reporting.parts import Bars, Cell, Figure, Section, Table
from ifn.programmes.reporting.words import yes_no
from ifn.regions.queries import all_regions
from ifn.ui.numbers import readable


def who(material: Material) -> Section:
    """Return the participants, by region and by what they say of their owners."""
    people, places = material.people, all_regions()
    names = {one.pk: places.full_name(one.business.region_id) or _("Not known") for one in people}
    by_place = Counter(names.values())
    rows: list[list[Cell]] = [
        [
            one.seat,
            one.business.name,
            one.business.public_number,
            one.name,
            names[one.pk],
            yes_no(one.is_women_owned),
            yes_no(one.is_youth_owned),
        ]
        for one in people
    ]
    table = Table(
        "participants",
        _("Participants"),
        [
            *(_("Seat"), _("Business"), _("Number"), _("Who came"), _("Regency or city")),
            *(_("Owned by women"), _("Led by young people")),
        ],
        rows,
        numbers=frozenset({0}),
        links=[_registration(material, one) for one in people],
    )
    women, youth = (_of(people, name) for name in ("is_women_owned", "is_youth_owned"))
    return Section(
        "who",
        _("Who took part"),
        figures=[
            Figure(_("Participants"), str(len(people)), table.key),
            Figure(_("Regencies and cities"), str(len(by_place)), table.key),
            Figure(_("Owned by women"), women[0], table.key, women[1]),
            Figure(_("Led by young people"), youth[0], table.key, youth[1]),
        ],
        charts=[Bars(_("Participants by regency or city"), by_place.most_common())],
        tables=[table],
    )


def _of(people: Any, name: str) -> tuple[str, str]:
    """Return how many say yes of how many who said anything, and how many said nothing."""
    said = [getattr(one, name) for one in people if getattr(one, name) is not None]
    silent = len(people) - len(said)
    note = _("%(n)d did not say") % {"n": silent} if silent else ""
    return _("%(part)d of %(of)d") % {"part": sum(said), "of": len(said)}, note


def _registration(material: Material, one: Registration) -> str:
    return reverse("programmes:registration", args=[material.batch.code, one.pk])


def why(material: Material) -> Section:
    """Return by which rule they were chosen, and the points of each at that time."""
    batch, states = material.batch, Counter(one.state for one in material.registrations)
    criteria = [one for one in Criterion if batch.weights.get(one.value)]
    rows: list[list[Cell]] = []
    for one in material.registrations:
        decision = material.decisions.get(one.pk)
        proposal: dict[str, Any] = decision.proposal if decision else {}
        points = proposal.get("points", {})
        rows.append(
            [
                one.business.name,
                one.get_state_display(),
                proposal.get("place"),
                proposal.get("total"),
                *(points.get(each.value) for each in criteria),
                decision.reason if decision and decision.is_deviation else "",
            ]
        )
    table = Table(
        "chosen",
        _("Points when they were chosen"),
        [
            *(_("Business"), _("State"), _("Place in the order"), _("Points")),
            *(criterion_name(one) for one in criteria),
            _("Reason where the office decided otherwise"),
        ],
        rows,
        numbers=frozenset(range(2, 4 + len(criteria))),
        note=_("Empty where the rule did not decide: by hand, or from the waiting list."),
        links=[_registration(material, one) for one in material.registrations],
    )
    deviations = sum(bool(row[-1]) for row in rows)
    rule = [
        _("%(name)s, at most %(points)d points: %(what)s")
        % {"name": name, "points": points, "what": what}
        for name, points, what in rule_of(batch.rule)
    ]
    return Section(
        "why",
        _("Why these firms"),
        words=[_need_words(material)],
        figures=[
            Figure(_("Registered"), str(len(material.registrations)), "chosen"),
            Figure(_("Accepted"), str(states["accepted"]), "chosen"),
            Figure(_("Otherwise than proposed"), str(deviations), "chosen"),
        ],
        tables=[table],
        lists=[(_("The rule, as everybody read it when registering"), rule)],
    )


def _need_words(material: Material) -> str:
    needs = [
        float(decision.proposal["points"]["need"]) / weight
        for decision in map(material.decisions.get, (one.pk for one in material.people))
        if decision is not None
        and (weight := decision.proposal.get("weights", {}).get("need"))
        and "need" in decision.proposal.get("points", {})
    ]
    if not needs:
        return _("No need was assessed when they were chosen.")
    return _("Assessed need when they were chosen: %(mean)s of 100 on average, of %(n)d firms.") % {
        "mean": readable(100 * sum(needs) / len(needs), 0),
        "n": len(needs),
    }
