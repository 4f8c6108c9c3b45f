"""A batch: what was made, who is to get some, by which rule it is shared out."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration import codes, sharing
from ifn.collaboration.actions.locking import lock_batch
from ifn.collaboration.models import (
    Allocation,
    AllocationLine,
    BatchSize,
    ProductionBatch,
    Project,
    ProjectPartner,
)
from ifn.collaboration.sharingwords import basis_of
from ifn.directory.models import Business
from ifn.directory.queries import standing_for

#: Codes drawn again where one was taken; the third time somebody should know.
TRIES: Final = 3
#: Recipients of one batch; more than the office hands out in a year.
MOST: Final = 2_000
_SHOWN: Final = ("public", "members")


class NothingMade(ValueError):  # noqa: N818
    """A batch has at least one pair of one size."""


class MoreThanThere(Exception):  # noqa: N818
    """More pairs of a size were to be promised than there are."""

    def __init__(self, size: Decimal | None = None, free: int = 0) -> None:
        super().__init__(size, free)
        self.size, self.free = size, free


class PromisedAlready(Exception):  # noqa: N818
    """Fewer pairs were to have been made than are promised already."""


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody else changed it; nothing was written."""


class Signed(Exception):  # noqa: N818
    """What was handed out against a receipt stays as it is."""


class BatchClosed(Exception):  # noqa: N818
    """The batch is closed: nothing of it is promised any more."""


class TooManyRecipients(Exception):  # noqa: N818
    """A batch goes to so many at most."""


class ProjectOver(Exception):  # noqa: N818
    """The project was stopped, so nothing is begun in it."""


class ForeignPartner(ValueError):  # noqa: N818
    """Whoever made it takes no part in the project."""


@transaction.atomic
def begin_batch(  # noqa: PLR0913  # what was made, by whom, when
    project: Project,
    what: str,
    sizes: Mapping[Decimal, int],
    *,
    made_on: date,
    made_by: ProjectPartner | None = None,
    key: UUID,
    actor: User | None,
    at: datetime,
) -> ProductionBatch:
    """Enter what was made, by size; a form sent twice enters it once.

    Raises:
        NothingMade: There is no pair of any size.
        ProjectOver: The project was stopped.
        ForeignPartner: The maker takes no part in the project.

    """
    if known := ProductionBatch.objects.filter(key=key).first():
        return known
    if not sum(sizes.values()):
        raise NothingMade
    if project.state == Project.State.STOPPED:
        raise ProjectOver
    if made_by and (made_by.project_id != project.pk or not made_by.takes_part):
        raise ForeignPartner
    facts = {"what": what, "made_on": made_on, "made_by": made_by, "since": at, "key": key}
    try:
        with transaction.atomic():
            batch: ProductionBatch = _coded(
                lambda code: ProductionBatch.objects.create(
                    project=project, code=code, created_at=at, created_by=actor, **facts
                ),
                codes.Kind.BATCH,
            )
    except IntegrityError:
        if known := ProductionBatch.objects.filter(key=key).first():
            return known
        raise
    BatchSize.objects.bulk_create(
        BatchSize(batch=batch, size=size, made=made) for size, made in sizes.items() if made
    )
    record("collaboration.batch.made", batch, actor=actor, at=at, pairs=sum(sizes.values()))
    return batch


def _coded(make: Any, kind: codes.Kind) -> Any:
    for tried in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                return make(codes.new(kind))
        except IntegrityError:
            if tried == TRIES:
                raise
    raise AssertionError  # the loop returns or raises


def held(batch: ProductionBatch) -> ProductionBatch:
    """Return a batch as it stands, which nobody else shares out until the end.

    Raises:
        BatchClosed: Nothing of it is promised any more.

    """
    found = lock_batch(batch.pk)
    if found.state == ProductionBatch.State.CLOSED:
        raise BatchClosed
    return found


