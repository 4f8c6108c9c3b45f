"""What is entered of a call before it opens, and terms."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.collaboration.models import Call, Role
from ifn.directory.fields import day, line, text
from ifn.directory.models import Business
from ifn.directory.placechoices import region_choices
from ifn.vocabulary.queries import lexicon

_CHAIN: Final = "value_chain_role"
#: Who begins is no partner that is looked for.
_WANTED: Final = [choice for choice in Role.choices if choice[0] != Role.INITIATOR]


def needed(field: Any) -> Any:
    """Return a field that must be filled in."""
    field.required = True
    return field


def whole(label: Any, least: int, most: int) -> forms.IntegerField:
    """Return a field for a whole number between two others."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class _Days(forms.Form):
    """Days of a call; says beside the field which comes too early."""

    opens_on = needed(day(gettext_lazy("Applications from")))
    closes_on = needed(day(gettext_lazy("Applications until")))
    decides_on = needed(day(gettext_lazy("Decision by")))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        opens, closes, decides = (given.get(x) for x in ("opens_on", "closes_on", "decides_on"))
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day is before the first."))
        if closes and decides and decides < closes:
            self.add_error("decides_on", _("It is decided after the last day for applications."))
        return given


class BeginForm(_Days):
    """In whose name a call is, how it is called, and its days."""

    business = forms.ChoiceField(label=gettext_lazy("In the name of"), required=False)
    title_id = line(gettext_lazy("Title, Indonesian"), 140, required=True)
    field_order = ("business", "title_id")

    def __init__(self, data: Any, businesses: list[Business], *, is_office: bool) -> None:
        super().__init__(data)
        self.businesses = {one.number: one for one in businesses}
        fields: Any = self.fields
        choices = [(one.number, one.name) for one in businesses]
        office = [("", _("The network’s office"))] if is_office else []
        fields["business"].choices = [*office, *choices]
        fields["business"].required = not is_office

    def business_chosen(self) -> Business | None:
        """Return the firm in whose name it is, or nothing for the office."""
        return self.businesses.get(self.cleaned_data["business"])


class StepForm(forms.Form):
    """A step in which columns of a call are filled."""

    @classmethod
    def of(cls, data: Any, call: Call) -> "StepForm":
        """Return the step with what the call says already."""
        return cls(data, initial={name: getattr(call, name) for name in cls.base_fields})


class WhatForm(StepForm):
    """What a call is for."""

    title_id = line(gettext_lazy("Title, Indonesian"), 140)
    title_en = line(gettext_lazy("Title, English"), 140)
    aim_id = text(gettext_lazy("What is to be reached, Indonesian"), 4000)
    aim_en = text(gettext_lazy("What is to be reached, English"), 4000)
    brings_id = text(gettext_lazy("What partners bring, Indonesian"), 2000)
    brings_en = text(gettext_lazy("What partners bring, English"), 2000)
    gets_id = text(gettext_lazy("What partners get, Indonesian"), 2000)
    gets_en = text(gettext_lazy("What partners get, English"), 2000)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name, error in (("title", _("A call needs a title.")), ("aim", _("Say the aim."))):
            if not (given.get(f"{name}_id") or given.get(f"{name}_en")):
                self.add_error(f"{name}_id", error)
        return given


class DaysForm(_Days, StepForm):
    """The days of a call, and the money in it."""

    budget = forms.DecimalField(
        label=gettext_lazy("Budget in rupiah"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=0,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


#: The steps: word in the address, title, form.
STEPS: Final[dict[str, tuple[Any, type[StepForm]]]] = {
    "isi": (gettext_lazy("What it is for"), WhatForm),
    "jadwal": (gettext_lazy("Days and budget"), DaysForm),
}


class PhaseForm(forms.Form):
    """What happens in some days."""

    label_id = line(gettext_lazy("What happens, Indonesian"), 120, required=True)
    label_en = line(gettext_lazy("What happens, English"), 120)
    starts_on = needed(day(gettext_lazy("First day")))
    ends_on = needed(day(gettext_lazy("Last day")))

    def clean(self) -> dict[str, Any]:
        first, last = (self.cleaned_data.get(name) for name in ("starts_on", "ends_on"))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return self.cleaned_data


class RoleForm(forms.Form):
    """Who is wanted, and what their profile must say."""

    role = forms.ChoiceField(label=gettext_lazy("Who is wanted"), choices=_WANTED)
    wanted = whole(gettext_lazy("How many"), 1, 100)
    conditions_id = text(gettext_lazy("Conditions, Indonesian"), 1000)
    conditions_en = text(gettext_lazy("Conditions, English"), 1000)
    for_chain_roles = forms.MultipleChoiceField(
        label=gettext_lazy("One of these roles in the chain"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    for_processes = forms.MultipleChoiceField(
        label=gettext_lazy("Does one of these"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    for_certificates = forms.MultipleChoiceField(
        label=gettext_lazy("Holds all of these certificates"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    for_regions = forms.MultipleChoiceField(
        label=gettext_lazy("Is in one of these regions"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Choose several by holding Ctrl, or none for all of Indonesia."),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        words, fields = lexicon(), _any(self.fields)
        fields["for_chain_roles"].choices = [
            (link.name, [(one.code, one.name) for one in words.children(_CHAIN, link.code)])
            for link in words.of(_CHAIN)
            if not link.parent
        ]
        fields["for_processes"].choices = [(one.code, one.name) for one in words.of("process")]
        fields["for_certificates"].choices = [
            (one.code, one.name) for one in words.of("certification") if one.parent
        ]
        fields["for_regions"].choices = region_choices(with_provinces=True)[1:]


def _any(fields: Any) -> Any:
    return fields


class CriterionForm(forms.Form):
    """By what the panel decides."""

    name_id = line(gettext_lazy("Criterion, Indonesian"), 120, required=True)
    name_en = line(gettext_lazy("Criterion, English"), 120)
    weight = whole(gettext_lazy("Weight, percent"), 1, 100)


class TermsForm(forms.Form):
    """Rights and licence terms as they read from now on."""

    text_id = text(gettext_lazy("Terms, Indonesian"), 8000)
    text_en = text(gettext_lazy("Terms, English"), 8000)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not (given.get("text_id") or given.get("text_en")):
            self.add_error("text_id", _("Write the terms in one language at least."))
        return given


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = line(gettext_lazy("Reason"), 400)


class FilterForm(forms.Form):
    """What of the office's calls is asked for."""

    q = forms.CharField(label=gettext_lazy("Title or firm"), required=False, max_length=80)
    keadaan = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All")), *Call.State.choices],
        required=False,
    )
