import re
from typing import Any, Final

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from ifn.directory import clean, handing, numbers
from ifn.directory.fields import CleanedField, line, text
from ifn.directory.handing import Handed
from ifn.directory.models import Business
from ifn.moderation.models import Report
from ifn.regions.queries import all_regions
from ifn.ui.widgets import SuggestInput


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


#: A suggestion that was taken: a name, and behind it the number, which is what counts.
_WITH_NUMBER: Final = re.compile(r".+\((?P<number>[^()]+)\)\s*")
#: So many firms of a name are offered to choose from.
MOST_FIRMS: Final = 20


class DeskForm(forms.Form):
    """What an officer writes at the broker desk, and whom a business is introduced to."""

    text = _words(
        _("In words: what was said, or the message to both"),
        2000,
        required=False,
    )
    business = forms.CharField(
        label=_("The other business"),
        required=False,
        max_length=200,
        help_text=_("Only to introduce: its name or a part of it, or its number."),
    )
    #: Asked only where the words are not the whole name of one; what is none of these is ignored.
    firm = forms.CharField(
        label=_("Which one?"), required=False, max_length=20, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.candidates: list[Business] = []
        self.fields["business"].widget = SuggestInput(reverse_lazy("moderation:desk-firms"))

    def clean_business(self) -> Business | None:
        """Return the one business that is meant; whoever only takes a note names none."""
        typed = self.cleaned_data["business"].strip()
        if "introduce" not in self.data or not typed:
            return None
        taken = _WITH_NUMBER.fullmatch(typed)
        if number := _number_in(taken["number"] if taken else typed):
            return Business.objects.get(number=_stored(number))
        return self._of_name(typed)

    def _of_name(self, typed: str) -> Business:
        """Return the firm that bears the name or was chosen among several with it."""
        found = Business.objects.listed().named(typed)
        firms = list(found.order_by("name", "pk")[: MOST_FIRMS + 1])
        chosen = self.data.get(self.add_prefix("firm"), "")
        exactly = [one for one in firms if one.name.casefold() == typed.casefold()]
        meant = [one for one in firms if one.number == chosen] or exactly
        if len(meant) == 1:
            return meant[0]
        if not firms:
            text = _("No business has this name or number. Try one word of its name.")
            raise forms.ValidationError(text, code="unknown")
        self.candidates = firms[:MOST_FIRMS]
        widget = self.fields["firm"].widget
        assert isinstance(widget, forms.RadioSelect)  # noqa: S101  # said of our own field above
        widget.choices = [(one.number, _line_of(one)) for one in self.candidates]
        if len(firms) > MOST_FIRMS:
            text = _("Many are called like this: choose one of these, or write more of the name.")
        else:
            text = _("Choose below which business you mean.")
        raise forms.ValidationError(text, code="several")


def _number_in(typed: str) -> str:
    """Return a number that was typed, also a wrong one; nothing where it is a name."""
    try:
        return numbers.read(typed)
    except numbers.NotANumber:
        return typed if typed.upper().startswith(f"{numbers.PREFIX}-") else ""
    except numbers.WrongCheck:
        return typed if any(letter.isdigit() for letter in typed) else ""


def _line_of(one: Business) -> str:
    """Return a firm as it is told from others of its name."""
    place = all_regions().full_name(one.region_id)
    return " · ".join(filter(None, [one.name, place, one.public_number]))
