"""The people who look after a profile."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Membership(models.Model):
    """A person who may act for a business; one person may act for several.

    That a business with people always has an owner is kept by the actions, which lock the business.
    """

    class Role(models.TextChoices):
        """What the person may do."""

        OWNER = "owner", _("Owner")
        EDITOR = "editor", _("Editor")
        VIEWER = "viewer", _("Viewer")

    business = models.ForeignKey(
        "Business", models.CASCADE, related_name="memberships", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    since = models.DateTimeField(_("since"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business", "person"], name="directory_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "editor", "viewer"]),
                name="directory_membership_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.person_id} {self.role}"
