"""Write messages into the outbox."""

from collections.abc import Collection, Mapping
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.template import Context, Engine, TemplateDoesNotExist
from django.utils import translation

from ifn.mail import tasks
from ifn.mail.models import Message, Refusal


class NoSubject(Exception):  # noqa: N818
    """The first line of a message's text template must be ``Subject: …``."""


@transaction.atomic
def send(  # noqa: PLR0913  # to whom, what, and why
    to: str,
    subject: str,
    text: str,
    html: str = "",
    *,
    kind: str,
    at: datetime,
    key: str,
    is_secret: bool = False,
    unsubscribe: str = "",
) -> Message:
    """Put a message into the outbox, in the caller's transaction.

    It goes out after that commits, and never when it does not. ``key`` names the occasion, such as
    ``welcome:12``: a second call with the same key returns the first message and sends nothing.
    What a secret message says is wiped once it was sent or given up. ``unsubscribe`` is the full
    address that ends messages of this kind; mail programs show a button for it.

    Raises:
        ValidationError: ``to`` is not an e-mail address.

    """
    validate_email(to)
    message, is_new = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "to": to,
            # A header is one line; what people type may hold others.
            "subject": " ".join(subject.split())[:200],
            "text": text,
            "html": html,
            "is_secret": is_secret,
            "unsubscribe": unsubscribe,
            "message_id": f"<{uuid4().hex}@{_sending_domain()}>",
            "created_at": at,
            "next_at": at,
        },
    )
    if is_new:
        tasks.deliver.enqueue(message.pk)
    return message


def send_template(  # noqa: PLR0913  # to whom, what, in which language, and why
    template: str,
    context: Mapping[str, Any],
    language: str,
    *,
    to: str,
    kind: str,
    at: datetime,
    key: str,
    is_secret: bool = False,
    unsubscribe: str = "",
) -> Message:
    """Put a message into the outbox, written from ``<template>.<language>.txt``.

    The first line of that file is ``Subject: …``, the rest the text, where nothing is escaped.
    ``<template>.<language>.html``, where there is one, makes the formatted text. A language without
    a file of its own gets the platform's first language.

    Raises:
        NoSubject: The text does not begin with its subject.
        TemplateDoesNotExist: There is no text in either language.
        ValidationError: ``to`` is not an e-mail address.

    """
    engine = Engine.get_default()
    with translation.override(language):
        wanted = [f"{template}.{code}" for code in (language, settings.LANGUAGE_CODE)]
        plain = engine.select_template([f"{name}.txt" for name in wanted])
        rendered: str = plain.render(Context(context, autoescape=False))
        first, _, text = rendered.partition("\n")
        try:
            html: str = engine.get_template(f"{str(plain.name)[:-4]}.html").render(Context(context))
        except TemplateDoesNotExist:
            html = ""
    if not first.startswith("Subject: "):
        raise NoSubject(template)
    subject = first.removeprefix("Subject: ")
    text = text.strip() + "\n"
    return send(
        to,
        subject,
        text,
        html,
        kind=kind,
        at=at,
        key=key,
        is_secret=is_secret,
        unsubscribe=unsubscribe,
    )


def _sending_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def erase_messages(addresses: Collection[str]) -> int:
    """Remove every message to these addresses, also what still waits; return how many rows.

    That an address was refused goes with them.
    """
    gone: int = Refusal.objects.filter(address__in=addresses).delete()[0]
    return gone + Message.objects.filter(to__in=addresses).delete()[0]


def forget_refusal(address: str) -> bool:
    """Note that messages reach an address again; say whether it was refused before."""
    return bool(Refusal.objects.filter(address=address).delete()[0])
