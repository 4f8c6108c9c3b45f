"""Keep the read model of lists and the search index in step, in the writer's transaction."""

from collections.abc import Sequence

from ifn.directory.listings import COLLECTION, Standing, content_of, entry_of
from ifn.directory.models import Business, Listing, Picture
from ifn.directory.profile import Profile
from ifn.regions.queries import all_regions
from ifn.textsearch import actions as textsearch
from ifn.vocabulary.queries import lexicon


def standing_of(business: Business, pictures: Sequence[Picture]) -> Standing:
    """Return what lists need to know of a stored profile beyond its stated facts."""
    return Standing(
        pk=business.pk,
        number=business.number,
        slug=business.slug,
        is_demo=business.is_demo,
        confirmed_on=business.confirmed_on,
        completeness=business.completeness,
        pictures=tuple(pictures),
    )


def put_in_lists(business: Business, profile: Profile, pictures: Sequence[Picture]) -> None:
    """Show the profile in lists and searches as it now stands; take it off when not listed."""
    if business.status != Business.Status.LISTED:
        take_off_lists([business.pk])
        return
    standing = standing_of(business, pictures)
    Listing.objects.update_or_create(
        business=business, defaults={"content": content_of(profile, standing)}
    )
    textsearch.put(COLLECTION, [entry_of(profile, standing, lexicon(), all_regions())])


def take_off_lists(pks: Sequence[int]) -> None:
    """Remove profiles from lists and searches."""
    Listing.objects.filter(business__in=pks).delete()
    textsearch.remove(COLLECTION, pks)
