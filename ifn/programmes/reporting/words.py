"""Days and places as the report writes them; the same words as on the pages."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ifn.programmes.models import Batch
from ifn.regions.queries import all_regions


def days_of(first: date, last: date) -> str:
    """Return the days of a batch as people write them: 22–26 April 2024."""
    if first == last:
        return date_format(first, "j F Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j F Y')}"
    return f"{date_format(first, 'j F Y')} – {date_format(last, 'j F Y')}"


def place_of(batch: Batch) -> str:
    """Return where a batch takes place, in a few words."""
    if batch.mode == Batch.Mode.ONLINE:
        return _("Online")
    return all_regions().full_name(batch.region_id) or _("Place to be told")


def yes_no(value: bool | None) -> str:
    """Return a fact that may not be known in words."""
    if value is None:
        return _("Not said")
    return _("Yes") if value else _("No")
