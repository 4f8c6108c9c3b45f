import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ifn.connections.actions.enquiries import MOST_FILES, Amount
from ifn.connections.enquiring import reasons
from ifn.connections.enquiring.states import Event
from ifn.connections.models import Opportunity
from ifn.connections.models.enquiries import CURRENCIES
from ifn.connections.models.letters import LARGEST_QUANTITY
from ifn.connections.queries.enquiries import Sharable
from ifn.directory import clean, handing
from ifn.directory.fields import CleanedField, day, number
from ifn.directory.handing import Handed
from ifn.directory.models import Business
from ifn.vocabulary.queries import lexicon

UNIT: Final = "unit"
PAIRS: Final = "PASANG"
#: Units of pairs that people write behind a number; it is read as pairs then.
_OWN_UNIT: Final = re.compile(r"kodi|lusin|dozen|doz", re.IGNORECASE)
#: An order further away than this is a slip of the finger.
FURTHEST: Final = timedelta(days=5 * 365)
LONGEST: Final = 2000


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Several pictures or PDFs; what is wrong with one is said with its name."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Handed]:  # noqa: ARG002
        given = [one for one in (data or []) if one]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(
                ngettext_lazy(
                    "At most %d file can be sent. Choose fewer.",
                    "At most %d files can be sent. Choose fewer.",
                    MOST_FILES,
                )
                % MOST_FILES,
                code="too_many_files",
            )
        handed, refusals = [], []
        for one in given:
            try:
                handed.append(handing.handed(one))
            except clean.Refused as refused:
                refusals.append(f"{clean.plain_line(one.name or '')[:60]}: {refused}")
        if refusals:
            raise forms.ValidationError(refusals, code="refused_files")
        return handed


def _words(label: str | Promise, longest: int, rows: int = 3, **options: Any) -> CleanedField:
    return CleanedField(
        clean.plain_text,
        label=label,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        **{"required": False, **options},
    )


