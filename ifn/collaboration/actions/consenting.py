"""What a partner says to a release: yes, no, and a yes that is taken back."""

from datetime import datetime
from typing import Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.releasing import ReasonMissing
from ifn.collaboration.actions.showing import show_anew
from ifn.collaboration.models import Release, ReleaseConsent

_STATE: Final = ReleaseConsent.State


class TextChanged(Exception):  # noqa: N818
    """The text was changed since this partner read it; it reads the new one first."""


class NotAsked(Exception):  # noqa: N818
    """This partner is not asked about the release now."""


@transaction.atomic
def answer(  # to which text, what, why, who
    one: ReleaseConsent,
    *,
    agrees: bool,
    text_version: int,
    reason: str = "",
    actor: User | None,
    at: datetime,
) -> ReleaseConsent:
    """Say yes or no to a release as it read in one version; said twice, it is said once.

    Raises:
        NotAsked: The release is not shown to partners now.
        ReasonMissing: A no takes a reason.
        TextChanged: It reads otherwise by now.

    """
    release, found = _held(one)
    if release.text_version != text_version or found.text_version != text_version:
        raise TextChanged
    state = _STATE.AGREED if agrees else _STATE.REFUSED
    if found.state == state:
        return found
    if release.state != Release.State.ASKING and not (
        agrees and release.state == Release.State.PUBLISHED
    ):
        raise NotAsked
    if not agrees and not reason.strip():
        raise ReasonMissing
    return _said(found, release, state, reason, actor=actor, at=at)


@transaction.atomic
def take_back(
    one: ReleaseConsent, *, reason: str = "", actor: User | None, at: datetime
) -> ReleaseConsent:
    """Take a yes back. Of a page that is public the partner's name and what shows it goes at once.

    The page itself stays, and so does the line from origin to product: "a partner" stands there.

    Raises:
        NotAsked: It has not said yes.

    """
    release, found = _held(one)
    if found.state == _STATE.WITHDRAWN:
        return found
    if found.state != _STATE.AGREED:
        raise NotAsked
    return _said(found, release, _STATE.WITHDRAWN, reason, actor=actor, at=at)


def _held(one: ReleaseConsent) -> tuple[Release, ReleaseConsent]:
    release = Release.objects.select_for_update().get(pk=one.release_id)
    rows = ReleaseConsent.objects.select_for_update(of=("self",)).select_related("partner")
    return release, rows.get(pk=one.pk)


def _said(  # what was said, why, by whom
    one: ReleaseConsent,
    release: Release,
    state: str,
    reason: str,
    *,
    actor: User | None,
    at: datetime,
) -> ReleaseConsent:
    before, one.state, one.since = one.state, state, at
    one.reason, one.person = reason, actor
    one.save(update_fields=["state", "since", "reason", "person"])
    record(
        "collaboration.consent.said",
        one,
        actor=actor,
        at=at,
        before={"state": before},
        after={"state": state},
        text_version=one.text_version,
    )
    if release.state == Release.State.PUBLISHED:
        show_anew(release.project_id, at=at)
    return one
