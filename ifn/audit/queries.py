"""Questions to the record of who did what."""

from django.db import models

from ifn.audit.models import Entry, EntryQuerySet, name_of


def history_of(subject: models.Model) -> EntryQuerySet:
    """Return what happened to a row, newest first, each entry with its person."""
    return (
        Entry.objects.filter(subject=name_of(subject))
        .select_related("actor")
        .order_by("-happened_at", "-pk")
    )
