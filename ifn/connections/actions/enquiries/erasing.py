"""Take a person out of what they asked, and of what they did for a firm."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections import telling
from ifn.connections.actions.enquiries.clock import empty
from ifn.connections.actions.enquiries.moving import By, move
from ifn.connections.enquiring.askers import key_of_address, key_of_person
from ifn.connections.enquiring.reasons import Closed
from ifn.connections.enquiring.states import Event, Side
from ifn.connections.models import Block, Complaint, Enquiry, Letter, Step, Tally
from ifn.directory.models import Business
from ifn.notices.actions import erase_told_of


@transaction.atomic
def erase_enquiries(
    person: User | None, addresses: Collection[str], *, actor: User | None, at: datetime
) -> int:
    """Close what a person asked and is open, and empty all of it; return how many rows changed.

    What firms decided and what came of it stays without names, addresses and words.
    """
    keys = {key_of_address(one) for one in addresses}
    own = Q(asker__in=keys) | Q(email__in=addresses) | Q(phone__in=addresses)
    if person is not None:
        keys.add(key_of_person(person.pk))
        own |= Q(person=person) | Q(asker=key_of_person(person.pk))
    found = Enquiry.objects.filter(letter__in=Letter.objects.filter(own))
    told = [telling.path_to(one) for one in found]
    letters = list(Letter.objects.filter(own).values_list("pk", flat=True))
    office = By(Side.OFFICE, actor)
    for enquiry in Enquiry.objects.open().filter(letter__in=letters).order_by("pk"):
        move(enquiry, Event.CLOSE, by=office, at=at, reason=Closed.ERASED)
    gone = empty(letters) + erase_told_of(told)
    Enquiry.objects.filter(letter__in=letters).update(asker="")
    gone += Block.objects.filter(asker__in=keys).delete()[0]
    gone += Tally.objects.filter(asker__in=keys).delete()[0]
    shared = Enquiry.objects.filter(shared_value__in=addresses)
    gone += shared.update(shared_kind="", shared_value="")
    gone += _leave_steps(person)
    if gone and person is not None:
        record("connections.enquiries.erased", person, actor=actor, at=at)
    return gone


@transaction.atomic
def erase_told_of_firm(business: Business) -> int:
    """Remove what people were told of enquiries to a firm, which names it; return how much."""
    found = Enquiry.objects.to_firms([business.pk])
    return erase_told_of([telling.path_to(one) for one in found])


def _leave_steps(person: User | None) -> int:
    if person is None:
        return 0
    gone = Step.objects.filter(person=person).update(person=None, words="")
    return gone + Complaint.objects.filter(person=person).update(person=None, words="")
