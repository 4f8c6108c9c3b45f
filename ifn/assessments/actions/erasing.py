"""Take a person out of assessments, and a firm's words and photos with its profile."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ifn.accounts.models import User
from ifn.assessments.models import Answer, Assessment, Conflict, Instrument, Package, Photo
from ifn.audit.actions import record
from ifn.audit.protection import upkeep
from ifn.directory.handing import remove_files
from ifn.directory.models import Business


@transaction.atomic
def erase_from_assessments(person: User, *, actor: User | None, at: datetime) -> int:
    """Take a person's name off what they assessed; return how many rows changed.

    Answers and levels belong to the firm and stay. What their phone sent is emptied, for it is kept
    only so that nothing gets lost.
    """
    gone = sum(
        model.objects.filter(**{field: person}).update(**{field: None})
        for model, field in (
            (Assessment, "started_by"),
            (Assessment, "submitted_by"),
            (Assessment, "decided_by"),
            (Answer, "changed_by"),
            (Photo, "added_by"),
            (Conflict, "decided_by"),
        )
    )
    gone += Package.objects.filter(person=person).update(person=None, content={})
    if gone:
        record("assessments.person.erased", person, actor=actor, at=at)
    return gone


@transaction.atomic
def erase_assessments(business: Business, *, actor: User | None, at: datetime) -> int:
    """Remove the assessments of a firm with answers, levels and photos; return how many rows."""
    found = Assessment.objects.of_firms([business.pk])
    remove_files(list(Photo.objects.filter(assessment__in=found).values_list("file", flat=True)))
    Package.objects.filter(assessment__in=found).delete()
    gone, _kinds = found.delete()
    if gone:
        record("assessments.business.erased", business, actor=actor, at=at)
    return gone


@transaction.atomic
def remove_demo() -> int:
    """Take the assessments of demo firms and the demo questionnaires away; return how many."""
    found = Assessment.objects.filter(Q(business__is_demo=True) | Q(instrument__is_demo=True))
    remove_files(list(Photo.objects.filter(assessment__in=found).values_list("file", flat=True)))
    Package.objects.filter(assessment__in=found).delete()
    number = found.count()
    found.delete()
    with upkeep("demo"):
        Instrument.objects.filter(is_demo=True).delete()
    return number
