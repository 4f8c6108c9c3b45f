"""An offer or a request of a business, its terms, its files, and how it came to its state."""

from datetime import date
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ifn.directory.models import Business
from ifn.directory.numbers import spoken
from ifn.regions.models import Region
from ifn.vocabulary.models import Term

PREFIX: Final = "PL"
#: More is a slip of the hand or a joke.
MOST_AMOUNT: Final = 10_000_000
MOST_KM: Final = 5_000


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    """Filters that keep their meaning wherever they are chained."""

    def open_on(self, today: date) -> Self:
        """Return those that can be answered on a day, of businesses that visitors may see."""
        return self.filter(
            state=Opportunity.State.OPEN,
            expires_on__gte=today,
            business__status=Business.Status.LISTED,
        )


class Opportunity(models.Model):
    """What a business offers or asks for, from the first word to its end.

    While it is a draft its facts are those of ``OpportunityDraft``; the columns here hold what was
    posted. Amounts are in ``unit``, prices for one ``price_unit`` in ``currency`` (ISO 4217).
    """

    class Direction(models.TextChoices):
        """Whether the business gives or seeks."""

        OFFER = "offer", _("Offer")
        REQUEST = "request", _("Request")

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("Waits for the office")
        OPEN = "open", _("Open")
        FILLED = "filled", _("Filled")
        EXPIRED = "expired", _("Expired")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REFUSED = "refused", _("Not accepted")

    class Visibility(models.TextChoices):
        """Who sees it, and whether the name of the business stands beside it."""

        EVERYONE = "everyone", _("Everyone")
        MEMBERS = "members", _("Signed-in members")
        MATCHED = "matched", _("Only businesses that fit")
        UNNAMED = "unnamed", _("Everyone, without the name of the business")

    class Reach(models.TextChoices):
        """Where an answering business may be."""

        ANYWHERE = "anywhere", _("Anywhere")
        REGION = "region", _("In this region")
        KM = "km", _("Within a distance")

    class PriceShown(models.TextChoices):
        """Who sees the price."""

        ALL = "all", _("Whoever sees the rest")
        ACCEPTED = "accepted", _("Only whom you answer")

    class Currency(models.TextChoices):
        """What prices are stated in."""

        IDR = "IDR", _("Rupiah")
        USD = "USD", _("US dollar")
        EUR = "EUR", _("Euro")

    number = models.CharField(_("number"), max_length=8, unique=True)
    business = models.ForeignKey(
        Business, models.CASCADE, related_name="+", verbose_name=_("business")
    )
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    kind = models.ForeignKey(Term, models.PROTECT, related_name="+", verbose_name=_("kind"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    visibility = models.CharField(
        _("who sees it"), max_length=10, choices=Visibility.choices, default=Visibility.EVERYONE
    )
    title_id = models.CharField(_("title, Indonesian"), max_length=120, blank=True)
    title_en = models.CharField(_("title, English"), max_length=120, blank=True)
    text_id = models.TextField(_("text, Indonesian"), max_length=4000, blank=True)
    text_en = models.TextField(_("text, English"), max_length=4000, blank=True)

    amount = models.PositiveIntegerField(_("amount"), null=True, blank=True)
    unit = models.ForeignKey(
        Term, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("unit")
    )
    is_monthly = models.BooleanField(_("every month"), default=False)
    price_from = models.DecimalField(
        _("price from"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    price_to = models.DecimalField(
        _("price to"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, blank=True)
    price_unit = models.ForeignKey(
        Term, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("price for")
    )
    price_shown = models.CharField(
        _("who sees the price"),
        max_length=8,
        choices=PriceShown.choices,
        default=PriceShown.ALL,
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("region")
    )
    reach = models.CharField(
        _("reach"), max_length=8, choices=Reach.choices, default=Reach.ANYWHERE
    )
    within_km = models.PositiveIntegerField(_("within, km"), null=True, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    created_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))
    #: Since when it is in its state.
    since = models.DateTimeField(_("since"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    #: When the staff accepted it; nothing where nobody had to look.
    released_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    expires_on = models.DateField(_("open until"), null=True, blank=True)
    #: The last day about which its people were asked whether it should go on.
    asked_for = models.DateField(null=True, blank=True)
    #: Why it was refused or withdrawn, for its people.
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    version = models.PositiveIntegerField(
        default=1, help_text="Rises with every change, so that a second editor is noticed."
    )
    #: The version that those who fit were last looked for; another one is looked for soon.
    matched_version = models.PositiveIntegerField(null=True, blank=True)
    is_demo = models.BooleanField(_("part of the demo network"), default=False)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        *("draft", "review", "open", "filled", "expired", "withdrawn", "refused")
                    ]
                ),
                name="connections_opportunity_state_known",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["offer", "request"]),
                name="connections_opportunity_direction_known",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["everyone", "members", "matched", "unnamed"]),
                name="connections_opportunity_visibility_known",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(title_id="", title_en=""),
                name="connections_opportunity_titled",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "filled", "expired"])
                | Q(opened_at__isnull=False, expires_on__isnull=False),
                name="connections_opportunity_dated_when_open",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["draft", "refused"]) | Q(expires_on=None),
                name="connections_opportunity_undated_before",
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(deadline=None) | Q(expires_on__lte=F("deadline")),
                name="connections_opportunity_ends_with_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="connections_opportunity_no_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(amount=None, unit=None)
                | Q(
                    amount__isnull=False,
                    amount__gte=1,
                    amount__lte=MOST_AMOUNT,
                    unit__isnull=False,
                ),
                name="connections_opportunity_amount_in_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(price_from=None, price_to=None)
                | (
                    ~Q(currency="")
                    & Q(price_unit__isnull=False)
                    & (Q(price_from=None) | Q(price_from__gt=0))
                    & (Q(price_to=None) | Q(price_to__gt=0))
                ),
                name="connections_opportunity_price_of_something",
            ),
            models.CheckConstraint(
                condition=Q(price_from=None) | Q(price_to=None) | Q(price_from__lte=F("price_to")),
                name="connections_opportunity_prices_in_order",
            ),
            models.CheckConstraint(
                condition=Q(reach="anywhere", within_km=None)
                | Q(reach="region", within_km=None, region__isnull=False)
                | Q(
                    reach="km",
                    within_km__isnull=False,
                    within_km__gte=1,
                    within_km__lte=MOST_KM,
                    region__isnull=False,
                ),
                name="connections_opportunity_reach_of_a_place",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "expires_on"], name="connections_opp_by_end"),
            models.Index(fields=["state", "since"], name="connections_opp_by_age"),
            models.Index(fields=["business", "state"], name="connections_opp_of_business"),
            models.Index(
                fields=["state", "direction", "opened_at"], name="connections_opp_asked_longest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_number} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return reverse("connections:opportunity", args=[self.number])

    @property
    def public_number(self) -> str:
        """Return the number as it is written and said: PL-7K3M-Q."""
        return spoken(self.number, prefix=PREFIX)

    @property
    def title(self) -> str:
        """Return the title in the reader's language, or in the other one."""
        return _first(self.title_en, self.title_id)

    @property
    def text(self) -> str:
        """Return the text in the reader's language, or in the other one."""
        return _first(self.text_en, self.text_id)

    @property
    def is_named(self) -> bool:
        """Say whether its business stands beside it."""
        return self.visibility != self.Visibility.UNNAMED

    @property
    def is_over(self) -> bool:
        """Say whether it came to an end, good or bad."""
        return self.state in {self.State.FILLED, self.State.EXPIRED, self.State.WITHDRAWN}


def _first(english: str, indonesian: str) -> str:
    if get_language() == "en":
        return english or indonesian
    return indonesian or english
