"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from ifn.accounts.models import User
from ifn.collaboration.models import (
    Allocation,
    Application,
    ApplicationStep,
    Call,
    CallStep,
    CallTerms,
    Conflict,
    Evaluator,
    Feedback,
    FileVersion,
    Guest,
    Impact,
    Invitation,
    Milestone,
    Note,
    ProductionBatch,
    Project,
    ProjectPartner,
    ProjectStep,
    Receipt,
    ReleaseConsent,
    Score,
)
from ifn.directory.models import Membership

Parts = dict[str, Sequence[Mapping[str, object]]]


def of_person(person: User) -> Parts:
    """Return what a person did in calls, projects, batches and releases, and where they stand."""
    return _calls(person) | _projects(person) | _batches(person)


def _calls(person: User) -> Parts:
    return {
        "calls": [
            *Call.objects.filter(created_by=person)
            .order_by("created_at", "pk")
            .values("code", "title_id", "title_en", "state", "created_at"),
            *CallStep.objects.filter(person=person)
            .order_by("at", "pk")
            .values("call__code", "state", "at", "reason"),
            *CallTerms.objects.filter(made_by=person)
            .order_by("made_at", "pk")
            .values("call__code", "number", "made_at"),
            *Invitation.objects.filter(invited_by=person)
            .order_by("invited_at", "pk")
            .values("wanted__call__code", "business__number", "words", "invited_at"),
        ],
        "applications": [
            *Application.objects.filter(person=person)
            .order_by("applied_at", "pk")
            .values("call__code", "pitch", "address", "accepted_at", "state", "reason"),
            *ApplicationStep.objects.filter(person=person)
            .order_by("at", "pk")
            .values("application__call__code", "state", "at", "reason"),
        ],
        "evaluations": [
            *Evaluator.objects.filter(Q(person=person) | Q(added_by=person))
            .order_by("added_at", "pk")
            .values("call__code", "added_at", "declared_at"),
            *Conflict.objects.filter(evaluator__person=person)
            .order_by("at", "pk")
            .values("application__call__code", "kind", "words", "at"),
            *Score.objects.filter(evaluator__person=person)
            .order_by("at", "pk")
            .values("application__call__code", "points", "words", "at"),
        ],
    }


def _projects(person: User) -> Parts:
    firms = Membership.objects.filter(person=person).values("business")
    reached = Q(email=person.email) if person.email else Q(pk__in=[])
    return {
        "projects": [
            *Project.objects.filter(created_by=person)
            .order_by("created_at", "pk")
            .values("code", "title_id", "title_en", "state", "created_at"),
            *ProjectPartner.objects.filter(Q(added_by=person) | reached | Q(business__in=firms))
            .order_by("added_at", "pk")
            .values("project__code", "name", "role", "does", "state", "is_named", "added_at"),
            *Guest.objects.filter(Q(added_by=person) | reached)
            .order_by("added_at", "pk")
            .values("project__code", "name", "organisation", "email", "phone", "added_at"),
        ],
        "project_steps": list(
            ProjectStep.objects.filter(person=person)
            .order_by("at", "pk")
            .values("project__code", "event", "at", "reason")
        ),
        "project_notes": list(
            Note.objects.filter(person=person)
            .order_by("at", "pk")
            .values("project__code", "kind", "text", "on", "at")
        ),
        "project_milestones": list(
            Milestone.objects.filter(owner__business__in=firms)
            .order_by("due_on", "pk")
            .values("project__code", "what", "due_on", "state", "evidence", "reason")
        ),
        "project_files": list(
            FileVersion.objects.filter(added_by=person)
            .order_by("added_at", "pk")
            .values("of__project__code", "of__name", "number", "words", "added_at")
        ),
    }


def _batches(person: User) -> Parts:
    return {
        "hand_outs": [
            *ProductionBatch.objects.filter(created_by=person)
            .order_by("created_at", "pk")
            .values("code", "what", "created_at"),
            *Allocation.objects.filter(allocated_by=person)
            .order_by("allocated_at", "pk")
            .values("code", "business__number", "reason", "allocated_at"),
            *Receipt.objects.filter(person=person)
            .order_by("at", "pk")
            .values("allocation__code", "way", "name", "on", "pairs", "words"),
            *Feedback.objects.filter(person=person)
            .order_by("at", "pk")
            .values("receipt__allocation__code", "rating", "words", "at"),
        ],
        "release_answers": [
            *ReleaseConsent.objects.filter(person=person)
            .order_by("since", "pk")
            .values("release__slug", "state", "since", "reason"),
            *Impact.objects.filter(said_by=person)
            .order_by("said_at", "pk")
            .values("project__code", "kind", "amount", "on", "source", "said_at"),
        ],
    }
