"""Which pictures stand beside each other in the report."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.assessments.models import Photo
from ifn.directory.fields import line
from ifn.programmes.queries.reporting import Offered
from ifn.ui.widgets import LongSelect

Groups = list[tuple[str, list[tuple[str, str]]]]


class PairForm(forms.Form):
    """A picture from before and one from after, each with what it shows."""

    before = forms.ChoiceField(label=gettext_lazy("Picture from before"), widget=LongSelect)
    before_caption = line(gettext_lazy("What the first shows"), 160)
    after = forms.ChoiceField(label=gettext_lazy("Picture from after"), widget=LongSelect)
    after_caption = line(gettext_lazy("What the second shows"), 160)

    def __init__(self, data: Any, offered: Offered) -> None:
        super().__init__(data)
        choices = [("", _("Choose a picture")), *choices_of(offered)]
        fields: Any = self.fields
        fields["before"].choices = fields["after"].choices = choices

    def sides(self) -> dict[str, tuple[str, int]]:
        """Return the kind and key of either picture."""
        found = {}
        for side in ("before", "after"):
            kind, _colon, key = self.cleaned_data[side].partition(":")
            found[side] = (kind, int(key))
        return found

    def captions(self) -> dict[str, str]:
        """Return what either picture shows."""
        return {side: self.cleaned_data[f"{side}_caption"] for side in ("before", "after")}


def choices_of(offered: Offered) -> Groups:
    """Return the pictures by where they come from."""
    groups = [
        (
            _("Sessions"),
            [
                (f"session_file:{one.pk}", f"{one.session.title}: {one.label}")
                for one in offered.files
            ],
        ),
        (
            _("Assessments"),
            [
                (
                    f"photo:{one.pk}",
                    f"{_firm_and_day(one)}, {one.question}",
                )
                for one in offered.photos
            ],
        ),
        (
            _("Profiles"),
            [
                (
                    f"picture:{one.pk}",
                    f"{one.business.name}, {date_format(one.added_at, 'j M Y')}: {one.caption}",
                )
                for one in offered.pictures
            ],
        ),
    ]
    return [(title, rows) for title, rows in groups if rows]


def _firm_and_day(one: Photo) -> str:
    day = date_format(one.assessment.assessed_on, "j M Y")
    return f"{one.assessment.business.name}, {day}"
