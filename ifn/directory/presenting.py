"""From rows of the read model to what people see: words, facts, links."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.core.files.storage import default_storage
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ifn.directory.freshness import Age, limits_on, months_between
from ifn.directory.listings import Content, PictureContent
from ifn.directory.numbers import spoken
from ifn.directory.places import kilometres
from ifn.directory.search.finding import Row
from ifn.directory.verified import TOPICS
from ifn.directory.wording import topic_name
from ifn.regions.queries import Regions
from ifn.ui import fragments
from ifn.ui.addresses import address_with_slug
from ifn.ui.pieces import Picture, badge, card
from ifn.vocabulary.queries import Lexicon

#: How wide a card's picture is shown, for the browser to choose a file.
CARD_SIZES: Final = "(min-width: 64rem) 18rem, (min-width: 36rem) 45vw, 92vw"


def address_of(content: Content) -> str:
    """Return the address of the public page."""
    return address_with_slug("site:business", content["slug"], content["number"])


def media_url(name: str) -> str:
    """Return the address of a stored file."""
    return default_storage.url(name)


def sources(file: str, widths: list[int], kind: str) -> str:
    """Return a srcset over the widths of one kind of file."""
    return ", ".join(f"{media_url(f'{file}-{width}.{kind}')} {width}w" for width in widths)


def card_picture(picture: PictureContent | None) -> Picture | None:
    """Return the picture of a card; the name beside it says what a description would."""
    if picture is None:
        return None
    if not picture["widths"]:
        return Picture(media_url(picture["file"]))
    smallest = picture["widths"][0]
    return Picture(
        media_url(f"{picture['file']}-{smallest}.jpg"),
        width=smallest,
        height=round(smallest * picture["height"] / picture["width"]),
        webp=sources(picture["file"], picture["widths"][:2], "webp"),
        sizes=CARD_SIZES,
    )


def names(lexicon: Lexicon, vocabulary: str, codes: list[str], most: int = 99) -> str:
    """Return the names of terms in the reader's language, joined."""
    language = get_language() or "id"
    words = (lexicon.get(vocabulary, code) for code in codes[:most])
    return ", ".join(word.name_in(language) for word in words if word)


