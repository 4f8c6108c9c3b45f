"""What an officer hands to a claimant: a link, a printed code, six digits for WhatsApp."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.directory.actions.profiles import lock
from ifn.directory.models import Business
from ifn.directory.models.membership import digest_of
from ifn.directory.queries import has_owner
from ifn.moderation.actions.claims import BY_OFFICER, make_code
from ifn.moderation.actions.deciding import DecidedMeanwhile
from ifn.moderation.actions.taking import let_go
from ifn.moderation.models import Claim, ClaimLink
from ifn.moderation.problems import HasOwner, NotClaimable

#: A printed code travels with a letter or a visit.
VALID = timedelta(days=30)
MOST_OPEN = 10


class TooManyLinks(Exception):  # noqa: N818
    """So many links of this profile are open that some must be withdrawn first."""


@transaction.atomic
def make_claim_link(
    business: Business, *, note: str, actor: User, at: datetime
) -> tuple[ClaimLink, str]:
    """Make a link that lets one person own the profile; return it with its token, kept nowhere.

    Raises:
        NotClaimable: The profile is not listed.
        HasOwner: Somebody looks after it; they invite others.
        TooManyLinks: Ten are open already.

    """
    lock(business)
    if business.status != Business.Status.LISTED:
        raise NotClaimable
    if has_owner(business):
        raise HasOwner
    waiting = ClaimLink.objects.filter(
        business=business, used_at=None, withdrawn_at=None, expires_at__gt=at
    )
    if waiting.count() >= MOST_OPEN:
        raise TooManyLinks
    token = secrets.token_urlsafe(24)
    link = ClaimLink.objects.create(
        business=business,
        digest=digest_of(token),
        note=note,
        made_by=actor,
        made_at=at,
        expires_at=at + VALID,
    )
    record("moderation.claim.link_made", link, actor=actor, at=at, business=business.pk)
    return link, token


@transaction.atomic
def withdraw_claim_link(link: ClaimLink, *, actor: User, at: datetime) -> bool:
    """Make a link worthless that nobody used; say whether that was still possible."""
    lock(link.business)
    changed = ClaimLink.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None).update(
        withdrawn_at=at
    )
    if changed:
        record("moderation.claim.link_withdrawn", link, actor=actor, at=at)
    return bool(changed)


@transaction.atomic
def make_phone_code(claim: Claim, *, actor: User, at: datetime) -> str:
    """Return six digits for an officer to send to the profile's number, shown this once.

    Raises:
        DecidedMeanwhile: The claim is over, or goes another way by now.
        TooManyCodes: Too many went out about this profile today.

    """
    lock(claim.business)
    found = Claim.objects.select_related("business", "person", "decided_by").get(pk=claim.pk)
    if not found.is_open or found.way != Claim.Way.PHONE:
        raise DecidedMeanwhile(found)
    code = make_code(found, valid=BY_OFFICER, at=at)
    found.state, found.since = Claim.State.BEGUN, at
    found.save(update_fields=["state", "since"])
    let_go("claim", [found.pk])
    record("moderation.claim.code_handed", found, actor=actor, at=at)
    return code
