"""Hand messages of the outbox to the mail server."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from ifn.jobs.actions import lease_length
from ifn.logs import Fault
from ifn.mail.models import Message, Refusal
from ifn.mail.returning import HEADER
from ifn.mail.signing import return_address, token_of

logger = logging.getLogger("ifn.mail")

#: With the pauses between them these attempts stretch over more than a day.
ATTEMPTS = 10
LONGEST_PAUSE = timedelta(hours=6)
KEEP = timedelta(days=90)
PERMANENT = 500


def deliver(message: int, *, at: datetime) -> bool:
    """Try to hand a message to the mail server; say whether it was taken.

    Three steps, each committed on its own: note the attempt, send, note the success. SMTP offers no
    better: whoever is killed between the server's yes and our note sends again, with the same
    Message-ID, once the pause of the noted attempt is over.
    """
    claimed = claim(message, at=at)
    if claimed is None:
        return False
    try:
        _hand_over(claimed)
    except (OSError, ValueError) as fault:
        note_failure(claimed, fault, at=at)
        return False
    Message.objects.filter(pk=claimed.pk, state=Message.State.WAITING).update(
        state=Message.State.SENT, sent_at=at, error=""
    )
    _wipe(claimed)
    logger.info("message sent", extra={"mail": claimed.pk, "kind": claimed.kind})
    return True


@transaction.atomic
def claim(message: int, *, at: datetime) -> Message | None:
    """Note an attempt at a message that is due, or return ``None`` when somebody else did."""
    found = Message.objects.due(at).filter(pk=message).select_for_update(skip_locked=True).first()
    if found is None:
        return None
    if found.attempts >= ATTEMPTS:
        # The last attempt ended with the worker's life, so nobody noted its failure.
        found.state = Message.State.FAILED
        found.save(update_fields=["state"])
        _wipe(found)
        return None
    found.attempts += 1
    found.next_at = at + pause_after(found.attempts)
    found.save(update_fields=["attempts", "next_at"])
    return found


def pause_after(attempts: int) -> timedelta:
    """Return how long an attempt has to itself before the next may begin.

    The first pause is a worker's lease, 1 minute; it must be longer than a mail server may take.
    """
    return min(lease_length() * int(4 ** min(attempts - 1, 10)), LONGEST_PAUSE)


@transaction.atomic
def note_failure(message: Message, fault: Exception, *, at: datetime) -> None:
    """Leave a message waiting for its next attempt, or give it up and note a refused address."""
    last = _is_permanent(fault) or message.attempts >= ATTEMPTS
    told = Fault.of(fault)
    error = " ".join([told.type, *(str(code) for code in _codes(fault))])[:200]
    Message.objects.filter(pk=message.pk, state=Message.State.WAITING).update(
        error=error, state=Message.State.FAILED if last else Message.State.WAITING
    )
    if last:
        _wipe(message)
    if isinstance(fault, SMTPRecipientsRefused) and _is_permanent(fault):
        Refusal.objects.update_or_create(
            address=message.to, defaults={"refused_at": at, "code": max(_codes(fault))}
        )
    logger.log(
        logging.ERROR if last else logging.WARNING,
        "message given up" if last else "message not sent",
        extra={"mail": message.pk, "kind": message.kind, "error": error},
    )


def remove_old(*, at: datetime) -> int:
    """Remove messages written long ago and no longer waiting; return how many."""
    finished = [Message.State.SENT, Message.State.FAILED]
    removed, _ = Message.objects.filter(state__in=finished, created_at__lt=at - KEEP).delete()
    return removed


def _wipe(message: Message) -> None:
    if message.is_secret:
        Message.objects.filter(pk=message.pk).update(text="", html="")


def _hand_over(message: Message) -> None:
    token = token_of(message.pk, message.message_id)
    headers = {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        HEADER: token,
        # The header names the platform; the envelope, by which failures come back, the message.
        "From": settings.DEFAULT_FROM_EMAIL,
    }
    if message.unsubscribe:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=return_address(token) or settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        headers=headers,
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    email.send()


def _codes(fault: Exception) -> list[int]:
    if isinstance(fault, SMTPRecipientsRefused):
        return [code for code, _ in fault.recipients.values()]
    return [fault.smtp_code] if isinstance(fault, SMTPResponseException) else []


def _is_permanent(fault: Exception) -> bool:
    """Say whether the mail server, or the message itself, rules another attempt out.

    A refused sender or sign-in is ours to repair, so those messages go on waiting.
    """
    if isinstance(fault, SMTPRecipientsRefused | SMTPDataError):
        return all(code >= PERMANENT for code in _codes(fault))
    return isinstance(fault, ValueError)
