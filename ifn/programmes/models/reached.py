"""Those whom the office reaches without an account."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reached(models.Model):
    """Somebody without an account whom the office reaches by a signed link.

    The link that is out names ``link`` and ``link_on``; without a day none is out. A new number
    makes every link before it worthless.
    """

    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone number"), max_length=16, blank=True)
    link = models.PositiveIntegerField(_("number of the link"), default=0)
    link_on = models.DateField(_("link made"), null=True, blank=True)

    class Meta:
        abstract = True
