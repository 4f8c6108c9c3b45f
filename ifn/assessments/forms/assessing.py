"""How an assessment begins, and how it is decided."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.assessments.actions.answering import EARLIEST
from ifn.assessments.models import Assessment, InstrumentVersion
from ifn.directory import clean
from ifn.directory.fields import CleanedField, day


class StartForm(forms.Form):
    """With what, how and when a firm is assessed; with one questionnaire nobody chooses."""

    version = forms.ChoiceField(label=gettext_lazy("Questionnaire"))
    mode = forms.ChoiceField(label=gettext_lazy("How"), widget=forms.RadioSelect)
    assessed_on = day(gettext_lazy("Day"))

    def __init__(
        self,
        *args: Any,
        versions: Sequence[InstrumentVersion],
        modes: Sequence[Assessment.Mode],
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.versions = {str(one.pk): one for one in versions}
        choices = [
            (
                key,
                _("%(name)s, version %(number)d")
                % {"name": one.instrument.name, "number": one.number},
            )
            for key, one in self.versions.items()
        ]
        self.fields["version"].choices = choices  # type: ignore[attr-defined]
        self.fields["mode"].choices = [(one.value, one.label) for one in modes]  # type: ignore[attr-defined]
        self.fields["assessed_on"].required = True
        self.initial = {"mode": modes[0], "assessed_on": today}

    def clean_assessed_on(self) -> date:
        given: date = self.cleaned_data["assessed_on"]
        if not EARLIEST <= given <= self.today:
            raise forms.ValidationError(
                _("This day is still to come, or too long ago."), code="day"
            )
        return given


class DecideForm(forms.Form):
    reason = CleanedField(
        clean.plain_text,
        label=gettext_lazy("Reason"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("Needed to send it back; the firm reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
