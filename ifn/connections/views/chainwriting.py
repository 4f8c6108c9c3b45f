"""A proposed chain as its page shows it: each link a card, the days as bars, all in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.connections.addresses import enquiry_address
from ifn.connections.chaining import wording
from ifn.connections.chaining.costing import way_between
from ifn.connections.chaining.facts import (
    Alternative,
    Brief,
    Choice,
    Link,
    Offer,
    Outcome,
    Proposal,
    Unfilled,
)
from ifn.connections.matching.reading import VOCABULARIES
from ifn.connections.matching.wording import Names
from ifn.connections.models.enquiries import MOST_FIRMS
from ifn.directory.search.finding import Row, rows
from ifn.regions.queries import Regions
from ifn.vocabulary.queries import Lexicon

#: The drawing of days: its width, and the height of a row with its name above the bar.
WIDTH, ROW = 360, 32


@dataclass(frozen=True, slots=True)
class Taker:
    """A firm in a card, and what it says of itself for this link."""

    name: str
    href: str
    place: str
    facts: Sequence[tuple[str, str]]
    reasons: Sequence[str]
    doubts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Other:
    """Who else could take a link, and what would change."""

    name: str
    href: str
    place: str
    changes: str


@dataclass(frozen=True, slots=True)
class Card:
    """One link: who takes it, from which day to which, and who else could."""

    code: str
    title: str
    why: str
    icon: str
    takers: Sequence[Taker]
    when: str
    others: Sequence[Other]
    nobody: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """The days of a link in the drawing, in its own units; as texts, whatever the language."""

    title: str
    y: str
    text_y: str
    x: str
    width: str
    days: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The days of all links beneath each other, and the line where time is up."""

    width: int
    height: int
    bars: Sequence[Bar]
    deadline_x: str
    deadline: str


def names_in(words: Lexicon) -> Names:
    """Return the names of terms in the reader's language."""
    wanted = set(VOCABULARIES.values())
    return Names({one.code: one.name for one in words.words if one.vocabulary in wanted})


def firms_in(outcome: Outcome) -> set[int]:
    """Return the keys of every firm an outcome names."""
    choices = [
        choice
        for one in outcome.proposals
        for choice in (
            *one.choices.values(),
            *(each.choice for several in one.alternatives.values() for each in several),
        )
    ]
    found = {int(str(firm)) for choice in choices for firm in choice.firms}
    return found | {int(str(one.nearest.firm)) for one in outcome.unfilled if one.nearest}


class ChainPage:
    """Writes one outcome in the reader's language; names of firms are read in one query."""

    def __init__(self, brief: Brief, outcome: Outcome, words: Lexicon, regions: Regions) -> None:
        self.brief, self.outcome, self.regions = brief, outcome, regions
        self.names = names_in(words)
        self.rows: dict[int, Row] = {row.pk: row for row in rows(tuple(sorted(firms_in(outcome))))}
        self.links = {link.code: link for link in outcome.links}
        self.open = {one.link: one for one in outcome.unfilled}

    def cards(self, proposal: Proposal) -> list[Card]:
        """Return a card for every link, upstream first."""
        return [self._card(link, proposal) for link in self.outcome.links]

    def drawing(self, proposal: Proposal) -> Drawing:
        """Return when each link begins and ends."""
        longest = max(proposal.days, self.brief.deadline_days)
        unit = (WIDTH - 4) / longest
        bars = [
            self._bar(place, link, proposal, unit) for place, link in enumerate(self.outcome.links)
        ]
        return Drawing(
            width=WIDTH,
            height=ROW * len(bars),
            bars=bars,
            deadline_x=f"{unit * self.brief.deadline_days:.1f}",
            deadline=_days(self.brief.deadline_days),
        )

    def enquiries(self, proposal: Proposal) -> list[tuple[str, str]]:
        """Return titles and addresses of enquiries to all links, some firms each."""
        firms = {
            int(str(offer.firm)): None
            for choice in proposal.choices.values()
            for offer in choice.offers
        }
        numbers = [self.rows[key].content["number"] for key in firms if key in self.rows]
        parts = [
            numbers[first : first + MOST_FIRMS] for first in range(0, len(numbers), MOST_FIRMS)
        ]
        if len(parts) == 1:
            return [(_("Write to all links at once"), enquiry_address(parts[0], self.brief))]
        return [
            (
                _("Write to firms %(first)s–%(last)s")
                % {
                    "first": MOST_FIRMS * place + 1,
                    "last": MOST_FIRMS * place + len(part),
                },
                enquiry_address(part, self.brief),
            )
            for place, part in enumerate(parts)
        ]

    def nobody(self, one: Unfilled) -> str:
        """Return why a link stays open."""
        key = int(str(one.nearest.firm)) if one.nearest else 0
        km = _number(one.nearest.km) if one.nearest and one.nearest.km is not None else ""
        return wording.nobody(one, self.names, self._name(key), km)

    def _card(self, link: Link, proposal: Proposal) -> Card:
        code, choice = link.code, proposal.choices.get(link.code)
        first, last = self._span(link, proposal)
        others = proposal.alternatives.get(code, ())
        return Card(
            code=code,
            title=str(wording.LINKS[code]),
            why=str(wording.WHY[code]),
            icon=wording.ICONS[code],
            takers=self._takers(link, choice, proposal) if choice else (),
            when=_("day %(first)s to %(last)s") % {"first": first + 1, "last": last},
            others=[self._other(one) for one in others],
            nobody=self.nobody(self.open[code]) if code in self.open else "",
        )

    def _span(self, link: Link, proposal: Proposal) -> tuple[int, int]:
        """Return the days before a link begins and until it ends."""
        choice, end = proposal.choices.get(link.code), proposal.ends[link.code]
        return max(0, end - (choice.days if choice else link.usual_days)), end

    def _takers(self, link: Link, choice: Choice, proposal: Proposal) -> list[Taker]:
        following = proposal.choices.get(link.goes_to)
        return [
            Taker(
                name=self._name(int(str(offer.firm))),
                href=self._href(int(str(offer.firm))),
                place=self._place(int(str(offer.firm))),
                facts=self._facts(link, choice, place, following),
                reasons=wording.reasons(offer, self.names),
                doubts=wording.doubts(offer, self.names),
            )
            for place, offer in enumerate(choice.offers)
        ]

    def _facts(
        self, link: Link, choice: Choice, place: int, following: Choice | None
    ) -> list[tuple[str, str]]:
        offer, pairs = choice.offers[place], choice.pairs[place]
        found = [(_("Days"), _lead(offer, choice.days))]
        if len(choice.offers) > 1:
            found.append((_("Share of the order"), _pairs(pairs)))
        if link.counts_pairs:
            found.append((_("Of a month’s capacity"), _share(offer, pairs)))
            least = _("not stated") if offer.least is None else _pairs(offer.least)
            found.append((_("Minimum order"), least))
        mine = Choice(choice.link, (offer,), (pairs,), choice.days)
        km = way_between(mine, following, self.brief)
        found.append((self._towards(link, following), f"{_number(km)} km"))
        return found

    def _towards(self, link: Link, following: Choice | None) -> str:
        if following is None:
            place = self.regions.get(self.brief.region)
            return _("To %(place)s") % {"place": place.short_name if place else ""}
        return _("To: %(link)s") % {"link": wording.LINKS[link.goes_to]}

    def _other(self, one: Alternative) -> Other:
        keys = [int(str(offer.firm)) for offer in one.choice.offers]
        return Other(
            name=" + ".join(self._name(key) for key in keys),
            href=self._href(keys[0]),
            place=self._place(keys[0]),
            changes=_changes(one),
        )

    def _bar(self, place: int, link: Link, proposal: Proposal, unit: float) -> Bar:
        first, last = self._span(link, proposal)
        top = ROW * place
        return Bar(
            title=str(wording.LINKS[link.code]),
            y=str(top + 16),
            text_y=str(top + 12),
            x=f"{unit * first:.1f}",
            width=f"{unit * (last - first):.1f}",
            days=_("day %(first)s to %(last)s") % {"first": first + 1, "last": last},
            is_open=link.code not in proposal.choices,
        )

    def _name(self, key: int) -> str:
        row = self.rows.get(key)
        return row.content["name"] if row else _("A profile that is no longer in the directory")

    def _href(self, key: int) -> str:
        row = self.rows.get(key)
        return (
            reverse("site:business", args=[row.content["slug"], row.content["number"]])
            if row
            else ""
        )

    def _place(self, key: int) -> str:
        row = self.rows.get(key)
        return self.regions.full_name(row.content["region"]) if row else ""


