"""The index in plain tables: a collection, its documents as analysed, and its postings.

``Document`` is the truth, written in the transaction of whatever it describes; ``Posting`` is a
sorted copy of it (one *generation*), made by compaction, that searching reads first.
"""

import secrets

from django.db import models
from django.db.models import Q


def new_token() -> int:
    """Return a random number that no other state of any collection has."""
    return secrets.randbits(62)


class Collection(models.Model):
    """A set of documents searched together; its row is the lock that writers queue for.

    Every write adds one to ``sequence`` before anything else, so numbers follow the order of
    commits. ``token`` is random and new with each write: two states with one token are the same
    state, also after a rollback. ``epoch`` is random and fixed when the row is made.
    """

    name = models.CharField(max_length=60, unique=True)
    epoch = models.BigIntegerField(default=new_token)
    sequence = models.BigIntegerField(default=0)
    token = models.BigIntegerField(default=new_token)
    next_ordinal = models.BigIntegerField(default=0)
    generation = models.BigIntegerField(default=0)
    generation_token = models.BigIntegerField(default=0)
    next_generation = models.BigIntegerField(default=1)
    compacted_sequence = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(generation__lt=models.F("next_generation")),
                name="textsearch_collection_generation_was_given_out",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """One document as analysed; ``key`` is the caller's, ``ordinal`` its place in every array.

    ``content`` is what ``entries.encode`` made. A removed document stays, empty, until readers
    can no longer miss its removal.
    """

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    key = models.BigIntegerField()
    ordinal = models.BigIntegerField()
    sequence = models.BigIntegerField()
    is_removed = models.BooleanField(default=False)
    length = models.BigIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "key"], name="textsearch_document_key_once"
            ),
            models.UniqueConstraint(
                fields=["collection", "ordinal"], name="textsearch_document_ordinal_once"
            ),
        ]
        indexes = [
            models.Index(fields=["collection", "sequence"], name="textsearch_document_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id}/{self.key}"


class Posting(models.Model):
    """Which documents of a generation hold a term and how often, or one of its packed tables.

    A term begins with a letter that names its language; a packed table's name begins with ``#``.
    """

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="+")
    generation = models.BigIntegerField()
    term = models.CharField(max_length=80)
    document_frequency = models.BigIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "generation", "term"], name="textsearch_posting_term_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id}/{self.generation}/{self.term}"
