"""Background work of the directory."""

from datetime import timedelta

from django.utils.timezone import localdate, now
from django_tasks import TaskContext, task

from ifn.directory import actions
from ifn.directory.actions import reindexing
from ifn.directory.listings import COLLECTION
from ifn.directory.opendata import kept
from ifn.directory.opendata.shelf import make_dump
from ifn.jobs.steps import Continue, checkpoint_of
from ifn.textsearch import actions as textsearch
from ifn.textsearch.queries import pending

#: So many changed profiles are read apart at every search without being felt.
MOST_PENDING = 500


@task(every=timedelta(minutes=5), unique=True, atomic=False)
def pack_index() -> bool:
    """Pack what changed in the search index once it is much; return whether it was done."""
    return pending(COLLECTION) > MOST_PENDING and textsearch.compact(COLLECTION)


@task(every=timedelta(days=1), offset=timedelta(hours=2), takes_context=True, priority=-20)
def ask_whether_true(context: TaskContext) -> Continue | None:
    """Ask the people of profiles confirmed long ago, some at a time; at nine in Jakarta."""
    done = checkpoint_of(context) or 0
    at = now()
    asked = actions.ask_those_due(on=localdate(at), at=at)
    if not asked:
        return None
    return Continue(done + asked, done=done + asked)


@task(every=timedelta(days=1), offset=timedelta(hours=2), takes_context=True, priority=-20)
def tell_of_endings(context: TaskContext) -> Continue | None:
    """Tell of verifications and certificates that end within 30 days; at nine in Jakarta."""
    done = checkpoint_of(context) or 0
    at = now()
    told = actions.tell_of_endings(on=localdate(at), at=at)
    return Continue(done + told, done=done + told) if told else None


@task(every=timedelta(days=1), offset=timedelta(hours=19, minutes=30), takes_context=True)
def look_for_twins(context: TaskContext) -> Continue | None:
    """Look for twins of profiles that changed since the last night, some at a time."""
    done = checkpoint_of(context) or 0
    looked = actions.look_for_twins(at=now())
    return Continue(done + looked, done=done + looked) if looked else None


@task(every=timedelta(days=1), offset=timedelta(hours=17, minutes=5), takes_context=True)
def keep_what_the_day_changed(context: TaskContext) -> Continue | None:
    """Keep anew for programs what ended with the day; until then it is made when asked for."""
    done = checkpoint_of(context) or 0
    kept_anew = kept.keep_anew(localdate(), reindexing.BATCH)
    return Continue(done + kept_anew, done=done + kept_anew) if kept_anew else None


@task(every=timedelta(minutes=2), unique=True, takes_context=True)
def follow_words(context: TaskContext) -> Continue | None:
    """Index all profiles anew once the vocabulary or the regions have changed, some at a time."""
    edition = reindexing.edition_of_words()
    at = checkpoint_of(context) or {"after": 0, "edition": edition, "done": 0}
    if not at["after"] and reindexing.is_indexed_with(edition):
        return None
    last = reindexing.reindex(at["after"])
    if last is None:
        reindexing.note_indexed_with(at["edition"])
        return None
    done = at["done"] + reindexing.BATCH
    return Continue({"after": last, "edition": at["edition"], "done": done}, done=done)


@task(every=timedelta(days=1), offset=timedelta(hours=18), unique=True, atomic=False, priority=-50)
def write_dump() -> str:
    """Write the nightly dump at 1 o'clock in Jakarta; repeated after a fall, it begins anew."""
    return make_dump(at=now()).name
