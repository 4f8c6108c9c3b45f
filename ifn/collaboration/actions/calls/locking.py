"""One call, held until the end of the transaction: what goes on around it waits for that."""

from ifn.collaboration.models import Call


def lock(call: Call) -> Call:
    """Return a call as it stands, which nobody else changes until the end.

    Raises:
        Call.DoesNotExist: It was removed meanwhile.

    """
    return Call.objects.select_for_update().get(pk=call.pk)
