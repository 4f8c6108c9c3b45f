"""What this room keeps about a person, for the copy they may ask for."""

from collections.abc import Mapping, Sequence

from django.utils import translation

from ifn.accounts.models import User
from ifn.notices.kinds import said
from ifn.notices.models import Notice, Silence, Wish
from ifn.notices.tokens import digests_of


def of_person(person: User) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return what a person was told, in their language, and how often they want messages."""
    with translation.override(person.language):
        told = [
            {
                "title": said(one.words, one.values).title,
                "about": [item["text"] for item in one.items],
                "address": one.address,
                "made_at": one.made_at,
                "read_at": one.read_at,
                "mailing": one.mailing,
            }
            for one in Notice.objects.filter(person=person).order_by("made_at", "pk")
        ]
    wishes = Wish.objects.filter(person=person).order_by("kind")
    return {"notices": told, "wishes": list(wishes.values("kind", "often", "changed_at"))}


def to_address(address: str) -> dict[str, Sequence[Mapping[str, object]]]:
    """Return of which kinds no messages go to an address, where no account says so."""
    found = Silence.objects.filter(address__in=digests_of(address)).order_by("since", "pk")
    return {"silences": list(found.values("kind", "since"))}
