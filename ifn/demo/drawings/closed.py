"""Closed shoes, seen from the side, toe to the right."""

from ifn.demo.drawings.canvas import (
    Canvas,
    box,
    dot,
    fill,
    finished,
    kawung,
    line,
    mix,
    oval,
    stitches,
)

RUBBER = "#2b2725"
LEATHERS = ("cognac", "chestnut", "oxblood", "tan", "ink", "walnut", "forest", "navy")
SNEAKER_UPPER = """M136 430 C128 384 132 326 142 280 C146 254 150 236 160 226 C174 216 190 224
 198 238 C210 262 244 274 278 258 C298 248 312 226 322 206 C330 192 350 190 360 204 L376 226
 C420 280 484 318 548 332 C616 346 672 362 686 398 C692 414 692 424 690 432 Z"""
LOW_UPPER = """M134 430 C124 384 126 312 148 262 C156 250 172 250 182 262 C212 294 262 288 300 262
 C318 248 332 226 348 216 C358 211 367 217 374 228 C414 278 482 318 560 336
 C632 352 684 372 692 414 L692 432 Z"""
TALL_UPPER = """M212 108 C256 98 330 98 372 106 C378 160 374 226 388 268 C402 306 444 322 504 332
 C574 344 642 358 672 394 C682 408 684 420 682 432 L196 432 C190 398 198 360 206 320
 C216 268 222 180 212 108 Z"""
ANKLE_UPPER = """M196 176 C240 168 306 168 344 174 C352 216 366 262 402 290 C436 314 476 324 520 332
 C588 344 650 360 678 396 C688 410 688 422 686 432 L172 432 C162 392 166 352 180 314
 C192 276 200 226 196 176 Z"""


def _laces(canvas: Canvas, count: int, start: tuple[int, int], step: tuple[int, int]) -> str:
    thread = canvas.palette.stitch
    crossings = "".join(
        line(
            f"M{start[0] + step[0] * n - 20} {start[1] + step[1] * n + 17} q18 -26 42 -20",
            thread,
            9,
        )
        + dot(start[0] + step[0] * n - 21, start[1] + step[1] * n + 19, 5, canvas.palette.deep)
        for n in range(count)
    )
    loop = (
        f"M{start[0] + 14} {start[1] - 4} q34 -40 52 -10 q-6 30 -50 14 q-46 26 -52 2 q8 -26 44 -8"
    )
    return crossings + line(loop, thread, 7)


def _motif(canvas: Canvas) -> str:
    palette, pick = canvas.palette, canvas.random.randint(0, 4)
    if pick == 0:
        return kawung(300, 356, 44, palette.accent) + dot(300, 356, 7, palette.pale)
    if pick == 1:
        return line("M214 402 C300 396 372 366 420 322", palette.accent, 24) + line(
            "M232 424 C330 416 402 382 452 336", palette.pale, 9
        )
    if pick == 2:  # noqa: PLR2004  # one of five motifs
        bands = "".join(
            line(f"M{236 + n * 34} 430 l44 -120", palette.accent if n % 2 else palette.pale, 13)
            for n in range(4)
        )
        return f'<g opacity=".9">{bands}</g>'
    if pick == 3:  # noqa: PLR2004  # one of five motifs
        return fill("M222 430 C240 360 330 300 420 312 C400 366 350 416 330 430 Z", palette.accent)
    return oval(300, 356, 58, 38, palette.pale) + kawung(300, 356, 24, palette.main)


def _cupsole(canvas: Canvas) -> str:
    palette = canvas.palette
    grooves = line("M150 464 H664", palette.sole_dark, 9, 'stroke-dasharray="1 21" opacity=".6"')
    shape = """M122 420 C118 448 122 474 144 474 L662 474 C694 474 708 450 702 414
 C692 428 660 432 620 432 L172 432 C146 432 130 428 122 420 Z"""
    return (
        fill(shape, palette.sole)
        + line("M126 446 H700", palette.sole_dark, 4, 'opacity=".5"')
        + stitches("M140 438 H690", palette.accent, 3)
        + grooves
    )


