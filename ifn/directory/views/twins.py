"""Before something is saved: is this business in the directory already?"""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from ifn.directory.profile import Profile
from ifn.directory.twinning import evidence_of, likely_twins, public_reasons
from ifn.regions.queries import all_regions

#: The field that says which profiles a person has seen and said to be others.
SEEN: Final = "dilihat"


@dataclass(frozen=True, slots=True)
class Likely:
    """A profile that may be about the same business, as any visitor may see it."""

    name: str
    place: str
    number: str
    href: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks before it saves: the profiles, and what the form sends along of them."""

    likely: tuple[Likely, ...]
    seen: str


def to_ask(request: HttpRequest, profile: Profile) -> Asked | None:
    """Return the likely twins of what was sent, unless the person has seen all of them."""
    twins = likely_twins(profile)
    numbers = [twin.business.number for twin in twins]
    if set(numbers) <= set(request.POST.get(SEEN, "").split(",")):
        return None
    regions = all_regions()
    likely = tuple(
        Likely(
            twin.business.name,
            regions.full_name(twin.business.region_id),
            twin.business.public_number,
            twin.business.get_absolute_url(),
            ", ".join(public_reasons(evidence_of(twin.comparison), twin.business)),
        )
        for twin in twins
    )
    return Asked(likely, ",".join(numbers))
