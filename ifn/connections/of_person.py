"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.accounts.models import User
from ifn.connections.enquiring.askers import key_of_person
from ifn.connections.models import Block, Complaint, Enquiry, Letter, LetterFile, Step, Worth


def of_person(person: User) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return what a person asked and was answered, what they did in enquiries, and reported."""
    own = key_of_person(person.pk)
    worths = Worth.objects.filter(enquiry__asker=own, side="asker").order_by("pk")
    return {
        "letters": list(
            Letter.objects.filter(asker=own)
            .order_by("written_at", "pk")
            .values(
                "business__number",
                "email",
                "phone",
                "language",
                "text",
                "quantity",
                "unit__code",
                "deadline",
                "state",
                "written_at",
                "sent_at",
            )
        ),
        "letter_files": list(
            LetterFile.objects.filter(letter__asker=own)
            .order_by("pk")
            .values("letter__written_at", "name")
        ),
        "enquiries": list(
            Enquiry.objects.filter(asker=own)
            .order_by("pk")
            .values("code", "business__number", "state", "reason", "sent_at", "answered_at")
        ),
        "enquiry_steps": list(
            Step.objects.filter(person=person)
            .order_by("at", "pk")
            .values("enquiry__code", "event", "side", "reason", "words", "at")
        ),
        "enquiry_values": list(
            worths.values("enquiry__code", "kind", "amount", "currency", "stated_at")
        ),
        "enquiry_reports": list(
            Complaint.objects.filter(person=person)
            .order_by("pk")
            .values("enquiry__code", "reason", "words", "made_at", "answered_at")
        ),
        "enquiry_blocks": list(
            Block.objects.filter(made_by=person)
            .order_by("pk")
            .values("business__number", "made_at")
        ),
    }
