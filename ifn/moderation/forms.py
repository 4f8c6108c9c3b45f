from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ifn.directory import clean, handing, numbers
from ifn.directory.fields import CleanedField, line, text
from ifn.directory.handing import Handed
from ifn.directory.models import Business
from ifn.moderation.models import Report


def _words(label: Any, longest: int, **options: Any) -> CleanedField:
    return CleanedField(
        clean.plain_text,
        label=label,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 4}),
        **options,
    )


class ReportForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is wrong?"), choices=Report.Kind.choices, widget=forms.RadioSelect
    )
    text = text(_("What do you know about it?"), 2000)
    email = CleanedField(
        clean.email,
        label=_("Your e-mail"),
        required=False,
        max_length=254,
        help_text=_("For the answer; only the network's office sees it."),
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
    )
    phone = CleanedField(
        clean.phone,
        label=_("Or your WhatsApp number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    #: Stands in no page that people see: who fills it in is a machine.
    website = forms.CharField(label=_("Leave this empty"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needs_words = data.get("kind") not in {None, Report.Kind.CLOSED}
        if needs_words and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write in a few words what is wrong."))
        return data


class AnswerForm(forms.Form):
    answer = _words(
        _("Your answer"),
        400,
        required=False,
        help_text=_("Whoever reported it reads this, and so do the people of the business."),
    )


class ReasonForm(forms.Form):
    reason = _words(_("Why"), 400, required=False)


class WordsForm(forms.Form):
    text = _words(_("What do you want to ask, or to note?"), 1000, required=False)


class EvidenceForm(forms.Form):
    text = _words(
        _("What shows that the business is yours?"),
        2000,
        help_text=_("Your name, what you do there, and how the office can check it."),
    )
    file = forms.FileField(
        label=_("Photo or PDF"),
        required=False,
        help_text=_("A business licence (NIB), a photo of the workshop. Only the office sees it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )

    def clean_file(self) -> Handed | None:
        given = self.cleaned_data["file"]
        if not given:
            return None
        try:
            return handing.handed(given)
        except clean.Refused as refused:
            raise forms.ValidationError(str(refused), code=refused.code) from None


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The six digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        digits = "".join(one for one in self.cleaned_data["code"] if one.isdigit())
        if len(digits) != 6 or not digits.isascii():  # noqa: PLR2004  # as they are sent
            raise forms.ValidationError(_("The code has six digits."))
        return digits


class LinkForm(forms.Form):
    note = line(
        _("For whom"), 80, help_text=_("So that you know it again: Pak Budi, visit in May.")
    )


class PairForm(forms.Form):
    one = forms.CharField(label=_("Number of one profile"), max_length=20)
    other = forms.CharField(label=_("Number of the other"), max_length=20)

    def clean_one(self) -> str:
        return _stored(self.cleaned_data["one"])

    def clean_other(self) -> str:
        return _stored(self.cleaned_data["other"])


def _stored(typed: str) -> str:
    """Return a profile's number as it is stored."""
    try:
        number = numbers.read(typed)
    except (numbers.NotANumber, numbers.WrongCheck):
        number = ""
    if not Business.objects.filter(number=number).exists():
        text = _("No profile has this number. It looks like IFN-7K3M-S.")
        raise forms.ValidationError(text)
    return number


class FilterForm(forms.Form):
    name = line(_("Name of this filter"), 60, required=True)
    is_shared = forms.BooleanField(label=_("Show it to colleagues"), required=False)


class DeskForm(forms.Form):
    """What an officer writes at the broker desk, and whom a business is introduced to."""

    text = _words(
        _("In words: what was said, or the message to both"),
        2000,
        required=False,
    )
    business = forms.CharField(
        label=_("Number of the other business"),
        required=False,
        max_length=20,
        help_text=_("Only to introduce: as it stands on the profile, such as IFN-7K3M-S."),
    )

    def clean_business(self) -> Business | None:
        typed = self.cleaned_data["business"].strip()
        return Business.objects.get(number=_stored(typed)) if typed else None
