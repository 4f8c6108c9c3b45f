"""Data requests as a kind of the staff's work; whoever has it sees them beside all other work."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ifn.moderation import filters
from ifn.moderation.kind import Kind
from ifn.moderation.kinds import KINDS
from ifn.privacy.models import OPEN, DataRequest
from ifn.privacy.policies import can_handle


def _waiting() -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(state__in=OPEN)


DATA_REQUESTS = Kind(
    name="data",
    label=_("Data requests"),
    days=3,  # as the clock of a request, which runs from the same moment
    waiting=_waiting,
    address="privacy:request",
    title="number",
    number="business__number",
    region="business__region",
    detail="kind",
    since="received_at",
    may=can_handle,
)


def join() -> None:
    """Put data requests on the work list; called once, when the platform starts."""
    KINDS[DATA_REQUESTS.name] = DATA_REQUESTS
    filters.KIND_WORDS["permintaan-data"] = DATA_REQUESTS.name
