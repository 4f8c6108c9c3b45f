"""Random needs and firms over a small vocabulary, so that many pairs fit and many do not."""

from datetime import date, timedelta

from hypothesis import strategies as st

from ifn.connections.matching.facts import (
    Answering,
    Checked,
    Firm,
    Ground,
    Held,
    Need,
    Quantity,
    Reach,
)
from ifn.connections.matching.reading import climbed
from ifn.connections.matching.texts import Rarity

TODAY = date(2026, 1, 15)
TREES = {
    "roles": {"PR": None, "PR_IKM": "PR", "PR_MAKLON": "PR", "CO": None, "CO_OUTSOLE": "CO"},
    "products": {"SHOE": None, "FORMAL": "SHOE", "OXFORD": "FORMAL", "SNEAKER": "SHOE"},
    "materials": {"LEATHER": None, "COW": "LEATHER", "SUEDE": "COW", "KANVAS": None},
    "constructions": {"CEMENTED": None, "GOODYEAR": None},
    "processes": {"STITCH": None, "LINING": "STITCH", "VULC": None},
    "machines": {"SEWPOST": None, "CLICKER": None},
    "certificates": {"SNI": None, "SNI_8877": "SNI", "BSCI": None},
}
WORDS = [
    "sepatu",
    "kulit",
    "sneakers",
    "kanvas",
    "jahit",
    "sol",
    "karet",
    "merek",
    "pesanan",
    "halus",
    "kuat",
    "murah",
]
POINTS = [(-7.47, 112.43), (-7.25, 112.75), (-6.91, 107.61), (-8.58, 116.1)]
REGIONS = ["35", "35.15", "35.76", "32.73", "52.71", ""]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def of(group, most=3):
    return st.frozensets(st.sampled_from(sorted(TREES[group])), max_size=most)


def maybe(strategy):
    return st.none() | strategy


GROUPS = {
    name: of(name) for name in ("products", "materials", "constructions", "processes", "machines")
}
days_ago = st.integers(0, 900).map(lambda days: TODAY - timedelta(days=days))
days_off = st.integers(-300, 600).map(lambda days: TODAY + timedelta(days=days))
firms = st.builds(
    Firm,
    key=st.integers(0, 40),
    roles=of("roles"),
    **GROUPS,
    process_pairs=st.lists(
        st.tuples(st.sampled_from(["STITCH", "VULC"]), st.integers(10, 3000)), max_size=2
    ).map(tuple),
    monthly_capacity=maybe(st.integers(1, 5000)),
    minimum_order=maybe(st.integers(1, 600)),
    lead_time_days=maybe(st.integers(1, 90)),
    region=st.sampled_from(REGIONS),
    point=maybe(st.sampled_from(POINTS)),
    certificates=st.lists(
        st.builds(Held, st.sampled_from(["SNI_8877", "SNI", "BSCI"]), maybe(days_off)), max_size=2
    ).map(tuple),
    verified=st.lists(
        st.builds(Checked, st.sampled_from(["place", "order", "capability"]), days_off), max_size=2
    ).map(tuple),
    confirmed_on=maybe(days_ago),
    completeness=maybe(st.integers(0, 100)),
    exports=maybe(st.booleans()),
    languages=st.frozensets(st.sampled_from(["id", "en", "zh"]), max_size=2),
    takes_job_orders=maybe(st.booleans()),
    answering=maybe(st.builds(Answering, st.floats(0, 1), st.floats(0, 30), st.integers(0, 20))),
    leads=st.integers(0, 5),
    pieces=st.lists(texts, max_size=5).map(tuple),
    blocked=st.frozensets(st.sampled_from(["buyer", "other"]), max_size=1),
)
reaches = (
    st.just(Reach())
    | st.builds(Reach, region=st.sampled_from(["35", "35.15", "32.73"]))
    | st.builds(Reach, point=st.sampled_from(POINTS), km=st.floats(1, 900))
)
needs = st.builds(
    Need,
    key=st.integers(100, 140),
    kind=st.just("CAPACITY_REQ"),
    asker=st.sampled_from([None, "buyer", 3]),
    roles=st.frozensets(st.sampled_from(["PR_IKM", "PR_MAKLON", "PR"]), max_size=2),
    **GROUPS,
    quantity=maybe(
        st.builds(
            Quantity,
            st.integers(1, 200),
            st.sampled_from(["PASANG", "KODI", "LUSIN", "SQFT"]),
            st.booleans(),
        )
    ),
    deadline_days=maybe(st.integers(0, 400)),
    reach=reaches,
    place=maybe(st.sampled_from(POINTS)),
    certificates=of("certificates", 2),
    is_job_order=st.booleans(),
    is_export=st.booleans(),
    languages=st.frozensets(st.sampled_from(["id", "en"]), max_size=2),
    text=st.just("") | texts,
    blocked=st.frozensets(st.integers(0, 40), max_size=2),
)
crowds = st.lists(firms, max_size=12, unique_by=lambda firm: firm.key)


def ground(crowd=()):
    rarity = Rarity.learned(piece for firm in crowd for piece in firm.pieces)
    return Ground(TODAY, {name: climbed(tree) for name, tree in TREES.items()}, rarity)
