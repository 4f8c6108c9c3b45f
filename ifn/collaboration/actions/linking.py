"""The signed links of partners by name and of guests: made, withdrawn, sent; guests named."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.holding import TooMany, hold_living
from ifn.collaboration.actions.telling_projects import LANGUAGE, link_of
from ifn.collaboration.models import Guest, Project, ProjectPartner
from ifn.collaboration.tokens import HELPS
from ifn.mail.actions import send_template

Reachable = ProjectPartner | Guest
#: A link that ends within so long is renewed before it is sent.
_SOON: Final = timedelta(days=21)
MOST_GUESTS: Final = 40


class NoAddress(Exception):  # noqa: N818
    """There is no e-mail address to send a link to."""


class HasPeople(Exception):  # noqa: N818
    """A firm of the directory answers signed in, not by a link."""


class ThereAlready(Exception):  # noqa: N818
    """The project has a guest of this name."""


def is_out(one: Reachable, today: date) -> bool:
    """Say whether there is a link that opens something today."""
    return one.link_on is not None and today <= one.link_on + HELPS


@transaction.atomic
def add_guest(  # noqa: PLR0913  # who, from where, reached how, what they may, who says so
    project: Project,
    name: str,
    *,
    organisation: str = "",
    email: str = "",
    phone: str = "",
    may_write: bool = False,
    today: date,
    actor: User | None,
    at: datetime,
) -> Guest:
    """Let somebody look into one project by a link, which is made at once.

    Raises:
        Closed: The project is completed or stopped.
        ThereAlready: There is a guest of this name.
        TooMany: There are forty guests.

    """
    held = hold_living(project)
    if Guest.objects.filter(project=held).count() >= MOST_GUESTS:
        raise TooMany
    try:
        with transaction.atomic():
            one = Guest.objects.create(
                project=held,
                name=name,
                organisation=organisation,
                email=email,
                phone=phone,
                may_write=may_write,
                added_at=at,
                added_by=actor,
            )
    except IntegrityError:
        raise ThereAlready from None
    record("collaboration.guest.added", one, actor=actor, at=at, project=held.code)
    guest = make_link(one, today=today, actor=actor, at=at)
    assert isinstance(guest, Guest)  # noqa: S101  # of what was given
    return guest


@transaction.atomic
def remove_guest(guest: Guest, *, actor: User | None, at: datetime) -> None:
    """Take a guest out: the link opens nothing any more, name and address go."""
    record("collaboration.guest.removed", guest, actor=actor, at=at, project=guest.project_id)
    guest.delete()


@transaction.atomic
def make_link(one: Reachable, *, today: date, actor: User | None, at: datetime) -> Reachable:
    """Make a new link; those before it open nothing any more.

    Raises:
        HasPeople: It is a firm of the directory.

    """
    held = _held(one)
    if isinstance(held, ProjectPartner) and held.business_id is not None:
        raise HasPeople
    held.link, held.link_on = held.link + 1, today
    held.save(update_fields=["link", "link_on"])
    record("collaboration.link.made", held, actor=actor, at=at, number=held.link)
    return held


@transaction.atomic
def withdraw_link(one: Reachable, *, actor: User | None, at: datetime) -> Reachable:
    """Make the link that is out worthless; without one nothing happens."""
    held = _held(one)
    if held.link_on is None:
        return held
    held.link_on = None
    held.save(update_fields=["link_on"])
    record("collaboration.link.withdrawn", held, actor=actor, at=at, number=held.link)
    return held


@transaction.atomic
def send_link(one: Reachable, *, today: date, actor: User | None, at: datetime) -> Reachable:
    """Send the link by e-mail, once a day; one that is not out or ends soon is made anew.

    Raises:
        HasPeople: It is a firm of the directory.
        NoAddress: There is no e-mail address.

    """
    held = _held(one)
    if not held.email:
        raise NoAddress
    held = lasting(held, today=today, at=at)
    if not held.project.is_demo:
        is_guest = isinstance(held, Guest)
        send_template(
            "collaboration/mail/link",
            {
                "name": held.name,
                "title": held.project.title,
                "link": link_of(held),
                "is_guest": is_guest,
            },
            LANGUAGE,
            to=held.email,
            kind="collaboration.link",
            at=at,
            key=f"projects:link:{held._meta.model_name}:{held.pk}:{held.link}:{today.isoformat()}",
            is_secret=True,
        )
    record("collaboration.link.sent", held, actor=actor, at=at, number=held.link)
    return held


def lasting(one: Reachable, *, today: date, at: datetime) -> Reachable:
    """Return somebody whose link opens for some weeks still; made anew where it does not."""
    ends = one.link_on + HELPS if one.link_on else None
    if ends and today <= ends - _SOON:
        return one
    return make_link(one, today=today, actor=None, at=at)


def _held(one: Reachable) -> Reachable:
    if isinstance(one, Guest):
        guests = Guest.objects.select_for_update(of=("self",)).select_related("project")
        return guests.get(pk=one.pk)
    partners = ProjectPartner.objects.select_for_update(of=("self",)).select_related("project")
    return partners.get(pk=one.pk)
