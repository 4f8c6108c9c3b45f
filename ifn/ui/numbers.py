"""Numbers as people read them in the language in force."""

from django.utils.translation import get_language


def readable(value: float, decimals: int = 2) -> str:
    """Return a number with thousands set apart and no idle zeros: 1.250,5 in Indonesian."""
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if (get_language() or "").startswith("en"):
        return text
    return text.translate(str.maketrans(",.", ".,"))