def _runner_sole(canvas: Canvas) -> str:
    palette = canvas.palette
    foam = """M112 396 C108 440 112 462 146 464 L300 466 C340 458 370 462 400 470 L640 472
 C700 470 716 440 704 404 C680 424 560 420 420 424 C300 426 160 440 112 396 Z"""
    wave = "M130 430 C220 456 330 424 430 446 C520 464 620 450 694 432"
    pods = fill(
        "".join(f"M{x} 464 h40 l-5 14 h-30 z" for x in (140, 196, 252, 404, 460, 516, 572, 628)),
        palette.accent,
    )
    return fill(foam, palette.sole) + line(wave, palette.sole_dark, 5, 'opacity=".55"') + pods


def _lug_sole(canvas: Canvas) -> str:
    lugs = fill("".join(f"M{324 + n * 34} 462 h22 l-3 15 h-16 z" for n in range(10)), RUBBER)
    return (
        fill("M186 424 L180 476 L306 476 L320 456 L640 466 C686 468 698 442 688 424 Z", RUBBER)
        + lugs
        + fill("M186 420 H690 L690 434 H185 Z", mix(canvas.palette.sole, "#b98a55", 0.5))
        + stitches("M196 427 H684", "#fff3df", 2.5)
    )


def _dress_sole(canvas: Canvas) -> str:
    edge = mix(canvas.palette.deep, "#000000", 0.2)
    return (
        fill("M128 426 L124 476 L246 476 L254 454 L640 462 C688 464 704 444 692 426 Z", edge)
        + fill("M130 420 H694 L696 434 H128 Z", mix(canvas.palette.main, "#e0b27a", 0.55))
        + stitches("M140 427 H686", "#fff3df", 2)
    )


def sneaker(canvas: Canvas) -> str:
    """Draw a low sneaker on a cupsole."""
    palette = canvas.palette
    inside = (
        _motif(canvas)
        + fill("M120 440 V236 C176 252 212 330 222 440 Z", palette.dark)
        + fill("M552 440 C548 392 566 348 618 330 L720 330 V440 Z", palette.pale)
        + line("M318 250 C374 318 446 356 540 356", palette.dark, 44, 'opacity=".92"')
        + line("M160 236 C200 268 262 290 306 250 C320 236 332 214 346 200", palette.light, 16)
        + stitches("M566 432 C562 392 580 358 624 344", palette.dark)
        + stitches("M208 432 C200 340 176 280 150 262", palette.stitch)
    )
    body = canvas.leather() + canvas.solid(SNEAKER_UPPER, inside)
    return finished(canvas, body + _laces(canvas, 5, (356, 238), (36, 23)) + _cupsole(canvas))


def canvas_shoe(canvas: Canvas) -> str:
    """Draw a high canvas shoe with a vulcanised sole."""
    palette = canvas.palette
    weave = line(
        "".join(f"M{x} 150l-120 290" for x in range(240, 760, 22)),
        palette.dark,
        1.5,
        'opacity=".35"',
    )
    inside = (
        weave
        + line("M196 182 H350", palette.dark, 22, 'opacity=".75"')
        + fill("M160 440 C158 390 166 330 186 290 C214 330 226 380 228 440 Z", palette.dark)
        + line("M330 190 C352 262 408 312 520 340", palette.pale, 34, 'opacity=".85"')
        + kawung(272, 280, 34, palette.accent)
    )
    cap = "M556 432 C556 384 590 350 640 362 C680 374 694 404 690 432 Z"
    band = "M158 414 C156 446 158 474 178 474 L660 474 C694 474 706 446 700 410 L690 424 L168 424 Z"
    sole = (
        fill(band, "#f5efe4")
        + line("M162 440 H698", palette.accent, 5)
        + line("M164 456 H690", "#cfc4b2", 3)
        + fill(cap, "#f5efe4")
        + line(cap, "#cfc4b2", 2)
    )
    body = canvas.leather() + canvas.solid(ANKLE_UPPER, inside)
    return finished(canvas, body + _laces(canvas, 6, (352, 196), (30, 24)) + sole)


