"""Who comes, what they chose, and what is decided about them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.directory import clean, numbers
from ifn.directory.fields import YES_NO, CleanedField, line, text
from ifn.directory.models import Business
from ifn.programmes.actions.registering import Comer
from ifn.programmes.models import Registration
from ifn.programmes.planning.items import Question

_ANSWERS = {"yes": True, "no": False, "": None}


class ComerForm(forms.Form):
    """The person who comes, and what the firm says of itself."""

    name = line(gettext_lazy("Who comes"), 120, required=True)
    phone = CleanedField(
        clean.phone,
        label=gettext_lazy("Their phone number"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Only the office sees it, to reach them about this batch."),
    )
    is_women_owned = forms.ChoiceField(
        label=gettext_lazy("Is the firm owned by women, for half or more?"),
        choices=YES_NO,
        required=False,
    )
    is_youth_owned = forms.ChoiceField(
        label=gettext_lazy("Is it led by somebody up to 35 years old?"),
        choices=YES_NO,
        required=False,
    )
    motive = text(gettext_lazy("What do you hope for?"), 1000)

    def comer(self, registration: Registration | None = None, **known: Any) -> Comer:
        """Return who comes; ``known`` may name the person's account."""
        data = self.cleaned_data
        person = registration.person if registration else None
        return Comer(
            **{
                "name": data["name"],
                "phone": data["phone"],
                "person": person,
                "is_women_owned": _ANSWERS[data["is_women_owned"]],
                "is_youth_owned": _ANSWERS[data["is_youth_owned"]],
                "motive": data["motive"],
                **known,
            }
        )


def comer_initial(one: Registration) -> dict[str, Any]:
    """Return what the form shows of who comes."""
    words = {True: "yes", False: "no", None: ""}
    return {
        "name": one.name,
        "phone": one.phone,
        "is_women_owned": words[one.is_women_owned],
        "is_youth_owned": words[one.is_youth_owned],
        "motive": one.motive,
    }


class MemberForm(ComerForm):
    """A firm registers itself."""

    business = forms.ChoiceField(label=gettext_lazy("Which of your businesses"))
    is_self = forms.BooleanField(label=gettext_lazy("I come myself"), required=False, initial=True)

    field_order = ("business", "name", "phone", "is_self")

    def __init__(self, data: Any, businesses: list[Business], **options: Any) -> None:
        super().__init__(data, **options)
        self.businesses = {one.number: one for one in businesses}
        fields: Any = self.fields
        fields["business"].choices = [(one.number, one.name) for one in businesses]
        if len(businesses) == 1:
            fields["business"].widget = forms.HiddenInput()
            fields["business"].initial = businesses[0].number


class StaffForm(ComerForm):
    """The office or a Dinas registers a firm."""

    number = forms.CharField(
        label=gettext_lazy("Number of the profile"),
        max_length=20,
        help_text=gettext_lazy("Such as IFN-7K3M-S; it stands on the profile's page."),
    )
    field_order = ("number", "name", "phone")

    def clean_number(self) -> Business:
        """Return the business of that number."""
        try:
            number = numbers.read(self.cleaned_data["number"])
        except (numbers.NotANumber, numbers.WrongCheck):
            raise forms.ValidationError(_("This is not a number of a profile.")) from None
        found = Business.objects.filter(number=number).select_related("merged_into").first()
        if found is None:
            raise forms.ValidationError(_("There is no profile with this number."))
        return found


class ReplaceForm(forms.Form):
    """Who takes somebody's seat."""

    by = forms.ModelChoiceField(
        label=gettext_lazy("Who comes instead"), queryset=Registration.objects.none()
    )
    reason = line(gettext_lazy("Reason"), 400, required=True)

    def __init__(self, data: Any, registration: Registration) -> None:
        super().__init__(data, prefix="replace")
        rows = Registration.objects.filter(batch=registration.batch_id).select_related("business")
        fields: Any = self.fields
        fields["by"].queryset = rows.filter(
            state__in=[*Registration.UNDECIDED, Registration.State.WAITING]
        ).order_by("line", "registered_at")
        fields["by"].label_from_instance = lambda one: f"{one.business.name} ({one.name})"


class AnswerForm(forms.Form):
    """The questions of a test; none has to be answered."""

    def __init__(self, data: Any, questions: list[Question]) -> None:
        super().__init__(data)
        self.number = len(questions)
        for place, one in enumerate(questions):
            self.fields[f"q{place}"] = forms.TypedChoiceField(
                label=f"{place + 1}. {one.text}",
                choices=[(str(n), choice) for n, choice in enumerate(one.choices)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    def chosen(self) -> list[int | None]:
        """Return what was chosen, in the order of the questions."""
        return [self.cleaned_data[f"q{place}"] for place in range(self.number)]
