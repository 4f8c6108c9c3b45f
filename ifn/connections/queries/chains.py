"""Questions about proposed chains: whose they are, how far they are, what they lacked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from ifn.accounts.models import User
from ifn.connections.models import Chain, UnfilledLink
from ifn.jobs.models import Job
from ifn.jobs.queries import progress_of
from ifn.regions.containing import inside


@dataclass(frozen=True, slots=True)
class Lacking:
    """A link that briefs near a place needed and nobody could take, and how often.

    ``kept_away_by`` is the condition that kept the nearest from it; empty where there was nobody.
    """

    region: str
    link: str
    kept_away_by: str
    briefs: int


def unfilled_links(
    since: datetime, territory: Iterable[str] | None = None, most: int = 200
) -> list[Lacking]:
    """Return which links stayed open near which place since a moment, the most frequent first.

    ``territory`` bounds it to regions and what lies in them.
    """
    found = UnfilledLink.objects.filter(noted_at__gte=since)
    if territory is not None:
        found = found.filter(inside(territory, "region__code"))
    rows = (
        found.values_list("region", "link", "kept_away_by")
        .annotate(briefs=Count("pk"))
        .order_by("-briefs", "region", "link", "kept_away_by")[:most]
    )
    return [Lacking(*row) for row in rows]


def chain_of(token: str) -> Chain | None:
    """Return the chain that an address names."""
    return Chain.objects.filter(token=token).first()


def chains_of(person: User | None, visitor: str, most: int = 20) -> list[Chain]:
    """Return the chains somebody made, the newest first; what came of them is not read."""
    found = Chain.objects.made_by(person, visitor).defer("outcome")
    return list(found.order_by("-asked_at", "-pk")[:most])


def state_of(chain: Chain) -> Chain.State:
    """Return how a chain stands; whose job was given up has failed, though nobody noted it yet."""
    state = Chain.State(chain.state)
    if state in {Chain.State.QUEUED, Chain.State.WORKING} and chain.job:
        progress = progress_of(chain.job)
        if progress is None or progress.state == Job.State.FAILED:
            return Chain.State.FAILED
    return state
