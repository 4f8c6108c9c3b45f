"""From rows of the read model to what people see: words, facts, links."""

from datetime import date
from typing import Final

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ifn.directory.listings import Content, PictureContent
from ifn.directory.numbers import spoken
from ifn.directory.search.finding import Row
from ifn.regions.queries import Regions
from ifn.ui import fragments, icons
from ifn.vocabulary.queries import Lexicon

#: A profile not confirmed for so long says so.
STALE_DAYS: Final = 365
#: How wide a card's picture is shown, for the browser to choose a file.
CARD_SIZES: Final = "(min-width: 64rem) 18rem, (min-width: 36rem) 45vw, 92vw"


def address_of(content: Content) -> str:
    """Return the address of the public page."""
    return reverse("site:business", args=[content["slug"], content["number"]])


def media_url(name: str) -> str:
    """Return the address of a stored file."""
    return default_storage.url(name)


def sources(file: str, widths: list[int], kind: str) -> str:
    """Return a srcset over the widths of one kind of file."""
    return ", ".join(f"{media_url(f'{file}-{width}.{kind}')} {width}w" for width in widths)


def card_picture(picture: PictureContent | None) -> SafeString:
    """Return the picture of a card, or its quiet placeholder."""
    if picture is None:
        return fragments.fill("directory/fragments/no_picture.html", icon=icons.icon("heel"))
    if not picture["widths"]:
        return fragments.fill("directory/fragments/drawing.html", src=media_url(picture["file"]))
    smallest = picture["widths"][0]
    return fragments.fill(
        "directory/fragments/photo.html",
        src=media_url(f"{picture['file']}-{smallest}.jpg"),
        webp=sources(picture["file"], picture["widths"][:2], "webp"),
        sizes=CARD_SIZES,
        width=smallest,
        height=round(smallest * picture["height"] / picture["width"]),
    )


def pairs(number: int | None) -> str:
    """Return a number of pairs: "40 pasang"."""
    if number is None:
        return ""
    return _("%(number)s pairs") % {"number": number_format(number, force_grouping=True)}


def pairs_a_month(number: int | None) -> str:
    """Return a capacity: "1.200 pasang/bulan"."""
    if number is None:
        return ""
    return _("%(number)s pairs/month") % {"number": number_format(number, force_grouping=True)}


def days(number: int | None) -> str:
    """Return a time in days: "30 hari"."""
    return "" if number is None else _("%(number)s days") % {"number": number}


def names(lexicon: Lexicon, vocabulary: str, codes: list[str], most: int = 99) -> str:
    """Return the names of terms in the reader's language, joined."""
    language = get_language() or "id"
    words = (lexicon.get(vocabulary, code) for code in codes[:most])
    return ", ".join(word.name_in(language) for word in words if word)


def summary_of(content: Content, lexicon: Lexicon) -> str:
    """Return the one-line summary in the reader's language, else what the roles say."""
    english, indonesian = content["summary_en"], content["summary_id"]
    own = (english or indonesian) if get_language() == "en" else (indonesian or english)
    return own or names(lexicon, "value_chain_role", content["roles"], 3)


def freshness(content: Content, today: date) -> tuple[str, str]:
    """Return when the profile was last confirmed, in words, and a tone."""
    if not content["confirmed"]:
        return _("Not yet confirmed"), "warn"
    on = date.fromisoformat(content["confirmed"])
    months = max(0, (today - on).days // 30)
    if (today - on).days > STALE_DAYS:
        return _("Not confirmed for %(months)d months") % {"months": months}, "warn"
    return _("Confirmed %(month)s") % {"month": date_format(on, "M Y")}, ""


def card(
    row: Row, lexicon: Lexicon, regions: Regions, today: date, *, level: int = 3
) -> SafeString:
    """Return one card of a list."""
    content = row.content
    text, tone = freshness(content, today)
    badges = [_badge(text, tone, "clock" if tone else "")]
    if content["demo"]:
        badges.insert(0, _badge(_("Demo"), "brand", ""))
    if content["job_orders"]:
        badges.append(_badge(_("Takes job orders"), "", ""))
    facts = [
        (_("Min. order"), pairs(content["minimum"])),
        (_("Capacity"), pairs_a_month(content["capacity"])),
        (_("Construction"), names(lexicon, "construction", content["constructions"], 2)),
        (_("Lead time"), days(content["lead_time"])),
    ]
    shown = [(label, value) for label, value in facts if value][:3]
    return fragments.fill(
        "directory/fragments/card.html",
        level=level,
        href=address_of(content),
        name=content["name"],
        picture=card_picture(content["picture"]),
        place=regions.full_name(content["region"]),
        pin=icons.icon("pin"),
        summary=summary_of(content, lexicon),
        badges=fragments.join(badges),
        facts=fragments.fill(
            "directory/fragments/facts.html",
            rows=fragments.fill_each(
                "directory/fragments/fact.html",
                [{"label": label, "value": value} for label, value in shown],
            ),
        )
        if shown
        else "",
    )


def table_row(row: Row, lexicon: Lexicon, regions: Regions, today: date) -> SafeString:
    """Return one line of the table view."""
    content = row.content
    return fragments.fill(
        "directory/fragments/table_row.html",
        href=address_of(content),
        name=content["name"],
        number=spoken(content["number"]),
        place=regions.full_name(content["region"]),
        roles=names(lexicon, "value_chain_role", content["roles"], 2),
        minimum=pairs(content["minimum"]),
        capacity=pairs_a_month(content["capacity"]),
        lead_time=days(content["lead_time"]),
        confirmed=freshness(content, today)[0],
    )


def _badge(text: str, tone: str, icon: str) -> SafeString:
    return fragments.fill(
        "ui/fragments/badge.html", text=text, tone=tone, icon=icons.icon(icon) if icon else ""
    )
