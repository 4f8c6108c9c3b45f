import gzip

import brotli
import pytest
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from ifn.ui.compression import Compression

TEXT = "Sepatu kulit dari Mojokerto. " * 100


def answer(view, accept="gzip, deflate, br", **cookies):
    request = RequestFactory().get("/", headers={"Accept-Encoding": accept} if accept else {})
    request.COOKIES |= cookies
    return Compression(view)(request)


def page(_request):
    return HttpResponse(TEXT)


def test_a_page_comes_as_brotli_where_it_is_understood():
    found = answer(page)

    assert found["Content-Encoding"] == "br"
    assert found["Vary"] == "Accept-Encoding"
    assert int(found["Content-Length"]) == len(found.content) < len(TEXT) / 10
    assert brotli.decompress(found.content).decode() == TEXT


@pytest.mark.parametrize("accept", ["gzip", "br;q=0, gzip", "GZIP;q=0.5"])
def test_a_page_comes_as_gzip_elsewhere(accept):
    found = answer(page, accept)

    assert found["Content-Encoding"] == "gzip"
    assert gzip.decompress(found.content).decode() == TEXT


@pytest.mark.parametrize("accept", ["", "identity", "gzip;q=0, br; q=0"])
def test_a_page_stays_as_it_is_where_nothing_is_understood(accept):
    found = answer(page, accept)

    assert "Content-Encoding" not in found
    assert found["Vary"] == "Accept-Encoding"
    assert found.content.decode() == TEXT


def test_the_length_of_a_page_with_a_secret_says_nothing():
    def form(request):
        return HttpResponse(f"{TEXT}{len(get_token(request))}")

    signed_in = {settings.SESSION_COOKIE_NAME: "x"}

    for view, cookies in [(page, signed_in), (form, {})]:
        found = [answer(view, **cookies) for _ in range(40)]
        assert {one["Content-Encoding"] for one in found} == {"gzip"}
        assert len({len(one.content) for one in found}) > 10
        assert gzip.decompress(found[0].content).decode().startswith(TEXT)


def test_what_is_short_a_picture_or_compressed_already_is_left_alone(tmp_path):
    stored = tmp_path / "a.svg"
    stored.write_text(TEXT)

    with stored.open("rb") as file:
        views = [
            lambda _request: HttpResponse("short"),
            lambda _request: HttpResponse(TEXT, content_type="image/png"),
            lambda _request: HttpResponse(TEXT, headers={"Content-Encoding": "zstd"}),
            lambda _request: FileResponse(file),
        ]
        found = [answer(view) for view in views]

    assert [one.get("Content-Encoding") for one in found] == [None, None, "zstd", None]
