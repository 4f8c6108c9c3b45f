"""What people say about two profiles that may be one."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.models import Business, Twins


@transaction.atomic
def keep_apart(
    one: Business, other: Business, *, reason: str, actor: User | None, at: datetime
) -> Twins:
    """Note that two profiles are two businesses, so that nobody is asked again."""
    left, right = sorted((one, other), key=lambda each: each.pk)
    said = {
        "verdict": Twins.Verdict.APART,
        "decided_by": actor,
        "decided_at": at,
        "reason": reason[:300],
    }
    twins, _is_new = Twins.objects.update_or_create(
        left=left, right=right, defaults=said, create_defaults={**said, "found_at": at}
    )
    record("directory.twins.apart", left, actor=actor, at=at, reason=reason, other=right.number)
    return twins
