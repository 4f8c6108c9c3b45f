"""Machines, tools and the places where people work and sell."""

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
from ifn.demo.drawings.parts import STEEL


def sewing(canvas: Canvas) -> str:
    """Draw a sewing machine at work on an upper."""
    palette = canvas.palette
    paint = canvas.gradient("u", palette.light, palette.main, palette.dark)
    frame = """M196 180 C196 160 212 150 232 150 H560 C610 150 634 176 634 220 V416 H520 V280
 C520 262 510 254 494 254 H300 V316 H196 Z"""
    body = (
        paint
        + canvas.gradient("m", *STEEL, across=True)
        + box(120, 414, 570, 40, palette.deep, 'rx="10"')
        + box(160, 454, 26, 26, "#3b3430")
        + box(620, 454, 26, 26, "#3b3430")
        + fill(frame, canvas.ref("u"))
        + line("M214 172 H566", "#ffffff", 6, 'opacity=".3"')
        + box(236, 316, 20, 60, canvas.ref("m"))
        + box(243, 372, 6, 42, "#7d868c")
        + fill("M222 402 h52 v10 h-66 z", "#7d868c")
        + fill("M140 414 C200 380 330 372 440 396 L452 414 Z", palette.accent)
        + stitches("M190 406 C250 388 340 386 430 402", palette.pale)
        + dot(634, 236, 58, mix(palette.dark, "#000000", 0.2))
        + dot(634, 236, 44, canvas.ref("m"))
        + dot(634, 236, 12, palette.deep)
        + box(430, 110, 40, 42, palette.accent)
        + box(424, 100, 52, 10, "#e9dcc4")
        + line("M450 112 C380 90 320 120 250 190", palette.accent, 2)
        + kawung(420, 204, 30, palette.pale)
    )
    return finished(canvas, body, shadow=(400, 320))


def press(canvas: Canvas) -> str:
    """Draw a clicking press with its swing arm."""
    palette = canvas.palette
    body = (
        canvas.gradient("u", palette.light, palette.main, palette.dark)
        + canvas.gradient("m", *STEEL)
        + fill("M190 300 H610 V470 H190 Z", canvas.ref("u"))
        + box(170, 284, 460, 26, "#e8dcc4")
        + fill("M230 284 C300 262 420 258 520 284 Z", palette.accent)
        + box(470, 110, 64, 180, palette.dark, 'rx="14"')
        + box(220, 130, 320, 66, canvas.ref("u"), 'rx="20"')
        + box(250, 196, 200, 22, canvas.ref("m"))
        + dot(502, 140, 20, palette.accent)
        + box(240, 340, 140, 90, palette.deep, 'rx="10" opacity=".6"')
        + dot(470, 360, 16, "#c75b3f")
        + dot(520, 360, 16, "#7f9b7b")
        + "".join(line(f"M440 {404 + n * 14} h110", palette.deep, 5) for n in range(3))
        + moved(line(FOOT, "#7d868c", 16), 340, 268, turn=90, scale=".34 .3")
    )
    return finished(canvas, body, shadow=(400, 270))


def mould(canvas: Canvas) -> str:
    """Draw the two halves of a sole mould."""
    palette = canvas.palette
    ribs = line("".join(f"M-90 {y}H90" for y in range(-180, 200, 30)), "#5c656b", 6)
    half = (
        box(-140, -236, 280, 472, canvas.ref("m"), 'rx="18"')
        + box(-140, -236, 280, 472, "none", 'rx="18" stroke="#5c656b" stroke-width="4"')
        + fill(FOOT, "#6d767c")
        + canvas.clipped("f", ribs)
        + line(FOOT, "#4d555a", 5)
        + "".join(
            dot(x, y, 12, "#59626a") + dot(x, y, 6, "#dfe3e4")
            for x in (-116, 116)
            for y in (-210, 210)
        )
    )
    body = (
        canvas.gradient("m", *STEEL)
        + canvas.clip("f", FOOT)
        + moved(half, 250, 296, turn=-5, scale=".92")
        + moved(half, 560, 300, turn=6, scale="-.92 .92")
        + moved(fill(FOOT, palette.main, 'opacity=".88"'), 560, 300, turn=6, scale="-.92 .92")
        + moved(line(FOOT, palette.light, 4), 560, 300, turn=6, scale="-.86 .88")
    )
    return finished(canvas, body, shadow=None)


