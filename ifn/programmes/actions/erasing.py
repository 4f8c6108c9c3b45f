"""What is personal goes: on a person's wish, with a business, or when its time is over."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory import handing
from ifn.directory.models import Business
from ifn.programmes.actions.registering import withdraw
from ifn.programmes.actions.reporting import remove_reports
from ifn.programmes.models import (
    Action,
    ActionFile,
    ActionStep,
    Batch,
    Certificate,
    Mentor,
    Outcome,
    Partner,
    Registration,
    ReportMaking,
    SessionFile,
    Visit,
)

#: So long after a batch the names and numbers of those who came are kept.
KEPT: Final = timedelta(days=5 * 365)
PIECE: Final = 50


@transaction.atomic
def erase_registrations(
    person: User | None,
    business: Business | None,
    addresses: Collection[str],
    *,
    actor: User,
    at: datetime,
) -> int:
    """Empty what names a person or came from a business; return how many registrations.

    What still runs is withdrawn, certificates no longer hold, what was said of the firm goes, and
    so do reports in which it stands. That a firm took part, and when it was there, stays without
    names.
    """
    wanted = Q(pk__in=[])
    if person:
        wanted |= Q(person=person)
    if business:
        wanted |= Q(business=business)
    phones = [one for one in addresses if one.startswith("+")]
    wanted |= Q(phone__in=phones)
    found = list(Registration.objects.filter(wanted).select_related("batch", "business", "person"))
    for one in found:
        if not one.batch.is_over:
            withdraw(one, actor=actor, at=at)
        record("programmes.registration.erased", one, actor=actor, at=at)
    keys = [one.pk for one in found]
    _withdraw_certificates(keys, at=at)
    _empty_plans(keys)
    Outcome.objects.filter(registration__in=keys).delete()
    remove_reports([one.batch_id for one in found])
    helped = _forget_helpers(addresses, actor=actor, at=at)
    return helped + _empty(Registration.objects.filter(pk__in=keys))


def _empty_plans(keys: Collection[int]) -> None:
    """Empty plans and visits of words and photos; what was to be done, and when, stays."""
    files = ActionFile.objects.filter(action__registration__in=keys)
    handing.remove_files(list(files.values_list("file", flat=True)))
    files.delete()
    actions = Action.objects.filter(registration__in=keys)
    actions.update(evidence="", what="–", why="")
    actions.filter(state=Action.State.DROPPED).update(reason="–")
    ActionStep.objects.filter(action__registration__in=keys).update(words="")
    Visit.objects.filter(registration__in=keys).update(notes="–", next_step="")


def _forget_helpers(addresses: Collection[str], *, actor: User, at: datetime) -> int:
    """Empty mentors and partners of these addresses and end their links; return how many.

    The name of a mentor goes, that of an organisation stays.
    """
    reached = Q(email__in=[one for one in addresses if "@" in one])
    reached |= Q(phone__in=[one for one in addresses if one.startswith("+")])
    gone = 0
    for one in Mentor.objects.filter(reached):
        one.name, one.email, one.phone, one.link_on = f"– ({one.pk})", "", "", None
        one.save(update_fields=["name", "email", "phone", "link_on"])
        record("programmes.mentor.erased", one, actor=actor, at=at)
        gone += 1
    return gone + Partner.objects.filter(reached).update(email="", phone="", link_on=None)


def _withdraw_certificates(keys: Collection[int], *, at: datetime) -> None:
    rows = Certificate.objects.filter(registration__in=keys)
    handing.remove_files([name for name in rows.values_list("file", flat=True) if name])
    rows.filter(withdrawn_at=None).update(withdrawn_at=at, reason="-")
    rows.update(name="", file="")


def _empty(rows: QuerySet[Registration]) -> int:
    return rows.update(name="", phone="", motive="", person=None)


@transaction.atomic
def forget_old(*, at: datetime, most: int = PIECE) -> int:
    """Empty the next registrations of batches that ended five years ago; return how many.

    Certificates stay: who holds one may have to show it for longer. Signed sheets, photos, words of
    plans and visits, and the addresses of those who helped go.
    """
    before = (at - KEPT).date()
    old = Registration.objects.filter(batch__ends_on__lt=before).filter(
        ~Q(name="") | ~Q(phone="") | ~Q(motive="")
    )
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:most])
    _empty_plans(keys)
    emptied = _empty(Registration.objects.filter(pk__in=keys))
    Outcome.objects.filter(registration__in=keys).update(note="", person=None)
    files = SessionFile.objects.filter(
        session__batch__ends_on__lt=before, kind__in=["photo", "sheet"]
    )
    helpers = [
        kind.objects.filter(batch__ends_on__lt=before)
        .filter(~Q(email="") | ~Q(phone=""))
        .update(email="", phone="", link_on=None)
        for kind in (Mentor, Partner)
    ]
    gone = list(files.order_by("pk")[:most])
    handing.remove_files([one.file for one in gone if one.file])
    SessionFile.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return emptied + len(gone) + sum(helpers)


def erase_demo() -> int:
    """Remove every invented batch with all that belongs to it; return how many."""
    found = Batch.objects.filter(is_demo=True)
    names = [
        *SessionFile.objects.filter(session__batch__in=found).values_list("file", flat=True),
        *ActionFile.objects.filter(action__registration__batch__in=found).values_list(
            "file", flat=True
        ),
        *Certificate.objects.filter(registration__batch__in=found).values_list("file", flat=True),
        *ReportMaking.objects.filter(batch__in=found).values_list("file", flat=True),
    ]
    with transaction.atomic():
        handing.remove_files([name for name in names if name])
        number = found.count()
        found.delete()
    return number
