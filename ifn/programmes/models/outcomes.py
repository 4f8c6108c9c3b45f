"""What participants say of their firms, before and after; the report that is made of it."""

from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.assessments.models import Photo
from ifn.directory.models import Picture
from ifn.programmes.measuring import Answers
from ifn.programmes.measuring.measures import BAND_CODES, PERIODS, UNITS
from ifn.programmes.measuring.waves import Wave
from ifn.programmes.models.batches import Batch
from ifn.programmes.models.registrations import Registration
from ifn.programmes.models.sessions import SessionFile

#: More is a slip of a finger.
MOST_WORKERS: Final = 100_000
MOST_PAIRS: Final = 10_000_000
MOST_PRODUCTS: Final = 1_000
MOST_EXPORTS: Final = 10**13


class Outcome(models.Model):
    """What one participant said of their firm in one wave; whatever was not said is empty.

    ``version`` rises with every change. ``same_as`` names the wave whose answers were taken over
    with one tap, and is empty as soon as one of them is changed.
    """

    class When(models.TextChoices):
        """Of which time it speaks."""

        BEFORE = "before", _("Before")
        END = "end", _("At the end")
        M3 = "m3", _("3 months after")
        M6 = "m6", _("6 months after")
        M12 = "m12", _("12 months after")

    class Turnover(models.TextChoices):
        """Sales in a usual month."""

        NONE = "none", _("No sales")
        UNDER_5 = "under_5", _("Below Rp5 million")
        FROM_5 = "from_5", _("Rp5 to 15 million")
        FROM_15 = "from_15", _("Rp15 to 50 million")
        FROM_50 = "from_50", _("Rp50 to 167 million")
        FROM_167 = "from_167", _("Rp167 million to 1.25 billion")
        FROM_1250 = "from_1250", _("More than Rp1.25 billion")

    class Channel(models.TextChoices):
        """Where things are sold."""

        WORKSHOP = "workshop", _("At the workshop")
        SHOP = "shop", _("In a shop of one's own")
        RESELLER = "reseller", _("Other shops and resellers")
        ORDER = "order", _("Orders of offices and schools")
        FAIR = "fair", _("Fairs and bazaars")
        CHAT = "chat", _("WhatsApp")
        SOCIAL = "social", _("Social media")
        MARKETPLACE = "marketplace", _("Online marketplaces")
        OWN_SITE = "own_site", _("A website of one's own")
        BRAND = "brand", _("Work for a brand")
        TOURISM = "tourism", _("Visitors and souvenir shops")
        EXPORT = "export", _("Buyers abroad")

    class Unit(models.TextChoices):
        """In what exports are told."""

        RUPIAH = "idr", _("rupiah")
        DOLLARS = "usd", _("US dollars")
        PAIRS = "pairs", _("pairs")

    class Period(models.TextChoices):
        """Of how long a time exports are told."""

        MONTH = "month", _("in one month")
        QUARTER = "quarter", _("in three months")
        HALF = "half", _("in six months")
        YEAR = "year", _("in one year")

    class Way(models.TextChoices):
        """Who wrote it down."""

        LINK = "link", _("The participant, by the personal link")
        ACCOUNT = "account", _("The participant, signed in")
        PHONE = "phone", _("The office, by phone")
        VISIT = "visit", _("The office, on a visit")

    #: The columns that hold answers.
    ANSWERS: Final = (
        *("turnover", "workers", "capacity", "products", "channels", "certificates"),
        *("defects", "exports", "exports_unit", "exports_period", "note"),
    )

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="outcomes", db_index=False
    )
    wave = models.CharField(_("of when"), max_length=6, choices=When.choices)
    turnover = models.CharField(
        _("turnover a month"), max_length=9, choices=Turnover.choices, blank=True
    )
    workers = models.PositiveIntegerField(_("workers"), null=True)
    capacity = models.PositiveIntegerField(_("capacity, pairs a month"), null=True)
    products = models.PositiveIntegerField(_("new products"), null=True)
    #: Codes; an empty list is "none", nothing is "not said".
    channels = models.JSONField(_("sales channels"), null=True)
    certificates = models.JSONField(_("new certificates"), null=True)
    defects = models.DecimalField(_("defects, percent"), max_digits=4, decimal_places=1, null=True)
    exports = models.DecimalField(_("exports"), max_digits=15, decimal_places=2, null=True)
    exports_unit = models.CharField(
        _("unit of exports"), max_length=5, choices=Unit.choices, blank=True
    )
    exports_period = models.CharField(
        _("span of exports"), max_length=7, choices=Period.choices, blank=True
    )
    note = models.TextField(_("note"), max_length=1000, blank=True)

    same_as = models.CharField(max_length=6, choices=When.choices, blank=True)
    way = models.CharField(_("how"), max_length=7, choices=Way.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    #: The day on which the firm said it; on paper it may be earlier than the day it was entered.
    said_on = models.DateField(_("said on"))
    is_late = models.BooleanField(_("late"))
    #: Nothing while the form was begun and not sent yet.
    finished_at = models.DateTimeField(_("answered"), null=True)
    changed_at = models.DateTimeField(_("changed"))
    version = models.PositiveIntegerField(default=1)
    #: The page on which it was written last, so that its own later changes are known as such.
    written_in = models.CharField(max_length=32, blank=True)

    #: The audit record keeps digests of these, not their values.
    audit_private = frozenset({"note", "turnover", "exports"})

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "wave"], name="programmes_outcome_once_a_wave"
            ),
            models.CheckConstraint(
                condition=Q(wave__in=[one.value for one in Wave]),
                name="programmes_outcome_wave_known",
            ),
            models.CheckConstraint(
                condition=Q(turnover="") | Q(turnover__in=list(BAND_CODES)),
                name="programmes_outcome_turnover_known",
            ),
            models.CheckConstraint(
                condition=(Q(workers=None) | Q(workers__lte=MOST_WORKERS))
                & (Q(capacity=None) | Q(capacity__lte=MOST_PAIRS))
                & (Q(products=None) | Q(products__lte=MOST_PRODUCTS)),
                name="programmes_outcome_no_slips",
            ),
            models.CheckConstraint(
                condition=Q(defects=None) | Q(defects__gte=0, defects__lte=100),
                name="programmes_outcome_defects_percent",
            ),
            models.CheckConstraint(
                condition=Q(exports=None, exports_unit="", exports_period="")
                | Q(exports=0, exports_unit="", exports_period="")
                | Q(
                    exports__gt=0,
                    exports__lte=MOST_EXPORTS,
                    exports_unit__in=list(UNITS),
                    exports_period__in=list(PERIODS),
                ),
                name="programmes_outcome_exports_have_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["link", "account", "phone", "visit"]),
                name="programmes_outcome_way_known",
            ),
            models.CheckConstraint(
                condition=~Q(same_as=models.F("wave")), name="programmes_outcome_same_as_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.wave}"

    @property
    def answers(self) -> Answers:
        """Return what was said as plain values."""
        return Answers(
            turnover=self.turnover,
            workers=self.workers,
            capacity=self.capacity,
            products=self.products,
            channels=self.channels,
            certificates=self.certificates,
            defects=None if self.defects is None else float(self.defects),
            exports=None if self.exports is None else float(self.exports),
            exports_unit=self.exports_unit,
            exports_period=self.exports_period,
        )

    def said(self) -> dict[str, Any]:
        """Return the columns of what was said."""
        return {name: getattr(self, name) for name in self.ANSWERS}


class OutcomeAsking(models.Model):
    """A participant was asked in a wave, and reminded at most once."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="+", db_index=False)
    wave = models.CharField(max_length=6, choices=Outcome.When.choices)
    asked_at = models.DateTimeField(_("asked"))
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    #: Nobody could be written to: the office calls instead.
    messages = models.PositiveSmallIntegerField(_("messages"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "wave"], name="programmes_outcomeasking_once"
            ),
            models.CheckConstraint(
                condition=Q(wave__in=[one.value for one in Wave]),
                name="programmes_outcomeasking_wave_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(messages=0),
                name="programmes_outcome_to_call",
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.wave}"


class ReportPicture(models.Model):
    """A picture that the office chose for the report, before or after, in a numbered pair.

    The picture stays where it is: of a session, of an assessment, or of a profile. It leaves the
    report with its source.
    """

    class Side(models.TextChoices):
        """Which of the two it is."""

        BEFORE = "before", _("Before")
        AFTER = "after", _("After")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+", db_index=False)
    place = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=6, choices=Side.choices)
    caption = models.CharField(_("what it shows"), max_length=160, blank=True)
    session_file = models.ForeignKey(SessionFile, models.CASCADE, related_name="+", null=True)
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="+", null=True)
    picture = models.ForeignKey(Picture, models.CASCADE, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "place", "side"], name="programmes_reportpicture_once"
            ),
            models.CheckConstraint(
                condition=Q(side__in=["before", "after"]),
                name="programmes_reportpicture_side_known",
            ),
            models.CheckConstraint(
                condition=Q(session_file__isnull=False, photo=None, picture=None)
                | Q(session_file=None, photo__isnull=False, picture=None)
                | Q(session_file=None, photo=None, picture__isnull=False),
                name="programmes_reportpicture_has_one_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.place} {self.side}"


class ReportMaking(models.Model):
    """The making of a report as PDF: asked for, how far it is, done. Its file is kept a month."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+", db_index=False)
    wave = models.CharField(max_length=6, choices=Outcome.When.choices)
    language = models.CharField(max_length=2)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    asked_at = models.DateTimeField(_("asked for"))
    total = models.PositiveSmallIntegerField(_("steps"))
    done = models.PositiveSmallIntegerField(_("steps done"), default=0)
    finished_at = models.DateTimeField(_("finished"), null=True)
    file = models.CharField(_("file"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch"],
                condition=Q(finished_at=None),
                name="programmes_reportmaking_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=False) | Q(file=""),
                name="programmes_reportmaking_file_when_finished",
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "-asked_at"], name="programmes_reportmaking_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.done}/{self.total}"
