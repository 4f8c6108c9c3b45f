"""What is personal goes: on a person's wish, with a business, or when its time is over."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.models import (
    Application,
    ApplicationStep,
    Conflict,
    Feedback,
    Guest,
    Invitation,
    Note,
    Project,
    ProjectPartner,
    Receipt,
    ReleaseConsent,
    Score,
)
from ifn.directory import handing
from ifn.directory.models import Business

#: So long after a project is over its guests, and names on receipts and in applications, are kept.
KEPT: Final = timedelta(days=2 * 365)
PIECE: Final = 50


@transaction.atomic
def erase_from_collaboration(
    person: User | None,
    business: Business | None,
    addresses: Collection[str],
    *,
    actor: User,
    at: datetime,
) -> int:
    """Empty what names a person or came from a business; return how many rows.

    That a firm took part, what it got and when, stays without names; what was released stays with
    its line unbroken, where "a partner" stands instead.
    """
    gone = _forget_reached(addresses, actor=actor, at=at)
    if person is not None:
        gone += _forget_person(person)
    if business is not None:
        gone += _forget_firm(business, actor=actor, at=at)
    return gone


def _forget_reached(addresses: Collection[str], *, actor: User, at: datetime) -> int:
    """Empty guests and partners by name of these addresses, what they wrote, and their links."""
    reached = Q(email__in=[one for one in addresses if "@" in one])
    reached |= Q(phone__in=[one for one in addresses if one.startswith("+")])
    guests = list(Guest.objects.filter(reached))
    partners = list(ProjectPartner.objects.filter(reached))
    for guest in guests:
        _forget_writer(guest.project_id, guest.name)
        guest.name, guest.organisation = f"– ({guest.pk})", ""
        guest.email, guest.phone, guest.link_on = "", "", None
        guest.save()
        record("collaboration.guest.erased", guest, actor=actor, at=at)
    for one in partners:
        if one.business_id is None:
            _forget_writer(one.project_id, one.name)
            one.name, one.is_named = f"– ({one.pk})", False
        one.email, one.phone, one.link_on = "", "", None
        one.save()
        record("collaboration.projectpartner.erased", one, actor=actor, at=at)
    return len(guests) + len(partners)


def _forget_writer(project: int, name: str) -> None:
    Note.objects.filter(project=project, person=None, by=name).update(by="")


def _forget_person(person: User) -> int:
    """Empty what a person wrote of themselves and of others: applications, conflicts, receipts."""
    own = Application.objects.filter(person=person)
    gone = own.update(pitch="–", address="", person=None)
    gone += Conflict.objects.filter(evaluator__person=person).update(kind="declared", words="–")
    gone += Score.objects.filter(evaluator__person=person).exclude(words="").update(words="")
    gone += _empty_receipts(Receipt.objects.filter(person=person))
    gone += Feedback.objects.filter(person=person).update(words="", person=None)
    return gone + Note.objects.filter(person=person).update(person=None)


def _forget_firm(business: Business, *, actor: User, at: datetime) -> int:
    """Empty what came from a firm; it is named nowhere any more."""
    partners = ProjectPartner.objects.filter(business=business)
    for one in partners:
        record("collaboration.projectpartner.erased", one, actor=actor, at=at)
        one.name, one.does, one.is_named = f"– ({one.pk})", "", False
        one.email, one.phone, one.link_on = "", "", None
        one.save()
    ReleaseConsent.objects.filter(partner__business=business, state="agreed").update(
        state="withdrawn", since=at, reason="–"
    )
    applied = Application.objects.filter(business=business)
    ApplicationStep.objects.filter(application__in=applied).exclude(reason="").update(reason="–")
    gone = len(partners) + applied.update(pitch="–", address="", person=None)
    gone += Invitation.objects.filter(business=business).update(words="", reasons=[])
    gone += _empty_receipts(Receipt.objects.filter(allocation__business=business))
    return gone + Feedback.objects.filter(receipt__allocation__business=business).update(words="")


def _empty_receipts(rows: QuerySet[Receipt]) -> int:
    """Empty receipts of the name and of the signed sheet; that pairs were received stays."""
    handing.remove_files([name for name in rows.values_list("file", flat=True) if name])
    return rows.update(name=Receipt.EMPTIED, words="", file="")


@transaction.atomic
def forget_old(*, at: datetime, most: int = PIECE) -> int:
    """Remove guests of projects that ended two years ago, and empty addresses; return how many.

    Names on receipts go as well; partners that took part stay in the record.
    """
    before = at - KEPT
    over = Project.objects.filter(
        state__in=[Project.State.DONE, Project.State.STOPPED], since__lt=before
    ).values("pk")
    guests = list(Guest.objects.filter(project__in=over).values_list("pk", flat=True)[:most])
    reached = ProjectPartner.objects.filter(project__in=over).filter(~Q(email="") | ~Q(phone=""))
    partners = list(reached.values_list("pk", flat=True)[:most])
    received = Receipt.objects.filter(allocation__batch__project__in=over).exclude(
        name=Receipt.EMPTIED
    )
    receipts = list(received.values_list("pk", flat=True)[:most])
    Guest.objects.filter(pk__in=guests).delete()
    ProjectPartner.objects.filter(pk__in=partners).update(email="", phone="", link_on=None)
    _empty_receipts(Receipt.objects.filter(pk__in=receipts))
    return len(guests) + len(partners) + len(receipts)
