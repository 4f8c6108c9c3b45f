"""Carry out the rules of retention, a bounded piece at a time, and note what was done."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F, Q

from ifn.accounts.models import Consent
from ifn.assessments.models import Package
from ifn.directory.models import Draft, Revision, Verification
from ifn.privacy.actions import exporting
from ifn.privacy.models import DataRequest, Note, Sweep
from ifn.privacy.retention import BY_KEY

logger = logging.getLogger("ifn.privacy")
BATCH: Final = 200
#: Begins the name of evidence whose file is gone; the row says that there was one.
GONE: Final = "removed/"


def forget_next(*, at: datetime) -> int:
    """Carry out every rule once, 200 rows each at most; return how many rows it was."""
    done = 0
    for key, forget in _RULES.items():
        with transaction.atomic():
            count = forget(at)
            _note(key, count, at=at)
        if count:
            logger.info("kept no longer", extra={"rule": key, "rows": count})
        done += count
    return done


def _note(key: str, count: int, *, at: datetime) -> None:
    sweep, _is_new = Sweep.objects.get_or_create(rule=key, defaults={"last_at": at})
    Sweep.objects.filter(pk=sweep.pk).update(
        last_at=at, total=F("total") + count, **({"last_count": count} if count else {})
    )


def _exports(at: datetime) -> int:
    return exporting.remove_expired(at=at, most=BATCH)


def _drafts(at: datetime) -> int:
    old = Draft.objects.filter(saved_at__lte=at - BY_KEY["drafts"].keep).order_by("pk")[:BATCH]
    return Draft.objects.filter(pk__in=[one.pk for one in old]).delete()[0]


def _packages(at: datetime) -> int:
    """Empty what phones sent; sent again, it is still known and gets the same receipt."""
    old = Package.objects.filter(received_at__lte=at - BY_KEY["packages"].keep).exclude(content={})
    pks = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return Package.objects.filter(pk__in=pks).update(content={})


def _revisions(at: datetime) -> int:
    old = Revision.objects.filter(made_at__lte=at - BY_KEY["revisions"].keep).order_by("pk")[:BATCH]
    return Revision.objects.filter(pk__in=[one.pk for one in old]).delete()[0]


def _verifications(at: datetime) -> int:
    """Remove the evidence of what holds no more; that it was checked, when and by whom stays."""
    before = at - BY_KEY["verifications"].keep
    over = (
        Q(withdrawn_at__lte=before) | Q(replaced_at__lte=before) | Q(expires_on__lte=before.date())
    )
    old = Verification.objects.filter(over).exclude(evidence__startswith=GONE).order_by("pk")
    found = list(old[:BATCH])
    names = [one.evidence for one in found]
    for one in found:
        Verification.objects.filter(pk=one.pk).update(evidence=f"{GONE}{one.pk}")
    store = storages["private"]

    def remove() -> None:
        for name in names:
            store.delete(name)

    transaction.on_commit(remove)
    return len(found)


def _requests(at: datetime) -> int:
    holds = ~Q(name="", email="", phone="", text="")
    old = DataRequest.objects.filter(holds, ended_at__lte=at - BY_KEY["requests"].keep)
    pks = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    Note.objects.filter(request__in=pks).delete()
    return DataRequest.objects.filter(pk__in=pks).update(name="", email="", phone="", text="")


def _consents(at: datetime) -> int:
    old = Consent.objects.filter(withdrawn_at__lte=at - BY_KEY["consents"].keep)
    old = old.exclude(value="", given_by__in=["", "-"])
    pks = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return Consent.objects.filter(pk__in=pks).update(value="", given_by="-")


_RULES: Final[dict[str, Callable[[datetime], int]]] = {
    "exports": _exports,
    "drafts": _drafts,
    "packages": _packages,
    "revisions": _revisions,
    "verifications": _verifications,
    "requests": _requests,
    "consents": _consents,
}