def die(canvas: Canvas) -> str:
    """Draw cutting dies on leather with cut parts."""
    palette = canvas.palette
    vamp = """M-90 60 C-80 -40 -40 -110 0 -110 C40 -110 80 -40 90 60 C50 40 30 -10 0 -10
 C-30 -10 -50 40 -90 60 Z"""
    quarter = "M-110 50 C-110 -20 -70 -70 -10 -60 C40 -52 90 -20 110 30 C60 60 -40 70 -110 50 Z"

    def cutter(shape: str, x: int, y: int, turn: int) -> str:
        edge = line(shape, "#59626a", 17) + line(shape, "#e3e7e8", 8) + line(shape, "#8b949a", 2)
        return moved(
            line(shape, "#1d120b", 17, 'opacity=".3" transform="translate(6 9)"') + edge,
            x,
            y,
            turn=turn,
        )

    body = (
        canvas.leather()
        + fill(
            "M90 120 C240 80 520 84 716 116 C730 260 724 420 700 520"
            " C500 548 240 544 100 516 C80 400 78 240 90 120 Z",
            canvas.ref("u"),
        )
        + moved(fill(vamp, palette.wall[1]), 560, 250, turn=24)
        + moved(fill(quarter, palette.wall[1]), 250, 430, turn=-10)
        + cutter(vamp, 270, 230, -14)
        + cutter(quarter, 540, 420, 12)
    )
    return finished(canvas, body, shadow=None)


