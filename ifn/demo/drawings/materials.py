"""Materials: hides, rolls, cloth, sheets, granules, adhesives and thread."""

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
from ifn.demo.drawings.parts import BRASS

HALF_HIDE = """M400 96 C436 88 470 104 500 84 C540 62 566 96 552 132 C604 150 656 138 676 170
 C686 198 640 214 606 226 C590 290 612 346 640 396 C690 404 704 446 660 458 C620 464 588 446 556 452
 C520 500 474 516 444 500 C420 490 414 548 400 552 Z"""


def hide(canvas: Canvas) -> str:
    """Draw a tanned hide, grain side up, with a seal of cuts."""
    palette = canvas.palette
    spots = "".join(
        oval(
            canvas.random.randint(220, 580),
            canvas.random.randint(130, 480),
            canvas.random.randint(20, 60),
            canvas.random.randint(14, 40),
            palette.light,
            'opacity=".22"',
        )
        for _ in range(9)
    )
    half = fill(HALF_HIDE, canvas.ref("u"))
    seam = stitches(HALF_HIDE.replace("Z", ""), palette.stitch, 2.5)
    halves = canvas.twice(half + seam, "translate(0)", "translate(800 0) scale(-1 1)")
    below = oval(400, 340, 200, 196, "#1d120b", 'opacity=".12"')
    body = (
        canvas.leather()
        + below
        + halves
        + spots
        + line("M400 100 C396 220 404 380 400 546", palette.dark, 3, 'opacity=".45"')
    )
    return finished(
        canvas, f'<g transform="translate(40 20) scale(.9 .92)">{body}</g>', shadow=None
    )


def leather_rolls(canvas: Canvas) -> str:
    """Draw rolled hides on a shelf, seen from their ends."""
    palette = canvas.palette
    tones = (palette.main, palette.accent, palette.dark, palette.light, "#8a5a36", "#d8c6a2")
    rolls = ""
    for n, (x, y, radius) in enumerate(
        (
            (190, 404, 68),
            (330, 398, 74),
            (474, 404, 68),
            (610, 404, 66),
            (262, 284, 62),
            (402, 276, 66),
            (540, 286, 62),
        )
    ):
        tone = tones[n % 6]
        ring = mix(tone, "#1c120c", 0.4)
        rolls += dot(x, y, radius, tone) + "".join(
            f'<circle cx="{x + k}" cy="{y}" r="{radius - 12 - k * 6}" fill="none" stroke="{ring}"'
            ' stroke-width="4"/>'
            for k in (0, 4, 8)
        )
        rolls += dot(x + 6, y, 7, ring)
    return finished(canvas, rolls, shadow=(400, 330))


def textile(canvas: Canvas) -> str:
    """Draw bolts of cloth, one of them patterned."""
    palette = canvas.palette
    tones = (palette.main, palette.accent, palette.pale)
    body = ""
    for n, tone in enumerate(tones):
        y = 380 - n * 92
        left = 150 + n * 34
        shade = mix(tone, "#1c120c", 0.3)
        body += box(left, y, 470, 92, tone, 'rx="46"')
        if n != 1:
            ribs = "".join(f"M{left + 60 + k * 30} {y + 4}v84" for k in range(12))
            body += line(ribs, shade, 3, 'opacity=".5"')
        else:
            body += canvas.pattern("h", 46, 92, kawung(23, 12, 34, palette.pale))
            body += box(left + 40, y, 370, 92, canvas.ref("h"))
        body += oval(left + 452, y + 46, 30, 46, shade) + oval(left + 452, y + 46, 19, 30, tone)
        body += oval(left + 452, y + 46, 8, 13, shade)
    fall = (
        "M150 426 C140 470 150 540 176 560 C300 580 420 540 470 566 C470 520 420 480 400 472 H170 Z"
    )
    return finished(canvas, fill(fall, palette.dark) + body, shadow=(400, 320))