def summary(brief: Brief, words: Lexicon, regions: Regions) -> str:
    """Return a brief in one line."""
    names = names_in(words)
    place = regions.get(brief.region)
    parts = [
        _pairs(brief.pairs),
        names[brief.product],
        names[brief.upper],
        names[brief.construction],
        *([names[brief.sole]] if brief.sole else []),
        *(names[code] for code in sorted(brief.certificates)),
        _("within %(days)s") % {"days": _days(brief.deadline_days)},
        _("near %(place)s") % {"place": place.short_name if place else brief.region},
    ]
    return " · ".join(parts)


def figures(proposal: Proposal, brief: Brief) -> list[tuple[str, Any]]:
    """Return what decides between proposals."""
    firms = {firm for choice in proposal.choices.values() for firm in choice.firms}
    return [
        (
            _("Ready after"),
            _("%(days)s of %(deadline)s")
            % {
                "days": proposal.days,
                "deadline": _days(brief.deadline_days),
            },
        ),
        (_("Ways between firms"), f"{_number(proposal.km)} km"),
        (_("Firms"), str(len(firms))),
    ]


def lacking_rows(found: Iterable[Any], regions: Regions) -> list[Mapping[str, Any]]:
    """Return the rows of links that nobody could take, for the office."""
    return [
        {
            "place": regions.full_name(one.region),
            "link": wording.LINKS.get(one.link, one.link),
            "why": wording.OPEN_BECAUSE.get(one.kept_away_by, one.kept_away_by),
            "briefs": one.briefs,
        }
        for one in found
    ]


def _lead(offer: Offer, days: int) -> str:
    if offer.is_lead_stated:
        return _days(days)
    return _("about %(days)s") % {"days": _days(days)}


def _share(offer: Offer, pairs: int) -> str:
    if not offer.monthly:
        return _("not stated")
    share = 100 * pairs / offer.monthly
    return f"{_number(share)}%" if share >= 1 else "< 1%"


def _changes(one: Alternative) -> str:
    told: list[str] = []
    if one.more_km:
        told.append(f"{_signed(one.more_km)} km")
    if one.more_days:
        words = ngettext("%(days)s day", "%(days)s days", abs(one.more_days))
        told.append(words % {"days": _signed(one.more_days)})
    return ", ".join(told) or _("same ways and days")


def _signed(value: int) -> str:
    sign = "+" if value > 0 else "\N{MINUS SIGN}"
    return f"{sign}{_number(abs(value))}"


def _pairs(pairs: int) -> str:
    return ngettext("%(number)s pair", "%(number)s pairs", pairs) % {"number": _number(pairs)}


def _days(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _number(value: float) -> str:
    return number_format(round(value), force_grouping=True)
