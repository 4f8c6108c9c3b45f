"""Draw docs/screenshot.png: the directory on a desk and a profile on a phone.

    python -m tools.screenshot [http://127.0.0.1:8000]

The platform must be running with the demo network (``make run``). Needs Chromium.
"""

import io
import os
import shutil
import sys
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from playwright.sync_api import Browser, sync_playwright

TARGET: Final = Path(__file__).resolve().parents[1] / "docs" / "screenshot.png"
LARGEST: Final = 250_000
SIZE: Final = (1280, 860)
DESK: Final = (1280, 980)
PHONE: Final = (390, 800)
PAPER: Final = "#f0e6d8"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def shot(browser: Browser, address: str, size: tuple[int, int]) -> Image.Image:
    """Return what a window of this size shows of a page, in light colours, sharp."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="light",
        reduced_motion="reduce",
        device_scale_factor=2,
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return picture


def put(canvas: Image.Image, picture: Image.Image, at: tuple[int, int], width: int) -> None:
    """Lay a picture on the canvas with round corners and a soft shadow."""
    height = round(picture.height * width / picture.width)
    small = picture.resize((width, height), Image.Resampling.LANCZOS)
    corners = Image.new("L", (4 * width, 4 * height), 0)
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, 4 * width, 4 * height), 72, fill=255)
    corners = corners.resize((width, height), Image.Resampling.LANCZOS)
    shade = Image.new("L", canvas.size, 0)
    shade.paste(corners.point(lambda value: round(value * 0.4)), (at[0], at[1] + 14))
    shade = shade.filter(ImageFilter.GaussianBlur(18))
    dark = ImageChops.multiply(canvas, Image.new("RGB", canvas.size, "#8a6f58"))
    canvas.paste(dark, mask=shade)
    canvas.paste(small, at, corners)


def compose(desk: Image.Image, phone: Image.Image) -> bytes:
    """Return both as one PNG of few colours."""
    canvas = Image.new("RGB", SIZE, PAPER)
    put(canvas, desk, (40, 44), 1010)
    put(canvas, phone, (908, 142), 332)
    file = io.BytesIO()
    few = canvas.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def main(arguments: list[str]) -> int:
    """Take the pictures and write the file; return the exit code."""
    address = arguments[0].rstrip("/") if arguments else "http://127.0.0.1:8000"
    chromium = os.environ.get("IFN_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), "")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium or None, args=["--no-sandbox", "--disable-gpu"]
        )
        desk = shot(browser, f"{address}/en/direktori", DESK)
        page = browser.new_page()
        page.goto(f"{address}/en/direktori?q=goodyear+bandung")
        profile = page.locator("#results .card-link").first.get_attribute("href") or ""
        phone = shot(browser, f"{address}{profile}", PHONE)
        browser.close()
    drawn = compose(desk, phone)
    if len(drawn) > LARGEST:
        print(f"{len(drawn):,} bytes are too many; {LARGEST:,} are allowed.")
        return 1
    TARGET.write_bytes(drawn)
    print(f"{TARGET} ({len(drawn):,} bytes)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