class WriteForm(forms.Form):
    """An enquiry; a visitor says who they are as well."""

    name = CleanedField(
        clean.name,
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    business = forms.ChoiceField(label=_("You ask for"), required=False)
    text = _words(
        _("What do you need?"),
        LONGEST,
        rows=6,
        required=True,
        help_text=_("Product, material, sizes, and what you want to know: price, sample, time."),
        error_messages={"required": _("Write what you need, so that the business can answer.")},
    )
    quantity = number(_("How many"), LARGEST_QUANTITY)
    unit = forms.ChoiceField(
        label=_("Unit"),
        required=False,
        error_messages={"invalid_choice": _("This unit is not known. Choose one from the list.")},
    )
    deadline = day(_("Needed by"))
    email = CleanedField(
        clean.email,
        label=_("Your e-mail"),
        required=False,
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
    )
    phone = CleanedField(
        clean.phone,
        label=_("Your WhatsApp number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    attached = FilesField(
        label=_("Pictures or PDF"),
        required=False,
        help_text=_("A drawing, a photo of a sample; at most 3 files."),
        widget=SeveralFiles(
            attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf", "multiple": True}
        ),
    )
    #: Stands in no page that people see: who fills it in is a machine.
    website = forms.CharField(label=_("Leave this empty"), required=False)
    challenge = forms.CharField(required=False, widget=forms.HiddenInput)
    solution = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        today: date,
        is_member: bool,
        businesses: Sequence[Business] = (),
        answers: str = "",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if answers:
            self.fields["business"].label = _("You answer for")
        if answers == Opportunity.Direction.REQUEST:
            self._ask_for_an_offer()
        self.today, self.is_member = today, is_member
        units = [(word.code, word.name) for word in lexicon().of(UNIT)]
        self._choices("unit", units)
        self.fields["unit"].initial = PAIRS
        own = [(one.number, one.name) for one in businesses]
        self._choices("business", [("", _("Myself")), *own])
        if is_member:
            del self.fields["name"]
        if not own:
            del self.fields["business"]

    def _ask_for_an_offer(self) -> None:
        """Ask what whoever answers a request can do, not what they need."""
        text = self.fields["text"]
        text.label = _("What can you offer?")
        text.help_text = _("What you can do, at which price, a sample, and what you need to know.")
        text.error_messages["required"] = _("Write what you can offer.")
        self.fields["quantity"].label = _("How many you can do")
        self.fields["deadline"].label = _("Ready by")

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # said of our own fields above
        field.choices = choices

    def clean_quantity(self) -> int | None:
        given: int | None = self.cleaned_data["quantity"]
        if given == 0:
            raise forms.ValidationError(_("Write at least 1, or leave it empty."), code="zero")
        return given

    def clean_deadline(self) -> date | None:
        given: date | None = self.cleaned_data["deadline"]
        if given and given < self.today:
            raise forms.ValidationError(
                _("This day has passed. Choose today or later, or leave it empty."), code="past"
            )
        if given and given > self.today + FURTHEST:
            raise forms.ValidationError(
                _("This is more than five years away. Check the year."), code="far"
            )
        return given

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("quantity"):
            data["unit"] = ""
        elif _OWN_UNIT.search(str(self.data.get(self.add_prefix("quantity"), ""))):
            data["unit"] = PAIRS  # "5 kodi" was read as 100 pairs
        elif not data.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("Choose what you count in: pairs, kodi, metres …"))
        has_faulty_address = "email" in self.errors or "phone" in self.errors
        if not (data.get("email") or data.get("phone") or has_faulty_address):
            self.add_error(
                "email", _("Leave an e-mail address or a WhatsApp number for the answer.")
            )
        return data


#: Stands for showing no contact.
NO_CONTACT: Final = "none"


class AcceptForm(forms.Form):
    share = forms.ChoiceField(
        label=_("Which contact may the sender see?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a contact, or that you write first.")},
    )
    words = _words(
        _("A few words"), 400, help_text=_("Price range, sample, or what you need to know.")
    )

    def __init__(self, *args: Any, ways: Sequence[Sharable], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["share"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # said of our own field above
        none = [(NO_CONTACT, _("None; we write first"))]
        field.choices = [*((one.key, one.label) for one in ways), *none]
        field.initial = ways[0].key if ways else NO_CONTACT


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why not?"),
        choices=reasons.Declined.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason; the sender learns from it.")},
    )
    words = _words(_("In your words"), 400)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_other = data.get("reason") == reasons.Declined.OTHER
        if is_other and not data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write in a few words why not."))
        return data


class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why do you take it back?"),
        choices=reasons.Withdrawn.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason; the business reads it.")},
    )
    words = _words(_("In your words"), 400)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_other = data.get("reason") == reasons.Withdrawn.OTHER
        if is_other and not data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write in a few words why."))
        return data


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("How does it go?"),
        choices=[
            (Event.TALK.value, _("We are talking")),
            (Event.AGREE.value, _("We agreed")),
            (Event.FAIL.value, _("Nothing came of it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    reason = forms.ChoiceField(
        label=_("If nothing came of it: why?"),
        required=False,
        choices=[("", _("Choose")), *reasons.NotAgreed.choices],
    )
    words = _words(_("A note"), 400)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == Event.FAIL and not data.get("reason"):
            self.add_error("reason", _("Choose what kept you from agreeing."))
        return data


class WorthForm(forms.Form):
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(code, code) for code in CURRENCIES], required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in reasons.Value:
            self.fields[kind.value] = number(kind.label, 10**12)
        self.order_fields([*reasons.Value.values, "currency"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.amounts(data):
            self.add_error(None, _("Write at least one value above 0."))
        return data

    def amounts(self, data: dict[str, Any]) -> list[Amount]:
        """Return the values that were given."""
        currency = data.get("currency") or CURRENCIES[0]
        return [
            Amount(kind, Decimal(data[kind]), currency)
            for kind in reasons.Value.values
            if data.get(kind)
        ]


class ComplaintForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=reasons.Complaint.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    words = _words(_("What should the office know?"), 400)
