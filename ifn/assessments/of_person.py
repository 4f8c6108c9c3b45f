"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from ifn.accounts.models import User
from ifn.assessments.models import Answer, Assessment, Conflict, InstrumentVersion, Package, Photo

Parts = dict[str, Sequence[Mapping[str, object]]]


def of_person(person: User) -> Parts:
    """Return the questionnaires a person wrote, and what they answered, decided and sent."""
    deeds = Q(started_by=person) | Q(submitted_by=person) | Q(decided_by=person)
    return {
        "questionnaires": list(
            InstrumentVersion.objects.filter(
                Q(created_by=person) | Q(used_by=person) | Q(instrument__created_by=person)
            )
            .order_by("pk")
            .values("instrument__code", "number", "state", "created_at", "used_at")
        ),
        "assessments": list(
            Assessment.objects.filter(deeds)
            .order_by("pk")
            .values("uuid", "business__number", "mode", "state", "assessed_on", "reason", "note")
        ),
        "answers": list(
            Answer.objects.filter(changed_by=person)
            .order_by("pk")
            .values("assessment__uuid", "question", "side", "value", "words", "changed_at")
        ),
        "answer_photos": list(
            Photo.objects.filter(added_by=person)
            .order_by("pk")
            .values("assessment__uuid", "question", "side", "added_at")
        ),
        "packages": list(
            Package.objects.filter(person=person)
            .order_by("pk")
            .values("uuid", "received_at", "device_at", "refusal", "content")
        ),
        "answers_decided": list(
            Conflict.objects.filter(decided_by=person)
            .order_by("pk")
            .values("assessment__uuid", "question", "side", "choice", "decided_at")
        ),
    }
