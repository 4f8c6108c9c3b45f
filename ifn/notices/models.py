"""Notices, the digests they went out in, and how often each person wants messages."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.accounts.models import User


class Often(models.TextChoices):
    """How soon a message follows a notice."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week, on Mondays")
    OFF = "off", _("Never")


class Wish(models.Model):
    """How often a person wants messages about a kind of notice; without one, as is usual for it."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    often = models.CharField(max_length=8, choices=Often.choices)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notices_wish_one_of_a_kind"),
            models.CheckConstraint(
                condition=Q(often__in=["now", "daily", "weekly", "off"]),
                name="notices_wish_often_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.often}"


class Silence(models.Model):
    """An address without an account to which no more messages of a kind go.

    It is a keyed digest (``notices.tokens.digest_of``): it can be asked for, and not be read. It
    stays when the person is erased, or they would be written to again.
    """

    address = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "kind"], name="notices_silence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.address[:12]} {self.kind}"


class Digest(models.Model):
    """One message with all that was due for a person on a day."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "on"], name="notices_digest_one_a_day"),
        ]
        indexes = [models.Index(fields=["made_at"], name="notices_digest_by_age")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Filters that keep their meaning wherever they are chained."""

    def unread(self) -> Self:
        """Return those nobody has read."""
        return self.filter(read_at=None)

    def waiting(self) -> Self:
        """Return those that a message may still tell of."""
        return self.filter(mailing=Notice.Mailing.WAITING)


class Notice(models.Model):
    """One thing a person is told; its words are made in the reader's language from ``values``."""

    class Mailing(models.TextChoices):
        """Whether a message tells of it too."""

        WAITING = "waiting", _("Waiting for its message")
        MAILED = "mailed", _("Told in a message")
        NONE = "none", _("On the site only")

    person = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    #: The occasion, such as ``follow:12:2026-06-01``: told twice, a person has it once.
    key = models.CharField(max_length=120)
    #: Names in ``notices.kinds``: what people switch on and off, and the words.
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    #: What it is about one by one, each with ``text`` and ``address``, and how many more there are.
    items = models.JSONField(default=list)
    more = models.PositiveIntegerField(default=0)
    #: Where on the site it leads, without a language in front.
    address = models.CharField(max_length=1200)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailing = models.CharField(max_length=8, choices=Mailing.choices, default=Mailing.WAITING)
    digest = models.ForeignKey(Digest, models.RESTRICT, related_name="notices", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notices_notice_said_once"),
            models.CheckConstraint(
                condition=Q(address__startswith="/") & ~Q(address__startswith="//"),
                name="notices_notice_stays_on_the_site",
            ),
            models.CheckConstraint(
                condition=Q(mailing__in=["waiting", "mailed", "none"]),
                name="notices_notice_mailing_known",
            ),
            models.CheckConstraint(
                condition=Q(digest=None) | Q(mailing="mailed"),
                name="notices_notice_mailed_in_its_digest",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(read_at=None), name="notices_notice_unread"
            ),
            models.Index(
                fields=["person"], condition=Q(mailing="waiting"), name="notices_notice_waiting"
            ),
            models.Index(fields=["person", "-made_at"], name="notices_notice_of_person"),
            models.Index(fields=["made_at"], name="notices_notice_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.words}"
