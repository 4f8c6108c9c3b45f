"""What a participant says of their firm: short, nothing has to be answered."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.directory.fields import choice, day, number, text
from ifn.programmes.measuring.waves import Wave
from ifn.programmes.models import Outcome
from ifn.programmes.models.outcomes import MOST_EXPORTS, MOST_PAIRS, MOST_PRODUCTS, MOST_WORKERS
from ifn.vocabulary.queries import lexicon

NOT_SAID: Final = ("", gettext_lazy("Not said"))
#: The page's own mark; nothing else is kept of it.
_PAGE: Final = re.compile(r"[0-9a-f]{32}")
_LARGEST_VERSION: Final = 2_000_000_000


def _said(label: Any, choices: Any, **options: Any) -> forms.ChoiceField:
    field = choice(label, choices)
    field.choices = [NOT_SAID, *choices]
    field.help_text = options.get("help_text", "")
    return field


class PercentField(forms.DecimalField):
    """A number up to 100, with a comma or a point whatever the language."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class OutcomeForm(forms.Form):
    """The answers of one wave. ``seen`` and ``page`` tell what the page had shown, and which."""

    seen = forms.IntegerField(
        min_value=0, max_value=_LARGEST_VERSION, required=False, widget=forms.HiddenInput
    )
    page = forms.RegexField(_PAGE, required=False, widget=forms.HiddenInput)
    turnover = _said(
        gettext_lazy("Sales in a usual month"),
        Outcome.Turnover.choices,
        help_text=gettext_lazy("Roughly is enough."),
    )
    workers = number(
        gettext_lazy("How many people work with you?"),
        MOST_WORKERS,
        gettext_lazy("You and your family too, if they work there."),
    )
    capacity = number(
        gettext_lazy("How many pairs could you make in a month?"),
        MOST_PAIRS,
        gettext_lazy("Such as 400, or 20 kodi."),
    )
    products = number(gettext_lazy("New products"), MOST_PRODUCTS)
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Where do you sell?"),
        choices=Outcome.Channel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    has_certificates = _said(
        gettext_lazy("New certificates or registrations"),
        [("no", gettext_lazy("None")), ("yes", gettext_lazy("Yes, these:"))],
    )
    certificates = forms.MultipleChoiceField(
        label=gettext_lazy("Which ones"), required=False, widget=forms.CheckboxSelectMultiple
    )
    defects = PercentField(
        label=gettext_lazy("Of 100 pairs, how many have a defect?"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=1,
        max_digits=4,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "min_value": gettext_lazy("Of 100 pairs it is between 0 and 100."),
            "max_value": gettext_lazy("Of 100 pairs it is between 0 and 100."),
            "invalid": gettext_lazy("Write a number between 0 and 100, such as 5 or 2,5."),
        },
    )
    exports = number(
        gettext_lazy("Sold to buyers abroad"),
        MOST_EXPORTS,
        gettext_lazy("How much, in money or in pairs. Write 0 if nothing."),
    )
    exports_unit = _said(gettext_lazy("Of this, the unit"), Outcome.Unit.choices)
    exports_period = _said(gettext_lazy("Of this, the time"), Outcome.Period.choices)
    note = text(gettext_lazy("Anything else we should know"), 1000)

    def __init__(self, data: Any, wave: Wave, outcome: Outcome | None, page: str) -> None:
        super().__init__(data, initial=_initial(outcome) | {"page": page})
        self.wave = wave
        fields: Any = self.fields
        fields["products"].help_text = since(wave)
        fields["has_certificates"].help_text = since(wave)
        fields["certificates"].choices = [
            (one.code, one.name) for one in lexicon().of("certification")
        ]
        fields["note"].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        self._certificates(given)
        if "exports" in given and not self.errors.keys() & {"exports_unit", "exports_period"}:
            self._exports(given)
        return given

    def _certificates(self, given: dict[str, Any]) -> None:
        has, which = given.pop("has_certificates", ""), given.get("certificates", [])
        if has == "yes" and not which and "certificates" not in self.errors:
            self.add_error("certificates", _("Tick which ones, or choose “None”."))
        elif has == "no" and which:
            self.add_error("certificates", _("You chose “None” and ticked some. Choose one of it."))
        elif "certificates" in given:
            given["certificates"] = sorted(which) if which else [] if has == "no" else None
        if "channels" in given:
            given["channels"] = given["channels"] or None

    def _exports(self, given: dict[str, Any]) -> None:
        value = given["exports"]
        if value:
            if not given.get("exports_unit"):
                self.add_error("exports_unit", _("Say whether this is rupiah, dollars or pairs."))
            if not given.get("exports_period"):
                self.add_error("exports_period", _("Say of how long a time this is."))
        elif value is None and (given.get("exports_unit") or given.get("exports_period")):
            self.add_error("exports", _("Write how much, or leave unit and time empty."))
        else:
            given["exports_unit"] = given["exports_period"] = ""
        if self.errors.keys() & {"exports", "exports_unit", "exports_period"}:
            for name in ("exports", "exports_unit", "exports_period"):
                given.pop(name, None)
        elif value is not None:
            given["exports"] = Decimal(value)

    def facts(self) -> dict[str, Any]:
        """Return the columns that were answered well; those with an error are left out."""
        return {
            name: self.cleaned_data[name] for name in Outcome.ANSWERS if name in self.cleaned_data
        }


class PhoneForm(OutcomeForm):
    """What the office writes down for a participant: on which day it was said, and how."""

    said_on = day(gettext_lazy("Said on"))
    way = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[
            (Outcome.Way.PHONE, gettext_lazy("By phone")),
            (Outcome.Way.VISIT, gettext_lazy("On a visit or on paper")),
        ],
    )
    field_order = ("said_on", "way")

    def __init__(
        self, data: Any, wave: Wave, outcome: Outcome | None, page: str, *, today: date
    ) -> None:
        super().__init__(data, wave, outcome, page)
        self.today = today
        self.fields["said_on"].required = True
        self.initial["said_on"] = outcome.said_on if outcome else today
        if outcome and outcome.way in {Outcome.Way.PHONE, Outcome.Way.VISIT}:
            self.initial["way"] = outcome.way

    def clean_said_on(self) -> date:
        """Refuse a day that is still to come."""
        given: date = self.cleaned_data["said_on"]
        if given > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return given


def since(wave: Wave) -> str:
    """Return of which time new things are asked in a wave."""
    return {
        Wave.BEFORE: _("In the last 12 months."),
        Wave.END: _("Since the mentoring began."),
        Wave.M3: _("Since the mentoring ended."),
        Wave.M6: _("In the last 3 months."),
        Wave.M12: _("In the last 6 months."),
    }[wave]


def _initial(outcome: Outcome | None) -> dict[str, Any]:
    if outcome is None:
        return {"seen": 0}
    known = outcome.certificates
    return {
        **outcome.said(),
        "exports": None if outcome.exports is None else int(outcome.exports),
        "has_certificates": "" if known is None else "yes" if known else "no",
        "seen": outcome.version,
    }
