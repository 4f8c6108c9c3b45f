from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ifn.directory import clean
from ifn.directory.fields import CleanedField, day, line
from ifn.intake.models import List

EARLIEST = date(1945, 1, 1)


class UploadForm(forms.Form):
    """The file stands last, so that what was typed arrives even when the file does not."""

    source = line(
        _("Who made the list?"),
        120,
        required=True,
        help_text=_("A brand, an association, a Dinas. Profiles name it as their source."),
        widget=forms.TextInput(attrs={"list": "known-sources", "autocomplete": "off"}),
    )
    stated_on = day(_("Date of the list"))
    basis = forms.ChoiceField(
        label=_("Why may the office keep what it says about people?"), choices=List.Basis.choices
    )
    basis_note = line(
        _("About that"),
        300,
        help_text=_("A decree, an agreement, an address on the web: what shows it."),
    )
    whom = forms.ChoiceField(label=_("For whom is the list?"))
    file = forms.FileField(
        label=_("The file"),
        allow_empty_file=True,  # an empty one is told apart from none
        help_text=_("A spreadsheet (.xlsx, .xls) or .csv, at most 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsm,.csv,.tsv,.txt"}),
    )

    def __init__(
        self, *args: Any, whom: Sequence[tuple[str, Any]], today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["stated_on"].required = True
        self.fields["stated_on"].help_text = _("As it says itself; else the day you got it.")
        self.fields["whom"].choices = whom  # type: ignore[attr-defined]
        if len(whom) == 1:
            self.fields["whom"].initial = whom[0][0]
            self.fields["whom"].widget = forms.HiddenInput()

    def clean_stated_on(self) -> date:
        given: date = self.cleaned_data["stated_on"]
        if given > self.today:
            raise forms.ValidationError(_("This day is still to come."), code="future")
        if given < EARLIEST:
            raise forms.ValidationError(_("This day is too long ago."), code="past")
        return given


class ReasonForm(forms.Form):
    reason = CleanedField(
        clean.plain_text,
        label=_("Why"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
