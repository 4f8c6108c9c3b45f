"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.base_user import AbstractBaseUser

from ifn.audit.models import Entry


def of_person(person: AbstractBaseUser) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return what a person did; private values stand there as digests."""
    lines = Entry.objects.filter(actor=person.pk).order_by("happened_at", "pk")
    columns = ("event", "subject", "happened_at", "reason", "changes", "details")
    return {"deeds": list(lines.values(*columns))}
