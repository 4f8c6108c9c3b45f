"""Links that are sent to people and open once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from django.db import transaction

from ifn.accounts.actions.telling import address_of, tell
from ifn.accounts.models import Link, User
from ifn.accounts.policies import can_sign_in
from ifn.accounts.queries import digest_of, link_with, person_with
from ifn.audit.actions import record

#: How long a link is good for that signs in, or that confirms an address.
SHORT, DAY, WEEK = timedelta(minutes=30), timedelta(days=1), timedelta(days=7)


class LinkIsWorthless(Exception):  # noqa: N818
    """It was used, a newer one took its place, its time is over, or it never was one of ours."""


@transaction.atomic
def issue(
    purpose: Link.Purpose,
    subject: str,
    payload: Mapping[str, Any] | None = None,
    *,
    lasts: timedelta,
    at: datetime,
) -> str:
    """Return the key of a new link, which is stored nowhere; older ones are worth nothing now."""
    key = token_urlsafe(32)
    Link.objects.update_or_create(
        purpose=purpose,
        subject=subject,
        defaults={
            "digest": digest_of(key),
            "payload": dict(payload or {}),
            "created_at": at,
            "expires_at": at + lasts,
        },
    )
    return key


def take(key: str, purpose: Link.Purpose, *, at: datetime) -> Link:
    """Use a link up and return what it was; call it inside the transaction of what it does.

    Raises:
        LinkIsWorthless: There is no such link any more.

    """
    link = link_with(key, purpose, at=at)
    # Of two at once only one removes the row; the other waits, and finds that it is gone.
    if link is None or not Link.objects.filter(pk=link.pk, digest=link.digest).delete()[0]:
        raise LinkIsWorthless
    return link


def ask_for_sign_in_link(identifier: str, *, language: str) -> None:
    """Have a worker look whom to send a link to, so that the asking tells nobody anything."""
    from ifn.accounts.tasks import send_sign_in_link as later  # noqa: PLC0415  # it calls actions

    later.enqueue(identifier, language)


@transaction.atomic
def send_sign_in_link(identifier: str, *, language: str, at: datetime) -> bool:
    """Send a link to whoever signs in with this, if anybody does and has an e-mail address."""
    person = person_with(identifier)
    if person is None or not person.email or not can_sign_in(person):
        return False
    key = issue(Link.Purpose.SIGN_IN, str(person.pk), lasts=SHORT, at=at)
    tell(
        "sign_in",
        to=person.email,
        language=language,
        at=at,
        key=f"accounts.sign_in:{digest_of(key)}",
        name=person.name,
        address=address_of("accounts:open-link", language, key),
    )
    record("accounts.link.sent", person, actor=None, at=at)
    return True


@transaction.atomic
def make_sign_in_link(person: User, *, actor: User, at: datetime) -> str:
    """Return the address of a link that an administrator hands over; shown once, and recorded."""
    key = issue(Link.Purpose.SIGN_IN, str(person.pk), lasts=DAY, at=at)
    record("accounts.link.made", person, actor=actor, at=at)
    return address_of("accounts:open-link", person.language, key)


@transaction.atomic
def use_sign_in_link(key: str, *, at: datetime) -> User:
    """Return whom a link lets in, and use it up; a second factor is asked for all the same.

    Raises:
        LinkIsWorthless: There is no such link any more, or the account was closed.

    """
    link = take(key, Link.Purpose.SIGN_IN, at=at)
    person = User.objects.filter(pk=int(link.subject)).first()
    if person is None or not can_sign_in(person):
        raise LinkIsWorthless
    record("accounts.link.used", person, actor=person, at=at)
    return person


def forget_old_links(*, at: datetime) -> int:
    """Remove links whose time is over, with what they say about people; return how many."""
    removed, _ = Link.objects.filter(expires_at__lt=at).delete()
    return removed
