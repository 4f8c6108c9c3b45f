"""Components: soles, lasts, heels, trims, laces and boxes."""

from ifn.demo.drawings.canvas import (
    Canvas,
    box,
    dot,
    fill,
    finished,
    kawung,
    line,
    mix,
    moved,
    oval,
    stitches,
)
from ifn.demo.drawings.open import FOOT

STEEL = ("#f4f5f4", "#b4babd", "#7d868c")
BRASS = "#c9a15b"


def _tread(canvas: Canvas) -> str:
    palette, pattern = canvas.palette, canvas.random.randrange(4)
    rows = range(-196, 210, 26)
    if pattern == 0:
        zigzag = "l28 15l28 -15" * 4
        return line("".join(f"M-110 {y}{zigzag}" for y in rows), palette.deep, 7)
    if pattern == 1:
        bars = "".join(f"M{-110 + y % 52 // 2} {y}H110" for y in rows)
        return line(bars, palette.deep, 12, 'stroke-dasharray="26 22" stroke-linecap="butt"')
    if pattern == 2:  # noqa: PLR2004  # one of four treads
        rings = "".join(
            f"M0 {cy - 17 * n}a{15 * n} {17 * n} 0 1 0 .1 0z"
            for cy, count in ((-100, 9), (130, 6))
            for n in range(1, count)
        )
        return line(rings, palette.deep, 6)
    petals = canvas.pattern("h", 38, 38, kawung(19, 19, 23, palette.deep))
    return petals + box(-110, -220, 220, 440, canvas.ref("h"))


def outsole(canvas: Canvas) -> str:
    """Draw a pair of outsoles, treads up."""
    palette = canvas.palette
    sole = (
        moved(fill(FOOT, "#1d120b", 'opacity=".25"'), 8, 16)
        + fill(FOOT, palette.main)
        + canvas.clipped("f", _tread(canvas))
        + canvas.clipped("f", oval(0, 26, 74, 34, palette.accent, 'opacity=".92"'))
        + line(FOOT, palette.dark, 12)
        + line(FOOT, palette.light, 3, 'opacity=".6"')
    )
    body = canvas.twice(
        sole, "translate(290 300) rotate(-13)", "translate(512 300) rotate(13) scale(-1 1)"
    )
    return finished(canvas, canvas.clip("f", FOOT) + body, shadow=None)


def insole(canvas: Canvas) -> str:
    """Draw a pair of insoles with arch support."""
    palette = canvas.palette
    sole = (
        moved(fill(FOOT, palette.deep, 'opacity=".35"'), 6, 12)
        + fill(FOOT, canvas.ref("u"))
        + canvas.clipped("f", fill("M-100 -10 C-20 20 -10 110 -70 150 L-120 150 Z", palette.accent))
        + canvas.clipped("f", oval(0, 140, 42, 54, palette.pale, 'opacity=".75"'))
        + canvas.clipped("f", oval(2, -92, 70, 58, palette.pale, 'opacity=".35"'))
        + moved(stitches(FOOT, palette.stitch), 0, 0, scale=".9")
    )
    body = canvas.twice(
        sole, "translate(290 300) rotate(8)", "translate(510 300) rotate(-8) scale(-1 1)"
    )
    return finished(canvas, canvas.leather() + canvas.clip("f", FOOT) + body, shadow=None)


LAST = """M196 160 C232 150 300 150 334 164 C352 204 384 258 446 298 C524 342 640 356 690 408
 C704 426 694 446 668 448 C600 458 520 444 450 430 C380 418 320 424 252 442
 C204 454 162 448 148 420 C136 388 150 330 162 290 C174 250 180 204 196 160 Z"""


def last(canvas: Canvas) -> str:
    """Draw a shoe last, of wood or of plastic."""
    wooden = canvas.random.random() < 0.6  # noqa: PLR2004  # six in ten
    colours = ("#dcae77", "#c28e57", "#94633a") if wooden else ("#9ccab1", "#5fa285", "#3c705c")
    grain = line(
        "".join(
            f"M120 {190 + n * 27}C300 {170 + n * 26} 420 {300 + n * 16} 720 {360 + n * 12}"
            for n in range(11)
        ),
        "#7c5230",
        2.5,
        'opacity=".4"',
    )
    hinge = line("M306 156 L288 250 L330 300 L318 420", "#3b2a1c", 3, 'opacity=".7"')
    hole = dot(254, 196, 15, "#3b2a1c") + dot(254, 196, 9, "#8e9498")
    details = (
        (grain if wooden else "")
        + hinge
        + oval(600, 384, 80, 16, "#ffffff", 'opacity=".25" transform="rotate(22 600 384)"')
    )
    one = (
        fill(LAST, canvas.ref("k"))
        + canvas.clipped("l", details)
        + line(LAST, "#3b2a1c", 2.5, 'opacity=".5"')
        + hole
    )
    # The mate is drawn by the same code, smaller and behind: it comes first, so it is the original.
    pair = canvas.twice(one, "translate(84 -26) scale(.9)", "translate(-24 26)")
    return finished(canvas, canvas.gradient("k", *colours) + canvas.clip("l", LAST) + pair)


