"""Open shoes: pumps, flats, sandals, slippers and clogs."""

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
    stitches,
)

FOOT = """M-8 -212 C54 -216 98 -160 94 -82 C92 -22 66 20 64 82 C62 144 64 212 0 214
 C-64 212 -62 150 -60 92 C-58 30 -92 -10 -96 -82 C-100 -160 -60 -208 -8 -212 Z"""


def heel(canvas: Canvas) -> str:
    """Draw a pump on a high heel."""
    palette = canvas.palette
    near = """M168 206 C146 244 150 296 178 330 L262 350 C352 372 424 438 524 462
 C600 478 692 476 706 458 C714 434 650 420 596 396 C548 374 506 354 482 334
 C452 378 396 380 344 346 C280 304 204 264 168 206 Z"""
    far = """M168 206 C230 232 330 256 402 286 C444 304 470 320 482 334 C452 378 396 380 344 346
 C280 304 204 264 168 206 Z"""
    stem = "M172 322 C182 372 196 420 190 474 L216 474 C222 424 242 380 276 356 Z"
    sole = """M262 350 C352 372 424 438 524 462 C600 478 692 476 706 458 L708 466
 C694 486 600 486 518 472 C420 450 350 386 250 362 Z"""
    ornament = (
        kawung(560, 404, 24, palette.accent),
        fill("M520 372 l40 -14 l-6 36 z M600 344 l-40 14 l28 26 z", palette.accent)
        + dot(560, 366, 8, palette.pale),
        "".join(dot(536 + n * 26, 386 + n * 15, 7, palette.accent) for n in range(4)),
    )[canvas.random.randrange(3)]
    body = (
        canvas.leather()
        + fill(stem, palette.deep)
        + fill(far, palette.deep)
        + fill(near, canvas.ref("u"))
        + fill(
            "M560 440 C620 440 670 448 700 456 C660 440 620 424 590 410 Z", "#fff", 'opacity=".2"'
        )
        + stitches(
            "M176 232 C220 286 300 330 352 362 C400 388 452 382 482 348", palette.stitch, 2.5
        )
        + ornament
        + fill(sole, mix(palette.sole, "#b98a55", 0.3))
    )
    return finished(canvas, body, shadow=(450, 280))


def flat(canvas: Canvas) -> str:
    """Draw a ballerina with a bow."""
    palette = canvas.palette
    outside = """M128 316 C116 352 114 400 124 448 L690 456 C712 440 694 404 640 388
 C588 372 546 362 506 358 C474 396 384 406 300 384 C230 366 168 348 128 316 Z"""
    lining = """M128 316 C200 322 300 322 384 332 C440 340 482 348 506 358
 C474 396 384 406 300 384 C230 366 168 348 128 316 Z"""
    bow = line(
        "M540 352 q-46 -34 -52 -4 q4 26 52 4 q46 -34 54 -6 q-4 28 -54 6", palette.accent, 9
    ) + dot(540, 352, 9, palette.accent)
    body = (
        canvas.leather()
        + fill(lining, mix(palette.pale, palette.deep, 0.25))
        + fill(outside, canvas.ref("u"))
        + stitches(
            "M134 336 C180 362 240 382 300 398 C384 418 470 408 508 372", palette.stitch, 2.5
        )
        + fill(
            "M560 392 C620 396 668 412 690 440 C690 420 660 398 600 384 Z", "#fff", 'opacity=".2"'
        )
        + bow
        + fill("M120 444 L118 474 H214 L222 462 H640 C684 464 706 458 700 446 Z", palette.deep)
    )
    return finished(canvas, body)