@transaction.atomic
def correct_made(
    batch: ProductionBatch,
    sizes: Mapping[Decimal, int],
    *,
    version: int,
    actor: User | None,
    at: datetime,
) -> ProductionBatch:
    """Correct how many were made of each size.

    Raises:
        BatchClosed: It is closed.
        ChangedMeanwhile: Somebody else corrected it.
        NothingMade: There would be no pair of any size.
        PromisedAlready: Of a size more are promised than would have been made.

    """
    found = held(batch)
    if found.version != version:
        raise ChangedMeanwhile
    if not sum(sizes.values()):
        raise NothingMade
    there = {one.size: one for one in found.sizes.select_for_update().order_by("pk")}
    before = {str(size): one.made for size, one in there.items()}
    if any(one.allocated > sizes.get(size, 0) for size, one in there.items()):
        raise PromisedAlready
    BatchSize.objects.filter(
        batch=found, size__in=[size for size in there if not sizes.get(size)]
    ).delete()
    for size, made in sizes.items():
        if size in there and made:
            BatchSize.objects.filter(pk=there[size].pk).update(made=made)
        elif made:
            BatchSize.objects.create(batch=found, size=size, made=made)
    found.version += 1
    found.save(update_fields=["version"])
    after = {str(size): made for size, made in sizes.items() if made}
    record("collaboration.batch.corrected", found, actor=actor, at=at, before=before, after=after)
    return found


@transaction.atomic
def add_recipients(
    batch: ProductionBatch, firms: Iterable[Business], *, actor: User | None, at: datetime
) -> int:
    """Say who is to get some; a firm that was merged is who it became. Return how many are new.

    Raises:
        BatchClosed: It is closed.
        TooManyRecipients: There would be more than 2,000.

    """
    found = held(batch)
    there = set(Allocation.objects.filter(batch=found).values_list("business", flat=True))
    chosen = {one.pk: one for one in map(standing_for, firms)}
    new = [one for pk, one in chosen.items() if pk not in there]
    if len(there) + len(new) > MOST:
        raise TooManyRecipients
    for firm in new:
        _coded(
            lambda code, firm=firm: Allocation.objects.create(
                batch=found, business=firm, code=code, allocated_at=at, allocated_by=actor
            ),
            codes.Kind.HAND_OUT,
        )
    if new:
        record("collaboration.recipients.added", found, actor=actor, at=at, firms=len(new))
    return len(new)


@transaction.atomic
def remove_recipient(one: Allocation, *, actor: User | None, at: datetime) -> None:
    """Take somebody off the list; what was promised to it is free again.

    Raises:
        BatchClosed: The batch is closed.
        Signed: It has it in hand.

    """
    batch, found = held(one.batch), _unsigned(one)
    record("collaboration.recipient.removed", batch, actor=actor, at=at, business=found.business_id)
    found.delete()


def _unsigned(one: Allocation) -> Allocation:
    found = Allocation.objects.select_for_update().get(pk=one.pk)
    if hasattr(found, "receipt"):
        raise Signed
    return found


@transaction.atomic
def share_out(  # by which rule, said in which words, asked by whom
    batch: ProductionBatch,
    rule: sharing.Rule,
    *,
    asked: Mapping[int, int | None],
    words: str = "",
    actor: User | None,
    at: datetime,
) -> int:
    """Share out by a rule what is not in hand yet, among all who have not signed.

    ``asked`` says how many pairs each asked for, by the key of its allocation. What was promised
    before to those who have not signed is shared out anew. Return how many get some.

    Raises:
        BatchClosed: The batch is closed.

    """
    found = held(batch)
    waiting = _waiting(found)
    AllocationLine.objects.filter(allocation__in=waiting).delete()
    sizes = {one.size: one for one in found.sizes.all()}
    for one in waiting:
        one.asked = asked.get(one.pk, one.asked)
    shares = sharing.share_out(
        {size: one.free for size, one in sizes.items()}, [_claim(one) for one in waiting], rule
    )
    for one, share in zip(waiting, shares, strict=True):
        one.basis, one.reason = basis_of(share, rule), ""
        one.allocated_at, one.allocated_by = at, actor
    Allocation.objects.bulk_update(
        waiting, ["asked", "basis", "reason", "allocated_at", "allocated_by"], batch_size=200
    )
    AllocationLine.objects.bulk_create(
        AllocationLine(allocation=one, size=sizes[size], quantity=number)
        for one, share in zip(waiting, shares, strict=True)
        for size, number in share.sizes.items()
    )
    _ruled(found, rule.value, words, at=at)
    given = sum(bool(share.pairs) for share in shares)
    record(
        "collaboration.batch.shared", found, actor=actor, at=at, rule=rule.value, recipients=given
    )
    return given


