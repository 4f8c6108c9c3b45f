"""Pieces that repeat a hundred times on one page, written by plain Python for speed.

The template tags of the same names use these functions, so a piece looks the same either way.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from ifn.ui import fragments, icons
from ifn.ui.numbers import readable

NOTHING = SafeString()
EMPTY = SafeString(" data-empty")
#: By whether a choice is checked and whether it is disabled.
STATES = {
    (False, False): NOTHING,
    (True, False): SafeString(" checked"),
    (False, True): SafeString(" disabled"),
    (True, True): SafeString(" checked disabled"),
}
FIRST, LATER = SafeString(' fetchpriority="high"'), SafeString(' loading="lazy"')


def _attribute(name: str, value: object) -> SafeString:
    return SafeString(f' {name}="{escape(value)}"') if value else NOTHING


def badge(text: object, tone: str = "", icon: str = "") -> SafeString:
    """Return a short mark: tone "good", "warn", "bad", "brand", "action" or none."""
    return fragments.fill(
        "ui/fragments/badge.html",
        tone=tone,
        icon=icons.icon(icon) if icon else NOTHING,
        text=text,
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture needs; avif, webp and srcset are lists of candidates as HTML writes them."""

    src: str
    alt: str = ""
    width: int = 400
    height: int = 300
    srcset: str = ""
    sizes: str = ""
    avif: str = ""
    webp: str = ""
    #: The one large picture that is seen first: fetched at once instead of when scrolled to.
    eager: bool = False


def picture(shown: Picture | None) -> SafeString:
    """Return a picture with its dimensions, or the stand-in where there is none."""
    if shown is None or not shown.src:
        return fragments.fill("ui/fragments/picture_empty.html", icon=icons.icon("shoe"))
    sizes = _attribute("sizes", shown.sizes)
    sources = fragments.fill_each(
        "ui/fragments/source.html",
        (
            {"kind": kind, "candidates": candidates, "sizes": sizes}
            for kind, candidates in (("avif", shown.avif), ("webp", shown.webp))
            if candidates
        ),
    )
    return fragments.fill(
        "ui/fragments/picture.html",
        sources=sources,
        src=shown.src,
        alt=shown.alt,
        width=shown.width,
        height=shown.height,
        srcset=_attribute("srcset", shown.srcset),
        sizes=sizes if shown.srcset else NOTHING,
        when=FIRST if shown.eager else LATER,
    )


def card(  # noqa: PLR0913  # named, and each is one line of the card
    *,
    title: object,
    href: str,
    place: object = "",
    text: object = "",
    shown: Picture | None = None,
    badges: Iterable[SafeString] = (),
    facts: Iterable[tuple[object, object]] = (),
) -> SafeString:
    """Return a card that leads to one thing: picture, name, place, a sentence, badges, facts."""
    listed = fragments.fill_each(
        "ui/fragments/fact.html", ({"label": label, "value": value} for label, value in facts)
    )
    return fragments.fill(
        "ui/fragments/card.html",
        picture=picture(shown),
        title=title,
        href=href,
        pin=icons.icon("pin"),
        place=place,
        text=text,
        badges=fragments.join(badges),
        facts=fragments.fill("ui/fragments/facts.html", facts=listed) if listed else NOTHING,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; the count is how many would be found."""

    value: str
    label: str
    count: int | None = None
    checked: bool = False
    disabled: bool = False


def choices(
    name: str,
    legend: object,
    options: Iterable[Choice],
    *,
    kind: str = "checkbox",
    open_: bool = True,
) -> SafeString:
    """Return a filter that folds: a group of checkboxes (or radio buttons) with counts."""
    rows = fragments.fill_each(
        "ui/fragments/choice.html",
        (
            {
                "empty": EMPTY if option.count == 0 else NOTHING,
                "kind": kind,
                "name": name,
                "value": option.value,
                "state": STATES[option.checked, option.disabled],
                "label": option.label,
                "count": "" if option.count is None else readable(option.count),
            }
            for option in options
        ),
    )
    return fragments.fill(
        "ui/fragments/choices.html",
        open=SafeString(" open") if open_ else NOTHING,
        name=name,
        legend=legend,
        rows=rows,
    )
