"""What a page weighs on the way, read from the browser's own log of the network."""

from collections import defaultdict

import pytest

from tests.browser.conftest import wait_until

pytestmark = pytest.mark.browser

KB = 1000
#: Everything but pictures, headers included, for somebody who was never here.
FIRST_VIEW, SCRIPTS, REQUESTS = 60 * KB, 30 * KB, 8
#: Everything but pictures for somebody who just read another page.
NEXT_PAGE = 20 * KB
LIST_PICTURES = 100 * KB
PAGES = [
    "/",
    "/direktori",
    "/direktori?q=sol+karet",
    "/direktori?tampilan=peta",
    "/direktori?tampilan=tabel",
    "profile",
    "/tentang",
    "/bantuan",
    "/masuk",
]


class NetworkLog:
    """Bytes that arrived, by kind of file; what came from the browser's cache counts nothing."""

    def __init__(self, page):
        self.page, self.kinds = page, {}
        self.clear()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.requestServedFromCache", self._cached)

    def clear(self):
        self.bytes, self.requests, self.free = defaultdict(int), [], set()

    def _answered(self, event):
        self.kinds[event["requestId"]] = event["type"], event["response"]["url"]

    def _cached(self, event):
        self.free.add(event["requestId"])

    def _finished(self, event):
        kind, url = self.kinds.get(event["requestId"], ("Other", ""))
        if event["requestId"] in self.free or not event["encodedDataLength"]:
            return
        self.bytes[kind] += round(event["encodedDataLength"])
        if kind != "Image":
            self.requests.append(url)

    def visit(self, address):
        """Open a page and wait until nothing more arrives."""
        self.clear()
        self.page.goto(address, wait_until="networkidle")

    @property
    def without_pictures(self):
        return sum(size for kind, size in self.bytes.items() if kind != "Image")


@pytest.fixture(scope="module")
def weighed(browser, served):
    """Return what each page weighs at first sight and after another page."""
    found = {}
    for path in PAGES:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        log = NetworkLog(context.new_page())
        address = served.address + (served.find("telapak") if path == "profile" else path)
        log.visit(address)
        first = (log.without_pictures, log.bytes["Script"], list(log.requests))
        log.visit(f"{served.address}/privasi")
        log.visit(address)
        found[path] = (*first, log.without_pictures)
        context.close()
    return found


def test_the_first_view_of_every_page_is_light(weighed):
    heavy = {path: total for path, (total, *_rest) in weighed.items() if total > FIRST_VIEW}

    assert heavy == {}
    assert min(total for total, *_rest in weighed.values()) > 10 * KB  # the log does log


def test_scripts_are_small(weighed):
    heavy = {path: one[1] for path, one in weighed.items() if one[1] > SCRIPTS}

    assert heavy == {}


def test_a_page_asks_for_few_files(weighed):
    many = {path: one[2] for path, one in weighed.items() if len(one[2]) > REQUESTS}

    assert many == {}


def test_each_further_page_is_lighter_still(weighed):
    heavy = {path: one[3] for path, one in weighed.items() if one[3] > NEXT_PAGE}

    assert heavy == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_all_pictures_of_a_list_are_light(browser, served, width):
    context = browser.new_context(viewport={"width": width, "height": 844}, device_scale_factor=2)
    log = NetworkLog(context.new_page())
    log.visit(f"{served.address}/direktori")

    log.page.evaluate(
        "document.querySelectorAll('main img').forEach((picture) => picture.loading = 'eager')"
    )
    wait_until(
        log.page,
        "[...document.querySelectorAll('main img')].every((picture) => picture.naturalWidth > 0)",
    )
    log.page.wait_for_load_state("networkidle")

    assert 10 * KB < log.bytes["Image"] <= LIST_PICTURES
    context.close()
