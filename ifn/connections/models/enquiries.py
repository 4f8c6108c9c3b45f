"""What one firm does with a letter, step by step, and what comes of it."""

from collections.abc import Iterable
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.connections.enquiring.codes import spoken
from ifn.connections.enquiring.reasons import Answer, Value
from ifn.connections.enquiring.states import (
    OPEN,
    OVER,
    TOLD_HOW_IT_WENT,
    UNANSWERED,
    Event,
    Side,
    State,
)
from ifn.connections.models.letters import Letter
from ifn.directory.models import Business

#: Firms that one letter may go to.
MOST_FIRMS: Final = 5
#: Currencies in which orders are placed here.
CURRENCIES: Final = ("IDR", "USD", "EUR", "SGD", "MYR", "JPY", "CNY", "AUD", "GBP", "KRW")


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Filters that keep their meaning wherever they are chained."""

    def open(self) -> Self:
        """Return those in which somebody still has to do something."""
        return self.filter(state__in=OPEN)

    def delivered(self) -> Self:
        """Return those that the firm may see."""
        return self.filter(sent_at__isnull=False, is_unheard=False).exclude(state=State.SPAM)

    def to_firms(self, pks: Iterable[int]) -> Self:
        """Return those to these firms, also to profiles that were merged into one of them.

        Two questions put together, each by its index: as one with "or" it reads every enquiry.
        """
        own = Business.objects.filter(pk__in=pks).values("pk")
        merged = Business.objects.filter(merged_into__in=pks).values("pk")
        return self.filter(business__in=own.union(merged))


class Enquiry(models.Model):
    """A letter at one firm.

    ``asker`` and ``digest`` are the letter's, kept here too so that the database itself lets only
    one of the same words by the same asker be open at one firm.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="enquiries", db_index=False)
    #: Its place among the firms of the letter, from 1; there is none after the fifth.
    place = models.PositiveSmallIntegerField()
    business = models.ForeignKey(Business, models.CASCADE, related_name="+", db_index=False)
    asker = models.CharField(max_length=64, db_index=True)
    digest = models.CharField(max_length=64)
    code = models.CharField(_("code"), max_length=8, unique=True)

    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    #: Why it was declined, closed, or came to nothing; a value of ``enquiring.reasons``.
    reason = models.CharField(max_length=12, blank=True)
    since = models.DateTimeField(_("since"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    #: Until when the firm should answer.
    answer_by = models.DateTimeField(_("answer by"), null=True)
    #: When the firm said yes or no.
    answered_at = models.DateTimeField(_("answered"), null=True)
    #: When the two sides had each other's contact; from here on they are asked how it goes.
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    #: It answers an opportunity without a name: the asker learns whose it is when the firm accepts.
    is_unnamed = models.BooleanField(default=False)
    #: The firm wants nothing of this asker and does not see it; as a reason would tell an asker who
    #: does not know the firm which one it is, it is never answered instead of closed.
    is_unheard = models.BooleanField(default=False)
    #: The contact that the firm shows to this asker since it accepted.
    shared_kind = models.CharField(max_length=12, blank=True)
    shared_value = models.CharField(max_length=200, blank=True)

    audit_private = frozenset({"shared_value"})

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="connections_enquiry_state_known"
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_FIRMS),
                name="connections_enquiry_to_five_at_most",
            ),
            models.UniqueConstraint(
                fields=["letter", "place"], name="connections_enquiry_place_once"
            ),
            models.UniqueConstraint(
                fields=["letter", "business"], name="connections_enquiry_firm_once"
            ),
            models.UniqueConstraint(
                fields=["business", "asker", "digest"],
                condition=Q(state__in=OPEN),
                name="connections_enquiry_one_is_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, ended_at=None)
                | Q(state__in=OVER, ended_at__isnull=False),
                name="connections_enquiry_dated_when_over",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "closed", "not_agreed", "withdrawn"])
                | ~Q(reason=""),
                name="connections_enquiry_no_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "spam", "closed", "withdrawn"])
                | Q(sent_at__isnull=False, answer_by__isnull=False),
                name="connections_enquiry_dated_when_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | Q(answered_at__isnull=False),
                name="connections_enquiry_dated_when_answered",
            ),
            models.CheckConstraint(
                condition=Q(is_unnamed=False)
                | ~Q(state__in=TOLD_HOW_IT_WENT)
                | Q(answered_at__isnull=False),
                name="connections_enquiry_unnamed_until_accepted",
            ),
            models.CheckConstraint(
                condition=Q(is_unheard=False) | Q(is_unnamed=True, answered_at=None),
                name="connections_enquiry_unheard_is_unnamed",
            ),
        ]
        indexes = [
            models.Index(fields=["business", "state"], name="connections_enquiry_of_firm"),
            models.Index(
                fields=["answer_by"],
                condition=Q(state__in=UNANSWERED),
                name="connections_enquiry_due",
            ),
            models.Index(
                fields=["met_at"],
                condition=Q(state__in=["accepted", "contacted", "negotiating"]),
                name="connections_enquiry_met",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_code} {self.state}"

    @property
    def public_code(self) -> str:
        """Return the code as it is written and said: TN-7K3MQ-A."""
        return spoken(self.code)

    @property
    def is_open(self) -> bool:
        """Say whether somebody still has to do something."""
        return self.state in OPEN

    @property
    def is_accepted(self) -> bool:
        """Say whether the firm said yes, and it was not ended by anybody but the two."""
        return self.answered_at is not None and self.state in TOLD_HOW_IT_WENT

    @property
    def is_firm_known(self) -> bool:
        """Say whether the asker may know which firm this is; once told, it stays told."""
        return not self.is_unnamed or self.met_at is not None

    @property
    def is_before_firm(self) -> bool:
        """Say whether the firm may see it, as ``delivered`` does."""
        return self.sent_at is not None and self.state != State.SPAM and not self.is_unheard

    @property
    def firm(self) -> Business:
        """Return the profile that stands for the firm: itself, or what it was merged into."""
        return self.business.merged_into or self.business


class Step(models.Model):
    """One thing that happened to an enquiry: what, by whom, when, and in which words."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="steps")
    event = models.CharField(max_length=12)
    #: Where the enquiry stood afterwards.
    state = models.CharField(max_length=12, choices=State.choices)
    side = models.CharField(max_length=8, choices=Side.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    reason = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    #: Things that happen without moving the enquiry on.
    HAND_OVER: Final = "whatsapp"
    ASKED: Final = "asked"
    ANSWERED: Final = "said"
    WORTH: Final = "worth"
    EXTRA: Final = {
        HAND_OVER: _("Went over to WhatsApp"),
        ASKED: _("Asked how it goes"),
        ANSWERED: _("Said how it goes"),
        WORTH: _("Stated a value"),
    }

    class Meta:
        verbose_name = _("step of an enquiry")
        verbose_name_plural = _("steps of enquiries")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="connections_step_state_known"
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="connections_step_side_known"
            ),
            models.UniqueConstraint(
                fields=["enquiry", "event", "side"],
                condition=Q(
                    event__in=["deliver", "see", "accept", "decline", "withdraw", "whatsapp"]
                ),
                name="connections_step_happens_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.event} {self.at:%Y-%m-%d %H:%M}"

    @property
    def what(self) -> str:
        """Return what happened, in words."""
        return str(self.EXTRA.get(self.event) or Event(self.event).label)


class Worth(models.Model):
    """How much an enquiry is worth, as one side states it; the kinds are never added up."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="worths", db_index=False)
    kind = models.CharField(max_length=10, choices=Value.choices)
    side = models.CharField(max_length=8, choices=Side.choices)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    #: ISO 4217.
    currency = models.CharField(max_length=3, default="IDR")
    stated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("value of an enquiry")
        verbose_name_plural = _("values of enquiries")
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "kind", "side"], name="connections_worth_once_a_side"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Value.values), name="connections_worth_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="connections_worth_is_something"
            ),
            models.CheckConstraint(
                condition=Q(currency__in=CURRENCIES), name="connections_worth_currency_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.kind} {self.amount} {self.currency}"


class Question(models.Model):
    """How it went: asked of each side once after 7 and once after 30 days."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="questions", db_index=False)
    days = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("question how it went")
        verbose_name_plural = _("questions how it went")
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "days", "side"], name="connections_question_once"
            ),
            models.CheckConstraint(
                condition=Q(days__in=[7, 30]), name="connections_question_after_7_or_30_days"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="connections_question_dated_when_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.days} {self.side} {self.answer}"
