"""What is asked of the directory, in a few words of the reader's language."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ifn.directory.quantities import pairs, pairs_a_month
from ifn.directory.search.facets import label_of
from ifn.directory.search.filters import PARAMETERS, Filters
from ifn.regions.queries import Regions
from ifn.vocabulary.queries import Lexicon


def name_of(filters: Filters, lexicon: Lexicon, regions: Regions) -> str:
    """Return a name for a search, such as "sol karet · Mojokerto"; it may be long."""
    return " · ".join(_parts(filters, lexicon, regions)) or _("The whole directory")


def _parts(filters: Filters, lexicon: Lexicon, regions: Regions) -> Iterator[str]:
    if filters.text:
        yield filters.text
    for group in PARAMETERS:
        for value in filters.chosen.get(group, ()):
            yield label_of(group, value, lexicon, regions)
    if filters.minimum:
        yield _("Minimum order up to %(pairs)s") % {"pairs": pairs(filters.minimum)}
    if filters.capacity:
        yield _("At least %(pairs)s") % {"pairs": pairs_a_month(filters.capacity)}
    if filters.near:
        yield _("Distance from %(place)s") % {"place": regions.full_name(filters.near)}
