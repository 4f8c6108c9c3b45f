"""Searches that people follow."""

from typing import Self

from django.db import models

from ifn.accounts.models import User


class FollowQuerySet(models.QuerySet["Follow"]):
    """Filters that keep their meaning wherever they are chained."""

    def running(self) -> Self:
        """Return those whose people want to know what is new."""
        return self.filter(paused_at=None, person__is_active=True)


class Follow(models.Model):
    """A search whose news a person wants; ``query`` is in the one form its page gives it."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    #: A name in ``connections.following.PAGES``.
    page = models.CharField(max_length=20)
    query = models.CharField(max_length=1000, blank=True)
    name = models.CharField(max_length=120)
    #: Keys of all that was ever found, packed (``connections.following.packed``).
    known = models.BinaryField()
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    #: When something new was found last.
    news_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)

    #: What somebody looks for may say who they are.
    audit_private = frozenset({"name", "query"})

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "page", "query"], name="connections_follow_once"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="connections_follow_named"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.page}"