def runner(canvas: Canvas) -> str:
    """Draw a running shoe of mesh on a thick foam sole."""
    palette = canvas.palette
    holes = dot(5, 5, 2.6, palette.deep) + dot(14, 14, 2.6, palette.deep)
    mesh = canvas.pattern("h", 18, 18, holes)
    inside = (
        mesh
        + box(400, 290, 300, 150, canvas.ref("h"), 'opacity=".4"')
        + fill("M120 440 V250 C190 250 250 330 262 440 Z", palette.accent)
        + line("M250 440 C300 340 380 300 470 330", palette.pale, 16)
        + line("M300 440 C350 362 420 334 520 352", palette.pale, 12, 'opacity=".7"')
        + line("M330 240 C386 310 450 344 540 350", palette.dark, 36)
        + fill("M610 440 C610 390 630 360 660 350 L720 360 V440 Z", palette.dark)
        + line("M160 236 C200 268 262 290 306 250 C320 236 332 214 346 200", palette.dark, 14)
    )
    body = canvas.leather() + canvas.solid(SNEAKER_UPPER, inside)
    return finished(canvas, body + _laces(canvas, 5, (362, 240), (35, 22)) + _runner_sole(canvas))


def boot(canvas: Canvas) -> str:
    """Draw a laced work boot on a lug sole."""
    palette = canvas.palette
    inside = (
        fill("M200 90 H390 V134 C330 126 260 126 200 138 Z", palette.dark)
        + fill("M526 440 C508 396 512 350 540 324 L720 340 V440 Z", palette.dark, 'opacity=".75"')
        + fill("M180 440 C186 376 200 316 214 284 C256 312 274 370 276 440 Z", palette.dark)
        + line("M352 120 C352 210 352 262 386 300 C412 326 450 338 500 346", palette.dark, 30)
        + stitches("M228 146 C224 230 218 262 208 300 C250 322 264 376 268 432", palette.stitch)
        + stitches("M534 430 C518 392 522 356 546 336", palette.stitch)
    )
    eyelets = "".join(
        line(f"M{340 + max(0, n - 4) * 17} {140 + n * 29} l46 12", palette.stitch, 7)
        + dot(340 + max(0, n - 4) * 17, 140 + n * 29, 6, mix(palette.accent, "#caa15a", 0.5))
        for n in range(7)
    )
    loop = line("M204 140 q-22 -34 4 -46 q22 0 14 30", palette.dark, 9)
    body = canvas.leather() + loop + canvas.solid(TALL_UPPER, inside)
    return finished(canvas, body + eyelets + _lug_sole(canvas), shadow=(430, 280))


def chelsea(canvas: Canvas) -> str:
    """Draw a chelsea boot with its elastic."""
    palette = canvas.palette
    ribs = line(
        "".join(f"M{262 + n * 11} 168l{6 + n * 2} 146" for n in range(8)),
        palette.main,
        2,
        'opacity=".7"',
    )
    inside = (
        fill(
            "M250 160 H346 L372 250 C356 300 310 340 292 330 C268 300 258 230 250 160 Z",
            palette.deep,
        )
        + ribs
        + fill("M440 296 C520 330 610 340 700 380 V350 L520 300 Z", palette.light, 'opacity=".5"')
        + stitches("M296 336 C330 350 420 400 500 432", palette.stitch, 2.5)
        + stitches(
            "M244 180 C252 250 266 310 290 338 C282 372 280 400 280 432", palette.stitch, 2.5
        )
    )
    tabs = line("M206 178 q-14 -36 6 -42 q20 2 12 36", palette.dark, 10)
    body = canvas.leather() + tabs + canvas.solid(ANKLE_UPPER, inside)
    sole = fill(
        "M166 426 L162 476 L276 476 L286 454 L640 462 C688 464 700 444 688 426 Z", RUBBER
    ) + fill("M166 420 H690 L692 434 H166 Z", mix(palette.main, "#e0b27a", 0.5))
    return finished(canvas, body + sole, shadow=(424, 290))