def heel_block(canvas: Canvas) -> str:
    """Draw four heels in a row: stiletto, cone, block and cuban."""
    palette = canvas.palette
    shapes = (
        (
            "M110 190 C150 176 196 186 214 204"
            " C196 270 176 360 170 470 H146 C146 360 130 270 110 190 Z"
        ),
        (
            "M262 240 C304 224 352 232 374 252"
            " C364 320 340 400 332 470 H290 C288 400 274 320 262 240 Z"
        ),
        (
            "M430 300 C470 288 530 290 558 306"
            " C552 360 552 420 554 470 H446 C446 420 440 360 430 300 Z"
        ),
        (
            "M610 350 C650 340 700 344 724 356"
            " C722 400 722 440 724 470 H622 C622 440 616 400 610 350 Z"
        ),
    )
    body = canvas.leather() + "".join(
        fill(shape, canvas.ref("u")) + line(shape, palette.deep, 2, 'opacity=".5"')
        for shape in shapes
    )
    lifts = "".join(
        box(x, 462, width, 10, "#2b2725")
        for x, width in ((144, 28), (288, 46), (444, 112), (620, 106))
    )
    shine = "".join(
        line(f"M{x} {y} v{h}", "#ffffff", 8, 'opacity=".22"')
        for x, y, h in ((140, 220, 90), (296, 270, 110), (466, 330, 110), (640, 376, 70))
    )
    return finished(canvas, body + shine + lifts, shadow=(415, 330))


def hardware(canvas: Canvas) -> str:
    """Draw eyelets, buckles and rings laid out on a tray."""
    palette = canvas.palette
    metal = (BRASS, "#aab2b7", "#6d5a45", palette.accent)
    body = box(110, 90, 580, 420, palette.dark, 'rx="26"')
    body += box(130, 110, 540, 380, palette.deep, 'rx="16" opacity=".55"')
    for n in range(24):
        x, y = 186 + n % 6 * 86, 160 + n // 6 * 94
        tone = metal[canvas.random.randrange(4)]
        pick = canvas.random.randrange(3)
        if pick == 0:
            body += (
                f'<circle cx="{x}" cy="{y}" r="24" fill="none" stroke="{tone}" stroke-width="13"/>'
            )
        elif pick == 1:
            body += box(x - 28, y - 28, 56, 56, "none", f'rx="9" stroke="{tone}" stroke-width="10"')
            body += line(f"M{x - 28} {y} H{x + 18}", tone, 7)
        else:
            body += fill(
                f"M{x - 30} {y + 20} a30 34 0 0 1 60 0 z",
                "none",
                f'stroke="{tone}" stroke-width="10"',
            )
    return finished(canvas, body, shadow=None)


def laces(canvas: Canvas) -> str:
    """Draw bundles of laces in three colours."""
    palette = canvas.palette
    body = ""
    for n, tone in enumerate((palette.main, palette.accent, palette.light)):
        x = 200 + n * 190
        shade = mix(tone, "#1c120c", 0.3)
        for k in range(5):
            body += line(
                f"M{x - 44 + k * 6} 300 C{x - 90 + k * 10} 130 {x + 90 - k * 10} 130"
                f" {x + 44 - k * 6} 300"
                f" C{x + 84 - k * 8} 480 {x - 84 + k * 8} 480 {x - 44 + k * 6} 300",
                tone if k % 2 else shade,
                11,
            )
        body += box(x - 56, 272, 112, 56, palette.pale, 'rx="12"')
        body += kawung(x, 300, 20, shade)
        body += line(f"M{x - 20} 452 q-16 40 -30 60 M{x + 20} 452 q16 40 26 60", tone, 10)
    return finished(canvas, body, shadow=None)


def shoebox(canvas: Canvas) -> str:
    """Draw a shoebox with its lid aside and paper inside."""
    palette = canvas.palette
    body = (
        fill("M180 290 L330 232 H640 L520 290 Z", palette.deep)
        + fill(
            "M206 286 C250 220 300 262 340 226"
            " C390 190 420 250 470 216 C520 200 560 250 600 240 L512 288 Z",
            "#fbf6ec",
        )
        + line("M330 270 L352 236 M420 276 L430 230 M500 270 L540 232", "#d8ccb8", 3)
        + fill("M180 290 H520 V470 H180 Z", palette.main)
        + fill("M520 290 L640 232 V412 L520 470 Z", palette.dark)
        + box(180, 290, 340, 26, palette.light, 'opacity=".5"')
        + kawung(350, 390, 54, palette.pale)
        + dot(350, 390, 9, palette.accent)
    )
    lid = moved(
        fill("M0 0 L120 -56 H430 L330 0 Z", palette.light)
        + fill("M0 0 H330 V44 H0 Z", palette.accent)
        + fill("M330 0 L430 -56 V-12 L330 44 Z", mix(palette.accent, "#1c120c", 0.3)),
        70,
        512,
        turn=-4,
        scale=".82",
    )
    return finished(canvas, body + lid, shadow=(410, 300))
