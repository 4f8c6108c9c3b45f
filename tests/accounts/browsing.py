"""What a person does in tests of accounts: signs in, reads mail, opens links, reads codes off."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
from django.contrib.auth import SESSION_KEY
from django.core import mail as outbox
from django.urls import reverse
from django.utils.timezone import now

from ifn.accounts import actions
from ifn.jobs.running import run_due
from ifn.mail.models import Message
from tests.factories.accounts import PASSWORD

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def is_signed_in(client):
    return SESSION_KEY in client.session


def sign_in(client, identifier="sri@contoh.example", password=PASSWORD, **more):
    return client.post(
        reverse("accounts:sign-in"), {"identifier": identifier, "password": password, **more}
    )


def mail(kind=None):
    """Let the worker work, and return the messages of a kind, the newest last.

    What a secret one says is only in the mailbox it went to.
    """
    run_due()
    sent = {message.extra_headers["Message-ID"]: message.body for message in outbox.outbox}
    found = Message.objects.order_by("pk")
    messages = list(found.filter(kind=f"accounts.{kind}") if kind else found)
    for message in messages:
        assert bool(message.text) != message.is_secret
        message.text = message.text or sent[message.message_id]
    return messages


def key_in(text):
    return re.search(r"kunci=([\w-]+)", text)[1]


def new_key(kind):
    """Return the key of the link in the newest message of a kind."""
    return key_in(mail(kind)[-1].text)


def secured(person):
    """Give a person an app with codes; return its secret and the recovery codes."""
    secret = pyotp.random_base32()
    # The code of the moment before, so that the one of now is still good.
    code = pyotp.TOTP(secret).at(now() - timedelta(seconds=30))
    codes = actions.add_authenticator(
        person, secret=secret, code=code, session=None, actor=person, at=now()
    )
    person.refresh_from_db()
    return secret, codes


def code_of(secret):
    return pyotp.TOTP(secret).at(now())
