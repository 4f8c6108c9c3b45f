"""Personal keys to the API."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ifn.accounts.models import User


class KeyQuerySet(models.QuerySet["Key"]):
    """Filters that keep their meaning wherever they are chained."""

    def live(self) -> Self:
        """Return the keys that still open something."""
        return self.filter(revoked_at=None)


class Key(models.Model):
    """A key a person made for a program; of the key itself only a digest is kept.

    A key is 40 random characters, so a plain digest cannot be turned back; ``beginning`` is what
    its owner knows it by.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(_("what it is for"), max_length=60)
    beginning = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    #: What a person calls a key may say something about them.
    audit_private: ClassVar[frozenset[str]] = frozenset({"name"})

    objects = KeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                condition=Q(revoked_at=None),
                name="api_key_name_once_while_live",
            ),
        ]
        indexes = [models.Index(fields=["person", "-made_at"], name="api_key_newest")]

    def __str__(self) -> str:
        return f"{self.beginning}… of {self.person_id}"
