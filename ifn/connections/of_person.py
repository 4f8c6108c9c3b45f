"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.accounts.models import User
from ifn.connections.models import (
    Chain,
    Follow,
    Opportunity,
    OpportunityDraft,
    OpportunityVersion,
    StateChange,
)
from ifn.connections.particulars import to_json
from ifn.connections.queries.opportunities import particulars_of_all

Parts = dict[str, Sequence[Mapping[str, object]]]


def of_person(person: User) -> Parts:
    """Return what a person follows, offers, asks for and did."""
    return _follows(person) | _opportunities(person) | _chains(person)


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
