"""Footwear pictures drawn by code: 800 x 600 SVG from a seed, without text, script or assets."""

from collections.abc import Callable

from ifn.demo.drawings import closed, materials, parts, places
from ifn.demo.drawings import open as opened
from ifn.demo.drawings.canvas import HEIGHT, WIDTH, Canvas

BRIGHT = ("rose", "sky", "mustard", "terracotta", "teal", "sage", "plum", "indigo")
PLAIN = ("ink", "navy", "walnut", "slate")
LEATHER = (*closed.LEATHERS, "olive", "mustard")

#: Every kind of picture: who draws it, and in which main colours it looks right (any when empty).
KINDS: dict[str, tuple[Callable[[Canvas], str], tuple[str, ...]]] = {
    "sneaker": (closed.sneaker, ()),
    "canvas": (closed.canvas_shoe, ()),
    "runner": (closed.runner, ()),
    "boot": (closed.boot, LEATHER),
    "chelsea": (closed.chelsea, LEATHER),
    "oxford": (closed.oxford, closed.LEATHERS),
    "derby": (closed.derby, LEATHER),
    "loafer": (closed.loafer, LEATHER),
    "tenun": (closed.tenun, ()),
    "school": (closed.school, PLAIN),
    "kids": (closed.kids, BRIGHT),
    "safety": (closed.safety, ("ink", "walnut", "chestnut", "olive", "tan")),
    "heel": (opened.heel, ()),
    "flat": (opened.flat, ()),
    "sandal": (opened.sandal, ()),
    "outdoor_sandal": (opened.outdoor_sandal, ()),
    "flipflop": (opened.flipflop, ()),
    "slipper": (opened.slipper, ()),
    "clog": (opened.clog, ()),
    "wedge": (opened.wedge, ()),
    "outsole": (parts.outsole, ()),
    "insole": (parts.insole, ()),
    "last": (parts.last, ()),
    "heel_block": (parts.heel_block, ()),
    "hide": (materials.hide, LEATHER),
    "leather_rolls": (materials.leather_rolls, LEATHER),
    "textile": (materials.textile, ()),
    "sheets": (materials.sheets, ()),
    "granules": (materials.granules, ()),
    "tins": (materials.tins, ()),
    "threads": (materials.threads, ()),
    "hardware": (parts.hardware, ()),
    "laces": (parts.laces, ()),
    "shoebox": (parts.shoebox, ()),
    "sewing": (places.sewing, ()),
    "press": (places.press, ()),
    "mould": (places.mould, ()),
    "die": (places.die, LEATHER),
    "sketch": (places.sketch, ()),
    "shop": (places.shop, ()),
    "workshop": (places.workshop, ()),
    "building": (places.building, ()),
    "classroom": (places.classroom, ()),
    "phone": (places.phone, ()),
    "cargo": (places.cargo, ()),
}


def draw(kind: str, seed: str) -> str:
    """Return the SVG of a kind of thing; the same seed gives the same picture.

    Raises:
        KeyError: There is no such kind; see ``KINDS``.

    """
    artist, mains = KINDS[kind]
    return artist(Canvas(f"{kind}:{seed}", mains))


__all__ = ["HEIGHT", "KINDS", "WIDTH", "draw"]
