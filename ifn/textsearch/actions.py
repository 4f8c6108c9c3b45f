"""Put documents into a collection, remove them, and pack what has changed.

Writes happen in the caller's transaction: what is rolled back was never there. Only compaction
commits on its own, in short steps, and can be ended anywhere without harm.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import connections, models, transaction
from django.db.models import F

from ifn.textsearch.entries import EMPTY, Entry, Prepared, prepare, read
from ifn.textsearch.models import Collection, Document, Posting, new_token
from ifn.textsearch.segment import PostingsBuilder, Row, TablesBuilder

T = TypeVar("T")
#: Documents written under one sequence number.
BATCH = 1000
#: Rows of postings written in one transaction: a bound on how long others wait.
ROWS = 2000
POSTING_COLUMNS = "textsearch_posting (collection_id, generation, term, document_frequency, body)"
#: Rows read or deleted at a time.
READ = 5000
#: Documents whose postings are sorted in memory at one time (about 100 bytes for each term).
DOCUMENTS_PER_SHARE = 150_000


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the things in lists of at most so many."""
    left = iter(things)
    while batch := list(islice(left, size)):
        yield batch


def put(collection: str, entries: Iterable[Entry | Prepared], *, using: str = "default") -> int:
    """Add documents, or replace those whose key is there already; return how many.

    Give ``Prepared`` entries when the analysis was done elsewhere.
    """
    written = 0
    with transaction.atomic(using=using):
        for batch in batches(entries, BATCH):
            prepared = [prepare(entry) if isinstance(entry, Entry) else entry for entry in batch]
            write(collection, {entry.key: entry for entry in prepared}, using)
            written += len(batch)
    return written


def remove(collection: str, keys: Iterable[int], *, using: str = "default") -> None:
    """Take documents out; keys that are not there are passed over."""
    with transaction.atomic(using=using):
        for batch in batches(keys, BATCH):
            locked = next_state(collection, using)
            Document.objects.using(using).filter(
                collection=locked, key__in=batch, is_removed=False
            ).update(is_removed=True, length=0, content=EMPTY, sequence=locked.sequence)


def clear(collection: str, *, using: str = "default") -> None:
    """Forget a collection and all its documents."""
    with transaction.atomic(using=using):
        Collection.objects.using(using).filter(name=collection).delete()


def next_state(collection: str, using: str) -> Collection:
    """Lock the collection and give its next state a number and a token."""
    rows = Collection.objects.using(using)
    changed = {"sequence": F("sequence") + 1, "token": new_token()}
    if not rows.filter(name=collection).update(**changed):
        rows.bulk_create([Collection(name=collection)], ignore_conflicts=True)
        rows.filter(name=collection).update(**changed)
    return rows.get(name=collection)


def write(collection: str, entries: dict[int, Prepared], using: str) -> None:
    """Write one batch."""
    locked = next_state(collection, using)
    documents = Document.objects.using(using)
    known = dict(documents.filter(collection=locked, key__in=entries).values_list("key", "ordinal"))
    fresh = [key for key in entries if key not in known]
    known.update((key, locked.next_ordinal + place) for place, key in enumerate(fresh))
    documents.bulk_create(
        [
            Document(
                collection=locked,
                key=key,
                ordinal=known[key],
                sequence=locked.sequence,
                length=entry.length,
                content=entry.content,
            )
            for key, entry in entries.items()
        ],
        update_conflicts=True,
        unique_fields=["collection", "key"],
        update_fields=["sequence", "is_removed", "length", "content"],
    )
    if fresh:
        Collection.objects.using(using).filter(pk=locked.pk).update(
            next_ordinal=F("next_ordinal") + len(fresh)
        )


def compact(collection: str, *, using: str = "default") -> bool:
    """Pack all documents into a new generation that searches read instead; return whether done.

    Safe to end at any moment and to run twice at once: the generation is written beside the one in
    use and taken into use in one step, unless another was first. The generation before stays for
    searches that are under way.
    """
    start = begin(collection, using)
    if start is None:
        return False
    number = start.next_generation - 1
    for batch in batches(packed(start, using), ROWS):
        write_rows(start, number, batch, using)
    if connections[using].vendor == "postgresql":
        # Without fresh statistics PostgreSQL reads the whole table for a handful of terms.
        with connections[using].cursor() as cursor:
            cursor.execute("ANALYZE textsearch_posting")
    done = switch(start, number, using)
    generations = Posting.objects.using(using).filter(collection=start)
    if done:
        discard(generations.filter(generation__lt=number).exclude(generation=start.generation))
        # A reader learns of a removal and of the generation in one statement: none is missed.
        discard(
            Document.objects.using(using).filter(
                collection=start, is_removed=True, sequence__lte=start.sequence
            )
        )
    else:
        discard(generations.filter(generation=number))
    return done


def write_rows(start: Collection, number: int, rows: list[Row], using: str) -> None:
    """Write postings of a generation past the models: there are more of them than documents."""
    values = [(start.pk, number, *row) for row in rows]
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        if connections[using].vendor == "postgresql":
            with cursor.copy(f"COPY {POSTING_COLUMNS} FROM STDIN") as lines:
                for value in values:
                    lines.write_row(value)
        else:
            cursor.executemany(
                f"INSERT INTO {POSTING_COLUMNS} VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
                values,
            )


def begin(collection: str, using: str) -> Collection | None:
    """Give the coming generation its number; nothing when no document has changed."""
    with transaction.atomic(using=using):
        rows = Collection.objects.using(using).filter(name=collection)
        rows.update(next_generation=F("next_generation") + 1)
        start = rows.first()
    if start is None or (start.generation and start.sequence == start.compacted_sequence):
        return None
    return start


def packed(start: Collection, using: str) -> Iterator[Row]:
    """Yield the new generation's rows.

    Documents that change meanwhile may come in either way: they have a number above the
    generation's own, so that readers take them from their table.
    """
    documents = Document.objects.using(using).filter(collection=start, is_removed=False)
    tables = TablesBuilder(start.next_ordinal)
    shares = 1 + start.next_ordinal // DOCUMENTS_PER_SHARE
    for share in range(shares):
        postings = PostingsBuilder(share, shares)
        for ordinal, key, length, stored in in_order(documents, start.next_ordinal):
            content = bytes(stored)
            postings.add(ordinal, content)
            if not share:
                tables.add(ordinal, key, length, read(content))
        yield from postings.rows()
    yield from tables.rows()


def in_order(
    documents: models.QuerySet[Document], size: int
) -> Iterator[tuple[int, int, int, bytes | memoryview]]:
    """Yield (ordinal, key, length, content), a few thousand documents in memory at a time."""
    for start in range(0, size, READ):
        yield from (
            documents.filter(ordinal__gte=start, ordinal__lt=min(size, start + READ))
            .order_by("ordinal")
            .values_list("ordinal", "key", "length", "content")
        )


def switch(start: Collection, number: int, using: str) -> bool:
    """Take the new generation into use unless another one was since the start."""
    rows = Collection.objects.using(using).filter(pk=start.pk, generation=start.generation)
    return bool(
        rows.update(
            generation=number,
            generation_token=new_token(),
            compacted_sequence=start.sequence,
        )
    )


def discard(rows: models.QuerySet[Any]) -> None:
    """Delete rows in short transactions."""
    while keys := list(rows.values_list("pk", flat=True)[:READ]):
        rows.filter(pk__in=keys).delete()
