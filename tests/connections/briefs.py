"""Briefs and invented firms for chains: few enough that every chain can be tried."""

import json
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random

from ifn.connections.chaining.costing import Plan
from ifn.connections.chaining.facts import LEVELS, Brief, Emphasis, Gathered
from ifn.connections.chaining.links import needed_links
from ifn.connections.chaining.offers import weighed
from ifn.connections.matching.facts import Checked, Firm, Ground, Held
from ifn.connections.matching.reading import VOCABULARIES, climbed

TODAY = date(2026, 1, 15)
MOJOKERTO = (-7.47, 112.43)
POINTS = [MOJOKERTO, (-7.25, 112.75), (-7.0, 110.42), (-6.91, 107.61), None]
WORDS = Path(__file__).parents[2] / "ifn" / "vocabulary" / "data" / "vocabulary.json"
TREES = json.loads(WORDS.read_text(encoding="utf-8"))["taxonomies"]
ANCESTORS = {
    group: climbed({node["code"]: node.get("parent") for node in TREES[name]["nodes"]})
    for group, name in VOCABULARIES.items()
}
GROUND = Ground(TODAY, ANCESTORS)


def brief(**changed):
    given = {
        "product": "SNEAKER",
        "upper": "LEATHER",
        "construction": "CEMENTED",
        "pairs": 500,
        "deadline_days": 60,
        "region": "35.16",
        "place": MOJOKERTO,
    }
    return Brief(**given | changed)


def links_of(one):
    return needed_links(one, ANCESTORS)


def firm(key, role, **changed):
    """Return a firm of which everything is sure, so that nothing but what is named speaks."""
    given = {
        "point": MOJOKERTO,
        "lead_time_days": 7,
        "minimum_order": 1,
        "monthly_capacity": 10_000,
        "confirmed_on": TODAY,
        "takes_job_orders": True,
        "verified": tuple(
            Checked(topic, TODAY + timedelta(30))
            for topic in ("capability", "order", "place", "legality")
        ),
    }
    roles = frozenset(role.split())
    return Firm(key=key, roles=roles, **given | changed)


def gathered(links, firms):
    """Return all firms for all links; who does not fit is left to the conditions."""
    return {link.code: Gathered(tuple(firms)) for link in links}


def every_chain(one, links, firms, ground=GROUND):
    """Return every chain there is, for comparison with the solver's."""
    options = [
        (link.code, weighed(link, Gathered(tuple(firms)), one, ground).choices) for link in links
    ]
    taken = [(code, choices) for code, choices in options if choices]
    return [
        Plan(one, links, dict(zip([code for code, _choices in taken], several, strict=True)))
        for several in product(*(choices for _code, choices in taken))
    ]


def invented_brief(random: Random) -> Brief:
    construction = random.choice(["CEMENTED", "FLIP", "ONEPIECE", "VULCAN", "STROBEL"])
    return brief(
        product=random.choice(["SNEAKER", "SANDAL"]) if construction != "FLIP" else "FLIPFLOP",
        construction=construction,
        pairs=random.choice([7, 60, 500, 3_000]),
        deadline_days=random.choice([30, 45, 60, 90]),
        emphasis=Emphasis(
            **{name: random.choice(LEVELS) for name in ("near", "soon", "sure", "few", "fit")}
        ),
    )


def crowd(one: Brief, random: Random, most: int = 3) -> list[Firm]:
    """Return one to ``most`` invented firms for each link, some of them for two links."""
    return [
        _invented(f"{link.code}{number}", random.choice(sorted(link.roles)), random)
        for link in links_of(one)
        for number in range(random.randint(1, most))
    ]


def _invented(key, role, random: Random) -> Firm:
    return Firm(
        key=key,
        roles=frozenset({role}),
        products=frozenset(random.sample(["SNEAKER", "SANDALG", "COMPONENT"], 2)),
        point=random.choice(POINTS),
        lead_time_days=random.choice([None, 3, 7, 14, 21]),
        minimum_order=random.choice([None, 1, 50, 400]),
        monthly_capacity=random.choice([None, 100, 400, 2_000, 20_000]),
        confirmed_on=random.choice([None, TODAY, TODAY - timedelta(400)]),
        takes_job_orders=random.choice([None, True, True]),
        certificates=random.choice([(), (Held("SNI_OTHER"),), (Held("ISO9001"),)]),
        verified=random.choice([(), (Checked("place", TODAY + timedelta(9)),)]),
    )