def sandal(canvas: Canvas) -> str:
    """Draw a sandal with two buckled straps on a footbed."""
    palette = canvas.palette
    bed = """M120 424 C118 400 150 396 210 402 C330 414 430 392 560 396 C640 398 702 404 704 424
 C704 436 690 440 660 440 L160 440 C134 440 122 436 120 424 Z"""
    straps = "".join(
        fill(
            f"M{x} 408 C{x} {top + 40} {x + 34} {top} {x + 76} {top} C{x + 122} {top + 8}"
            f" {x + 146} 360 {x + 154} 408 Z",
            canvas.ref("u"),
        )
        + stitches(
            f"M{x + 12} 402 C{x + 14} {top + 44} {x + 42} {top + 12} {x + 76} {top + 12}"
            f" C{x + 112} {top + 20} {x + 134} 362 {x + 142} 402",
            palette.stitch,
            2.5,
        )
        + f'<rect x="{x + 54}" y="{top + 30}" width="38" height="40" rx="7" fill="none"'
        f' stroke="{mix(palette.accent, "#c9a15b", 0.6)}" stroke-width="7"/>'
        + line(f"M{x + 73} {top + 22} v58", palette.deep, 6)
        for x, top in ((318, 286), (506, 306))
    )
    back = line("M150 408 C142 330 190 268 260 300 C300 318 330 350 350 392", canvas.ref("u"), 26)
    cork = "".join(
        dot(150 + (n * 71) % 530, 446 + (n * 37) % 20, 2.4, "#8c5f36") for n in range(20)
    )
    body = (
        canvas.leather()
        + back
        + fill("M120 424 V452 C120 472 138 476 170 476 H640 C684 476 704 460 704 424 Z", "#c79a64")
        + cork
        + fill("M120 462 C124 474 140 478 170 478 H640 C676 478 696 470 702 458 Z", palette.deep)
        + fill(bed, palette.pale)
        + stitches("M138 424 C200 410 330 428 560 410 C640 408 686 416 690 426", palette.main, 2.5)
        + straps
    )
    return finished(canvas, body)


def outdoor_sandal(canvas: Canvas) -> str:
    """Draw a mountain sandal: webbing over a lugged sole."""
    palette = canvas.palette
    webbing = (
        line("M540 410 C520 330 470 300 420 330 C380 352 350 380 330 410", palette.main, 34)
        + line("M440 412 C470 330 540 300 600 330 C632 350 644 380 648 408", palette.main, 34)
        + line("M168 408 C150 320 196 240 262 262 C322 282 352 340 366 404", palette.main, 32)
        + line("M176 330 C240 356 330 350 420 330", palette.dark, 28)
        + stitches("M540 410 C520 330 470 300 420 330 C380 352 350 380 330 410", palette.accent)
        + stitches("M440 412 C470 330 540 300 600 330 C632 350 644 380 648 408", palette.accent)
        + stitches("M168 408 C150 320 196 240 262 262 C322 282 352 340 366 404", palette.accent)
        + box(246, 322, 58, 44, palette.deep, 'rx="9"')
        + box(258, 332, 34, 24, palette.accent, 'rx="5"')
    )
    lugs = fill("".join(f"M{132 + n * 44} 462h30l-5 16h-20z" for n in range(13)), "#2b2725")
    sole = (
        fill("M116 404 C112 444 120 466 150 466 H664 C700 466 712 436 702 402 Z", "#3a3431")
        + fill("M116 404 C200 396 600 392 702 402 C706 420 700 430 690 432 H126 Z", palette.sole)
        + line("M126 432 H694", palette.accent, 5)
    )
    return finished(canvas, lugs + sole + webbing)


def _pair(canvas: Canvas, body: str) -> str:
    return canvas.twice(
        body, "translate(285 300) rotate(-9)", "translate(515 300) rotate(9) scale(-1 1)"
    )


def flipflop(canvas: Canvas) -> str:
    """Draw a pair of flip-flops from above."""
    palette = canvas.palette
    dots = canvas.pattern("h", 24, 24, dot(12, 12, 4, palette.main, 'opacity=".5"'))
    sole = (
        dots
        + moved(fill(FOOT, palette.deep), 5, 12)
        + fill(FOOT, palette.accent)
        + moved(fill(FOOT, palette.pale) + fill(FOOT, canvas.ref("h")), 0, 0, scale=".95")
    )
    strap = line("M-2 -128 C-30 -80 -76 -30 -78 26 M-2 -128 C34 -88 72 -40 72 22", palette.main, 25)
    knob = dot(-2, -130, 17, palette.dark) + dot(-2, -133, 7, palette.light)
    seam = stitches(
        "M-2 -128 C-30 -80 -76 -30 -78 26 M-2 -128 C34 -88 72 -40 72 22", palette.stitch, 2.5
    )
    return finished(canvas, _pair(canvas, sole + strap + seam + knob), shadow=None)


