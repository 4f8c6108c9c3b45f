"""Fields of forms whose values come out clean, or are refused in words."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy

from ifn.directory import clean

NOT_KNOWN: Final = [("", gettext_lazy("Not known"))]
YES_NO: Final = [*NOT_KNOWN, ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class CleanedField(forms.CharField):
    """A text field whose value a function of ``directory.clean`` makes clean or refuses."""

    def __init__(self, cleaner: Callable[[str], Any], *, empty: Any = "", **options: Any) -> None:
        self.cleaner, self.empty = cleaner, empty
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text.strip():
            return self.empty
        try:
            cleaned = self.cleaner(clean.undamaged(text))
        except clean.Refused as refused:
            raise forms.ValidationError(str(refused), code=refused.code) from None
        if isinstance(cleaned, str) and self.max_length is not None:
            MaxLengthValidator(self.max_length)(cleaned)  # "https://" and accents make it longer
        return cleaned


def line(label: Any, longest: int, **options: Any) -> CleanedField:
    """Return a field for one line of plain text."""
    return CleanedField(
        clean.plain_line, label=label, max_length=longest, **{"required": False, **options}
    )


def text(label: Any, longest: int) -> CleanedField:
    """Return a field for several lines of plain text."""
    return CleanedField(
        clean.plain_text,
        label=label,
        max_length=longest,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def number(label: Any, largest: int, help_text: Any = "") -> CleanedField:
    """Return a field for a whole number with or without a unit."""
    return CleanedField(
        lambda given: clean.whole_number(given, largest=largest),
        empty=None,
        label=label,
        required=False,
        max_length=40,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


def choice(label: Any, choices: Any) -> forms.ChoiceField:
    """Return a field for one of several words, or none."""
    return forms.ChoiceField(label=label, choices=[*NOT_KNOWN, *choices], required=False)


def size(label: Any) -> forms.DecimalField:
    """Return a field for a shoe size, with a comma or a point as the language has it."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal(10),
        max_value=Decimal(60),
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


def degrees(label: Any, help_text: Any) -> forms.FloatField:
    """Return a field for a latitude or longitude."""
    return forms.FloatField(
        label=label,
        required=False,
        help_text=help_text,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "text"}),
    )


def day(label: Any) -> forms.DateField:
    """Return a field for a date."""
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
