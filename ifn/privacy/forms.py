from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.directory import clean, numbers
from ifn.directory.fields import CleanedField, line, text
from ifn.directory.models import Business
from ifn.privacy.models import BreachEntry, DataRequest


class AskForm(forms.Form):
    """What somebody asks of the data kept about them; more is not needed to begin."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want?"),
        choices=DataRequest.Kind.choices,
        widget=forms.RadioSelect,
    )
    profile = forms.CharField(
        label=gettext_lazy("Number of the profile"),
        required=False,
        max_length=20,
        help_text=gettext_lazy(
            "Such as IFN-7K3M-S; it stands on the profile’s page. Leave it empty if it is about "
            "your account."
        ),
    )
    text = text(gettext_lazy("What should be done, in your words"), 2000)

    def clean_profile(self) -> Business | None:
        """Return the profile of this number."""
        typed = self.cleaned_data["profile"].strip()
        if not typed:
            return None
        found = Business.objects.filter(number=numbers.compact(typed)).first()
        if found is None:
            raise forms.ValidationError(_("There is no profile of this number."))
        return found


class AskInWritingForm(AskForm):
    """The same for people without an account: how to reach them."""

    name = line(gettext_lazy("Your name"), 120, required=True)
    email = CleanedField(
        clean.email,
        label=gettext_lazy("Your e-mail"),
        required=False,
        max_length=254,
        help_text=gettext_lazy(
            "A link is sent there to confirm that it is you. If the address stands on the profile, "
            "that is enough."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}
        ),
    )
    phone = CleanedField(
        clean.phone,
        label=gettext_lazy("Or your phone number"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("An officer calls you to check who asks."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    #: Stands in no page that people see: who fills it in is a machine.
    website = forms.CharField(label=gettext_lazy("Leave this empty"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the person."""
        data = super().clean() or {}
        given = data.get("email") or data.get("phone")
        if not (given or self.errors.keys() & {"email", "phone"}):
            self.add_error("email", _("Give an e-mail address or a phone number."))
        return data


class TakeDownForm(AskInWritingForm):
    """An officer enters a request that came by phone or letter."""

    way = forms.ChoiceField(
        label=gettext_lazy("How it came in"),
        choices=[(one.value, one.label) for one in (DataRequest.Way.PHONE, DataRequest.Way.LETTER)],
    )
    received_at = forms.DateTimeField(
        label=gettext_lazy("When it came in"),
        required=False,
        help_text=gettext_lazy("The 72 hours run from then. Leave it empty for now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    #: Of others it is asked in the third person.
    THEIRS: ClassVar = {
        "kind": gettext_lazy("What is asked for"),
        "text": gettext_lazy("What should be done, in their words"),
        "name": gettext_lazy("Name of who asks"),
        "email": gettext_lazy("Their e-mail"),
        "phone": gettext_lazy("Or their phone number"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.THEIRS.items():
            self.fields[name].label = label
        self.fields["profile"].help_text = gettext_lazy(
            "Such as IFN-7K3M-S. Leave it empty if it is about an account."
        )
        self.fields["phone"].help_text = gettext_lazy("Call there to check who asks.")

    def clean_received_at(self) -> datetime:
        """Refuse a moment to come; nothing means now."""
        return _past(self.cleaned_data["received_at"])


class WordsForm(forms.Form):
    words = text(gettext_lazy("In words"), 1000)


class RefuseForm(forms.Form):
    ground = forms.ChoiceField(
        label=gettext_lazy("Legal ground"),
        choices=[("", gettext_lazy("Choose …")), *DataRequest.Ground.choices],
    )
    reason = line(
        gettext_lazy("Reason"),
        1000,
        required=True,
        help_text=gettext_lazy("Whoever asked reads this."),
    )


class BreachForm(forms.Form):
    title = line(gettext_lazy("What happened, in one line"), 160, required=True)
    noticed_at = forms.DateTimeField(
        label=gettext_lazy("When it was noticed"),
        required=False,
        help_text=gettext_lazy("The 72 hours run from then. Leave it empty for now."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    text = text(gettext_lazy("What is known: what, and when it happened"), 4000)

    def clean_noticed_at(self) -> datetime:
        """Refuse a moment to come; nothing means now."""
        return _past(self.cleaned_data["noticed_at"])

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["text"].required = True


class EntryForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("About"), choices=BreachEntry.Kind.choices)
    people = forms.IntegerField(
        label=gettext_lazy("How many people, if known"), required=False, min_value=0
    )
    text = text(gettext_lazy("In words"), 4000)


def _past(moment: datetime | None) -> datetime:
    at = now()
    if moment and moment > at:
        raise forms.ValidationError(_("That moment is still to come."))
    return moment or at
