"""Hand-outs: a receipt signed once by code or on paper, what its firm says, and what it orders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.locking import lock_batch
from ifn.collaboration.models import (
    Allocation,
    AllocationLine,
    Feedback,
    ProductionBatch,
    Receipt,
    Reorder,
)
from ifn.connections.actions import enquiries
from ifn.connections.enquiring.askers import Asker
from ifn.connections.models import Enquiry
from ifn.directory.handing import Handed, kept
from ifn.directory.models import Business
from ifn.directory.queries import standing_for

#: Where signed sheets lie among the private files.
FOLDER: Final = "receipts"


class NothingPromised(Exception):  # noqa: N818
    """Nothing was allocated to it, so there is nothing to sign for."""


class MoreThanPromised(Exception):  # noqa: N818
    """More was to be handed out than was allocated."""


class NoMaker(Exception):  # noqa: N818
    """Nobody of the directory is named as who made it, so nobody can be asked for more."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Who took it over, when and how; ``sizes`` are the pairs that came, all where it is None."""

    name: str
    on: date
    way: str = Receipt.Way.CODE
    sizes: Mapping[Decimal, int] | None = None
    words: str = ""


def sign(
    one: Allocation,
    handover: Handover,
    *,
    file: Handed | None = None,
    actor: User | None,
    at: datetime,
) -> tuple[Receipt, bool]:
    """Sign for what was handed out; return the receipt and whether it is new.

    Signed a second time, the first receipt stands.

    Raises:
        MoreThanPromised: Of a size more was to be handed out than was allocated.
        NothingPromised: Nothing was allocated to it, or nothing of it came.

    """
    try:
        with kept(file, FOLDER) as name:
            return _signed(one, handover, name, actor=actor, at=at), True
    except _SignedBefore as before:
        return before.receipt, False


class _SignedBefore(Exception):  # noqa: N818
    """It was signed before: the sheet that came with this one is not kept."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt)
        self.receipt = receipt


@transaction.atomic
def _signed(
    one: Allocation, handover: Handover, file: str, *, actor: User | None, at: datetime
) -> Receipt:
    lock_batch(one.batch_id)
    found = Allocation.objects.select_for_update().get(pk=one.pk)
    if known := Receipt.objects.filter(allocation=found).first():
        raise _SignedBefore(known)
    lines = list(found.lines.select_related("size").order_by("size_id"))
    given = _given(lines, handover.sizes)
    if not sum(given.values()):
        raise NothingPromised
    receipt = Receipt.objects.create(
        allocation=found,
        way=handover.way,
        name=handover.name,
        on=handover.on,
        pairs=sum(given.values()),
        words=handover.words,
        file=file,
        at=at,
        person=actor,
    )
    for line in lines:
        AllocationLine.objects.filter(pk=line.pk).update(handed=given[line.pk])
    record(
        "collaboration.receipt.signed",
        receipt,
        actor=actor,
        at=at,
        way=handover.way,
        pairs=receipt.pairs,
    )
    return receipt


def _given(lines: list[AllocationLine], sizes: Mapping[Decimal, int] | None) -> dict[int, int]:
    """Return how many pairs of each line came."""
    if sizes is None:
        return {line.pk: line.quantity for line in lines}
    known = {line.size.size for line in lines}
    if any(number and size not in known for size, number in sizes.items()):
        raise MoreThanPromised
    given = {line.pk: sizes.get(line.size.size, 0) for line in lines}
    if any(given[line.pk] > line.quantity for line in lines):
        raise MoreThanPromised
    return given


@transaction.atomic
def free_rest(one: Allocation, *, actor: User, at: datetime) -> int:
    """Give free what was allocated and did not come; return how many pairs."""
    lock_batch(one.batch_id)
    found = Allocation.objects.select_for_update().get(pk=one.pk)
    freed = 0
    for line in found.lines.order_by("size_id"):
        rest = line.quantity - line.handed
        if rest and line.handed:
            AllocationLine.objects.filter(pk=line.pk).update(quantity=line.handed)
        elif rest:
            line.delete()
        freed += rest
    if freed:
        record("collaboration.allocation.freed", found, actor=actor, at=at, pairs=freed)
    return freed


@transaction.atomic
def give_feedback(  # noqa: PLR0913  # what is said, by whom
    receipt: Receipt,
    *,
    rating: int,
    words: str = "",
    would_order: bool | None = None,
    pairs_wanted: int | None = None,
    actor: User | None,
    at: datetime,
) -> Feedback:
    """Say how good it was; said again, the last word counts."""
    held = Receipt.objects.select_for_update().get(pk=receipt.pk)
    said, _is_new = Feedback.objects.update_or_create(
        receipt=held,
        defaults={
            "rating": rating,
            "words": words,
            "would_order": would_order,
            "pairs_wanted": pairs_wanted,
            "at": at,
            "person": actor,
        },
    )
    record("collaboration.feedback.given", held, actor=actor, at=at, rating=rating)
    return said


def maker_of(batch: ProductionBatch) -> Business | None:
    """Return the firm that is asked for more: who made it, else who leads the project."""
    made_by = batch.made_by.business if batch.made_by else None
    found = made_by or batch.project.led_by
    return standing_for(found) if found else None


@transaction.atomic
def reorder(
    one: Allocation,
    text: str,
    *,
    quantity: int | None,
    unit: int | None,
    asker: Asker,
    at: datetime,
) -> Enquiry:
    """Ask the maker for more by an enquiry, and note that it came of this hand-out.

    Raises:
        NoMaker: Nobody of the directory is named as who made it.

    And whatever ``connections.actions.enquiries.send`` raises.

    """
    maker = maker_of(one.batch)
    if maker is None:
        raise NoMaker
    lock_batch(one.batch_id)
    letter = enquiries.send(enquiries.Written(text, quantity, unit), [maker], asker=asker, at=at)
    enquiry = letter.enquiries.get(business=maker)
    _made, is_new = Reorder.objects.get_or_create(
        enquiry=enquiry, defaults={"allocation": one, "at": at}
    )
    if is_new:
        record("collaboration.reorder.made", one, actor=asker.person, at=at, enquiry=enquiry.pk)
    return enquiry
