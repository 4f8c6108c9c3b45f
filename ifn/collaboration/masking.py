"""Texts that no longer name who took its yes back. Pure but for the words that stand there."""

import re
from collections.abc import Collection

from django.utils.translation import gettext as _


def masked(text: str, names: Collection[str]) -> str:
    """Return a text with these names replaced by "a partner", in any case of letters."""
    wanted = sorted((name for name in names if name.strip()), key=len, reverse=True)
    if not wanted or not text:
        return text
    found = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, wanted)) + r")(?!\w)", re.IGNORECASE)
    return found.sub(_("a partner"), text)
