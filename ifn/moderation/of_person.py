"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.accounts.models import User
from ifn.moderation.models import Assignment, Claim, ClaimNote, Report, SavedFilter


def of_person(person: User) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return what a person claimed and reported, what was written to them, and work they took.

    What officers noted among themselves is theirs; it is given out when somebody asks for it.
    """
    notes = ClaimNote.objects.filter(claim__person=person).exclude(kind=ClaimNote.Kind.INTERNAL)
    return {
        "claims": list(
            Claim.objects.filter(person=person)
            .order_by("begun_at")
            .values("business__number", "way", "state", "begun_at", "decided_at", "reason")
        ),
        "claim_notes": list(
            notes.order_by("written_at").values(
                "claim__business__number", "kind", "text", "file_name", "written_at"
            )
        ),
        "reports": list(
            Report.objects.filter(person=person)
            .order_by("made_at")
            .values("business__number", "kind", "text", "state", "made_at", "answered_at", "answer")
        ),
        "work_taken": list(
            Assignment.objects.filter(person=person)
            .order_by("taken_at")
            .values("kind", "subject", "taken_at")
        ),
        "saved_filters": list(
            SavedFilter.objects.filter(person=person)
            .order_by("saved_at")
            .values("name", "query", "is_shared", "saved_at")
        ),
    }
