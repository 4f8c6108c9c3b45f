"""The signed links of mentors and partners: made, renewed, withdrawn, sent by e-mail."""

from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.mail.actions import send_template
from ifn.programmes.models import Mentor, Partner
from ifn.programmes.tokens import HELPS, Link, for_mentor, for_partner

Helper = Mentor | Partner
#: A link that ends within so long is renewed before it is sent.
_SOON: Final = timedelta(days=21)
#: Mentors and partners are written to in the first language of the country.
LANGUAGE: Final = "id"


class NoAddress(Exception):  # noqa: N818
    """There is no e-mail address to send a link to."""


def is_out(helper: Helper, today: date) -> bool:
    """Say whether there is a link that opens something today."""
    return helper.link_on is not None and today <= helper.link_on + HELPS


def link_of(helper: Helper, language: str = LANGUAGE) -> str:
    """Return the whole address of the link that is out; nothing where there is none."""
    if helper.link_on is None:
        return ""
    link = Link(helper.pk, helper.link, helper.link_on)
    is_mentor = isinstance(helper, Mentor)
    token = for_mentor(link) if is_mentor else for_partner(link)
    with translation.override(language):
        path = reverse(f"programmes:{'mentor' if is_mentor else 'partner'}-link", args=[token])
    return f"{settings.PUBLIC_ADDRESS}{path}"


@transaction.atomic
def make_link(helper: Helper, *, today: date, actor: User | None, at: datetime) -> Helper:
    """Make a new link; those before it open nothing any more."""
    one = _held(helper)
    one.link, one.link_on = one.link + 1, today
    one.save(update_fields=["link", "link_on"])
    record("programmes.link.made", one, actor=actor, at=at, number=one.link)
    return one


@transaction.atomic
def withdraw_link(helper: Helper, *, actor: User, at: datetime) -> Helper:
    """Make the link that is out worthless; without one nothing happens."""
    one = _held(helper)
    if one.link_on is None:
        return one
    one.link_on = None
    one.save(update_fields=["link_on"])
    record("programmes.link.withdrawn", one, actor=actor, at=at, number=one.link)
    return one


@transaction.atomic
def write_reach(helper: Helper, *, email: str, phone: str, actor: User, at: datetime) -> Helper:
    """Note where a mentor or partner is reached."""
    one = _held(helper)
    before = {"email": one.email, "phone": one.phone}
    after = {"email": email, "phone": phone}
    if before == after:
        return one
    one.email, one.phone = email, phone
    one.save(update_fields=["email", "phone"])
    record("programmes.reach.written", one, actor=actor, at=at, before=before, after=after)
    return one


@transaction.atomic
def send_link(helper: Helper, *, today: date, actor: User, at: datetime) -> Helper:
    """Send the link by e-mail, once a day; one that is not out or ends soon is made anew.

    Raises:
        NoAddress: There is no e-mail address.

    """
    one = _held(helper)
    if not one.email:
        raise NoAddress
    one = lasting(one, today=today, at=at)
    if not one.batch.is_demo:
        is_mentor = isinstance(one, Mentor)
        send_template(
            "programmes/mail/link",
            {
                "name": one.name,
                "title": one.batch.title,
                "link": link_of(one),
                "is_mentor": is_mentor,
            },
            LANGUAGE,
            to=one.email,
            kind="programmes.link",
            at=at,
            key=f"programmes:link:{one._meta.model_name}:{one.pk}:{one.link}:{today.isoformat()}",
            is_secret=True,
        )
    record("programmes.link.sent", one, actor=actor, at=at, number=one.link)
    return one


def lasting(helper: Helper, *, today: date, at: datetime) -> Helper:
    """Return somebody whose link opens for some weeks still; made anew where it does not."""
    ends = helper.link_on + HELPS if helper.link_on else None
    if ends and today <= ends - _SOON:
        return helper
    return make_link(helper, today=today, actor=None, at=at)


def _held(helper: Helper) -> Helper:
    if isinstance(helper, Mentor):
        mentors = Mentor.objects.select_for_update(of=("self",)).select_related("batch")
        return mentors.get(pk=helper.pk)
    partners = Partner.objects.select_for_update(of=("self",)).select_related("batch")
    return partners.get(pk=helper.pk)
