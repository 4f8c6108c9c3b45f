"""A chain is asked for, worked out in the background, saved, shared, and forgotten."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections.chaining.facts import Brief, Outcome
from ifn.connections.chaining.serial import brief_to_json, outcome_to_json
from ifn.connections.models import KEPT, Chain, UnfilledLink
from ifn.jobs import actions as jobs
from ifn.jobs.queries import progress_of

#: Briefs an hour of one person or visitor.
AN_HOUR: Final = 12
#: The same brief of the same person leads to the same chain for so long.
SAME: Final = timedelta(hours=1)
BATCH: Final = 200
COMPOSE: Final = "ifn.connections.tasks.chains.compose"
State = Chain.State


class TooManyBriefs(Exception):  # noqa: N818
    """Somebody asked for more chains than anybody reads; in an hour there is room again."""


class NotDone(Exception):  # noqa: N818
    """A chain was to be saved or shared before anything came of it."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Who asks: a person, or a visitor by what their session remembers."""

    person: User | None
    visitor: str = ""

    @property
    def mark(self) -> str:
        """Return what stands in a chain for a visitor; nothing for a person."""
        return "" if self.person else self.visitor


@transaction.atomic
def propose(brief: Brief, maker: Maker, *, actor: User | None, at: datetime) -> Chain:
    """Ask for the chains of a brief; they are made in the background.

    The same brief asked again within an hour leads to the chain that is there.

    Raises:
        TooManyBriefs: So many were asked for within the hour.

    """
    if maker.person:
        User.objects.select_for_update(no_key=True).get(pk=maker.person.pk)
    recent = Chain.objects.made_by(maker.person, maker.mark).filter(asked_at__gt=at - SAME)
    kept = brief_to_json(brief)
    for chain in recent.defer("outcome").order_by("-pk"):
        if chain.brief == kept and chain.state != State.FAILED:
            return chain
    if recent.count() >= AN_HOUR:
        raise TooManyBriefs
    chain = Chain.objects.create(
        token=secrets.token_urlsafe(12),
        person=maker.person,
        visitor=maker.mark,
        brief=kept,
        asked_at=at,
    )
    job = jobs.ask_for(COMPOSE, {"args": [chain.pk], "kwargs": {}}, at=at, priority=10)
    chain.job = str(job.pk)
    chain.save(update_fields=["job"])
    record("connections.chain.asked", chain, actor=actor, at=at)
    return chain


def begin(chain: Chain) -> bool:
    """Note that a chain is being worked out; say whether there is anything to do."""
    open_states = [State.QUEUED, State.WORKING]
    return bool(
        Chain.objects.filter(pk=chain.pk, state__in=open_states).update(state=State.WORKING)
    )


@transaction.atomic
def finish(chain: Chain, outcome: Outcome, *, at: datetime) -> None:
    """Keep what came of a brief, and note the links that nobody could take."""
    done = Chain.objects.filter(pk=chain.pk, state=State.WORKING).update(
        state=State.DONE, outcome=outcome_to_json(outcome), finished_at=at
    )
    if not done:
        return
    region = chain.brief["region"]
    UnfilledLink.objects.bulk_create(
        UnfilledLink(
            region_id=region,
            link=one.link,
            kept_away_by=one.nearest.exclusions[0].code if one.nearest else "",
            noted_at=at,
        )
        for one in outcome.unfilled
    )
    record("connections.chain.finished", chain, actor=None, at=at)


@transaction.atomic
def keep(chain: Chain, name: str, *, actor: User, at: datetime) -> Chain:
    """Keep a chain under a name; one that a visitor made becomes the person's.

    Raises:
        NotDone: Nothing has come of it yet.

    """
    chain = _done(chain)
    chain.name, chain.saved_at = name, at
    chain.person, chain.visitor = actor, ""
    chain.save(update_fields=["name", "saved_at", "person", "visitor"])
    record("connections.chain.saved", chain, actor=actor, at=at)
    return chain


@transaction.atomic
def share(chain: Chain, *, is_shared: bool, actor: User | None, at: datetime) -> Chain:
    """Let whoever has the link open a chain, or its maker alone again.

    Raises:
        NotDone: Nothing has come of it yet.

    """
    chain = _done(chain)
    chain.shared_at = at if is_shared else None
    chain.save(update_fields=["shared_at"])
    record(
        "connections.chain.shared" if is_shared else "connections.chain.closed",
        chain,
        actor=actor,
        at=at,
    )
    return chain


@transaction.atomic
def forget(chain: Chain, *, actor: User | None, at: datetime) -> None:
    """Remove a chain with its brief."""
    record("connections.chain.forgotten", chain, actor=actor, at=at)
    Chain.objects.filter(pk=chain.pk).delete()


@transaction.atomic
def tidy(*, at: datetime) -> int:
    """Remove old chains that nobody saved, and note those given up; return how many it were."""
    waiting = Chain.objects.filter(state__in=[State.QUEUED, State.WORKING])
    given_up = [
        one.pk
        for one in waiting.filter(asked_at__lt=at - SAME).order_by("pk")[:BATCH]
        if _is_given_up(one)
    ]
    failed = Chain.objects.filter(pk__in=given_up).update(state=State.FAILED, finished_at=at)
    old = Chain.objects.filter(saved_at=None, asked_at__lt=at - KEPT).order_by("pk")[:BATCH]
    return failed + _removed(old)


@transaction.atomic
def erase_chains(person: User) -> int:
    """Remove every chain a person made; return how many."""
    return _removed(Chain.objects.filter(person=person))


def _removed(chains: Iterable[Chain]) -> int:
    return Chain.objects.filter(pk__in=[one.pk for one in chains]).delete()[0]


def _is_given_up(chain: Chain) -> bool:
    progress = progress_of(chain.job)
    return progress is None or progress.is_finished


def _done(chain: Chain) -> Chain:
    chain = Chain.objects.select_for_update().get(pk=chain.pk)
    if chain.state != State.DONE:
        raise NotDone
    return chain
