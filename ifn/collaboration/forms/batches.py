"""What was made, for whom it is, and who signs for it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.collaboration import sizing
from ifn.collaboration.models import AllocationLine, BatchSize, ProjectPartner
from ifn.collaboration.sharing import Rule
from ifn.directory import clean
from ifn.directory.fields import CleanedField, day, line, number, text
from ifn.directory.handing import Handed, handed
from ifn.directory.placechoices import region_choices

#: Pairs of one size that one recipient may get, as a number that can be right.
_MOST = 1_000_000


def _sizes(text_: str) -> dict[Decimal, int]:
    try:
        return sizing.read(text_)
    except sizing.NoSizes as wrong:
        raise clean.Refused(
            "sizes",
            _("“%(line)s” is not a size with its pairs. Write a line for each, such as “39: 40”.")
            % {"line": str(wrong)[:40]},
        ) from None


def _sizes_field() -> CleanedField:
    return CleanedField(
        _sizes,
        label=gettext_lazy("Pairs by size"),
        help_text=gettext_lazy(
            "A line for each size: the EU size and its pairs, such as “39: 40”."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "inputmode": "text"}),
    )


class BatchForm(forms.Form):
    """A batch that was made."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    what = line(gettext_lazy("What was made"), 160, required=True)
    sizes = _sizes_field()
    made_on = day(gettext_lazy("Made on"))
    made_by = forms.ModelChoiceField(
        label=gettext_lazy("Made by"),
        queryset=ProjectPartner.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not stated"),
    )

    def __init__(self, data: Any, makers: Sequence[ProjectPartner], today: date) -> None:
        super().__init__(data, initial={"key": uuid4(), "made_on": today})
        self.today = today
        fields: Any = self.fields
        fields["made_on"].required = True
        chosen = fields["made_by"]
        chosen.queryset = ProjectPartner.objects.filter(pk__in=[one.pk for one in makers])
        chosen.label_from_instance = lambda one: one.name

    def clean_made_on(self) -> date:
        """Return the day, which has come."""
        return _come(self.cleaned_data["made_on"], self.today)

    def given_key(self) -> UUID:
        """Return the key of the form; a new one where it came without."""
        return self.cleaned_data.get("key") or uuid4()


def _come(given: date, today: date) -> date:
    if given > today:
        raise forms.ValidationError(_("This day is still to come."))
    return given


class MadeForm(forms.Form):
    """How many were made, corrected."""

    sizes = _sizes_field()
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**8)


class ShareForm(forms.Form):
    """By which rule, and in which words."""

    rule = forms.ChoiceField(choices=[(one.value, one.value) for one in Rule])
    words = line(gettext_lazy("The rule in your words"), 400)


class RegionForm(forms.Form):
    """All firms of a region."""

    daerah = forms.ChoiceField(label=gettext_lazy("Region"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["daerah"].choices = region_choices(with_provinces=True)


class _PairsForm(forms.Form):
    """Pairs of each size, in a field for each."""

    def _pairs(self, rows: Sequence[tuple[str, Decimal, int | None]]) -> None:
        self.sizes = {f"s{key}": size for key, size, _pairs in rows}
        fields: Any = self.fields
        for key, size, pairs in rows:
            field = number(_("Size %(size)s") % {"size": sizing.shown(size)}, _MOST)
            field.initial = pairs
            fields[f"s{key}"] = field

    def pairs(self) -> dict[Decimal, int]:
        """Return the pairs of each size; none where nothing was entered."""
        return {size: self.cleaned_data.get(name) or 0 for name, size in self.sizes.items()}


class AllocateForm(_PairsForm):
    """How many of each size somebody gets, decided by hand."""

    reason = line(gettext_lazy("Why so many"), 400)

    def __init__(
        self, data: Any, sizes: Sequence[BatchSize], lines: Sequence[AllocationLine], reason: str
    ) -> None:
        super().__init__(data, initial={"reason": reason})
        given = {one.size_id: one.quantity for one in lines}
        self._pairs([(str(one.pk), one.size, given.get(one.pk)) for one in sizes])
        self.order_fields([*self.sizes, "reason"])


class SignForm(forms.Form):
    """Who signs by the code."""

    name = line(gettext_lazy("Your name"), 120, required=True)
    words = line(gettext_lazy("Remark, if something is not right"), 400)


class PaperForm(_PairsForm):
    """Who signed on paper, what came, and the sheet."""

    name = line(gettext_lazy("Who received it"), 120, required=True)
    on = day(gettext_lazy("Day"))
    words = line(gettext_lazy("Remark"), 400)
    sheet = forms.FileField(label=gettext_lazy("Signed sheet, photo or PDF"), required=False)
    given: Handed | None = None

    def __init__(self, data: Any, files: Any, lines: Sequence[AllocationLine], today: date) -> None:
        super().__init__(data, files, initial={"on": today})
        self.today = today
        fields: Any = self.fields
        fields["on"].required = True
        self._pairs([(str(one.pk), one.size.size, one.quantity) for one in lines])
        self.order_fields(["name", "on", *self.sizes, "words", "sheet"])

    def clean_on(self) -> date:
        """Return the day, which has come."""
        return _come(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if upload := data.get("sheet"):
            try:
                self.given = handed(upload)
            except clean.Refused as refused:
                self.add_error("sheet", str(refused))
        return data


class FeedbackForm(forms.Form):
    """How good it was."""

    rating = forms.TypedChoiceField(
        label=gettext_lazy("How good is it?"), coerce=int, widget=forms.RadioSelect
    )
    words = text(gettext_lazy("In your words"), 2000)
    would_order = forms.ChoiceField(
        label=gettext_lazy("Would you order more?"), required=False, widget=forms.RadioSelect
    )
    pairs_wanted = number(gettext_lazy("How many pairs?"), _MOST)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        fields: Any = self.fields
        names = (_("bad"), _("poor"), _("all right"), _("good"), _("very good"))
        fields["rating"].choices = [(n, f"{n} – {name}") for n, name in enumerate(names, start=1)]
        fields["would_order"].choices = [("yes", _("Yes")), ("no", _("No"))]

    def said(self) -> dict[str, Any]:
        """Return what was said as the action takes it."""
        given = self.cleaned_data
        again = {"yes": True, "no": False}.get(given["would_order"])
        return {
            "rating": given["rating"],
            "words": given["words"],
            "would_order": again,
            "pairs_wanted": given["pairs_wanted"],
        }


class ReorderForm(forms.Form):
    """What the maker is asked for."""

    text = text(gettext_lazy("Your message"), 2000)
    quantity = number(gettext_lazy("Pairs"), _MOST)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["text"].required = True