def sketch(canvas: Canvas) -> str:
    """Draw a designer's sheet: a shoe in pencil, swatches and a ruler."""
    palette = canvas.palette
    ink = mix(palette.deep, "#42548a", 0.3)
    outline = """M150 380 C146 330 150 270 162 240 C186 236 200 270 250 272 C300 272 310 220 330 206
 C350 204 380 270 450 296 C520 318 580 326 590 372 L590 384 Z M146 384 H596 C600 410 590 420
 560 420 H180 C152 420 144 410 146 384 Z M330 230 C370 280 420 310 480 320
 M500 384 C500 350 520 326 560 326"""
    swatches = "".join(
        box(560 + n % 2 * 66, 120 + n // 2 * 66, 54, 54, tone)
        for n, tone in enumerate((palette.main, palette.accent, palette.light, palette.dark))
    )
    body = (
        moved(box(-300, -210, 620, 440, "#1d120b", 'opacity=".16"'), 404, 312, turn=-3)
        + moved(
            box(-310, -220, 620, 440, "#fffdf7")
            + "".join(line(f"M-300 {y} H300", "#e8e0d0", 1.5) for y in range(-200, 220, 34))
            + moved(
                line(outline, ink, 4)
                + stitches("M170 300 C240 330 300 300 340 270", palette.accent),
                -380,
                -280,
            ),
            400,
            300,
            turn=-3,
        )
        + swatches
        + moved(
            box(-10, -190, 20, 320, palette.accent)
            + fill("M-10 130 H10 L0 168 Z", "#e9dcc4")
            + fill("M-4 153 H4 L0 168 Z", ink),
            640,
            410,
            turn=42,
        )
    )
    return finished(canvas, body, shadow=None)


def _sky(canvas: Canvas) -> str:
    glow = canvas.palette.wall[2]
    return "".join(
        oval(x, y, 70, 18, glow, 'opacity=".7"')
        for x, y in ((canvas.random.randint(90, 300), 90), (canvas.random.randint(420, 700), 130))
    )


def shop(canvas: Canvas) -> str:
    """Draw a shop front with an awning and shoes in the window."""
    palette = canvas.palette
    stripes = "".join(
        fill(
            f"M{150 + n * 50} 190 h50 v44 a25 22 0 0 1 -50 0 z",
            palette.accent if n % 2 else palette.pale,
        )
        for n in range(10)
    )
    pair = fill(
        "M0 0 C0 -26 14 -40 26 -26 C40 -30 46 -12 84 -8 C92 -4 92 2 90 6 H0 Z", palette.main
    )
    shelf = "".join(
        moved(pair, 206 + n % 3 * 96, 330 + n // 3 * 74, scale=".82") for n in range(6)
    ) + "".join(box(196, 336 + n * 74, 290, 6, palette.dark) for n in range(2))
    body = (
        _sky(canvas)
        + box(160, 130, 480, 344, mix(palette.wall[0], palette.main, 0.3))
        + box(140, 112, 520, 30, palette.dark)
        + box(184, 262, 312, 176, "#fdf8ec", 'rx="8"')
        + shelf
        + box(522, 262, 96, 212, palette.dark, 'rx="8"')
        + box(536, 280, 68, 90, "#fdf8ec", 'rx="6" opacity=".85"')
        + dot(602, 388, 6, "#d9b36a")
        + stripes
        + kawung(400, 160, 24, palette.accent)
        + box(120, 466, 560, 12, palette.deep, 'opacity=".5"')
        + oval(118, 440, 34, 40, "#6f8f63")
        + box(104, 446, 28, 30, "#b9593b")
    )
    return finished(canvas, body, shadow=(400, 320))


def workshop(canvas: Canvas) -> str:
    """Draw a maker's bench with tools, lasts and a lamp."""
    palette = canvas.palette
    tools = "".join(
        box(190 + n * 56, 150, 12, 70 + n % 3 * 22, tone)
        + box(184 + n * 56, 134, 24, 26, "#8b949a")
        for n, tone in enumerate(("#a9642f", "#5d3c2a", "#c48b52", palette.accent, "#7d4427"))
    )
    shoe = fill(
        "M0 0 C-2 -50 6 -90 20 -100 C36 -104 44 -80 70 -82 C90 -84 94 -110 106 -112"
        " C130 -80 190 -60 230 -44 C246 -34 246 -10 244 0 Z",
        palette.main,
    )
    body = (
        box(160, 110, 330, 12, "#7d4427")
        + tools
        + line("M640 60 V150", "#3b3430", 5)
        + fill("M586 206 C590 166 612 150 640 150 C668 150 690 166 694 206 Z", palette.accent)
        + fill("M586 208 H694 L760 420 H520 Z", "#fff6d8", 'opacity=".28"')
        + box(100, 392, 600, 30, "#a9713f")
        + box(130, 422, 34, 70, "#7d4e2a")
        + box(636, 422, 34, 70, "#7d4e2a")
        + moved(shoe, 430, 380)
        + box(426, 380, 250, 12, palette.deep)
        + stitches("M440 372 C500 360 560 360 664 372", palette.stitch)
        + box(170, 330, 70, 62, palette.dark)
        + oval(205, 330, 35, 10, palette.light)
        + oval(320, 372, 64, 20, palette.light)
        + oval(320, 360, 64, 20, palette.dark)
        + oval(320, 348, 64, 20, palette.light)
    )
    return finished(canvas, body, shadow=None)


def building(canvas: Canvas) -> str:
    """Draw a public building under a joglo roof."""
    palette = canvas.palette
    columns = "".join(
        box(190 + n * 96, 300, 26, 166, "#fbf5e8") + box(184 + n * 96, 296, 38, 12, palette.accent)
        for n in range(5)
    )
    body = (
        _sky(canvas)
        + fill("M300 120 H500 L560 210 H240 Z", palette.main)
        + fill("M240 206 H560 L690 300 H110 Z", palette.dark)
        + line(
            "".join(f"M{260 + n * 34} 214L{150 + n * 60} 294" for n in range(9)),
            palette.main,
            3,
            'opacity=".7"',
        )
        + box(160, 296, 480, 172, mix(palette.wall[0], palette.main, 0.22))
        + box(350, 340, 100, 128, palette.deep)
        + "".join(
            box(x, 340, 66, 70, "#fdf8ec") + line(f"M{x + 33} 340 v70", palette.dark, 3)
            for x in (240, 494)
        )
        + columns
        + "".join(
            box(140 - n * 14, 462 + n * 9, 520 + n * 28, 10, mix("#d8c9ad", "#8a6a4c", n * 0.2))
            for n in range(2)
        )
        + line("M712 476 V180", "#8b949a", 6)
        + box(640, 182, 70, 24, "#c0392f")
        + box(640, 206, 70, 24, "#fbfbf8")
        + kawung(400, 166, 26, palette.pale)
    )
    return finished(canvas, body, shadow=None)


def classroom(canvas: Canvas) -> str:
    """Draw a school workshop: machines in a row before a board."""
    palette = canvas.palette
    desk = (
        box(0, 60, 150, 12, "#a9713f")
        + box(10, 72, 10, 70, "#7d4e2a")
        + box(130, 72, 10, 70, "#7d4e2a")
        + fill("M26 60 V20 H100 C120 20 126 30 126 60 H104 V40 H50 V60 Z", palette.main)
        + dot(124, 34, 13, palette.dark)
    )
    pattern = line(
        "M0 0 C-4 -40 10 -70 30 -70 C60 -70 70 -30 150 -20 C170 -10 170 0 166 6 Z M30 -10 H140",
        "#f5efe4",
        4,
    )
    body = (
        box(150, 90, 500, 200, "#3c5a4c", 'rx="10"')
        + box(150, 90, 500, 200, "none", 'rx="10" stroke="#a9713f" stroke-width="14"')
        + moved(pattern, 200, 230)
        + moved(pattern, 440, 230)
        + "".join(kawung(240 + n * 40, 130, 12, "#f5efe4", 'opacity=".5"') for n in range(9))
        + "".join(moved(desk, 90 + n * 215, 350) for n in range(3))
        + "".join(
            box(140 + n * 215, 452, 60, 10, palette.accent)
            + line(f"M{170 + n * 215} 462 v40", palette.dark, 8)
            for n in range(3)
        )
    )
    return finished(canvas, body, shadow=None)


def phone(canvas: Canvas) -> str:
    """Draw a phone that shows shoes for sale, and a parcel."""
    palette = canvas.palette
    pair = fill(
        "M0 0 C0 -26 14 -40 26 -26 C40 -30 46 -12 84 -8 C92 -4 92 2 90 6 H0 Z", palette.main
    )
    cards = "".join(
        f'<rect x="{266 + n % 2 * 116}" y="{150 + n // 2 * 110}" width="104" height="98" rx="12"'
        f' fill="{palette.wall[n % 2]}"/>'
        + moved(pair, 274 + n % 2 * 116, 212 + n // 2 * 110, scale=".98")
        + box(276 + n % 2 * 116, 230 + n // 2 * 110, 50, 7, palette.accent)
        for n in range(6)
    )
    parcel = (
        box(540, 350, 160, 124, "#c79a64")
        + box(600, 350, 34, 124, "#e2c394")
        + fill("M540 350 L570 316 H730 L700 350 Z", "#dcb481")
        + fill("M700 350 L730 316 V440 L700 474 Z", "#9c7444")
    )
    body = (
        box(240, 76, 268, 424, palette.deep, 'rx="36"')
        + box(254, 92, 240, 392, "#fdf8ec", 'rx="24"')
        + box(276, 108, 150, 20, palette.pale, 'rx="10"')
        + dot(462, 118, 12, palette.accent)
        + cards
        + parcel
    )
    return finished(canvas, body, shadow=(450, 290))


def cargo(canvas: Canvas) -> str:
    """Draw a ship with containers."""
    palette = canvas.palette
    tones = (palette.main, palette.accent, palette.light, palette.dark, "#8b949a")
    boxes = "".join(
        box(230 + n % 5 * 74, 330 - n // 5 * 54, 70, 50, tones[(n * 7 + n // 5) % 5])
        + line(
            "".join(f"M{242 + n % 5 * 74 + k * 12} {336 - n // 5 * 54}v38" for k in range(5)),
            "#1d120b",
            2,
            'opacity=".25"',
        )
        for n in range(canvas.random.randint(11, 15))
    )
    body = (
        _sky(canvas)
        + boxes
        + box(610, 250, 70, 132, "#fbf5e8")
        + "".join(box(620 + k * 20, 266, 12, 14, palette.deep) for k in range(3))
        + box(628, 214, 34, 38, palette.accent)
        + fill("M130 380 H720 L680 470 H190 C160 460 140 420 130 380 Z", palette.deep)
        + line("M146 412 H708", "#fbf5e8", 5)
        + line("M40 480" + "q23 -16 46 0t46 0" * 8, palette.wall[2], 6, 'opacity=".8"')
    )
    return finished(canvas, body, shadow=None)
