"""The people who look after a profile."""

import hashlib

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


def digest_of(token: str) -> str:
    """Return what is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Invitation(models.Model):
    """A link by which one person may join those who look after a profile; it works once.

    The link's token is shown when it is made and never kept: this row has its digest.
    """

    business = models.ForeignKey("Business", models.CASCADE, related_name="invitations")
    role = models.CharField(_("role"), max_length=10, choices=Membership.Role.choices)
    digest = models.CharField(max_length=64, unique=True)
    #: For whom it is, in the inviter's words: "Bu Ratna, bagian produksi".
    note = models.CharField(_("for whom"), max_length=80, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("valid until"))
    withdrawn_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["owner", "editor", "viewer"]),
                name="directory_invitation_role_known",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(accepted_at=None),
                name="directory_invitation_ends_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.role} until {self.expires_at:%Y-%m-%d}"
