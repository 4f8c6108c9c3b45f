"""Put all opportunities into the index anew, some at a time, as when the vocabulary changed."""

from typing import Final

from django.db import transaction

from ifn.connections.models import Opportunity
from ifn.connections.opportunities.indexing import put_in_list
from ifn.connections.queries.opportunities import particulars_of_all

BATCH: Final = 500


@transaction.atomic
def reindex(after: int) -> int | None:
    """Index the next open opportunities behind a key; return the last key, nothing at the end."""
    open_ones = Opportunity.objects.filter(state=Opportunity.State.OPEN, pk__gt=after)
    batch = list(open_ones.select_related("business").order_by("pk")[:BATCH])
    said = particulars_of_all(batch)
    for one in batch:
        put_in_list(one, said[one.pk])
    return batch[-1].pk if batch else None
