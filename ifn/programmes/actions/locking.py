"""One batch, held until the end of the transaction: the one lock of this room."""

from ifn.programmes.models import Batch


def lock(batch: Batch) -> Batch:
    """Return a batch as it stands, which nobody else changes until the end.

    Raises:
        Batch.DoesNotExist: It was removed meanwhile.

    """
    return Batch.objects.select_for_update().get(pk=batch.pk)