def sheets(canvas: Canvas) -> str:
    """Draw stacked sheets of foam or board, a corner lifted."""
    palette = canvas.palette
    tones = (palette.dark, palette.sole, palette.main, palette.accent, palette.pale, palette.light)
    body = ""
    for n, tone in enumerate(tones):
        y = 408 - n * 34
        shade = mix(tone, "#1c120c", 0.28)
        body += fill(f"M130 {y} L270 {y - 96} H690 L560 {y} Z", tone)
        body += fill(f"M130 {y} H560 V{y + 30} H130 Z", shade)
        body += fill(
            f"M560 {y} L690 {y - 96} V{y - 66} L560 {y + 30} Z", mix(shade, "#000000", 0.2)
        )
    body += fill("M690 142 L600 142 C640 170 650 196 630 186 Z", mix(palette.light, "#ffffff", 0.4))
    return finished(canvas, body, shadow=(400, 320))


def granules(canvas: Canvas) -> str:
    """Draw an open sack and a heap of granules for soles."""
    palette = canvas.palette
    sack = "M190 470 C170 380 176 260 214 180 C290 164 390 164 452 180 C490 260 500 380 478 470 Z"
    heap = "".join(
        oval(
            510 + canvas.random.randint(-70, 170),
            466 - abs(canvas.random.randint(-44, 44)),
            10,
            7,
            (palette.accent, palette.deep, palette.light)[n % 3],
        )
        for n in range(30)
    )
    grain = "".join(
        oval(226 + n * 20, 186 + (n * 7) % 14, 13, 9, palette.accent if n % 2 else palette.light)
        for n in range(11)
    )
    rows = "".join(f"M190 {y}H480" for y in range(220, 470, 17))
    weave = line(rows, "#b79f76", 2, 'opacity=".6"')
    body = (
        canvas.gradient("k", "#efe0bf", "#d6bf92", "#b39868")
        + canvas.clip("sk", sack)
        + fill(sack, canvas.ref("k"))
        + canvas.clipped("sk", weave)
        + oval(333, 186, 122, 26, palette.deep)
        + grain
        + kawung(334, 330, 60, palette.main, 'opacity=".85"')
        + heap
    )
    return finished(canvas, body, shadow=(410, 300))


def tins(canvas: Canvas) -> str:
    """Draw tins of adhesive and a brush."""
    palette = canvas.palette
    steel = canvas.gradient("m", "#8b949a", "#eef0f0", "#9aa2a7", across=True)
    body = steel
    for x, top, width, tone in (
        (150, 230, 170, palette.main),
        (340, 180, 190, palette.accent),
        (560, 280, 130, palette.dark),
    ):
        body += box(x, top, width, 470 - top, canvas.ref("m"))
        body += box(x, top + 46, width, 400 - top, tone, 'opacity=".94"')
        body += oval(x + width / 2, top, width / 2, 18, "#dfe3e4") + oval(
            x + width / 2, top, width / 2 - 16, 11, "#aeb5b9"
        )
        body += kawung(x + width / 2, (top + 516) / 2, width * 0.2, palette.pale)
        body += oval(x + width / 2, 470, width / 2, 14, mix(tone, "#000000", 0.35))
    brush = moved(
        box(-8, -170, 16, 120, "#c28e57")
        + box(-20, -54, 40, 26, BRASS)
        + fill("M-20 -28 H20 L16 40 H-16 Z", "#4a3a2e"),
        436,
        190,
        turn=18,
    )
    return finished(canvas, brush + body, shadow=(410, 320))


def threads(canvas: Canvas) -> str:
    """Draw cones of sewing thread."""
    palette = canvas.palette
    tones = (palette.main, palette.accent, palette.light, palette.dark, palette.pale)
    body = ""
    for n, tone in enumerate(tones):
        x, top = 110 + n * 122, 250 - (n % 2) * 60
        shape = f"M{x + 26} {top} h50 l22 {456 - top} h-94 z"
        turns = "".join(
            f"M{x + 24 - (y - top) // 11} {y}q28 9 {54 + (y - top) // 5} 0"
            for y in range(top + 14, 450, 13)
        )
        body += fill(shape, tone) + line(turns, mix(tone, "#1c120c", 0.35), 2)
        body += box(x + 38, top - 22, 26, 24, "#e9dcc4") + box(x - 2, 454, 106, 18, "#e9dcc4")
    return finished(canvas, body, shadow=(400, 330))
