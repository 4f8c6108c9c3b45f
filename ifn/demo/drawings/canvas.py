"""What every drawing stands on: colours that go together, a calm backdrop, a few strokes."""

from dataclasses import dataclass
from functools import lru_cache
from random import Random

WIDTH, HEIGHT = 800, 600
GROUND = 470

#: Colours of leather, cloth and rubber, each with the walls it looks well on.
MAINS = {
    "cognac": ("#a9642f", "paper sage mist dusk night"),
    "chestnut": ("#7d4427", "paper sand sage blush mist"),
    "oxblood": ("#7a2b2b", "paper blush sand mist clay"),
    "tan": ("#c48b52", "paper mist dusk cocoa night"),
    "ink": ("#37322f", "paper sand sage blush clay butter"),
    "walnut": ("#5d3c2a", "paper sage butter mist"),
    "indigo": ("#3a4d80", "paper sand butter blush"),
    "navy": ("#2c3d5e", "sand butter clay mist"),
    "forest": ("#3f604e", "paper sand blush butter"),
    "olive": ("#71703d", "paper clay mist blush"),
    "mustard": ("#c6962f", "paper mist dusk night cocoa"),
    "terracotta": ("#b9593b", "paper sage mist dusk"),
    "rose": ("#b8717b", "paper sage mist dusk cocoa"),
    "teal": ("#2f6f70", "paper sand blush clay"),
    "slate": ("#5f6873", "paper butter clay blush"),
    "cream": ("#d8c6a2", "clay dusk night cocoa sage"),
    "plum": ("#6d4060", "paper blush sage butter"),
    "sky": ("#6f97b5", "paper sand butter cocoa"),
    "sage": ("#7f9b7b", "paper blush clay cocoa"),
}
WALLS = {
    "paper": ("#f5eddf", "#e6d7c0", "#fffaf0"),
    "sand": ("#efe0c8", "#dcc5a3", "#fbf3e2"),
    "blush": ("#f2dfd6", "#e2c2b4", "#fbf1ec"),
    "sage": ("#e2e8da", "#c5d0ba", "#f4f7ef"),
    "mist": ("#e1e7e9", "#c2cdd3", "#f5f8f9"),
    "dusk": ("#dddcea", "#bdbbd2", "#f3f2f9"),
    "clay": ("#e8d2c2", "#d0ae98", "#f6ebe3"),
    "butter": ("#f5e9ca", "#e5cf99", "#fcf6e4"),
    "night": ("#46506c", "#343c54", "#5a6585"),
    "cocoa": ("#58453a", "#43342b", "#6e594c"),
}
#: Accents by main colour: a neighbour or the opposite, never a neon.
ACCENTS = ("#d9a441", "#c75b3f", "#3f7f83", "#e8dcc4", "#42548a", "#8f3f4a", "#7f9b7b", "#e3b7a0")
SOLES = ("#f6f1e7", "#efe3cc", "#3b3430", "#caa06a", "#8a5a36")


@lru_cache(maxsize=4096)
def mix(first: str, second: str, share: float) -> str:
    """Return the colour between two; ``share`` is how much of the second is in it."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one drawing."""

    main: str
    dark: str
    deep: str
    light: str
    pale: str
    accent: str
    sole: str
    wall: tuple[str, str, str]

    @property
    def stitch(self) -> str:
        """Return the colour of thread on the main colour."""
        return mix(self.pale, "#fff6e6", 0.4)

    @property
    def sole_dark(self) -> str:
        """Return the sole's colour in its own shade."""
        return mix(self.sole, "#2a1c14", 0.3)


@lru_cache(maxsize=1024)
def _palette(main: str, wall: str, accent: str, sole: str) -> Palette:
    colour = MAINS[main][0]
    return Palette(
        main=colour,
        dark=mix(colour, "#1c120c", 0.36),
        deep=mix(colour, "#160e0a", 0.62),
        light=mix(colour, "#fff0dc", 0.3),
        pale=mix(colour, "#fff8ee", 0.7),
        accent=accent,
        sole=sole,
        wall=WALLS[wall],
    )


class Canvas:
    """One drawing in the making: its random choices, its colours and its own prefix for ids."""

    def __init__(self, seed: str, mains: tuple[str, ...] = ()) -> None:
        self.random = Random(seed)  # noqa: S311  # pictures, not secrets
        choose = self.random.choice
        main = choose(mains or tuple(MAINS))
        wall = choose(MAINS[main][1].split())
        self.palette = _palette(main, wall, choose(ACCENTS), choose(SOLES))
        self.prefix = f"d{self.random.getrandbits(28):07x}"

    def ref(self, name: str) -> str:
        """Return a paint reference to something defined in this drawing."""
        return f"url(#{self.prefix}{name})"

    def clip(self, name: str, shape: str) -> str:
        """Define a clip in the form of a path, to be used with ``clipped``."""
        return f'<clipPath id="{self.prefix}{name}"><path d="{shape}"/></clipPath>'

    def clipped(self, name: str, body: str) -> str:
        """Show only what lies inside the clip of that name."""
        return f'<g clip-path="{self.ref(name)}">{body}</g>'

    def gradient(self, name: str, *colours: str, across: bool = False) -> str:
        """Define an even gradient, downwards or across."""
        last = len(colours) - 1
        stops = "".join(
            f'<stop offset="{place / last:.2f}" stop-color="{colour}"/>'
            for place, colour in enumerate(colours)
        )
        end = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
        return f'<linearGradient id="{self.prefix}{name}" {end}>{stops}</linearGradient>'

    def pattern(self, name: str, width: int, height: int, body: str) -> str:
        """Define a paint that repeats a small drawing."""
        return (
            f'<pattern id="{self.prefix}{name}" width="{width}" height="{height}"'
            f' patternUnits="userSpaceOnUse">{body}</pattern>'
        )

    def twice(self, body: str, first: str, second: str) -> str:
        """Draw the same thing at two places, each given as a transform."""
        name = f"{self.prefix}p"
        return (
            f'<g transform="{first}"><g id="{name}">{body}</g></g>'
            f'<use href="#{name}" transform="{second}"/>'
        )

    def leather(self) -> str:
        """Define ``u``: the main material, lit from above."""
        palette = self.palette
        return self.gradient("u", palette.light, palette.main, palette.main, palette.dark)

    def solid(self, shape: str, body: str, *, name: str = "c") -> str:
        """Draw a shape in the main material with details that stay inside it."""
        return (
            self.clip(name, shape)
            + fill(shape, self.ref("u"))
            + self.clipped(name, body)
            + line(shape, self.palette.deep, 2.5, 'opacity=".55"')
        )


