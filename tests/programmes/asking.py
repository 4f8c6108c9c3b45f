"""Batches of today, and the pages about them asked for and sent to."""

from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate, now

from ifn.directory.models import Membership
from ifn.programmes.models import (
    Session,
)
from tests.factories.accounts import UserFactory
from tests.factories.directory import AT
from tests.factories.programmes import (
    firm,
    opened,
    running,
    session,
)


def upcoming(**changes):
    """Return a batch that is open today."""
    today = localdate()
    days = {"starts_on": today + timedelta(days=20), "ends_on": today + timedelta(days=22)}
    return opened(**days | changes)


def owned(name="Milik Sendiri", **facts):
    business, owner = firm(name, **facts), UserFactory()
    Membership.objects.create(business=business, person=owner, role="owner", since=AT)
    return business, owner


def now_running(number=1):
    """Return a running batch with a session that goes on now."""
    batch, seated = running(number, starts_on=localdate(), ends_on=localdate())
    at = now()
    one = session(batch, starts_at=at, ends_at=at + timedelta(seconds=1))
    Session.objects.filter(pk=one.pk).update(
        starts_at=at - timedelta(minutes=10), ends_at=at + timedelta(hours=1)
    )
    one.refresh_from_db()
    return batch, seated, one


def page(client, name, *args):
    return client.get(reverse(f"programmes:{name}", args=args))


def send(client, address, /, *args, **data):
    return client.post(reverse(f"programmes:{address}", args=args), data, follow=True)


def text(answer):
    return answer.content.decode()
