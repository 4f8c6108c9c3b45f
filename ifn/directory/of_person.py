"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from ifn.accounts.models import User
from ifn.directory.models import Draft, Invitation, Membership, Picture
from ifn.directory.queries import profile_of
from ifn.directory.serial import to_json


def of_person(person: User) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return the profiles a person looks after, their drafts, invitations and pictures."""
    memberships = Membership.objects.filter(person=person).select_related("business")
    memberships = memberships.order_by("since", "pk")
    owned = [one.business for one in memberships if one.role == Membership.Role.OWNER]
    pictures = Picture.objects.filter(business__in=owned).order_by("business", "position")
    return {
        "memberships": [
            {
                "profile": one.business.public_number,
                "name": one.business.name,
                "role": one.role,
                "since": one.since,
            }
            for one in memberships
        ],
        "profiles": [
            {"profile": one.public_number, "facts": to_json(profile_of(one))} for one in owned
        ],
        "pictures": list(
            pictures.values("business__number", "file", "caption_id", "caption_en", "added_at")
        ),
        "drafts": list(
            Draft.objects.filter(person=person)
            .order_by("begun_at")
            .values("business__number", "begun_at", "saved_at", "data")
        ),
        "invitations": list(
            Invitation.objects.filter(invited_by=person)
            .order_by("created_at")
            .values("business__number", "role", "note", "created_at", "accepted_at")
        ),
    }
