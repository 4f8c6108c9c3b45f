"""The texts and pictures of a release, what a partner says to it, and figures with a source."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.collaboration.models import Impact, ProjectPartner, Release
from ifn.directory.fields import day, line, number, text

_TEXTS: Final = ("title_id", "title_en", "story_id", "story_en", "how_id", "how_en")
#: What a figure may be at most: more than the whole sector in a year.
_MOST: Final = 999_999_999_999_999


class ReleaseForm(forms.Form):
    """What the page says, in both languages."""

    title_id = line(gettext_lazy("Title, Indonesian"), 140, required=True)
    title_en = line(gettext_lazy("Title, English"), 140)
    story_id = text(gettext_lazy("Story, Indonesian"), 8000)
    story_en = text(gettext_lazy("Story, English"), 8000)
    how_id = text(gettext_lazy("How to get it, Indonesian"), 1000)
    how_en = text(gettext_lazy("How to get it, English"), 1000)
    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=10**8
    )

    def __init__(self, data: Any, release: Release | None) -> None:
        initial: dict[str, Any] = {"version": release.version if release else 0}
        if release:
            initial |= {name: getattr(release, name) for name in _TEXTS}
        super().__init__(data, initial=initial)

    def texts(self) -> dict[str, str]:
        """Return the texts."""
        return {name: self.cleaned_data[name] for name in _TEXTS}


class PictureForm(forms.Form):
    """A picture with its words."""

    picture = forms.FileField(label=gettext_lazy("Photo"))
    caption_id = line(gettext_lazy("What it shows, Indonesian"), 200)
    caption_en = line(gettext_lazy("What it shows, English"), 200)
    credit = line(gettext_lazy("Picture by"), 120)


class AnswerForm(forms.Form):
    """Yes or no to a release as it reads now."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no"), ("back", "back")])
    text_version = forms.IntegerField(min_value=1, max_value=10**8)
    reason = line(gettext_lazy("Reason"), 400)


class ReasonForm(forms.Form):
    """Why."""

    reason = line(gettext_lazy("Reason"), 400)


class ImpactForm(forms.Form):
    """A figure that no record of the platform gives, and where it comes from."""

    kind = forms.ChoiceField(label=gettext_lazy("What is counted"), choices=Impact.Kind.choices)
    amount = number(gettext_lazy("Amount; value in rupiah"), _MOST)
    on = day(gettext_lazy("Day"))
    source = line(
        gettext_lazy("Source"),
        300,
        required=True,
        help_text=gettext_lazy("Who says so, or in which document it stands."),
    )
    partner = forms.TypedChoiceField(
        label=gettext_lazy("At which partner"), required=False, empty_value=None
    )

    def __init__(self, data: Any, partners: list[ProjectPartner], today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.today = today
        fields: Any = self.fields
        for name in ("amount", "on"):
            fields[name].required = True
        known = {str(one.pk): one for one in partners}
        chosen = fields["partner"]
        chosen.choices = [
            ("", _("The project as a whole")),
            *((key, one.name) for key, one in known.items()),
        ]
        chosen.coerce = known.get

    def clean_on(self) -> date:
        """Return the day, which has come."""
        given: date = self.cleaned_data["on"]
        if given > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return given

    def clean_amount(self) -> Decimal:
        """Return the amount, which is something."""
        given = self.cleaned_data["amount"]
        if not given:
            raise forms.ValidationError(_("Enter more than nothing."))
        return Decimal(given)
