"""The facts of a profile that everybody sees, few enough for one screen of a phone."""

from django.utils.translation import gettext as _

from ifn.directory.models import Visibility
from ifn.directory.presenting import names
from ifn.directory.profile import Profile
from ifn.directory.quantities import days, pairs, pairs_a_month
from ifn.regions.queries import Regions
from ifn.vocabulary.queries import Lexicon

#: Products named; the others are on the profile's own page.
PRODUCTS = 4


def short_facts(profile: Profile, lexicon: Lexicon, regions: Regions) -> list[tuple[str, str]]:
    """Return labels and values, without those that are empty."""

    def named(vocabulary: str, most: int = 99) -> str:
        codes = [fact.code for fact in profile.capabilities if fact.vocabulary == vocabulary]
        return names(lexicon, vocabulary, codes, most)

    shows_capacity = profile.capacity_visibility == Visibility.PUBLIC
    contacts = [one.value for one in profile.contacts if one.visibility == Visibility.PUBLIC]
    values = (
        (_("Place"), regions.full_name(profile.region)),
        (_("Role"), named("value_chain_role")),
        (_("Products"), named("product_type", PRODUCTS)),
        (_("Minimum order"), pairs(profile.minimum_order)),
        (_("Capacity"), pairs_a_month(profile.monthly_capacity) if shows_capacity else ""),
        (_("Lead time"), days(profile.lead_time_days)),
        (_("Contact"), ", ".join(contacts)),
    )
    return [(label, value) for label, value in values if value]
