"""Keep the read model of lists and the search index in step, in the writer's transaction."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Max
from django.utils.timezone import localdate

from ifn.directory.listings import COLLECTION, Standing, content_of, entry_of
from ifn.directory.models import Attribution, Business, Listing, Picture, Verification
from ifn.directory.opendata import kept
from ifn.directory.profile import Profile
from ifn.regions.queries import all_regions
from ifn.textsearch import actions as textsearch
from ifn.vocabulary.queries import lexicon


def standing_of(
    business: Business,
    pictures: Sequence[Picture],
    stated_on: date | None = None,
    verified: Iterable[tuple[str, date]] = (),
) -> Standing:
    """Return what lists need to know of a stored profile beyond its stated facts.

    ``stated_on`` is the day of its newest statement, for profiles that nobody confirmed;
    ``verified`` are its verified topics with their last days.
    """
    return Standing(
        pk=business.pk,
        number=business.number,
        slug=business.slug,
        is_demo=business.is_demo,
        confirmed_on=business.confirmed_on,
        completeness=business.completeness,
        pictures=tuple(pictures),
        stated_on=stated_on or localdate(business.created_at),
        verified=tuple(sorted(verified)),
    )


def put_in_lists(business: Business, profile: Profile, pictures: Sequence[Picture]) -> None:
    """Show the profile in lists and searches as it now stands; take it off when not listed."""
    if business.status != Business.Status.LISTED:
        take_off_lists([business.pk])
        return
    standing = standing_of(business, pictures, _stated_on(business), _verified(business))
    Listing.objects.update_or_create(
        business=business, defaults={"content": content_of(profile, standing)}
    )
    kept.keep([business.pk])
    textsearch.put(COLLECTION, [entry_of(profile, standing, lexicon(), all_regions())])


def take_off_lists(pks: Sequence[int]) -> None:
    """Remove profiles from lists and searches."""
    Listing.objects.filter(business__in=pks).delete()
    kept.drop(pks)
    textsearch.remove(COLLECTION, pks)


def _verified(business: Business) -> list[tuple[str, date]]:
    standing = Verification.objects.standing().filter(business=business)
    return list(standing.values_list("topic", "expires_on"))


def _stated_on(business: Business) -> date | None:
    """Return the day of the newest statement of a profile that nobody confirmed; else no matter."""
    if business.confirmed_on:
        return None
    stated = Attribution.objects.filter(business=business).aggregate(newest=Max("stated_on"))
    newest: date | None = stated["newest"]
    return newest
