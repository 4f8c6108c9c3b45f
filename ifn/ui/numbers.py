"""Numbers as people read them in the language in force."""

from django.utils.translation import get_language

SWAPPED = str.maketrans(",.", ".,")


def readable(value: float, decimals: int = 2) -> str:
    """Return a number with thousands set apart and no idle zeros: 1.250,5 in Indonesian."""
    if isinstance(value, int):
        text = f"{value:,}"
    else:
        text = f"{value:,.{decimals}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    return text if (get_language() or "").startswith("en") else text.translate(SWAPPED)
