"""Take a person out of the claims and reports they made."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.handing import remove_files
from ifn.moderation.models import Assignment, Claim, ClaimNote, Report, SavedFilter
from ifn.moderation.models.claims import OPEN


@transaction.atomic
def erase_from_claims(person: User, *, actor: User | None, at: datetime) -> int:
    """Empty a person's claims of words and evidence; that one was made and decided is kept."""
    claims = Claim.objects.filter(person=person)
    gone = claims.filter(state__in=OPEN).update(
        state=Claim.State.WITHDRAWN, decided_at=at, since=at
    )
    notes = ClaimNote.objects.filter(claim__in=claims).exclude(text="", file="", file_name="")
    remove_files([name for name in notes.values_list("file", flat=True) if name])
    gone += notes.update(text="", file="", file_name="")
    gone += Assignment.objects.filter(person=person).delete()[0]
    gone += SavedFilter.objects.filter(person=person).delete()[0]
    if gone:
        record("moderation.claims.erased", person, actor=actor, at=at)
    return gone


@transaction.atomic
def erase_from_reports(person: User | None, addresses: list[str]) -> int:
    """Empty reports of who made them and of their words; what was decided is kept."""
    made = Q(email__in=addresses) | Q(phone__in=addresses)
    if person:
        made |= Q(person=person)
    return Report.objects.filter(made).update(person=None, email="", phone="", text="")