def _waiting(batch: ProductionBatch) -> list[Allocation]:
    """Return who has not signed, whom nobody lets sign until the end.

    All are held first and asked about afterwards: who signed while one waited is seen only then.
    """
    rows = Allocation.objects.filter(batch=batch).order_by("pk")
    list(rows.select_for_update().values_list("pk", flat=True))
    return list(rows.filter(receipt=None).select_related("business"))


def _claim(one: Allocation) -> sharing.Claim:
    firm = one.business
    is_shown = firm.capacity_visibility in _SHOWN
    return sharing.Claim(one.pk, one.asked, firm.monthly_capacity if is_shown else None)


def _ruled(batch: ProductionBatch, rule: str, words: str, *, at: datetime) -> None:
    batch.rule, batch.rule_words = rule, words
    if batch.state == ProductionBatch.State.MADE:
        batch.state, batch.since = ProductionBatch.State.HANDING, at
    batch.save(update_fields=["rule", "rule_words", "state", "since"])


@transaction.atomic
def allocate(
    one: Allocation,
    sizes: Mapping[Decimal, int],
    *,
    reason: str = "",
    actor: User | None,
    at: datetime,
) -> Allocation:
    """Decide by hand how many pairs of each size somebody gets.

    Raises:
        BatchClosed: The batch is closed.
        MoreThanThere: There are not so many of a size.
        Signed: It has them in hand already.

    """
    batch, found = held(one.batch), _unsigned(one)
    there = {each.size: each for each in batch.sizes.all()}
    before = {str(line.size.size): line.quantity for line in _lines(found)}
    found.lines.all().delete()
    try:
        with transaction.atomic():
            for size, number in sizes.items():
                if number:
                    if size not in there:
                        raise MoreThanThere(size)
                    AllocationLine.objects.create(
                        allocation=found, size=there[size], quantity=number
                    )
    except IntegrityError:
        raise _too_many(batch, sizes) from None
    found.basis, found.reason = {}, reason
    found.allocated_at, found.allocated_by = at, actor
    found.save(update_fields=["basis", "reason", "allocated_at", "allocated_by"])
    if batch.state == ProductionBatch.State.MADE:
        _ruled(batch, ProductionBatch.Rule.HAND, batch.rule_words, at=at)
    after = {str(size): number for size, number in sizes.items() if number}
    record(
        "collaboration.allocation.changed", found, actor=actor, at=at, before=before, after=after
    )
    return found


def _lines(one: Allocation) -> Iterable[AllocationLine]:
    return one.lines.select_related("size").order_by("size__size")


def _too_many(batch: ProductionBatch, sizes: Mapping[Decimal, int]) -> MoreThanThere:
    """Return which size there are not enough of, as it stands."""
    for one in batch.sizes.order_by("size"):
        if sizes.get(one.size, 0) > one.free:
            return MoreThanThere(one.size, one.free)
    return MoreThanThere()


@transaction.atomic
def close_batch(batch: ProductionBatch, *, actor: User | None, at: datetime) -> ProductionBatch:
    """Close a batch: what nobody took is free again, and nothing is promised any more.

    Raises:
        BatchClosed: It is closed already.

    """
    found = held(batch)
    waiting = _waiting(found)
    AllocationLine.objects.filter(allocation__in=waiting).delete()
    found.state, found.since = ProductionBatch.State.CLOSED, at
    found.save(update_fields=["state", "since"])
    record("collaboration.batch.closed", found, actor=actor, at=at, left=len(waiting))
    return found
