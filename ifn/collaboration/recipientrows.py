"""The rows of stock and of recipients, written by plain Python: there are many of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ifn.collaboration.models import BatchSize, ProductionBatch, Receipt
from ifn.collaboration.sharing import Rule
from ifn.collaboration.sizing import shown
from ifn.ui import fragments, pieces
from ifn.ui.numbers import readable

_PLACE = "collaboration/fragments/"


class RecipientRows:
    """Rows for one reader: who leads sees codes and names, and says what each asked for."""

    def __init__(self, project: str, batch: ProductionBatch, *, leads: bool, is_open: bool) -> None:
        self.leads, self.is_changed = leads, leads and is_open
        # Asked for once: the address differs only in the code at its end.
        address = reverse("collaboration:hand-out", args=[project, batch.code, "x"])
        self.address = address.removesuffix("x")
        self.asked_for, self.not_yet = _("Asked for"), _("not yet")

    def row(self, of: Mapping[str, Any]) -> SafeString:
        """Return one row."""
        return fragments.fill(
            f"{_PLACE}recipient.html",
            firm=self._firm(of),
            place=f"{of['place']} · {of['code']}" if self.leads else of["place"],
            asked=self._asked(of) if self.is_changed else "",
            gets=_gets(of),
            why=fragments.fill(f"{_PLACE}why.html", why=of["why"]) if of["why"] else "",
            receipt=self._receipt(of),
        )

    def _firm(self, of: Mapping[str, Any]) -> SafeString | str:
        name: str = of["one"].name
        if not self.leads:
            return name
        href = f"{self.address}{of['one'].code}"
        return fragments.fill(f"{_PLACE}firm_link.html", href=href, name=name)

    def _asked(self, of: Mapping[str, Any]) -> SafeString:
        asked = of["one"].asked
        if of["one"].on:
            return fragments.fill(f"{_PLACE}asked_said.html", value="–" if asked is None else asked)
        return fragments.fill(
            f"{_PLACE}asked.html",
            key=of["one"].key,
            value="" if asked is None else asked,
            label=f"{self.asked_for}: {of['one'].name}",
        )

    def _receipt(self, of: Mapping[str, Any]) -> SafeString:
        one = of["one"]
        if one.on is None:
            return fragments.fill(f"{_PLACE}not_yet.html", words=self.not_yet)
        words = [date_format(one.on, "j M Y")]
        if self.leads:
            words.append(one.signed_by or "")
        if of["handed"] != of["pairs"]:
            words.append(
                _("%(handed)s of %(pairs)s pairs") % {"handed": of["handed"], "pairs": of["pairs"]}
            )
        badge = pieces.badge(Receipt.Way(one.way).label, "good", "check")
        return fragments.fill(f"{_PLACE}receipt.html", badge=badge, words=" · ".join(words))


def _gets(of: Mapping[str, Any]) -> SafeString | str:
    if not of["pairs"]:
        return "–"
    sizes = ", ".join(f"{size}: {pairs}" for size, pairs in of["lines"])
    return fragments.fill(f"{_PLACE}gets.html", pairs=readable(of["pairs"]), sizes=sizes)


_COLUMNS = ("made", "allocated", "handed", "free", "stock")


def stock_rows(sizes: Sequence[BatchSize]) -> SafeString:
    """Return a row for each size, and one for all together."""
    rows = [
        {"size": shown(one.size)} | {name: readable(getattr(one, name)) for name in _COLUMNS}
        for one in sizes
    ]
    sums = {name: readable(sum(getattr(one, name) for one in sizes)) for name in _COLUMNS}
    return fragments.fill_each(f"{_PLACE}stock.html", [*rows, {"size": _("Together")} | sums])


def rules(chosen: str) -> SafeString:
    """Return the rules to choose from."""
    words = {
        Rule.EQUAL: _("The same for each"),
        Rule.ASKED: _("In proportion to what each asked for"),
        Rule.CAPACITY: _("In proportion to the capacity each shows"),
    }
    return fragments.fill_each(
        f"{_PLACE}rule.html",
        (
            {
                "value": rule.value,
                "label": label,
                "checked": SafeString(" checked") if rule.value == chosen else "",
            }
            for rule, label in words.items()
        ),
    )
