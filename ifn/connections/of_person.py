"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.accounts.models import User
from ifn.connections.models import Opportunity, OpportunityDraft, OpportunityVersion, StateChange
from ifn.connections.particulars import to_json
from ifn.connections.queries import particulars_of_all


def of_person(person: User) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return the opportunities a person began, what they have not posted, and what they did."""
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
