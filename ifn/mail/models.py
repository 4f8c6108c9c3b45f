"""The outbox: messages to people, first of all rows; and what became of them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageQuerySet(models.QuerySet["Message"]):
    """Filters that keep their meaning wherever they are chained."""

    def due(self, at: datetime) -> Self:
        """Return messages that may be handed to the mail server now."""
        return self.filter(state=Message.State.WAITING, next_at__lte=at)


class Message(models.Model):
    """One message to one person.

    While it waits, ``next_at`` says when it may be tried next. Whoever tries it moves that moment
    on first, so a second worker, or the same one after it was killed, leaves it alone until then.
    """

    class State(models.TextChoices):
        """Where the message stands."""

        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    #: Says what the message is about, so that saying it twice sends it once.
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    #: Holds a key that lets somebody in: text and HTML are wiped once nobody needs them here.
    is_secret = models.BooleanField(default=False)
    #: Full address that ends messages of this kind by one POST (RFC 8058); empty where none may.
    unsubscribe = models.CharField(max_length=500, blank=True)
    #: Given once for all attempts: receivers drop a second delivery of the same Message-ID.
    message_id = models.CharField(max_length=120, unique=True, editable=False)

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    #: Type of the last fault and the mail server's status code; never its words.
    error = models.CharField(max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="mail_message_due"),
            models.Index(fields=["created_at"], name="mail_message_by_age"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "failed"]),
                name="mail_message_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="sent") ^ Q(sent_at=None),
                name="mail_message_dated_when_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"


class Refusal(models.Model):
    """An address that a mail server refused for good, until somebody shows that it works.

    It did so at once, or in a message that came back later (``Bounce``).

    Messages that people ask for, such as a link to sign in, are tried all the same; whoever writes
    unasked asks here first.
    """

    address = models.EmailField(unique=True)
    refused_at = models.DateTimeField()
    #: The server's status code, such as 550.
    code = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__gte=500), name="mail_refusal_is_for_good"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.code}"


class Bounce(models.Model):
    """A message that came back after the mail server had taken it."""

    message = models.OneToOneField(
        Message, models.CASCADE, related_name="+", verbose_name=_("message")
    )
    #: Enhanced status code, such as 5.1.1 (RFC 3463).
    status = models.CharField(max_length=12)
    #: The address itself is at fault, so that it was noted as refused.
    is_hard = models.BooleanField()
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__startswith="4.") | Q(status__startswith="5."),
                name="mail_bounce_is_a_failure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.status}"
