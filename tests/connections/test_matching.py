"""What keeps a firm from a need, what ranks it, and how leads are shared."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from ifn.connections.matching.batch import all_matches
from ifn.connections.matching.conditions import exclusions, is_apart
from ifn.connections.matching.facts import (
    DORMANT_DAYS,
    Answering,
    Checked,
    Exclusion,
    Firm,
    Held,
    Need,
    Quantity,
    Reach,
)
from ifn.connections.matching.fairness import MARGIN
from ifn.connections.matching.field import Field, needs_for
from ifn.connections.matching.reading import climbed, firm_of
from ifn.connections.matching.scoring import match
from ifn.connections.matching.texts import Rarity, likeness, pieces
from ifn.directory.profile import CapabilityFact, CertificateFact, Profile
from tests.connections.inventing import POINTS, TODAY, ground

GROUND = ground()
MAKER = Firm(
    key="maker",
    roles=frozenset({"PR_IKM"}),
    products=frozenset({"SNEAKER"}),
    materials=frozenset({"KANVAS"}),
    constructions=frozenset({"CEMENTED"}),
    processes=frozenset({"STITCH"}),
    process_pairs=(("STITCH", 400),),
    monthly_capacity=600,
    minimum_order=100,
    lead_time_days=30,
    region="35.76",
    point=POINTS[0],
    certificates=(Held("SNI_8877", TODAY + timedelta(days=90)),),
    confirmed_on=TODAY - timedelta(days=60),
    completeness=80,
    takes_job_orders=True,
)
NEED = Need(
    key="need",
    roles=frozenset({"PR_MAKLON"}),
    products=frozenset({"SNEAKER"}),
    quantity=Quantity(200),
    deadline_days=60,
    is_job_order=True,
)


def test_a_maker_who_takes_job_orders_answers_for_that_role_too():
    found = match(NEED, MAKER, GROUND)

    assert found is not None
    assert match(NEED, replace(MAKER, takes_job_orders=False), GROUND) is None
    shares = {reason.code: reason.share for reason in found.reasons}
    assert 0 < shares["role"] < 1
    assert shares["products"] == 1


EXCLUDED = [
    ({"quantity": Quantity(50)}, {}, Exclusion("minimum_order", (100, 50))),
    ({"quantity": Quantity(2, "KODI")}, {}, Exclusion("minimum_order", (100, 40))),
    ({"quantity": Quantity(5000)}, {}, Exclusion("capacity", (1200, 5000))),
    ({"quantity": Quantity(700, is_monthly=True)}, {}, Exclusion("capacity", (600, 700))),
    (
        {"quantity": Quantity(1000), "processes": frozenset({"STITCH"})},
        {},
        Exclusion("capacity", (800, 1000)),
    ),
    ({"certificates": frozenset({"BSCI"})}, {}, Exclusion("certificate", ("BSCI",))),
    (
        {"certificates": frozenset({"SNI"})},
        {"certificates": (Held("SNI_8877", TODAY - timedelta(days=1)),)},
        Exclusion("certificate_ended", ("SNI",)),
    ),
    ({"reach": Reach(region="32")}, {}, Exclusion("outside_region", ("35.76", "32"))),
    ({"reach": Reach(point=POINTS[2], km=100)}, {}, Exclusion("outside_km", (535, 100))),
    ({"products": frozenset({"OXFORD"})}, {}, Exclusion("products", ("OXFORD",))),
    ({"constructions": frozenset({"GOODYEAR"})}, {}, Exclusion("constructions", ("GOODYEAR",))),
    ({"roles": frozenset({"CO_OUTSOLE"})}, {}, Exclusion("role", ("CO_OUTSOLE",))),
    (
        {},
        {"confirmed_on": TODAY - timedelta(days=DORMANT_DAYS + 1)},
        Exclusion("dormant", (TODAY - timedelta(days=DORMANT_DAYS + 1),)),
    ),
]


@pytest.mark.parametrize(("asked", "stated", "said"), EXCLUDED, ids=lambda one: str(one)[:40])
def test_what_excludes_is_said_with_its_values(asked, stated, said):
    need, firm = replace(NEED, **asked), replace(MAKER, **stated)

    assert exclusions(need, firm, GROUND) == (said,)
    assert match(need, firm, GROUND) is None
    assert Field([firm], GROUND).nearly(need)[0].exclusion == said


UNKNOWN = {
    "roles": frozenset(),
    "products": frozenset(),
    "process_pairs": (),
    "monthly_capacity": None,
    "minimum_order": None,
    "lead_time_days": None,
    "region": "",
    "point": None,
    "certificates": (),
    "confirmed_on": None,
    "takes_job_orders": None,
}


def test_what_is_not_stated_excludes_nobody_and_is_said():
    need = replace(NEED, certificates=frozenset({"SNI"}), reach=Reach(region="35"), place=POINTS[0])

    found = match(need, replace(MAKER, **UNKNOWN), GROUND)

    assert found is not None
    unknown = {reason.code for reason in found.reasons if reason.share is None}
    assert unknown >= {"capacity", "minimum_order", "lead_time", "certificates", "products"}
    known = match(need, MAKER, GROUND)
    assert known is not None
    assert known.score > found.score


def test_a_province_alone_does_not_say_in_which_regency_a_firm_is():
    need = replace(NEED, reach=Reach(region="35.76"))

    assert exclusions(need, replace(MAKER, region="35"), GROUND) == ()


@pytest.mark.parametrize(
    ("unit", "pairs"), [("PASANG", 3), ("LUSIN", 36), ("KODI", 60), ("SQFT", None)]
)
def test_quantities_become_pairs_where_they_can(unit, pairs):
    assert Quantity(3, unit).pairs == pairs


def test_an_amount_in_another_unit_is_not_held_against_a_minimum_in_pairs():
    need = replace(NEED, quantity=Quantity(5, "SQFT"))

    assert exclusions(need, MAKER, GROUND) == ()
    found = match(need, MAKER, GROUND)
    assert found is not None
    assert "minimum_order" not in {reason.code for reason in found.reasons}


def test_the_specific_counts_before_the_general():
    need = replace(NEED, products=frozenset({"OXFORD"}))

    scores = [
        match(need, replace(MAKER, products=frozenset({product})), GROUND).score
        for product in ("OXFORD", "FORMAL", "SHOE")
    ]

    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_a_material_excludes_suppliers_but_not_makers():
    need = replace(NEED, materials=frozenset({"LEATHER"}))
    supplier = Firm(key=2, roles=frozenset({"CO_OUTSOLE"}), materials=frozenset({"KANVAS"}))
    sourcing = Need(
        key=3,
        kind="SOURCING_REQ",
        roles=frozenset({"CO_OUTSOLE"}),
        materials=frozenset({"LEATHER"}),
    )

    assert exclusions(need, MAKER, GROUND) == ()
    assert exclusions(sourcing, supplier, GROUND) == (Exclusion("materials", ("LEATHER",)),)


def test_blocked_on_either_side_or_the_asker_itself_never_meet():
    asked = replace(NEED, asker="buyer")

    assert is_apart(replace(asked, blocked=frozenset({"maker"})), MAKER)
    assert is_apart(asked, replace(MAKER, blocked=frozenset({"buyer"})))
    assert is_apart(replace(asked, asker="maker"), MAKER)
    assert not is_apart(asked, MAKER)


def test_answering_counts_only_with_enough_answers():
    few = match(NEED, replace(MAKER, answering=Answering(1, 1, 4)), GROUND)
    none = match(NEED, MAKER, GROUND)
    many = match(NEED, replace(MAKER, answering=Answering(1, 1, 5)), GROUND)
    silent = match(NEED, replace(MAKER, answering=Answering(0, 30, 9)), GROUND)

    assert few.score == none.score
    assert silent.score < none.score < many.score


def test_verification_counts_while_it_holds():
    holds = Checked("capability", TODAY)
    ended = Checked("capability", TODAY - timedelta(days=1))

    scores = [
        match(NEED, replace(MAKER, verified=verified), GROUND).score
        for verified in ((), (ended,), (holds,), (holds, Checked("place", TODAY)))
    ]

    assert scores[0] == scores[1] < scores[2] < scores[3]


def equals(count):
    return [replace(MAKER, key=number) for number in range(count)]


def asking(count):
    return [replace(NEED, key=f"need {number}") for number in range(count)]


def test_among_a_hundred_equals_nobody_is_without_a_lead():
    field = Field(equals(100), GROUND)

    shared = dict(all_matches(field, asking(200), limit=5))

    leads = Counter(firm for got in shared.values() for firm, _score in got)
    assert len(shared) == 200
    assert len(leads) == 100
    assert set(leads.values()) == {10}


def test_without_counting_leads_the_turn_of_each_need_spreads_them_too():
    field = Field(equals(100), GROUND)

    leads = Counter(one.firm for need in asking(200) for one in field.matches(need, 5))

    assert len(leads) >= 99
    assert max(leads.values()) < 30


def test_sharing_costs_less_than_the_margin_and_spares_the_clearly_better():
    crowd = [
        replace(one, confirmed_on=TODAY - timedelta(days=180 + 5 * number))
        for number, one in enumerate(equals(60))
    ]
    best = replace(MAKER, key="best", minimum_order=1, roles=frozenset({"PR_MAKLON"}))
    best = replace(best, verified=(Checked("capability", TODAY), Checked("order", TODAY)), leads=99)
    field = Field([*crowd, best], GROUND)
    greedy = [field.pool(need, 5, margin=0).scores for need in asking(100)]
    most = sum(sum(sorted(scores, reverse=True)[:5]) for scores in greedy)

    shared = list(all_matches(field, asking(100), limit=5))

    given = sum(score for _need, got in shared for _firm, score in got)
    assert most * 0.97 <= given <= most
    assert all(got[0][0] == "best" for _need, got in shared)
    assert MARGIN == 3


def test_a_batch_says_the_same_on_two_processes_and_in_any_order():
    field = Field(equals(30), GROUND)
    needs = asking(60)

    one = list(all_matches(field, needs, limit=3))

    assert one == list(all_matches(field, reversed(needs), limit=3))
    assert one == list(all_matches(field, needs, limit=3, processes=2))


def test_a_firm_finds_the_needs_it_can_answer_the_best_first():
    small = replace(NEED, key="small", quantity=Quantity(10))
    near = replace(NEED, key="near", materials=frozenset({"KANVAS"}))
    far = replace(NEED, key="far", materials=frozenset({"SUEDE"}))

    found = needs_for(MAKER, [small, far, near], GROUND)

    assert [one.need for one in found] == ["near", "far"]
    assert found[0] == match(near, MAKER, GROUND)


def test_who_is_excluded_is_counted_by_condition():
    field = Field([MAKER, replace(MAKER, key=2, minimum_order=500)], GROUND)

    assert field.excluded(NEED)["minimum_order"] == 1
    assert [one.firm for one in field.matches(NEED)] == ["maker"]
    assert Field([], GROUND).matches(NEED) == []


def test_texts_are_alike_by_their_rare_words_in_either_language():
    rarity = Rarity.learned(["Sepatu kulit halus.", "Sepatu kanvas.", "Sepatu bot karet."])

    assert pieces("Satu. Dua.", "One; two") == ("Satu.", "One;", "Dua.", "two")
    assert likeness("sepatu kanvas", ["Sepatu kanvas."], rarity) == 1
    one, other = (
        likeness("bot karet untuk sawah", [text], rarity)
        for text in ("Sepatu bot karet.", "Sepatu kanvas.")
    )
    assert one > other == 0
    assert likeness("", ["Sepatu"], rarity) == likeness("sepatu", [], rarity) == 0


def test_a_profile_is_read_without_taking_silence_for_no():
    profile = Profile(
        name="X",
        capabilities=(
            CapabilityFact("process", "STITCH", 300),
            CapabilityFact("value_chain_role", "PR_IKM"),
        ),
        certificates=(CertificateFact("SNI_8877"),),
        summary_id="Sepatu kulit.",
        latitude=-7.0,
        longitude=112.0,
    )

    firm = firm_of(7, profile, confirmed_on=None)

    assert firm.process_pairs == (("STITCH", 300),)
    assert firm.roles == {"PR_IKM"}
    assert firm.certificates == (Held("SNI_8877"),)
    assert firm.exports is None
    assert firm.point == (-7.0, 112.0)
    assert firm.pieces == ("Sepatu kulit.",)
    assert firm_of(8, replace(profile, latitude=None), confirmed_on=None).point is None


def test_the_tree_is_climbed_and_a_circle_ends():
    assert climbed({"C": "B", "B": "A", "A": None})["C"] == ("B", "A")
    assert climbed({"A": "B", "B": "A"})["A"] == ("B", "A")
