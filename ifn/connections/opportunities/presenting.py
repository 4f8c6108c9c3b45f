"""What an opportunity says, in the words of whoever reads it."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.connections.forms.opportunities import group_label
from ifn.connections.models import Opportunity
from ifn.connections.opportunities import amounts
from ifn.connections.opportunities.particulars import VOCABULARY_OF, Particulars
from ifn.connections.search.finding import Row
from ifn.regions.queries import Regions
from ifn.ui import fragments, icons
from ifn.ui.addresses import address_with
from ifn.ui.days import day_in_words
from ifn.ui.pieces import badge
from ifn.vocabulary.queries import Lexicon

#: Words of a text on a card, in characters.
_SHORT: Final = 180
_SOON_DAYS: Final = 7
_TONES: Final = {
    Opportunity.State.OPEN: "good",
    Opportunity.State.REVIEW: "warn",
    Opportunity.State.REFUSED: "bad",
}


def kind_name(opportunity: Opportunity, words: Lexicon) -> str:
    """Return the kind of an opportunity in the reader's words."""
    word = words.by_pk(opportunity.kind_id)
    return word.name if word else ""


def state_badge(opportunity: Opportunity) -> SafeString:
    """Return the state as a mark."""
    state = Opportunity.State(opportunity.state)
    return badge(state.label, _TONES.get(state, ""))


def left_in_words(until: date, today: date) -> str:
    """Return how many days are left, or that it is the last one."""
    days = (until - today).days
    if days < 0:
        return _("ended on %(day)s") % {"day": day_in_words(until)}
    if days == 0:
        return _("last day today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def place_in_words(said: Particulars, regions: Regions) -> str:
    """Return where it is, or that it may be anywhere."""
    return regions.full_name(said.region) or _("Anywhere in Indonesia")


def reach_in_words(said: Particulars, regions: Regions) -> str:
    """Return where those who answer may be."""
    place = regions.full_name(said.region)
    if said.reach == Opportunity.Reach.REGION:
        return _("only in %(place)s") % {"place": place}
    if said.reach == Opportunity.Reach.KM:
        return _("within %(km)d km of %(place)s") % {"km": said.within_km or 0, "place": place}
    return _("anybody, wherever they are")


def price_in_words(said: Particulars) -> str:
    """Return the price, or nothing where none is stated."""
    if not said.has_price():
        return ""
    return amounts.price_in_words(said.price_from, said.price_to, said.currency, said.price_unit)


def facts(said: Particulars, regions: Regions, *, sees_price: bool) -> list[tuple[str, str]]:
    """Return what decides, as pairs of label and value."""
    price = price_in_words(said)
    if price and not sees_price:
        price = _("told to whom the business answers")
    found = [
        (_("How much"), _amount(said)),
        (_("Price"), price),
        (_("Place"), regions.full_name(said.region)),
        (_("Who may answer"), reach_in_words(said, regions)),
        (_("Deadline"), day_in_words(said.deadline, "j F Y") if said.deadline else ""),
    ]
    return [pair for pair in found if pair[1]]


def _amount(said: Particulars) -> str:
    if said.amount is None:
        return ""
    return amounts.in_words(said.amount, said.unit, is_monthly=said.is_monthly)


def terms(said: Particulars, words: Lexicon) -> list[tuple[str, str]]:
    """Return the terms by group, as pairs of label and names."""
    found = []
    for group, vocabulary in VOCABULARY_OF.items():
        known = (words.get(vocabulary, code) for code in said.codes(group))
        if names := ", ".join(word.name for word in known if word):
            found.append((group_label(group), names))
    return found


def card(row: Row, words: Lexicon, regions: Regions, today: date) -> SafeString:
    """Return one opportunity of a list."""
    one, said = row.opportunity, row.said
    until = one.expires_on or today
    is_soon = (until - today).days <= _SOON_DAYS
    marks = [
        badge(one.get_direction_display(), "brand" if one.direction == "request" else "action"),
        badge(kind_name(one, words)),
        badge(left_in_words(until, today), "warn" if is_soon else "", "clock" if is_soon else ""),
    ]
    if one.is_demo:
        marks.insert(0, badge(_("Demo"), "brand"))
    return fragments.fill(
        "connections/fragments/opportunity.html",
        title=one.title,
        href=address_with("connections:opportunity", one.number),
        badges=fragments.join(marks),
        pin=icons.icon("pin"),
        place=place_in_words(said, regions),
        who=one.business.name if one.is_named else _("Name told on contact"),
        text=_shortened(one.text),
        facts=_fact_list(_short_facts(said, words)),
    )


def _short_facts(said: Particulars, words: Lexicon) -> Iterable[tuple[str, str]]:
    products = (words.get(VOCABULARY_OF["product"], code) for code in said.codes("product")[:3])
    yield _("Products"), ", ".join(word.name for word in products if word)
    yield _("How much"), _amount(said)
    yield _("Deadline"), day_in_words(said.deadline) if said.deadline else ""


def _fact_list(pairs: Iterable[tuple[str, str]]) -> SafeString:
    rows = fragments.fill_each(
        "ui/fragments/fact.html",
        ({"label": label, "value": value} for label, value in pairs if value),
    )
    return fragments.fill("ui/fragments/facts.html", facts=rows) if rows else SafeString()


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    if len(plain) <= _SHORT:
        return plain
    return plain[:_SHORT].rsplit(" ", 1)[0] + " …"
