import hashlib
import re
from xml.etree import ElementTree as ET

import pytest

from ifn.demo.drawings import HEIGHT, KINDS, WIDTH, draw

SVG = "{http://www.w3.org/2000/svg}"
SEEDS = ("langkah-jaya-0", "sol-nusantara-1", "x")
DRAWN = {"defs", "g", "use", "path", "rect", "circle", "ellipse", "clipPath", "pattern", "stop"}
PAINTS = {"linearGradient", "radialGradient"}


kinds = pytest.mark.parametrize("kind", KINDS)


def drawn(kind):
    return [draw(kind, seed) for seed in SEEDS]


@kinds
def test_a_drawing_holds_shapes_and_paints_and_nothing_that_runs_or_reads(kind):
    for svg in drawn(kind):
        root = ET.fromstring(svg)  # noqa: S314  # our own
        names = {element.tag.removeprefix(SVG) for element in root.iter() if element is not root}

        assert root.tag == f"{SVG}svg"
        assert names <= DRAWN | PAINTS
        assert not any((element.text or "").strip() for element in root.iter())


@kinds
def test_a_drawing_refers_only_to_itself(kind):
    for svg in drawn(kind):
        root = ET.fromstring(svg)  # noqa: S314  # our own
        attributes = [pair for element in root.iter() for pair in element.attrib.items()]
        own = {value for name, value in attributes if name == "id"}

        assert not [name for name, _ in attributes if name.startswith("on") or name == "style"]
        assert {value[1:] for name, value in attributes if name == "href"} <= own
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= own
        assert svg.count("url(") == len(re.findall(r"url\(#[^)]+\)", svg))


@kinds
def test_a_drawing_has_a_size_and_is_small(kind):
    for svg in drawn(kind):
        root = ET.fromstring(svg)  # noqa: S314  # our own

        assert (root.get("width"), root.get("height")) == (str(WIDTH), str(HEIGHT))
        assert root.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
        assert len(svg) < 8_000


def test_ids_are_unique_in_a_drawing_and_between_drawings():
    ids = [
        identifier
        for kind in KINDS
        for identifier in re.findall(r' id="([^"]+)"', draw(kind, "one"))
    ]

    assert len(ids) == len(set(ids)) > 100


def test_the_same_seed_draws_the_same_picture_on_every_machine():
    together = "".join(draw(kind, "seed") for kind in KINDS)

    assert hashlib.sha256(together.encode()).hexdigest()[:16] == "be9f1f00163b2c7a"


def test_another_seed_draws_another_picture():
    assert len({draw("sneaker", str(seed)) for seed in range(20)}) == 20


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        draw("spaceship", "1")
