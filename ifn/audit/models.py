"""The record of who did what."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class AppendOnly(Exception):  # noqa: N818
    """An entry was to be changed or removed; entries are only ever added."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, which can be read and added to."""

    def update(self, **_kwargs: Any) -> NoReturn:
        """Refuse: what was recorded stays as it is."""
        raise AppendOnly

    def delete(self) -> NoReturn:
        """Refuse: what was recorded stays."""
        raise AppendOnly


class Entry(models.Model):
    """One thing somebody did, kept even when its subject is gone.

    The database itself refuses to change or remove a row; see ``ifn.audit.protection``.
    """

    event = models.CharField(max_length=80)
    #: ``app.Model:primary key``, so that the entry outlives what it is about.
    subject = models.CharField(max_length=120)
    #: Nobody when the platform itself acted.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
    )
    happened_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    #: ``{field: [before, after]}``, only fields that changed; private values are masked.
    changes = models.JSONField(default=dict)
    details = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-happened_at", "-id"], name="audit_entry_by_subject")
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.event} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry.

        Raises:
            AppendOnly: It is in the record already.

        """
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: what was recorded stays."""
        raise AppendOnly


def name_of(subject: models.Model) -> str:
    """Return the text by which entries name a row, such as ``directory.Business:12``.

    Raises:
        ValueError: The row has not been saved, so nothing could find the entry again.

    """
    if subject.pk is None:
        raise ValueError(f"An unsaved {subject._meta.label} cannot be the subject of an entry.")
    return f"{subject._meta.label}:{subject.pk}"
