"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.accounts.models import User
from ifn.connections.enquiring.askers import key_of_person
from ifn.connections.models import (
    Block,
    Chain,
    Complaint,
    Enquiry,
    Follow,
    Introduction,
    Letter,
    LetterFile,
    Opportunity,
    OpportunityDraft,
    OpportunityVersion,
    StateChange,
    Step,
    Worth,
)
from ifn.connections.opportunities.particulars import to_json
from ifn.connections.queries.opportunities import particulars_of_all

Parts = dict[str, Sequence[Mapping[str, object]]]


def of_person(person: User) -> Parts:
    """Return what a person follows, offers, asks for and did."""
    return _follows(person) | _opportunities(person) | _enquiries(person) | _chains(person)


def _follows(person: User) -> Parts:
    follows = Follow.objects.filter(person=person).order_by("made_at", "pk")
    columns = ("name", "page", "query", "made_at", "looked_at", "news_at", "paused_at")
    return {"follows": list(follows.values(*columns))}


def _opportunities(person: User) -> Parts:
    begun = list(
        Opportunity.objects.filter(created_by=person).select_related("business").order_by("pk")
    )
    said = particulars_of_all(begun)
    return {
        "opportunities": [
            {
                "number": one.public_number,
                "profile": one.business.public_number,
                "direction": one.direction,
                "state": one.state,
                "begun_at": one.created_at,
                "facts": to_json(said[one.pk]),
            }
            for one in begun
        ],
        "opportunity_drafts": list(
            OpportunityDraft.objects.filter(person=person)
            .order_by("begun_at")
            .values("opportunity__number", "begun_at", "saved_at", "data")
        ),
        "opportunity_changes": [
            *StateChange.objects.filter(person=person)
            .order_by("at", "pk")
            .values("opportunity__number", "state", "at", "reason"),
            *OpportunityVersion.objects.filter(replaced_by=person)
            .order_by("replaced_at", "pk")
            .values("opportunity__number", "version", "replaced_at", "particulars"),
        ],
    }


def _chains(person: User) -> Parts:
    asked = Chain.objects.filter(person=person).order_by("asked_at", "pk")
    return {
        "chains": list(asked.values("name", "brief", "state", "asked_at", "saved_at", "shared_at"))
    }


def _enquiries(person: User) -> Parts:
    """Return what a person asked and was answered, what they did in enquiries, and reported."""
    own = key_of_person(person.pk)
    worths = Worth.objects.filter(enquiry__asker=own, side="asker").order_by("pk")
    return {
        "letters": list(
            Letter.objects.filter(asker=own)
            .order_by("written_at", "pk")
            .values(
                "business__number",
                "opportunity__number",
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
        "enquiries": [
            {
                "code": one.code,
                # Whom they do not know yet stays unnamed in their copy, too.
                "business__number": one.business.number if one.is_firm_known else "",
                "opportunity__number": one.letter.opportunity and one.letter.opportunity.number,
                "state": one.state,
                "reason": one.reason,
                "sent_at": one.sent_at,
                "answered_at": one.answered_at,
            }
            for one in Enquiry.objects.filter(asker=own)
            .select_related("business", "letter__opportunity")
            .order_by("pk")
        ],
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
        "introductions": list(
            Introduction.objects.filter(letter__asker=own)
            .order_by("pk")
            .values("first__number", "text", "made_at")
        ),
        "enquiry_blocks": list(
            Block.objects.filter(made_by=person)
            .order_by("pk")
            .values("business__number", "made_at")
        ),
    }