def oxford(canvas: Canvas) -> str:
    """Draw an oxford with a brogued toe cap."""
    palette = canvas.palette
    holes = "".join(
        dot(556 + (n % 2) * 12 - abs(n - 4) * 3 + 14, 338 + n * 11, 3.4, palette.deep)
        for n in range(9)
    )
    medallion = "".join(
        dot(634 + x, 384 + y, 3.2, palette.deep) for x, y in ((0, 0), (14, 6), (-14, 6), (0, 16))
    )
    inside = (
        fill("M562 440 C584 400 580 356 560 320 L720 330 V440 Z", palette.dark, 'opacity=".8"')
        + fill("M120 440 V290 C190 300 226 370 232 440 Z", palette.dark, 'opacity=".8"')
        + line("M330 240 C372 300 430 334 502 344 C470 376 420 400 404 440", palette.dark, 3)
        + fill("M330 232 C376 300 430 330 504 342 L440 300 L372 222 Z", palette.dark)
        + line("M150 268 C190 300 262 308 308 274", palette.light, 9)
        + stitches("M552 432 C574 396 570 356 550 334", palette.stitch, 2.5)
        + stitches("M240 432 C234 366 196 306 140 300", palette.stitch, 2.5)
        + holes
        + medallion
    )
    body = canvas.leather() + canvas.solid(LOW_UPPER, inside)
    return finished(canvas, body + _laces(canvas, 4, (370, 252), (32, 21)) + _dress_sole(canvas))


def derby(canvas: Canvas) -> str:
    """Draw a derby: quarters sewn on top of the vamp."""
    palette = canvas.palette
    quarter = """M134 430 C124 384 126 312 148 262 C156 250 172 250 182 262 C212 294 262 288 300 262
 L352 230 C400 288 452 322 490 340 C484 372 420 392 372 430 Z"""
    inside = (
        fill("M430 440 C470 380 560 330 720 350 V440 Z", palette.light, 'opacity=".4"')
        + fill(quarter, palette.dark)
        + line("M150 268 C190 300 262 308 308 274", palette.light, 9)
        + stitches("M478 342 C470 364 410 386 360 430", palette.stitch)
        + fill("M120 440 V318 C172 322 200 380 204 440 Z", palette.deep, 'opacity=".5"')
        + oval(620, 372, 60, 16, "#ffffff", 'opacity=".16" transform="rotate(18 620 372)"')
    )
    body = canvas.leather() + canvas.solid(LOW_UPPER, inside)
    return finished(canvas, body + _laces(canvas, 4, (372, 254), (31, 22)) + _dress_sole(canvas))


def loafer(canvas: Canvas) -> str:
    """Draw a loafer with a saddle, sometimes in woven cloth."""
    palette = canvas.palette
    shape = """M124 432 C114 384 116 318 142 284 C160 268 190 280 216 294 C262 316 322 302 368 268
 C384 257 404 257 420 266 C474 296 562 322 632 352 C682 374 698 404 692 432 Z"""
    plug = "M420 262 C500 290 600 330 652 372 C600 400 500 396 452 378 C430 350 424 300 420 262 Z"
    inside = (
        fill(plug, palette.light)
        + stitches("M424 270 C430 330 440 362 456 374 C504 392 596 394 644 372", palette.deep, 3.5)
        + fill("M360 264 C380 250 408 252 428 268 L462 440 H376 Z", palette.dark)
        + fill("M384 322 h62 l4 18 h-62 z", palette.accent)
        + line("M146 290 C190 290 250 326 316 300 C340 290 356 278 372 268", palette.light, 10)
        + fill("M110 440 V330 C170 336 200 390 204 440 Z", palette.dark, 'opacity=".6"')
    )
    body = canvas.leather() + canvas.solid(shape, inside)
    return finished(canvas, body + _dress_sole(canvas))


def tenun(canvas: Canvas) -> str:
    """Draw a slip-on whose upper is woven cloth with a diamond pattern."""
    palette = canvas.palette
    shape = """M130 430 C122 380 128 316 150 284 C166 270 190 284 214 298 C264 322 330 308 384 282
 C450 296 570 330 640 362 C684 382 696 408 690 432 Z"""
    diamonds = canvas.pattern(
        "i",
        50,
        72,
        fill("M25 4l20 14l-20 14l-20 -14z", palette.accent)
        + fill("M0 40l20 14l-20 14l-20 -14zM50 40l20 14l-20 14l-20 -14z", palette.pale)
        + fill("M25 12l8 6l-8 6l-8 -6z", palette.deep),
    ) + box(120, 270, 580, 170, canvas.ref("i"))
    bands = line("M120 338 H720 M120 410 H720", palette.dark, 5) + line(
        "M120 374 H720", palette.pale, 3
    )
    inside = (
        bands
        + diamonds
        + line("M150 290 C190 292 264 330 330 312 C350 306 368 298 386 288", palette.deep, 13)
        + fill("M120 440 V330 C160 336 184 390 188 440 Z", palette.deep)
    )
    sole = fill("M124 424 C120 452 124 472 146 472 H660 C692 472 704 446 696 424 Z", "#efe2c8") + (
        line("".join(f"M{138 + n * 20} 436l10 26" for n in range(28)), "#c7a772", 5)
    )
    return finished(canvas, canvas.leather() + canvas.solid(shape, inside) + sole)


