"""What an officer sends to verify a topic, or to take a verification back."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ifn.directory import clean, evidence
from ifn.directory.fields import CleanedField, day
from ifn.directory.models import Verification
from ifn.directory.verified import LONGEST_MONTHS


class VerifyForm(forms.Form):
    """A check of one topic with its evidence; ``replaces`` is what stood when the page was made."""

    topic = forms.ChoiceField(choices=Verification.Topic.choices, widget=forms.HiddenInput)
    replaces = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    checked_on = day(gettext_lazy("Checked on"))
    expires_on = day(gettext_lazy("Valid until"))
    note = CleanedField(
        clean.plain_line,
        label=gettext_lazy("What was checked and how"),
        max_length=500,
        help_text=gettext_lazy("Only staff read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.FileField(
        label=gettext_lazy("Evidence"),
        help_text=gettext_lazy("PDF or picture, at most 25 MB. Only staff who verify can open it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
    )

    def __init__(self, *args: Any, months: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["checked_on"].required = True
        self.fields["expires_on"].help_text = ngettext(
            "Empty: %(months)d month after the check.",
            "Empty: %(months)d months after the check.",
            months,
        ) % {"months": months}

    def clean_evidence(self) -> Any:
        """Refuse what is too large before it is read into memory."""
        upload = self.cleaned_data["evidence"]
        try:
            evidence.check_length(upload.size)
        except clean.Refused as refused:
            raise forms.ValidationError(str(refused), code=refused.code) from None
        return upload

    def add_wrong_days(self, code: str) -> None:
        """Say at its field which day cannot be."""
        field, text = {
            "future": ("checked_on", _("This day has not come yet.")),
            "before": ("expires_on", _("It must hold longer than the day of the check.")),
            "over": ("expires_on", _("This day has gone by: the check is too old to count.")),
            "far": (
                "expires_on",
                _("At most %(months)d months after the check.") % {"months": LONGEST_MONTHS},
            ),
        }[code]
        self.add_error(field, text)


class WithdrawForm(forms.Form):
    """Why a verification is taken back."""

    reason = CleanedField(clean.plain_line, label=gettext_lazy("Why"), max_length=200)
