"""Firms are invited to apply, once for a role, and may decline."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.calls.locking import lock
from ifn.collaboration.actions.calls.telling import let_rest, tell_invited
from ifn.collaboration.models import Application, Call, CallRole, Invitation
from ifn.directory.models import Business


class NotInviting(Exception):  # noqa: N818
    """The call is not open for applications, or its last day has gone by."""


class AnsweredAlready(Exception):  # noqa: N818
    """The firm applied or declined before."""


@transaction.atomic
def invite(  # noqa: PLR0913  # for what, whom and why, in which words, who says so
    wanted: CallRole,
    firms: Sequence[Business],
    reasons: Mapping[int, list[Any]],
    *,
    words: str = "",
    actor: User,
    at: datetime,
    today: date,
) -> list[Invitation]:
    """Invite firms for a role and tell them; return the invitations that are new.

    Whoever was invited or applied before is passed over, and so is who is not in the directory, is
    the caller itself, or belongs to the other network: invented and real firms never meet.
    ``reasons`` are what the matching said, by the keys of firms.

    Raises:
        NotInviting: Nobody can apply any more.

    """
    call = lock(wanted.call)
    if call.state != Call.State.OPEN or today > call.closes_on:
        raise NotInviting
    there = {
        *Invitation.objects.filter(wanted=wanted).values_list("business", flat=True),
        *Application.objects.filter(wanted=wanted).values_list("business", flat=True),
    }
    made = []
    for firm in {one.pk: one for one in firms}.values():
        if firm.pk in there or not _may_be_invited(call, firm):
            continue
        one = Invitation.objects.create(
            wanted=wanted,
            business=firm,
            since=at,
            reasons=reasons.get(firm.pk, []),
            words=words,
            invited_at=at,
            invited_by=actor,
        )
        record("collaboration.invitation.sent", one, actor=actor, at=at, call=call.code)
        tell_invited(one, "invited", at=at)
        made.append(one)
    return made


def _may_be_invited(call: Call, firm: Business) -> bool:
    is_shown = firm.status == Business.Status.LISTED and firm.is_demo == call.is_demo
    return is_shown and firm.pk != call.business_id


@transaction.atomic
def decline(invitation: Invitation, *, reason: str = "", actor: User, at: datetime) -> Invitation:
    """Say for an invited firm that it does not apply; said twice, it is said once.

    Raises:
        AnsweredAlready: It applied.

    """
    lock(invitation.wanted.call)
    rows = Invitation.objects.select_related("wanted__call", "business")
    one = rows.get(pk=invitation.pk)
    if one.state == Invitation.State.DECLINED:
        return one
    if one.state != Invitation.State.SENT:
        raise AnsweredAlready
    one.state, one.since, one.reason = Invitation.State.DECLINED, at, reason
    one.save(update_fields=["state", "since", "reason"])
    record("collaboration.invitation.declined", one, actor=actor, at=at, reason=reason)
    let_rest(one, at=at)
    return one
