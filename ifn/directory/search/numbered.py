"""A profile's number typed where words are expected."""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ifn.directory import numbers
from ifn.directory.models import Business

#: With the prefix and a hyphen, or one word with a digit: people mean a number.
_MEANT: Final = re.compile(r"ifn ?[-–].*|(?:ifn ?)?(?=\S*\d)\S+", re.IGNORECASE)
#: So many profiles are offered for a mistyped number.
OFFERED: Final = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """The profile whose number was typed, or what to say about a number that leads nowhere."""

    business: Business | None = None
    note: str = ""


def by_number(text: str) -> Meant:
    """Return what a text means if it is a number; at most one query."""
    try:
        number = numbers.read(text)
    except numbers.NotANumber:
        return Meant()
    except numbers.WrongCheck:
        return Meant(note=_mistyped(text)) if _MEANT.fullmatch(text) else Meant()
    found = Business.objects.filter(number=number).select_related("merged_into").first()
    business = found.merged_into or found if found else None
    if business and business.status != Business.Status.LISTED:
        business = None
    if business or not _MEANT.fullmatch(text):
        return Meant(business)
    note = _("No listed profile has the number %(number)s.") % {"number": numbers.spoken(number)}
    return Meant(note=note)


def _mistyped(text: str) -> str:
    typed = numbers.compact(text)
    note = _("The number %(number)s is mistyped: a character is wrong, or two are swapped.") % {
        "number": numbers.spoken(typed)
    }
    near = Business.objects.listed().filter(number__in=numbers.one_mistake_away(typed))[:OFFERED]
    links = [(one.get_absolute_url(), one.name, one.public_number) for one in near]
    if not links:
        return note
    offered = format_html_join(", ", '<a href="{}">{} ({})</a>', links)
    return format_html("{} {} {}", note, _("Perhaps you mean:"), offered)
