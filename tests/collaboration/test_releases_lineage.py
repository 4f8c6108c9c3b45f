"""The line from origin to product: unbroken, in the order of its days, each node dated."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from ifn.collaboration.lineage import Fact, Facts, Made, line_of

DAYS = some.none() | some.integers(0, 900).map(lambda n: date(2022, 1, 1) + timedelta(days=n))
FACTS = some.builds(Fact, label=some.just("x"), on=DAYS)
ALL = some.builds(
    Facts,
    origin=FACTS,
    before=some.none() | FACTS,
    call=some.none() | FACTS,
    stages=some.lists(FACTS, max_size=6),
    batches=some.lists(some.builds(Made, fact=FACTS, received=some.none() | FACTS), max_size=4),
    product=some.none() | FACTS,
    after=some.lists(FACTS, max_size=3),
)


@given(ALL)
def test_every_node_but_the_first_is_led_to_and_nothing_leads_back(facts):
    line = line_of(facts)

    assert [node.key for node in line.nodes] == list(range(len(line.nodes)))
    assert all(start < end for start, end in line.links)
    assert {end for _start, end in line.links} == set(range(1, len(line.nodes)))


def test_the_outsole_case_is_told_from_the_winner_to_the_shoe():
    facts = Facts(
        origin=Fact("Competition", "Winner", date(2022, 10, 1)),
        stages=[
            Fact("Design", on=date(2022, 12, 1)),
            Fact("Production", on=date(2023, 9, 1)),
            Fact("Release", on=date(2024, 7, 1)),
        ],
        batches=[
            Made(
                Fact("Batch", on=date(2023, 10, 1)),
                Fact("12 makers", on=date(2023, 12, 1)),
            )
        ],
        product=Fact("Shoe", on=date(2024, 7, 31)),
        after=[Fact("Next", on=date(2025, 2, 1))],
    )

    line = line_of(facts)

    assert [one.fact.label for one in line.nodes] == [
        *("Competition", "Design", "Production", "Batch", "12 makers", "Release", "Shoe", "Next"),
    ]
    assert line.links == ((0, 1), (1, 2), (2, 3), (2, 5), (3, 4), (4, 6), (5, 6), (6, 7))
    assert [one.key for one in line.nodes if one.is_branch] == [3, 4]


def test_who_gets_some_after_the_product_does_not_lead_to_it():
    facts = Facts(
        origin=Fact("Idea", on=date(2022, 1, 1)),
        batches=[Made(Fact("Batch", on=date(2022, 2, 1)), Fact("Late", on=date(2023, 1, 1)))],
        product=Fact("Shoe", on=date(2022, 6, 1)),
    )

    line = line_of(facts)

    assert [one.fact.label for one in line.nodes] == ["Idea", "Batch", "Shoe", "Late"]
    assert line.links == ((0, 1), (0, 2), (1, 3))


def test_a_project_without_any_day_is_told_in_the_order_of_the_work():
    facts = Facts(Fact("Idea"), stages=[Fact("Design"), Fact("Test")], product=Fact("Shoe"))

    assert [one.fact.label for one in line_of(facts).nodes] == ["Idea", "Design", "Test", "Shoe"]
