"""The head of every page: one line of words, or all of them in the menu."""

import pytest

pytestmark = pytest.mark.browser

#: Lines of words in the head, whether its parts are apart, and how tall the name is.
HEAD = """() => {
  const shown = (all) => [...document.querySelectorAll(all)].filter((one) => one.checkVisibility());
  const boxes = shown(".site-head .wrap > :is(.brand, .nav, .push)")
    .map((part) => part.getBoundingClientRect());
  return {
    lines: new Set(shown(".nav a").map((link) => link.offsetTop)).size,
    apart: boxes.every((box, place) => !place || boxes[place - 1].right <= box.left),
    brand: boxes[0].height,
  };
}"""


@pytest.mark.parametrize("role", ["", "member", "officer"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_head_keeps_to_one_line_and_its_words_are_in_the_menu_else(
    opened, served, prefix, role
):
    page = opened("/tentang", 1280, "light", as_=role)
    page.goto(served.address + prefix + "/tentang")

    for width in (640, 832, 900, 1000, 1100, 1247, 1248, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 700})
        head = page.evaluate(HEAD)
        assert head["lines"] == (1 if width >= 1248 else 0), (width, head)
        assert head["apart"], (width, head)
        assert head["brand"] < 50, (width, head)  # two lines, not three

    page.set_viewport_size({"width": 1000, "height": 700})
    page.click(".menu-button")
    assert page.locator("#menu a").first.is_visible()
