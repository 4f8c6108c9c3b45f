"""Background work: chains are worked out, and those nobody saved are forgotten."""

from datetime import timedelta

from django.utils.timezone import localdate, now
from django_tasks import TaskContext, task

from ifn.connections.actions import chains
from ifn.connections.chaining.links import needed_links
from ifn.connections.models import Chain
from ifn.connections.queries.firms import gathered_for, ground_on
from ifn.jobs.steps import Continue, checkpoint_of, fenced


@task(takes_context=True, atomic=False, attempts=3, limit=timedelta(minutes=2))
def compose(context: TaskContext, pk: int) -> None:
    """Work out the chains of a brief; one that is gone or done already is left alone."""
    # The solver takes a second to load and belongs to no process that serves pages.
    from ifn.connections.chaining.proposing import propose  # noqa: PLC0415

    chain = Chain.objects.filter(pk=pk).first()
    if chain is None or not chains.begin(chain):
        return
    brief, ground = chain.wanted, ground_on(localdate())
    links = needed_links(brief, ground.ancestors)
    outcome = propose(brief, links, gathered_for(brief, links, ground), ground)
    with fenced(context):
        chains.finish(chain, outcome, at=now())


@task(every=timedelta(days=1), offset=timedelta(hours=20), takes_context=True, priority=-20)
def tidy_chains(context: TaskContext) -> Continue | None:
    """Remove chains that nobody saved, some at a time; 3 o'clock in Jakarta."""
    done = checkpoint_of(context) or 0
    changed = chains.tidy(at=now())
    return Continue(done + changed, done=done + changed) if changed else None
