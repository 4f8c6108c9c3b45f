"""The plan of a batch, in steps."""

from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ifn.directory import clean
from ifn.directory.fields import CleanedField, day, line, text
from ifn.directory.placechoices import region_choices
from ifn.programmes.choosing import Criterion
from ifn.programmes.choosing.wording import criterion_name
from ifn.programmes.models import Batch
from ifn.programmes.models.batches import MOST_SEATS
from ifn.programmes.queries.needs import dimension_choices
from ifn.ui.widgets import LongSelect
from ifn.vocabulary.queries import lexicon

#: So many points are given in all.
ALL_POINTS: Final = 100
ROLE: Final = "value_chain_role"


def _whole(label: Any, least: int, most: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def web_address(label: Any, help_text: Any = "") -> CleanedField:
    """Return a field for a web address."""
    return CleanedField(
        clean.web_address, label=label, required=False, max_length=300, help_text=help_text
    )


def _needed(field: forms.Field) -> forms.Field:
    field.required = True
    return field


class StepForm(forms.Form):
    """A step of the plan; knows the columns of the batch that it fills."""

    def __init__(self, data: Any = None, *, batch: Batch | None = None) -> None:
        super().__init__(data, initial=self.initial_of(batch) if batch else None)
        self.batch = batch
        self.prepare()

    def prepare(self) -> None:
        """Give fields the choices that are only known now."""

    @classmethod
    def initial_of(cls, batch: Batch) -> dict[str, Any]:
        """Return what the step shows of a batch."""
        return {name: getattr(batch, name) for name in cls.base_fields if hasattr(batch, name)}

    def changes(self) -> dict[str, Any]:
        """Return the columns of the batch with their new values."""
        return dict(self.cleaned_data)


class _PlaceAndDays(StepForm):
    """A step that asks where and when; says beside the field when days are not in order."""

    def prepare(self) -> None:
        fields: Any = self.fields
        fields["region_id"].choices = region_choices(with_provinces=True)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        given["region_id"] = given.get("region_id") or None
        first, last, until = (given.get(x) for x in ("starts_on", "ends_on", "registers_until"))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        if last and until and until > last:
            self.add_error("registers_until", _("Registration cannot end after the last day."))
        return given


class BeginForm(_PlaceAndDays):
    """What is known first of a batch."""

    title_id = line(gettext_lazy("Title, Indonesian"), 140, required=True)
    region_id = forms.ChoiceField(
        label=gettext_lazy("Regency or city"),
        required=False,
        widget=LongSelect,
        help_text=gettext_lazy(
            "A whole province while the regency or city is not known; "
            "empty for an online class without a place."
        ),
    )
    mode = forms.ChoiceField(label=gettext_lazy("How people meet"), choices=Batch.Mode.choices)
    starts_on = _needed(day(gettext_lazy("First day")))
    ends_on = _needed(day(gettext_lazy("Last day")))
    quota = _whole(gettext_lazy("Seats"), 1, MOST_SEATS)
    topic = line(gettext_lazy("Topic"), 120)
    need = forms.ChoiceField(
        label=gettext_lazy("Which assessed need it is about"),
        required=False,
        help_text=gettext_lazy("More than one can be chosen in the next step."),
    )

    def prepare(self) -> None:
        """Give fields the choices that are only known now."""
        super().prepare()
        fields: Any = self.fields
        needs: list[Any] = list(dimension_choices(get_language() or "id"))
        fields["need"].choices = [("", _("Not about one")), *needs]

    def propose(self, place: str, topic: str, need: str) -> None:
        """Fill in what a region needs, where somebody comes from its row; it can be changed."""
        self.initial.update(region_id=place, topic=topic[:120], need=need)

    def changes(self) -> dict[str, Any]:
        """Return the columns of the batch with their new values."""
        given = dict(self.cleaned_data)
        key, _colon, code = given.pop("need").partition(":")
        return given | ({"instrument_id": int(key), "dimensions": [code]} if code else {})


class WhatForm(StepForm):
    """What a batch is about."""

    title_id = line(gettext_lazy("Title, Indonesian"), 140)
    title_en = line(gettext_lazy("Title, English"), 140)
    about_id = text(gettext_lazy("What participants learn, Indonesian"), 4000)
    about_en = text(gettext_lazy("What participants learn, English"), 4000)
    topic = line(
        gettext_lazy("Topic"),
        120,
        help_text=gettext_lazy(
            "One or two words. Batches of one topic count as repeats of each other."
        ),
    )

    about_needs = forms.MultipleChoiceField(
        label=gettext_lazy("Which assessed needs it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Points for need count these dimensions; none counts all."),
    )

    def prepare(self) -> None:
        fields: Any = self.fields
        choices: list[Any] = list(dimension_choices(get_language() or "id"))
        fields["about_needs"].choices = choices

    @classmethod
    def initial_of(cls, batch: Batch) -> dict[str, Any]:
        """Return what the step shows of a batch."""
        chosen = [f"{batch.instrument_id}:{code}" for code in batch.dimensions]
        return super().initial_of(batch) | {"about_needs": chosen}

    def clean_about_needs(self) -> list[tuple[int, str]]:
        """Return the dimensions with the key of their questionnaire, which is one."""
        split = [one.partition(":") for one in self.cleaned_data["about_needs"]]
        found = [(int(key), code) for key, _colon, code in split]
        if len({key for key, _code in found}) > 1:
            raise forms.ValidationError(_("Choose dimensions of one questionnaire only."))
        return found

    def changes(self) -> dict[str, Any]:
        """Return the columns of the batch with their new values."""
        given = dict(self.cleaned_data)
        chosen = given.pop("about_needs")
        return given | {
            "instrument_id": chosen[0][0] if chosen else None,
            "dimensions": [code for _key, code in chosen],
        }

    def clean(self) -> dict[str, Any]:
        if not (self.cleaned_data.get("title_id") or self.cleaned_data.get("title_en")):
            self.add_error("title_id", _("A batch needs a title."))
        return self.cleaned_data


class WhereForm(_PlaceAndDays):
    """Where and when."""

    mode = forms.ChoiceField(label=gettext_lazy("How people meet"), choices=Batch.Mode.choices)
    region_id = forms.ChoiceField(
        label=gettext_lazy("Regency or city"), required=False, widget=LongSelect
    )
    address = line(gettext_lazy("Address"), 300)
    online_address = web_address(
        gettext_lazy("Online meeting"), gettext_lazy("Only participants see it.")
    )
    starts_on = _needed(day(gettext_lazy("First day")))
    ends_on = _needed(day(gettext_lazy("Last day")))
    registers_until = day(gettext_lazy("Registration until"))


class WhoForm(StepForm):
    """For whom it is, and how many."""

    quota = _whole(gettext_lazy("Seats"), 1, MOST_SEATS)
    admits = forms.ChoiceField(
        label=gettext_lazy("How seats are given"),
        choices=Batch.Admits.choices,
        widget=forms.RadioSelect,
    )
    for_roles = forms.MultipleChoiceField(
        label=gettext_lazy("Only for these roles in the chain"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    for_processes = forms.MultipleChoiceField(
        label=gettext_lazy("Only for who does one of these"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    for_regions = forms.MultipleChoiceField(
        label=gettext_lazy("Only for these regions"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Choose several by holding Ctrl, or none for all of Indonesia."),
    )
    needs_assessment = forms.BooleanField(
        label=gettext_lazy("Only for firms whose needs were assessed"), required=False
    )
    least_completeness = _whole(gettext_lazy("Least completeness of the profile, percent"), 0, 100)
    repeat_years = _whole(
        gettext_lazy("Years between two batches of the same topic"),
        0,
        20,
        gettext_lazy("0 lets everybody come again."),
    )

    def prepare(self) -> None:
        fields: Any = self.fields
        words = lexicon()
        fields["for_roles"].choices = [
            (link.name, [(one.code, one.name) for one in words.children(ROLE, link.code)])
            for link in words.of(ROLE)
            if not link.parent
        ]
        fields["for_processes"].choices = [(one.code, one.name) for one in words.of("process")]
        fields["for_regions"].choices = region_choices(with_provinces=True)[1:]


class RuleForm(StepForm):
    """How points are given, and what completion takes."""

    completion_share = _whole(
        gettext_lazy("Sessions that completion takes, percent"), 1, ALL_POINTS
    )

    def prepare(self) -> None:
        weights = self.batch.weights if self.batch else {}
        share = self.fields.pop("completion_share")
        for one in Criterion:
            field = _whole(criterion_name(one), 0, ALL_POINTS)
            field.initial = weights.get(one.value)
            self.fields[one.value] = field
        self.fields["completion_share"] = share

    def clean(self) -> dict[str, Any]:
        given = [self.cleaned_data.get(one.value) for one in Criterion]
        total = sum(one or 0 for one in given)
        if None not in given and total != ALL_POINTS:
            raise forms.ValidationError(
                _("The points add up to %(total)d; they must add up to 100.") % {"total": total}
            )
        return self.cleaned_data

    def changes(self) -> dict[str, Any]:
        """Return the weights as one column."""
        given = self.cleaned_data
        return {
            "weights": {one.value: given[one.value] for one in Criterion},
            "completion_share": given["completion_share"],
        }


#: The steps of a plan: word in the address, title, form.
STEPS: Final = {
    "isi": (gettext_lazy("What it is about"), WhatForm),
    "tempat": (gettext_lazy("Where and when"), WhereForm),
    "peserta": (gettext_lazy("Who can come"), WhoForm),
    "penilaian": (gettext_lazy("How they are chosen"), RuleForm),
}


class FilterForm(forms.Form):
    """What of the list of batches is asked for."""

    q = forms.CharField(label=gettext_lazy("Title, code or topic"), required=False, max_length=80)
    keadaan = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    daerah = forms.ChoiceField(label=gettext_lazy("Region"), required=False, widget=LongSelect)
    tahun = forms.TypedChoiceField(
        label=gettext_lazy("Year"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, data: Any, years: list[int]) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["keadaan"].choices = [("", _("All")), *Batch.State.choices]
        fields["daerah"].choices = [("", _("All")), *region_choices(with_provinces=True)[1:]]
        fields["tahun"].choices = [("", _("All")), *((year, str(year)) for year in years)]


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = line(gettext_lazy("Reason"), 400)