def fill(shape: str, colour: str, more: str = "") -> str:
    """Fill a path."""
    return f'<path d="{shape}" fill="{colour}" {more}/>'


def line(shape: str, colour: str, width: float, more: str = "") -> str:
    """Stroke a path."""
    return f'<path d="{shape}" fill="none" stroke="{colour}" stroke-width="{width}" {more}/>'


def stitches(shape: str, colour: str, width: float = 3) -> str:
    """Stroke a path as a seam."""
    return line(shape, colour, width, 'stroke-dasharray="8 7"')


def dot(x: float, y: float, radius: float, colour: str, more: str = "") -> str:
    """Draw a disc."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{colour}" {more}/>'


def oval(x: float, y: float, rx: float, ry: float, colour: str, more: str = "") -> str:
    """Draw an ellipse."""
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{colour}" {more}/>'


def box(x: float, y: float, width: float, height: float, colour: str, more: str = "") -> str:
    """Draw a rectangle."""
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{colour}" {more}/>'
    )


def moved(body: str, x: float, y: float, *, turn: float = 0, scale: str = "1") -> str:
    """Move, turn (degrees) and scale a part of a drawing."""
    return f'<g transform="translate({x:g} {y:g}) rotate({turn:g}) scale({scale})">{body}</g>'


def kawung(x: float, y: float, size: float, colour: str, more: str = "") -> str:
    """Draw the four petals of the batik motif kawung."""
    petals = "".join(
        oval(0, -size * 0.62, size * 0.3, size * 0.5, colour, f'transform="rotate({angle})"')
        for angle in (45, 135, 225, 315)
    )
    return f'<g transform="translate({x:g} {y:g})" {more}>{petals}</g>'


def _sun(canvas: Canvas, glow: str) -> str:
    draw = canvas.random
    x, y = draw.randint(180, 620), draw.randint(170, 240)
    return dot(x, y, draw.randint(120, 165), glow, 'opacity=".55"')


def _arch(canvas: Canvas, glow: str) -> str:
    x = canvas.random.randint(210, 330)
    return fill(f"M{x} {GROUND} V230 a150 150 0 0 1 300 0 V{GROUND} Z", glow, 'opacity=".5"')


def _batik(canvas: Canvas, glow: str) -> str:
    left = canvas.random.choice((70, 470))
    motif = canvas.pattern("b", 64, 64, kawung(32, 32, 40, glow))
    return motif + box(left, 40, 320, 256, canvas.ref("b"), 'opacity=".42"')


def _window(canvas: Canvas, glow: str) -> str:
    x = canvas.random.randint(60, 420)
    panes = "".join(
        fill(f"M{x + shift} {GROUND} l150 -{GROUND} h90 l-150 {GROUND} z", glow)
        for shift in (0, 120)
    )
    return f'<g opacity=".32">{panes}</g>'


BACKDROPS = (_sun, _arch, _batik, _window)


def finished(canvas: Canvas, body: str, *, shadow: tuple[int, int] | None = (400, 310)) -> str:
    """Return the complete SVG: wall, table, shadow (centre, half width) and the thing itself."""
    top, bottom, glow = canvas.palette.wall
    table = mix(bottom, "#8a6a4c", 0.16)
    backdrop = canvas.random.choice(BACKDROPS)(canvas, glow)
    defined = (
        canvas.gradient("w", top, bottom)
        + canvas.gradient("t", table, mix(table, glow, 0.35))
        + f'<radialGradient id="{canvas.prefix}s"><stop offset="0" stop-color="#1d120b"'
        ' stop-opacity=".38"/><stop offset="1" stop-color="#1d120b" stop-opacity="0"/>'
        "</radialGradient>"
    )
    below = oval(shadow[0], GROUND + 4, shadow[1], 26, canvas.ref("s")) if shadow else ""
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" stroke-linecap="round" stroke-linejoin="round">'
        f"<defs>{defined}</defs>"
        f"{box(0, 0, WIDTH, HEIGHT, canvas.ref('w'))}{backdrop}"
        f"{box(0, GROUND - 26, WIDTH, HEIGHT - GROUND + 26, canvas.ref('t'))}{below}{body}</svg>"
    )
    return " ".join(text.split()).replace(" />", "/>").replace("> <", "><")