def slipper(canvas: Canvas) -> str:
    """Draw a pair of hotel slippers from above."""
    palette = canvas.palette
    cover = """M-97 -86 C-102 -168 -60 -212 -8 -214 C56 -218 100 -164 96 -84 C92 -60 88 -40 82 -22
 C30 -52 -34 -52 -84 -20 C-92 -42 -96 -64 -97 -86 Z"""
    quilt = line(
        "".join(f"M-90 {y}q45 -26 90 0t90 0" for y in range(-180, -40, 30)),
        palette.pale,
        2.5,
        'opacity=".6"',
    )
    sole = (
        moved(fill(FOOT, palette.deep, 'opacity=".5"'), 5, 12)
        + fill(FOOT, palette.sole)
        + stitches("M0 196 C-50 194 -48 150 -46 92 M0 196 C50 196 48 140 50 82", palette.main)
    )
    top = (
        fill(cover, canvas.ref("u"))
        + quilt
        + line("M-84 -20 C-34 -52 30 -52 82 -22", palette.stitch, 9)
        + kawung(0, -118, 26, palette.accent)
    )
    return finished(canvas, canvas.leather() + _pair(canvas, sole + top), shadow=None)


def clog(canvas: Canvas) -> str:
    """Draw a kelom: a carved wooden sole with a painted strap."""
    palette = canvas.palette
    wood = """M130 372 C150 344 220 352 300 384 C380 414 470 420 560 412 C640 406 698 420 702 446
 C704 470 690 476 660 476 L500 474 C420 468 360 440 300 432 C268 430 262 452 258 476 L150 476
 C140 440 120 410 130 372 Z"""
    grain = line(
        "".join(
            f"M140 {392 + n * 13}C260 {386 + n * 14} 420 {446 + n * 8} 690 {440 + n * 6}"
            for n in range(6)
        ),
        "#8a5a36",
        2,
    )
    strap = (
        """M452 420 C462 332 520 286 580 300 C632 314 654 362 660 414 C600 404 520 408 452 420 Z"""
    )
    blossom = (
        kawung(556, 358, 38, palette.accent)
        + dot(556, 358, 9, palette.pale)
        + kawung(618, 376, 18, palette.pale)
        + kawung(498, 380, 18, palette.pale)
    )
    carving = "".join(kawung(168 + n * 34, 446, 13, "#f1d9b4") for n in range(3))
    body = (
        canvas.leather()
        + canvas.gradient("k", "#d9ab74", "#b98250", "#94623a")
        + canvas.clip("wd", wood)
        + fill(wood, canvas.ref("k"))
        + canvas.clipped("wd", f'<g opacity=".45">{grain}</g>')
        + carving
        + fill(strap, canvas.ref("u"))
        + stitches("M464 412 C474 338 524 298 578 310 C624 322 642 362 648 404", palette.stitch)
        + blossom
        + "".join(dot(x, 416, 5, "#d9b36a") for x in (466, 486, 626, 646))
    )
    return finished(canvas, body)


def wedge(canvas: Canvas) -> str:
    """Draw a wedge sandal with crossed straps."""
    palette = canvas.palette
    body_shape = """M150 300 C170 330 240 350 320 380 C420 418 520 430 610 430 C670 432 704 440
 704 458 C704 472 690 476 660 476 L190 476 C160 440 140 360 150 300 Z"""
    layers = line(
        "".join(f"M150 {340 + n * 24}L700 {462 + n * 3}" for n in range(6)),
        palette.sole_dark,
        3,
        'opacity=".5"',
    )
    straps = (
        line("M520 424 C520 340 590 330 640 434", canvas.ref("u"), 34)
        + line("M470 416 C500 320 580 350 662 436", palette.dark, 22)
        + line("M166 314 C150 220 250 190 300 250 C320 280 330 330 336 376", palette.main, 20)
        + dot(296, 246, 12, mix(palette.accent, "#c9a15b", 0.5))
    )
    body = (
        canvas.leather()
        + canvas.clip("wg", body_shape)
        + fill(body_shape, mix(palette.sole, "#caa06a", 0.5))
        + canvas.clipped("wg", layers)
        + line(
            "M152 302 C172 332 240 352 322 382 C420 420 520 432 612 432 C668 434 700 442 703 456",
            palette.pale,
            12,
        )
        + straps
        + box(190, 472, 490, 7, palette.deep)
    )
    return finished(canvas, body)
