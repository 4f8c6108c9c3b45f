"""Background work on opportunities."""

from datetime import timedelta

from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from ifn.connections import actions
from ifn.connections.opportunities.indexing import COLLECTION
from ifn.jobs.steps import Continue, checkpoint_of
from ifn.textsearch import actions as textsearch
from ifn.textsearch.queries import pending

#: So many changed opportunities are read apart at every search without being felt.
MOST_PENDING = 300


@task(every=timedelta(minutes=1), takes_context=True, unique=True, atomic=False)
def find_matches(context: TaskContext) -> Continue | None:
    """Look for those who fit what was opened or changed lately, some at a time until none waits."""
    done = checkpoint_of(context) or 0
    found = actions.match_due(at=now(), today=localdate())
    return Continue(done + found, done=done + found) if found else None


@task(every=timedelta(days=1), offset=timedelta(hours=20), unique=True, atomic=False, priority=-30)
def find_all_matches() -> int:
    """Look for those who fit everything that is open, at three in the night in Jakarta."""
    return actions.match_all(at=now(), today=localdate())


@task(every=timedelta(days=1), offset=timedelta(hours=17, minutes=10), takes_context=True)
def expire_opportunities(context: TaskContext) -> Continue | None:
    """End what was open until yesterday, some at a time."""
    done = checkpoint_of(context) or 0
    at = now()
    ended = actions.expire_due(on=localdate(at), at=at)
    return Continue(done + ended, done=done + ended) if ended else None


@task(every=timedelta(days=1), offset=timedelta(hours=2), takes_context=True, priority=-20)
def ask_whether_open(context: TaskContext) -> Continue | None:
    """Ask the people of what ends within a week, some at a time; at nine in Jakarta."""
    done = checkpoint_of(context) or 0
    at = now()
    asked = actions.ask_those_due(on=localdate(at), at=at)
    return Continue(done + asked, done=done + asked) if asked else None


@task(every=timedelta(minutes=5), unique=True)
def close_those_of_hidden() -> int:
    """Take back what profiles have open that are no longer shown, whoever hid them."""
    with translation.override("id"):
        reason = _("The profile of the business is no longer shown.")
    return actions.close_those_of_hidden(reason=reason, at=now())


@task(every=timedelta(minutes=5), unique=True, atomic=False)
def pack_opportunities() -> bool:
    """Pack what changed in the search index once it is much; return whether it was done."""
    return pending(COLLECTION) > MOST_PENDING and textsearch.compact(COLLECTION)


@task(every=timedelta(days=1), offset=timedelta(hours=18, minutes=30), takes_context=True)
def index_opportunities(context: TaskContext) -> Continue | None:
    """Index all open opportunities anew, for the vocabulary may have changed; some at a time."""
    last = actions.reindex(checkpoint_of(context) or 0)
    return Continue(last, done=last) if last else None
