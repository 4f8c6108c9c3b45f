"""New profiles that members published: looked at and found in order, or hidden with a reason."""

from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.connections import actions as connections
from ifn.directory import actions as directory
from ifn.directory.actions.profiles import lock
from ifn.directory.models import Business
from ifn.moderation.actions.taking import let_go
from ifn.moderation.models import Look
from ifn.moderation.problems import ReasonMissing


class LookedAtMeanwhile(Exception):  # noqa: N818
    """A colleague looked at the profile already; ``look`` says who."""

    def __init__(self, look: Look) -> None:
        super().__init__(str(look))
        self.look = look


@transaction.atomic
def look_at(
    business: Business, *, is_fine: bool, reason: str = "", actor: User, at: datetime
) -> Look:
    """Note that a new profile was looked at; what is not fine is hidden, and said why.

    Raises:
        ReasonMissing: It is to be hidden without saying why.
        LookedAtMeanwhile: A colleague was quicker.

    """
    if not is_fine and not reason:
        raise ReasonMissing
    lock(business)
    before = Look.objects.select_related("looked_by").filter(business=business).first()
    if before is not None:
        raise LookedAtMeanwhile(before)
    look = Look.objects.create(business=business, looked_by=actor, looked_at=at)
    let_go("profile", [business.pk])
    record("moderation.profile.looked_at", business, actor=actor, at=at, is_fine=is_fine)
    if not is_fine:
        directory.hide(business, reason=reason, actor=actor, at=at)
        connections.withdraw_all(business, reason=reason, actor=actor, at=at)
    return look
