"""Which links a product needs."""

import pytest

from ifn.connections.chaining.links import ORDER, needed_links
from tests.connections.briefs import ANCESTORS, TREES, brief, links_of


def codes(**changed):
    return [link.code for link in links_of(brief(**changed))]


def test_cemented_sneakers_need_everything_from_upper_to_test():
    assert codes() == [
        *("upper", "outsole", "insole", "last", "glue"),
        *("stitching", "assembly", "packaging", "test"),
    ]


@pytest.mark.parametrize(
    ("changed", "more", "without"),
    [
        ({"construction": "GOODYEAR"}, {"welt", "shank"}, set()),
        ({"construction": "VULCAN"}, {"sole_material"}, {"outsole", "insole"}),
        ({"construction": "INJECTED"}, {"sole_material"}, {"outsole", "glue", "insole"}),
        ({"construction": "STROBEL"}, set(), {"insole"}),
        ({"product": "SANDAL"}, set(), {"last", "insole"}),
        ({"product": "PUMPS"}, {"heel", "shank"}, set()),
        (
            {"product": "FLIPFLOP", "construction": "FLIP"},
            set(),
            {"last", "insole", "glue", "stitching"},
        ),
        (
            {"product": "FLIPFLOP", "construction": "ONEPIECE"},
            {"sole_material"},
            {"upper", "outsole", "last", "insole", "glue", "stitching"},
        ),
    ],
)
def test_product_and_construction_add_and_take_away_links(changed, more, without):
    usual = set(codes())

    assert set(codes(**changed)) == (usual | more) - without


@pytest.mark.parametrize("construction", [node["code"] for node in TREES["construction"]["nodes"]])
def test_every_link_delivers_to_one_that_is_there_and_waits_for_none_that_is_not(construction):
    for product in ("SNEAKER", "SANDAL", "PUMPS"):
        links = {
            one.code: one for one in links_of(brief(construction=construction, product=product))
        }

        assert list(links) == sorted(links, key=ORDER.index)
        assert [one.code for one in links.values() if not one.goes_to] == ["assembly"]
        assert {one.goes_to for one in links.values()} - {""} <= set(links)
        assert {code for one in links.values() for code in one.after} <= set(links)


def test_codes_of_the_table_are_words_of_the_vocabulary():
    known = {name: set(tree) for name, tree in ANCESTORS.items()}
    for construction in known["constructions"]:
        for link in needed_links(brief(construction=construction, product="PUMPS"), ANCESTORS):
            assert link.roles <= known["roles"]
            assert link.materials <= known["materials"]
            assert link.processes <= known["processes"]


def test_certificates_of_leather_are_asked_of_who_sells_it_and_others_of_the_maker():
    links = {one.code: one for one in links_of(brief(certificates=frozenset({"SNI", "LWG"})))}

    assert links["upper"].certificates == {"LWG"}
    assert links["assembly"].certificates == {"SNI"}
    assert not any(links[code].certificates for code in links if code not in {"upper", "assembly"})


def test_a_sole_that_is_named_is_asked_of_the_sole_maker():
    links = {one.code: one for one in links_of(brief(sole="EVA"))}

    assert links["outsole"].materials == {"EVA"}
