"""Which pictures stand beside each other in the report."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.directory.fields import line
from ifn.programmes.reporting.offering import Offer

Groups = list[tuple[str, list[tuple[str, str]]]]


class PairForm(forms.Form):
    """A picture from before and one from after, each with what it shows."""

    before = forms.ChoiceField(label=gettext_lazy("Picture from before"))
    before_caption = line(gettext_lazy("What the first shows"), 160)
    after = forms.ChoiceField(label=gettext_lazy("Picture from after"))
    after_caption = line(gettext_lazy("What the second shows"), 160)

    def __init__(self, data: Any, offered: Sequence[Offer]) -> None:
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


def choices_of(offered: Sequence[Offer]) -> Groups:
    """Return the pictures by where they come from, with the numbers they have on the page."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in offered:
        groups.setdefault(one.group, []).append((one.key, f"{one.number}. {one.label}"))
    return list(groups.items())
