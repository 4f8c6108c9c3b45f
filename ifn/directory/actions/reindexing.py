"""Write the search index anew, profile by profile, when the words it was made with have changed."""

from django.db import transaction

from ifn.directory.indexing import standing_of
from ifn.directory.listings import COLLECTION, Standing, entry_of
from ifn.directory.models import Business, IndexEdition
from ifn.directory.opendata import kept
from ifn.directory.whole import Whole, whole
from ifn.regions.models import Edition
from ifn.regions.queries import all_regions
from ifn.textsearch import actions as textsearch
from ifn.vocabulary.queries import lexicon

BATCH = 200
#: Raised when profiles are indexed with something new, or open data have another field.
FORM = "4"
#: Reference data whose words are in the index.
WORDS = ("regions", "vocabulary")


def edition_of_words() -> str:
    """Return what tells one state of the words, and of what is indexed, from another."""
    stamps = Edition.objects.filter(name__in=WORDS).order_by("name").values_list("stamp", flat=True)
    return " ".join((FORM, *stamps))


def is_indexed_with(edition: str) -> bool:
    """Say whether all profiles were indexed with these words, or with those of later changes."""
    return IndexEdition.objects.filter(name=COLLECTION, edition=edition).exists()


def note_indexed_with(edition: str) -> None:
    """Note that all profiles are indexed with these words."""
    IndexEdition.objects.update_or_create(name=COLLECTION, defaults={"edition": edition})


@transaction.atomic
def reindex(after: int) -> int | None:
    """Index the next listed profiles after a key and return the last key, or None at the end.

    A profile that changes meanwhile is written with the new words by its own action.
    """
    # Locked, so that nobody's change is overwritten with what was read before it.
    businesses = list(
        Business.objects.listed().filter(pk__gt=after).select_for_update().order_by("pk")[:BATCH]
    )
    if not businesses:
        return None
    words, regions = lexicon(), all_regions()
    textsearch.put(
        COLLECTION,
        (
            entry_of(known.profile, _standing(business, known), words, regions)
            for business in businesses
            for known in [whole(business)]
        ),
    )
    kept.keep([business.pk for business in businesses])
    return businesses[-1].pk


def _standing(business: Business, known: Whole) -> Standing:
    newest = max((one.stated_on for one in known.statements), default=None)
    verified = [(one.topic, one.expires_on) for one in known.verifications]
    return standing_of(business, known.pictures, newest, verified)