@lru_cache(maxsize=512)
def _month(year: int, month: int, language: str) -> str:  # noqa: ARG001  # see below
    """Return a month as people write it; the language is in force and only tells keys apart."""
    return date_format(date(year, month, 1), "M Y")


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of cards and rows, in one language; units for one and for many."""

    demo: str
    job_orders: str
    unconfirmed: str
    confirmed: str
    stale: str
    verified: str
    pairs: list[str]
    pairs_a_month: list[str]
    days: list[str]
    labels: tuple[str, str, str, str]


@lru_cache(maxsize=8)
def _words(_language: str) -> Words:
    """Return the words of a language, which is in force and only tells keys apart."""
    one_and_many = (1, 2)
    return Words(
        demo=_("Demo"),
        job_orders=_("Takes job orders"),
        unconfirmed=_("Not yet confirmed"),
        confirmed=_("Confirmed %(month)s"),
        stale=_("Last confirmed %(months)d months ago"),
        verified=_("%(count)d of %(all)d verified"),
        pairs=[ngettext("%(number)s pair", "%(number)s pairs", n) for n in one_and_many],
        pairs_a_month=[
            ngettext("%(number)s pair/month", "%(number)s pairs/month", n) for n in one_and_many
        ],
        days=[ngettext("%(number)s day", "%(number)s days", n) for n in one_and_many],
        labels=(_("Min. order"), _("Capacity"), _("Construction"), _("Lead time")),
    )


class Writer:
    """Writes the rows of one page; what all rows share is looked up once.

    Twenty-four cards ask for the same dozen words and addresses; looking each up again would cost
    more than everything else on the page.
    """

    def __init__(self, lexicon: Lexicon, regions: Regions, today: date, *, near: str = "") -> None:
        self.near, self.limits = regions.get(near), limits_on(today)
        self.lexicon, self.regions, self.today = lexicon, regions, today
        self.language = get_language() or "id"
        self.words = _words(self.language)
        self.separator = "," if self.language == "en" else "."
        self.day = today.isoformat()

    def number(self, unit: list[str], value: int | None) -> str:
        """Return a number in its unit, or nothing."""
        if value is None:
            return ""
        return unit[value != 1] % {"number": f"{value:,}".replace(",", self.separator)}

    def place(self, content: Content) -> str:
        """Return where it is, with the distance from the place that was asked for."""
        name = self.regions.full_name(content["region"])
        own = self.regions.get(content["region"])
        if self.near is None or own is None:
            return name
        latitude, longitude = content["latitude"], content["longitude"]
        if latitude is None or longitude is None:
            latitude, longitude = own.latitude, own.longitude
        away = kilometres(latitude, longitude, self.near.latitude, self.near.longitude)
        return f"{name} · {away:.0f} km"

    def names(self, vocabulary: str, codes: list[str], most: int) -> str:
        """Return the names of the first terms, joined."""
        words = [self.lexicon.get(vocabulary, code) for code in codes[:most]]
        return ", ".join([word.name_in(self.language) for word in words if word])

    def summary(self, content: Content) -> str:
        """Return the one-line summary in the reader's language, else what the roles say."""
        english, indonesian = content["summary_en"], content["summary_id"]
        own = (english or indonesian) if self.language == "en" else (indonesian or english)
        return own or self.names("value_chain_role", content["roles"], 3)

    def freshness(self, content: Content) -> tuple[str, str]:
        """Return when the profile was last confirmed, in words, and a tone."""
        if not content["confirmed"]:
            return self.words.unconfirmed, "warn"
        on = date.fromisoformat(content["confirmed"])
        if self.limits.age(on) != Age.FRESH:
            return self.words.stale % {"months": months_between(on, self.today)}, "warn"
        return self.words.confirmed % {"month": _month(on.year, on.month, self.language)}, ""

    def proof(self, content: Content) -> list[SafeString]:
        """Return how many topics are verified, as a mark; nothing where none is."""
        # Rows written before there were verifications say nothing of them.
        days = content.get("verified", {}).values()
        count = sum(day >= self.day for day in days)
        if not count:
            return []
        said = self.words.verified % {"count": count, "all": len(TOPICS)}
        return [badge(said, "good", "shield-check")]

    def topics(self, content: Content) -> str:
        """Return what holds today of what was verified, in words."""
        known = content.get("verified", {})
        return ", ".join(topic_name(topic) for topic in TOPICS if known.get(topic, "") >= self.day)

    def card(self, row: Row) -> SafeString:
        """Return one card of a list."""
        content = row.content
        text, tone = self.freshness(content)
        badges = [badge(self.words.demo, "brand")] if content["demo"] else []
        badges += self.proof(content)
        if content["job_orders"]:
            badges.append(badge(self.words.job_orders))
        badges.append(badge(text, tone, "clock" if tone else ""))
        return card(
            title=content["name"],
            href=address_with_slug("site:business", content["slug"], content["number"]),
            place=self.place(content),
            text=self.summary(content),
            shown=card_picture(content["picture"]),
            badges=badges,
            facts=self._facts(content)[:3],
        )

    def small_card(self, row: Row) -> SafeString:
        """Return a card with no more than picture, name, place and what it is."""
        content = row.content
        return card(
            title=content["name"],
            href=address_with_slug("site:business", content["slug"], content["number"]),
            place=self.regions.full_name(content["region"]),
            text=self.summary(content),
            shown=card_picture(content["picture"]),
            badges=[
                *([badge(self.words.demo, "brand")] if content["demo"] else []),
                *self.proof(content),
            ],
        )

    def _facts(self, content: Content) -> list[tuple[str, str]]:
        values = (
            self.number(self.words.pairs, content["minimum"]),
            self.number(self.words.pairs_a_month, content["capacity"]),
            self.names("construction", content["constructions"], 2),
            self.number(self.words.days, content["lead_time"]),
        )
        return [pair for pair in zip(self.words.labels, values, strict=True) if pair[1]]

    def table_row(self, row: Row) -> SafeString:
        """Return one line of the table view."""
        content = row.content
        return fragments.fill(
            "directory/fragments/table_row.html",
            href=address_with_slug("site:business", content["slug"], content["number"]),
            name=content["name"],
            number=spoken(content["number"]),
            place=self.place(content),
            roles=self.names("value_chain_role", content["roles"], 2),
            verified=self.topics(content),
            minimum=self.number(self.words.pairs, content["minimum"]),
            capacity=self.number(self.words.pairs_a_month, content["capacity"]),
            lead_time=self.number(self.words.days, content["lead_time"]),
            confirmed=self.freshness(content)[0],
        )
