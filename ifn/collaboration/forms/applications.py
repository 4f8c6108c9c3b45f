"""What firms that apply, those who invite, screen, judge and decide enter."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.collaboration.actions.calls.applying import Offer
from ifn.collaboration.actions.calls.deciding import Verdict
from ifn.collaboration.actions.calls.judging import Given
from ifn.collaboration.calling.conflicts import Found
from ifn.collaboration.forms.calls import needed, whole
from ifn.collaboration.models import (
    MOST_POINTS,
    Application,
    CallRole,
    CallTerms,
    Criterion,
    Score,
)
from ifn.directory import clean, numbers
from ifn.directory.fields import CleanedField, line, text
from ifn.directory.models import Business


class ApplyForm(forms.Form):
    """For which role, which firm, what it would do; the terms are accepted with it."""

    wanted = forms.ChoiceField(label=gettext_lazy("For which role"))
    business = forms.ChoiceField(label=gettext_lazy("Which of your businesses"))
    pitch = needed(text(gettext_lazy("What you would do, and with what"), 4000))
    address = CleanedField(
        clean.web_address,
        label=gettext_lazy("Link to your work"),
        required=False,
        max_length=300,
    )
    accepts = forms.BooleanField(
        label=gettext_lazy("I accept the terms for my business"),
        error_messages={"required": gettext_lazy("Nobody applies without accepting the terms.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    terms = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(  # what is offered to choose, and what it was written under
        self,
        data: Any,
        roles: Sequence[CallRole],
        businesses: Sequence[Business],
        terms: CallTerms | None,
        *,
        role: str = "",
    ) -> None:
        initial = {"key": uuid4(), "terms": terms.pk if terms else None, "wanted": role}
        super().__init__(data, initial=initial)
        self.roles = {str(one.pk): one for one in roles}
        self.businesses = {one.number: one for one in businesses}
        fields: Any = self.fields
        fields["wanted"].choices = [(str(one.pk), one.get_role_display()) for one in roles]
        fields["business"].choices = [(one.number, one.name) for one in businesses]
        for name, rows in (("wanted", roles), ("business", businesses)):
            if len(rows) == 1:
                fields[name].widget = forms.HiddenInput()
                fields[name].initial = fields[name].choices[0][0]

    def offer(self) -> Offer:
        """Return what the firm says."""
        given = self.cleaned_data
        return Offer(given["pitch"], given["address"], given["key"])


class InviteForm(forms.Form):
    """Firms by their numbers, with words to all of them."""

    firms = forms.MultipleChoiceField(
        label=gettext_lazy("Who fits"), required=False, widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(
        label=gettext_lazy("Or the number of another profile"), required=False, max_length=20
    )
    words = line(gettext_lazy("Your words to them"), 600)

    def __init__(self, data: Any, suggested: Sequence[Business]) -> None:
        super().__init__(data)
        self.known = {one.number: one for one in suggested}
        fields: Any = self.fields
        fields["firms"].choices = [(one.number, one.name) for one in suggested]

    def clean_number(self) -> Business | None:
        """Return the profile of a number."""
        given = self.cleaned_data["number"].strip()
        if not given:
            return None
        try:
            number = numbers.read(given)
        except (numbers.NotANumber, numbers.WrongCheck):
            raise forms.ValidationError(_("This is not a number of a profile.")) from None
        found = Business.objects.filter(number=number, status=Business.Status.LISTED).first()
        if found is None:
            raise forms.ValidationError(_("There is no listed profile with this number."))
        return found

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and not (given.get("firms") or given.get("number")):
            self.add_error("firms", _("Choose whom to invite."))
        return given

    def chosen(self) -> list[Business]:
        """Return whom to invite."""
        given = self.cleaned_data
        named = [given["number"]] if given["number"] else []
        return [*(self.known[number] for number in given["firms"]), *named]


class ScreenForm(forms.Form):
    """Why an application is eligible, or is not."""

    reason = CleanedField(
        clean.plain_line,
        label=gettext_lazy("Reason"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("The firm reads it when the panel begins."),
    )


class EvaluatorForm(forms.Form):
    """Who joins the panel, by the address they sign in with."""

    email = forms.EmailField(label=gettext_lazy("E-mail of their account"), max_length=254)


class DeclareForm(forms.Form):
    """A tick and words for each application with which one has a conflict."""

    def __init__(
        self, data: Any, applications: Sequence[Application], seen: Mapping[int, Found]
    ) -> None:
        super().__init__(data)
        self.keys, self.seen = [one.pk for one in applications], seen
        for one in applications:
            found = seen.get(one.pk)
            self.fields[f"in_{one.pk}"] = forms.BooleanField(
                label=one.business.name,
                required=False,
                initial=found is not None,
                disabled=found is not None and found.is_certain,
            )
            self.fields[f"why_{one.pk}"] = line(_("What it is"), 400)

    def clean(self) -> dict[str, Any]:
        """Ask for words where the platform does not see by itself what it is."""
        data = self.cleaned_data
        for key in self.keys:
            if data.get(f"in_{key}") and not data.get(f"why_{key}") and key not in self.seen:
                self.add_error(f"why_{key}", _("Say in a few words what it is."))
        return data

    def declared(self) -> dict[int, str]:
        """Return the words about each application that was ticked, or that words are about."""
        given = self.cleaned_data
        words = {key: given[f"why_{key}"] for key in self.keys}
        return {key: why for key, why in words.items() if why or given[f"in_{key}"]}


class ScoreForm(forms.Form):
    """Points and words for each criterion."""

    def __init__(
        self, data: Any, criteria: Sequence[Criterion], known: Mapping[int, Score]
    ) -> None:
        super().__init__(data)
        self.keys = [one.pk for one in criteria]
        for one in criteria:
            before = known.get(one.pk)
            points = whole(f"{one.name} ({one.weight}%)", 0, MOST_POINTS)
            points.initial = before.points if before else None
            words = line(_("Why"), 600)
            words.initial = before.words if before else ""
            self.fields[f"points_{one.pk}"] = points
            self.fields[f"why_{one.pk}"] = words

    def given(self) -> dict[int, Given]:
        """Return the points by the keys of the criteria."""
        data = self.cleaned_data
        return {key: Given(data[f"points_{key}"], data[f"why_{key}"]) for key in self.keys}


class DecideForm(forms.Form):
    """Chosen or not, and why, for each application."""

    def __init__(self, data: Any, applications: Sequence[Application]) -> None:
        super().__init__(data)
        self.keys = [one.pk for one in applications]
        for one in applications:
            self.fields[f"verdict_{one.pk}"] = forms.ChoiceField(
                label=one.business.name,
                choices=[("yes", _("Chosen")), ("no", _("Not chosen"))],
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{one.pk}"] = CleanedField(
                clean.plain_line, label=_("Reason"), max_length=1000, required=True
            )

    def verdicts(self) -> dict[int, Verdict]:
        """Return the verdicts by the keys of the applications."""
        given = self.cleaned_data
        return {
            key: Verdict(given[f"verdict_{key}"] == "yes", given[f"reason_{key}"])
            for key in self.keys
        }
