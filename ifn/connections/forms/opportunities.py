"""The forms with which opportunities are begun and written."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.connections.models import Opportunity
from ifn.connections.models.opportunities import MOST_KM
from ifn.connections.opportunities import amounts, directions
from ifn.connections.opportunities.particulars import VOCABULARY_OF, Particulars, ordered
from ifn.directory.fields import CleanedField, day, line, number, text
from ifn.directory.models import Business
from ifn.directory.placechoices import region_choices
from ifn.ui.widgets import LongSelect
from ifn.vocabulary.queries import lexicon

#: A deadline farther away than this is a slip.
_LATEST_YEARS: Final = 3
_DAYS: Final = 366


class KindForm(forms.Form):
    """Which way something goes, and of what kind it is; the two have to fit."""

    direction = forms.ChoiceField(
        label=gettext_lazy("What do you want to do?"),
        choices=[
            (Opportunity.Direction.REQUEST, gettext_lazy("I am looking for something")),
            (Opportunity.Direction.OFFER, gettext_lazy("I offer something")),
        ],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=gettext_lazy("What is it about?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        fields: Any = self.fields
        kinds = lexicon().of("opportunity_type")
        fields["kind"].choices = [(word.code, word.name) for word in kinds]

    def clean(self) -> dict[str, Any]:
        """Refuse a request that is an offer by its kind, and an offer that is a request."""
        data = super().clean() or {}
        kind, direction = data.get("kind", ""), data.get("direction", "")
        if kind and direction and not directions.fits(kind, direction):
            self.add_error("kind", misfit(kind, direction))
        return data


class BeginForm(KindForm):
    """In whose name, which way, of what kind."""

    business = forms.ChoiceField(label=gettext_lazy("In the name of"), widget=forms.RadioSelect)
    field_order = ("business", "direction", "kind")

    def __init__(self, data: Any, businesses: list[Business], **options: Any) -> None:
        super().__init__(data, **options)
        self.businesses = {one.number: one for one in businesses}
        fields: Any = self.fields
        fields["business"].choices = [(one.number, one.name) for one in businesses]
        if len(businesses) == 1:
            fields["business"].widget = forms.HiddenInput()
            fields["business"].initial = businesses[0].number


def misfit(kind: str, direction: str) -> str:
    """Return in words what is wrong with a kind that cannot go this way."""
    word = lexicon().get("opportunity_type", kind)
    if direction == Opportunity.Direction.REQUEST:
        said = _("“%(kind)s” is for those who offer. Choose another kind, or “I offer something”.")
    else:
        said = _(
            "“%(kind)s” is for those who are looking. Choose another kind, or “I am looking for "
            "something”."
        )
    return said % {"kind": word.name if word else kind}


class OpportunityForm(forms.Form):
    """Everything an opportunity can say; the steps show parts of it."""

    amount = CleanedField(
        amounts.amount,
        empty=None,
        label=gettext_lazy("How much"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Such as 500, or 25 kodi. Leave it empty when it is open."),
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    is_monthly = forms.BooleanField(label=gettext_lazy("Every month"), required=False)
    price_from = CleanedField(
        amounts.money, empty=None, label=gettext_lazy("Price from"), required=False, max_length=30
    )
    price_to = CleanedField(
        amounts.money, empty=None, label=gettext_lazy("Price to"), required=False, max_length=30
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), choices=Opportunity.Currency.choices, required=False
    )
    price_unit = forms.ChoiceField(label=gettext_lazy("Price for one"), required=False)
    price_shown = forms.ChoiceField(
        label=gettext_lazy("Who sees the price"),
        choices=Opportunity.PriceShown.choices,
        required=False,
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Where it is needed or offered"), required=False, widget=LongSelect
    )
    reach = forms.ChoiceField(
        label=gettext_lazy("Where those who answer may be"),
        choices=Opportunity.Reach.choices,
        required=False,
    )
    within_km = number(gettext_lazy("Within, km"), MOST_KM)
    deadline = day(gettext_lazy("Needed or offered until"))
    title_id = line(gettext_lazy("Title, Indonesian"), 120)
    title_en = line(gettext_lazy("Title, English"), 120)
    text_id = text(gettext_lazy("In your words, Indonesian"), 4000)
    text_en = text(gettext_lazy("In your words, English"), 4000)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees it"),
        choices=Opportunity.Visibility.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, stored: Particulars | None = None) -> None:
        self.stored = stored or Particulars()
        super().__init__(data, initial=initial_of(self.stored))
        fields: Any = self.fields
        fields["region"].choices = region_choices(with_provinces=True)
        units = [("", _("Choose …"))]
        units += [(word.code, word.name) for word in lexicon().of("unit")]
        fields["unit"].choices = fields["price_unit"].choices = units
        for group in VOCABULARY_OF:
            self.fields[f"has_{group}"] = forms.MultipleChoiceField(
                label=group_label(group),
                choices=self._choices(group),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def _choices(self, group: str) -> list[Any]:
        """Return the terms in use, and those out of use that it names; roles by link."""
        words, vocabulary = lexicon(), VOCABULARY_OF[group]
        offered = [word for word in words.of(vocabulary) if word.parent or group != "role"]
        for code in self.stored.codes(group):
            word = words.get(vocabulary, code)
            if word and word not in offered:
                offered.append(word)
        if group != "role":
            return [(word.code, word.name) for word in offered]
        by_link: dict[str, list[tuple[str, str]]] = {}
        for word in offered:
            link = words.get(vocabulary, word.parent)
            by_link.setdefault(link.name if link else word.name, []).append((word.code, word.name))
        return list(by_link.items())

    def clean_deadline(self) -> date | None:
        """Refuse days gone by, and years far away."""
        deadline: date | None = self.cleaned_data["deadline"]
        if deadline is None:
            return None
        today = localdate()
        if deadline < today:
            raise forms.ValidationError(
                _("This day has gone by. Choose today or a later day, or leave it empty.")
            )
        if (deadline - today).days > _LATEST_YEARS * _DAYS:
            raise forms.ValidationError(_("This is more than three years away. Check the year."))
        return deadline

    def clean(self) -> dict[str, Any]:
        """Check what concerns two fields at once."""
        data = super().clean() or {}
        self._check_amount(data)
        self._check_price(data)
        self._check_reach(data)
        if not (data.get("title_id") or data.get("title_en") or "title_id" in self.errors):
            self.add_error("title_id", _("Write a title in Indonesian or in English."))
        return data

    def _check_amount(self, data: dict[str, Any]) -> None:
        given = data.get("amount")
        if not given:
            return
        data["amount"], written = given
        data["unit"] = written or data.get("unit") or ""
        if not data["unit"]:
            self.add_error("unit", _("Choose what is counted, such as pairs."))

    def _check_price(self, data: dict[str, Any]) -> None:
        low, high = data.get("price_from"), data.get("price_to")
        if low is None and high is None:
            return
        if low is not None and high is not None and low > high:
            self.add_error("price_to", _("The second price is lower than the first."))
        data["currency"] = data.get("currency") or Opportunity.Currency.IDR
        data["price_unit"] = data.get("price_unit") or data.get("unit") or ""
        if not data["price_unit"]:
            self.add_error("price_unit", _("Choose what the price is for, such as one pair."))

    def _check_reach(self, data: dict[str, Any]) -> None:
        reach = data.get("reach") or Opportunity.Reach.ANYWHERE
        if reach == Opportunity.Reach.ANYWHERE:
            return
        if not data.get("region"):
            self.add_error("region", _("Choose the place that this counts from."))
        is_missing = not data.get("within_km") and "within_km" not in self.errors
        if reach == Opportunity.Reach.KM and is_missing:
            self.add_error("within_km", _("Write how many kilometres, at least 1."))

    def particulars(self) -> Particulars:
        """Return the clean facts; call it on a valid form."""
        data = self.cleaned_data
        has_price = data["price_from"] is not None or data["price_to"] is not None
        reach = data["reach"] or Opportunity.Reach.ANYWHERE
        named = [
            (VOCABULARY_OF[group], code) for group in VOCABULARY_OF for code in data[f"has_{group}"]
        ]
        return Particulars(
            **{name: data[name] for name in ("title_id", "title_en", "text_id", "text_en")},
            terms=ordered(named),
            amount=data["amount"],
            unit=data["unit"] if data["amount"] else "",
            is_monthly=bool(data["amount"]) and data["is_monthly"],
            price_from=data["price_from"],
            price_to=data["price_to"],
            currency=data["currency"] if has_price else "",
            price_unit=data["price_unit"] if has_price else "",
            price_shown=data["price_shown"] or Opportunity.PriceShown.ALL,
            region=data["region"],
            reach=reach,
            within_km=data["within_km"] if reach == Opportunity.Reach.KM else None,
            deadline=data["deadline"],
            visibility=data["visibility"] or Opportunity.Visibility.EVERYONE,
        )


def group_label(group: str) -> str:
    """Return what a group of terms is called."""
    return {
        "role": _("Who should answer"),
        "product": _("Products"),
        "material": _("Materials"),
        "construction": _("Constructions"),
        "process": _("Processes"),
        "machine": _("Machines"),
        "certificate": _("Certificates"),
    }[group]


def initial_of(said: Particulars) -> dict[str, Any]:
    """Return what a form shows of an opportunity."""
    names = (*("title_id", "title_en", "text_id", "text_en", "unit", "is_monthly", "currency"),
             *("price_unit", "price_shown", "region", "reach", "within_km", "deadline"),
             *("visibility", "amount", "price_from", "price_to"))  # fmt: skip
    initial = {name: getattr(said, name) for name in names}
    for name in ("price_from", "price_to"):
        if initial[name] is not None:
            initial[name] = f"{initial[name]:.2f}".removesuffix(".00")
    return initial | {f"has_{group}": list(said.codes(group)) for group in VOCABULARY_OF}


class ListForm(forms.Form):
    """A buyer's list as it was copied from a message."""

    text = text(gettext_lazy("The list, as you received it"), 8000)
