from typing import Any

from django import forms

from ifn.notices.kinds import KINDS
from ifn.notices.models import Often


class WishesForm(forms.Form):
    """How often a person wants messages, one field a kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in KINDS.values():
            self.fields[kind.key] = forms.ChoiceField(
                label=str(kind.name),
                help_text=str(kind.about),
                choices=kind.choices,
                widget=forms.RadioSelect,
            )

    @property
    def wanted(self) -> dict[str, Often]:
        """Return what was chosen."""
        return {kind: Often(often) for kind, often in self.cleaned_data.items()}
