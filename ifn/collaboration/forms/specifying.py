"""The specification of what a project makes, and what was measured."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.collaboration.forms.projects import needed, version_field
from ifn.directory.fields import day, line, number, size

HARDEST: Final = 100
HEAVIEST: Final = 20_000
DEAREST: Final = 999_999_999_999


class SpecificationForm(forms.Form):
    """What is made, in figures."""

    product = line(gettext_lazy("Product"), 120)
    material = line(gettext_lazy("Material"), 200)
    construction = line(gettext_lazy("Construction"), 120)
    hardness = number(gettext_lazy("Hardness, Shore A"), HARDEST)
    size_from = size(gettext_lazy("Smallest size, EU"))
    size_to = size(gettext_lazy("Largest size, EU"))
    weight = number(gettext_lazy("Weight of one piece, gram"), HEAVIEST)
    price_from = number(gettext_lazy("Price from, rupiah"), DEAREST)
    price_to = number(gettext_lazy("Price to, rupiah"), DEAREST)
    version = version_field()

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("hardness") == 0:
            self.add_error("hardness", _("Shore A goes from 1 to 100."))
        for low, high in (("size_from", "size_to"), ("price_from", "price_to")):
            first, last = data.get(low), data.get(high)
            if first is not None and last is not None and first > last:
                self.add_error(high, _("This is less than the first of the two."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return the columns of the specification."""
        given = dict(self.cleaned_data)
        given.pop("version")
        for name in ("price_from", "price_to"):
            given[name] = None if given[name] is None else Decimal(given[name])
        return given


def _measure(label: Any, *, required: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        max_digits=12,
        decimal_places=3,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class ResultForm(forms.Form):
    """What a laboratory measured, against what a standard asks."""

    standard = line(gettext_lazy("Standard"), 80, required=True)
    measured = line(gettext_lazy("What was measured"), 120, required=True)
    value = _measure(gettext_lazy("Value"), required=True)
    unit = line(gettext_lazy("Unit"), 24)
    least = _measure(gettext_lazy("At least"))
    most = _measure(gettext_lazy("At most"))
    laboratory = line(gettext_lazy("Laboratory"), 160)
    on = needed(day(gettext_lazy("Day")))

    def __init__(self, data: Any, today: date) -> None:
        super().__init__(data, initial={"on": today}, auto_id="uji_%s")
        self.today = today

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        least, most = data.get("least"), data.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("This is less than the first of the two."))
        if (on := data.get("on")) and on > self.today:
            self.add_error("on", _("This day is still to come."))
        return data
