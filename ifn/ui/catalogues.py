"""Keep the words of all rooms in one table, so that a sentence costs one look and not twenty.

Every room brings a catalogue of its own. Django means to merge those that count alike, but compares
a function with a function's code, which are never equal, and then asks one room after the other.
"""

from django.conf import settings
from django.utils.translation import trans_real


def merge_catalogues() -> None:
    """Merge the catalogues of each language, those that Django would ask first on top."""
    for language, _name in settings.LANGUAGES:
        known = vars(vars(trans_real.translation(language))["_catalog"])
        catalogues, plurals = known["_catalogs"], known["_plurals"]
        if len({counts.__code__ for counts in plurals}) == 1:
            words = {key: text for one in reversed(catalogues) for key, text in one.items()}
            catalogues[:], plurals[:] = [words], plurals[:1]
