"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from ifn.accounts.models import User
from ifn.programmes.models import (
    Action,
    ActionFile,
    ActionStep,
    Attendance,
    Batch,
    Certificate,
    CommitmentStep,
    Issuing,
    Mentor,
    Outcome,
    Partner,
    Quiz,
    QuizAnswer,
    Registration,
    RegistrationStep,
    ReportMaking,
    SessionFile,
    StateChange,
    Visit,
)

Parts = dict[str, Sequence[Mapping[str, object]]]


def of_person(person: User) -> Parts:
    """Return where a person takes part and what came of it, and what they did for batches."""
    return _taking_part(person) | _following(person) | _working(person)


def _taking_part(person: User) -> Parts:
    own = Registration.objects.filter(Q(person=person) | Q(registered_by=person))
    comes = Registration.objects.filter(person=person)
    return {
        "registrations": list(
            own.order_by("registered_at", "pk").values(
                *("batch__code", "business__number", "name", "phone", "motive"),
                *("is_women_owned", "is_youth_owned", "registered_at", "state", "reason"),
            )
        ),
        "attendance": list(
            Attendance.objects.filter(registration__in=comes)
            .order_by("at", "pk")
            .values("session__batch__code", "session__title", "way", "at")
        ),
        "quiz_answers": list(
            QuizAnswer.objects.filter(registration__in=comes)
            .order_by("answered_at", "pk")
            .values("quiz__title", "round", "chosen", "right", "answered_at")
        ),
        "outcomes": list(
            Outcome.objects.filter(registration__in=comes)
            .order_by("said_on", "pk")
            .values("registration__batch__code", "wave", *Outcome.ANSWERS, "way", "said_on")
        ),
        "certificates": list(
            Certificate.objects.filter(registration__in=comes)
            .order_by("issued_on", "pk")
            .values("code", "kind", "name", "title", "issued_on", "withdrawn_at", "reason")
        ),
    }


def _following(person: User) -> Parts:
    """Return what a person's plan says, and what they did and wrote to follow plans up."""
    comes = Registration.objects.filter(person=person)
    reached = Q(email=person.email) if person.email else Q(pk__in=[])
    return {
        "action_plan": list(
            Action.objects.filter(registration__in=comes)
            .order_by("created_at", "pk")
            .values("registration__batch__code", "what", "due_on", "state", "evidence", "reason")
        ),
        "action_steps": list(
            ActionStep.objects.filter(person=person)
            .order_by("at", "pk")
            .values("action__what", "state", "due_on", "words", "at")
        ),
        "actions_written": list(
            Action.objects.filter(created_by=person)
            .order_by("created_at", "pk")
            .values("registration__batch__code", "what", "created_at")
        ),
        "action_files": list(
            ActionFile.objects.filter(added_by=person)
            .order_by("added_at", "pk")
            .values("action__what", "added_at")
        ),
        "visits": list(
            Visit.objects.filter(Q(person=person) | Q(registration__in=comes, is_internal=False))
            .order_by("on", "pk")
            .values("registration__batch__code", "on", "way", "notes", "next_step")
        ),
        "promise_answers": list(
            CommitmentStep.objects.filter(person=person)
            .order_by("at", "pk")
            .values("commitment__what", "state", "due_on", "reason", "at")
        ),
        "helping": [
            *Mentor.objects.filter(reached)
            .order_by("pk")
            .values("batch__code", "name", "email", "phone"),
            *Partner.objects.filter(reached)
            .order_by("pk")
            .values("batch__code", "name", "email", "phone"),
        ],
    }


def _working(person: User) -> Parts:
    """Return what an officer or a Dinas decided, entered and attested."""
    return {
        "registration_decisions": list(
            RegistrationStep.objects.filter(person=person)
            .order_by("at", "pk")
            .values("registration__batch__code", "state", "at", "reason")
        ),
        "batches": [
            *Batch.objects.filter(created_by=person).order_by("pk").values("code", "created_at"),
            *StateChange.objects.filter(person=person)
            .order_by("at", "pk")
            .values("batch__code", "state", "at", "reason"),
            *Quiz.objects.filter(created_by=person).order_by("pk").values("title", "created_at"),
            *Issuing.objects.filter(asked_by=person).order_by("pk").values("asked_at", "made"),
            *ReportMaking.objects.filter(asked_by=person)
            .order_by("pk")
            .values("batch__code", "asked_at", "wave"),
        ],
        "outcomes_written_down": list(
            Outcome.objects.filter(person=person, way__in=["phone", "visit"])
            .order_by("changed_at", "pk")
            .values("registration__batch__code", "wave", "way", "said_on", "changed_at")
        ),
        "session_files": list(
            SessionFile.objects.filter(added_by=person)
            .order_by("added_at", "pk")
            .values("session__title", "kind", "label", "added_at")
        ),
        "attendance_ticked": list(
            Attendance.objects.filter(person=person)
            .order_by("at", "pk")
            .values("session__batch__code", "session__title", "way", "at")
        ),
        "certificates_issued": list(
            Certificate.objects.filter(issued_by=person)
            .order_by("issued_on", "pk")
            .values("code", "kind", "issued_on")
        ),
    }
