"""Background work of the directory."""

from datetime import timedelta

from django_tasks import task

from ifn.directory.listings import COLLECTION
from ifn.textsearch import actions as textsearch
from ifn.textsearch.queries import pending

#: So many changed profiles are read apart at every search without being felt.
MOST_PENDING = 500


@task(every=timedelta(minutes=5), unique=True, atomic=False)
def pack_index() -> bool:
    """Pack what changed in the search index once it is much; return whether it was done."""
    return pending(COLLECTION) > MOST_PENDING and textsearch.compact(COLLECTION)
