"""One batch, held until the end of the transaction: whatever moves its pairs holds it first.

Its sizes and counts are written by triggers for every line and receipt; with one lock in front
nobody waits in a circle.
"""

from ifn.collaboration.models import ProductionBatch


def lock_batch(pk: int) -> ProductionBatch:
    """Return a batch as it stands, of which nobody else moves a pair until the end."""
    return ProductionBatch.objects.select_for_update().get(pk=pk)