def school(canvas: Canvas) -> str:
    """Draw a black school shoe with a strap."""
    palette = canvas.palette
    inside = (
        fill("M560 440 C560 390 590 350 650 346 L720 360 V440 Z", palette.light, 'opacity=".5"')
        + fill("M120 440 V300 C176 312 206 380 210 440 Z", palette.deep)
        + stitches("M568 432 C568 392 596 358 650 352", palette.stitch)
        + line("M150 268 C190 300 262 308 308 274", palette.light, 9)
        + line("M318 258 C388 300 440 330 520 338", palette.deep, 20)
    )
    straps = "".join(
        line(f"M{336 + n * 62} {254 + n * 36} l-34 74", palette.dark, 34)
        + stitches(f"M{336 + n * 62} {254 + n * 36} l-34 74", palette.stitch, 2.5)
        for n in range(2)
    )
    body = canvas.leather() + canvas.solid(LOW_UPPER, inside + straps)
    return finished(canvas, body + _cupsole(canvas))


def kids(canvas: Canvas) -> str:
    """Draw a round little shoe with a hook-and-loop strap."""
    palette = canvas.palette
    shape = """M206 430 C192 384 194 318 214 286 C226 270 246 272 262 284 C300 306 336 300 362 280
 C378 266 396 262 412 274 C450 300 500 312 548 328 C604 346 634 384 630 432 Z"""
    star = kawung(300, 368, 36, palette.accent) + dot(300, 368, 8, palette.pale)
    inside = (
        fill("M486 440 C484 380 520 340 580 336 L660 360 V440 Z", palette.pale)
        + star
        + fill("M190 440 V330 C230 338 246 390 248 440 Z", palette.dark)
        + line("M216 290 C256 300 300 326 352 296", palette.light, 12)
    )
    strap = line("M436 300 L372 366", palette.accent, 42) + stitches(
        "M436 300 L372 366", palette.pale
    )
    sole = fill("M190 422 C184 456 192 474 214 474 H606 C636 474 648 448 640 420 Z", palette.sole)
    bumps = "".join(
        dot(222 + n * 32, 454, 8, mix(palette.accent, palette.sole, 0.35)) for n in range(13)
    )
    body = canvas.leather() + canvas.solid(shape, inside + strap)
    return finished(canvas, body + sole + bumps, shadow=(414, 240))


def safety(canvas: Canvas) -> str:
    """Draw a safety boot with its steel cap and reflecting band."""
    palette = canvas.palette
    steel = canvas.gradient("m", "#f2f3f3", "#a9b0b5", "#7b848b")
    inside = (
        fill("M556 440 C548 386 576 346 636 344 L720 356 V440 Z", canvas.ref("m"), 'opacity=".85"')
        + fill("M170 440 C168 384 178 330 196 296 C240 330 254 384 256 440 Z", palette.deep)
        + line("M184 196 H352", palette.deep, 38, 'opacity=".8"')
        + line("M196 262 C280 276 330 268 372 256", "#e9c94a", 20)
        + line("M196 262 C280 276 330 268 372 256", "#fff8d6", 6)
        + line("M338 186 C352 256 404 306 510 338", palette.dark, 30)
        + stitches("M566 432 C560 392 586 358 636 354", palette.deep)
    )
    body = canvas.leather() + steel + canvas.solid(ANKLE_UPPER, inside)
    return finished(
        canvas,
        body + _laces(canvas, 6, (350, 196), (28, 23)) + _lug_sole(canvas),
        shadow=(430, 280),
    )
