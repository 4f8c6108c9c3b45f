import io
import struct
import subprocess
import sys
import zlib

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from ifn.directory import pictures
from ifn.directory.clean import Refused
from tests.factories.directory import photo

GPS = 34853
PAYLOAD = b"<?php system($_GET['x']); ?><script>alert(document.cookie)</script>"


def refusal(upload, language="en"):
    with translation.override(language), pytest.raises(Refused) as caught:
        pictures.prepare(upload)
    return caught.value


def renditions(prepared):
    for content in prepared.files.values():
        with Image.open(io.BytesIO(content)) as opened:
            opened.load()
            yield opened


def png_of(width, height, rows=b""):
    """Return a PNG that says it is so large, whatever it holds."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class TestRenditions:
    @pytest.mark.parametrize(
        ("width", "widths"),
        [
            (300, (300,)),
            (400, (400,)),
            (640, (400, 640)),
            (900, (400, 800, 900)),
            (1600, (400, 800, 1600)),
            (2400, (400, 800, 1600)),
        ],
    )
    def test_a_photo_is_kept_in_the_widths_in_use(self, width, widths):
        prepared = pictures.prepare(photo((width, width // 4 * 3)))

        assert prepared.widths == widths
        assert prepared.width == widths[-1]
        assert prepared.files.keys() == {
            f"-{width}.{kind}" for width in widths for kind in ("webp", "jpg")
        }
        assert {opened.format for opened in renditions(prepared)} == {"WEBP", "JPEG"}
        assert sorted({opened.width for opened in renditions(prepared)}) == list(widths)

    def test_a_photo_is_turned_upright_and_loses_where_it_was_taken(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # the camera was turned a quarter
        exif[0x010F] = "Kamera Rahasia"
        exif.get_ifd(GPS)[2] = (7.0, 28.0, 12.0)
        shot = photo(exif=exif, comment=b"Rumah Pak Rahasia", xmp=b"<x:xmpmeta>Rahasia</x:xmpmeta>")
        assert shot.count(b"Rahasia") == 3

        prepared = pictures.prepare(shot)

        assert (prepared.width, prepared.height) == (480, 640)
        for opened in renditions(prepared):
            assert not opened.getexif()
            assert not opened.info.keys() & {"exif", "xmp", "comment", "icc_profile"}
        assert not any(b"Rahasia" in content for content in prepared.files.values())

    def test_what_was_transparent_is_white(self):
        clear = Image.new("RGBA", (300, 300), (255, 0, 0, 0))
        buffer = io.BytesIO()
        clear.save(buffer, "PNG")

        for opened in renditions(pictures.prepare(buffer.getvalue())):
            assert opened.mode == "RGB"
            assert min(opened.getpixel((150, 150))) > 250

    def test_a_palette_with_a_transparent_colour_is_white_there(self):
        drawn = Image.new("P", (300, 300), 1)
        drawn.putpalette([255, 0, 0, 0, 0, 255])
        buffer = io.BytesIO()
        drawn.save(buffer, "GIF", transparency=1)

        for opened in renditions(pictures.prepare(buffer.getvalue())):
            assert min(opened.getpixel((150, 150))) > 250

    @pytest.mark.parametrize(
        ("kind", "mode"),
        [
            ("JPEG", "CMYK"),
            ("JPEG", "L"),
            ("PNG", "1"),
            ("PNG", "LA"),
            ("PNG", "P"),
            ("WEBP", "RGBA"),
            ("AVIF", "RGB"),
            ("TIFF", "CMYK"),
            ("TIFF", "F"),
            ("GIF", "P"),
        ],
    )
    def test_every_usual_kind_of_picture_is_taken(self, kind, mode):
        prepared = pictures.prepare(photo(kind=kind, mode=mode))

        assert {opened.mode for opened in renditions(prepared)} == {"RGB"}

    def test_sixteen_bits_a_pixel_keep_their_shades(self):
        deep = Image.new("I;16", (256, 256))
        deep.putdata([257 * x for x in range(256)] * 256)
        buffer = io.BytesIO()
        deep.save(buffer, "PNG")

        for opened in renditions(pictures.prepare(buffer.getvalue())):
            assert abs(opened.getpixel((128, 128))[0] - 128) < 6
            assert opened.getpixel((20, 20))[0] < 40

    def test_colours_outside_srgb_are_brought_into_it(self):
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

        plain = pictures.prepare(photo())
        profiled = pictures.prepare(photo(icc_profile=lab))
        broken = pictures.prepare(photo(icc_profile=b"no profile at all"))

        for one, other in zip(renditions(plain), renditions(profiled), strict=True):
            assert abs(one.getpixel((200, 100))[1] - other.getpixel((200, 100))[1]) < 4
        assert broken.widths == plain.widths

    def test_an_animation_becomes_its_first_picture(self):
        frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue", "green")]
        buffer = io.BytesIO()
        frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])

        for opened in renditions(pictures.prepare(buffer.getvalue())):
            red, green, blue = opened.getpixel((150, 150))
            assert getattr(opened, "n_frames", 1) == 1
            assert (red > 200, green < 60, blue < 60) == (True, True, True)

    def test_what_was_appended_to_a_photo_is_gone(self):
        prepared = pictures.prepare(photo() + PAYLOAD)

        assert not any(b"<?php" in one or b"<script" in one for one in prepared.files.values())


class TestRefusals:
    @pytest.mark.parametrize(
        "upload",
        [
            b"",
            b"Bukan gambar",
            PAYLOAD,
            b'<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"></svg>',
            b"<!doctype html><p>halo</p>",
            b"%PDF-1.7 ...",
            b"\xff\xd8\xff\xe0" + PAYLOAD,
            b"GIF89a" + PAYLOAD,
            photo(kind="BMP"),
            photo()[:2000],
            photo(kind="PNG")[:-600],
        ],
        ids=lambda upload: repr(upload[:12]),
    )
    def test_what_is_no_picture_is_refused_whatever_its_name(self, upload):
        fault = refusal(upload)

        assert fault.code == "picture_unreadable"
        assert str(fault) == (
            "This file is not a picture, or it is damaged. Send a JPEG, PNG or WebP photo."
        )

    @pytest.mark.parametrize(
        ("upload", "code"),
        [
            (png_of(30_000, 30_000), "picture_too_many_pixels"),
            (png_of(10_000, 9_000), "picture_too_many_pixels"),
            (png_of(6_000, 5_000), "picture_too_many_pixels"),
            (png_of(2**31 - 1, 2**31 - 1), "picture_too_many_pixels"),
            (png_of(500, 500, b"\0" * 100), "picture_unreadable"),
            (photo((5000, 5000), progressive=True), "picture_too_many_pixels"),
            (photo((199, 400)), "picture_too_small"),
            (photo((200, 1700)), "picture_too_narrow"),
            (bytes(25 * 1024 * 1024 + 1), "picture_too_large"),
        ],
        ids=["30k", "90M", "30M", "2G", "short", "progressive", "small", "strip", "heavy"],
    )
    def test_bombs_and_misfits_are_refused_before_they_cost(self, upload, code):
        assert refusal(upload).code == code

    def test_many_frames_cost_no_more_than_one(self):
        frame = Image.new("P", (700, 700))
        buffer = io.BytesIO()
        others = [Image.new("P", (700, 700), shade) for shade in range(1, 100)]
        frame.save(buffer, "GIF", save_all=True, append_images=others)

        megabytes, seconds, refused = measured(buffer.getvalue())

        assert not refused
        assert megabytes < 150
        assert seconds < 5

    @pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1"])
    def test_a_heic_photo_is_told_apart(self, brand):
        fault = refusal(b"\0\0\0\x18ftyp" + brand + b"\0" * 300)

        assert fault.code == "picture_heic"
        assert "Most compatible" in str(fault)

    def test_the_size_is_named(self):
        message = str(refusal(bytes(26 * 1024 * 1024)))

        assert message == (
            "This file has 26 MB; at most 25 MB can be sent. Choose a smaller photo."
        )

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"]),
        st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
    )
    def test_damage_anywhere_is_refused_or_survived(self, kind, damage):
        whole = bytearray(SMALL[kind])
        for place, value in damage:
            whole[int(place * len(whole))] = value
        try:
            prepared = pictures.prepare(bytes(whole))
        except Refused as fault:
            code = fault.code
        else:
            code = "" if prepared.files else "empty"

        assert code == "" or code.startswith("picture_")


SMALL = {
    kind: photo((220, 200), kind, "P" if kind == "GIF" else "RGB")
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")
}

#: Prepares the picture on standard input in a process of its own and prints the peak of memory.
MEASURED = """
import sys, time, django
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
django.setup()
from ifn.directory import pictures
upload = sys.stdin.buffer.read()
start = time.process_time()
try:
    pictures.prepare(upload)
except pictures.Refused as fault:
    print(fault.code, file=sys.stderr)
# ru_maxrss would count the process that started this one
status = Path("/proc/self/status").read_text()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024, time.process_time() - start)
"""


def measured(upload):
    run = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", MEASURED], input=upload, capture_output=True, check=True
    )
    megabytes, seconds = run.stdout.split()
    return int(megabytes), float(seconds), run.stderr.decode().strip()


def test_a_photo_of_twenty_megabytes_is_taken_within_bounds():
    buffer = io.BytesIO()
    noise = Image.effect_noise((4000, 3000), 60)
    Image.merge("RGB", [noise, noise.rotate(90), noise.rotate(180)]).save(
        buffer, "JPEG", quality=93, subsampling=0
    )
    upload = buffer.getvalue()
    assert 20 < len(upload) / 1024 / 1024 < 25

    megabytes, seconds, refused = measured(upload)

    assert not refused
    assert megabytes < 250
    assert seconds < 10
