"""Texts that are kept in both languages, and who does what in a collaboration."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_reading_language(indonesian: str, english: str) -> str:
    """Return a text in the reader's language, or in the other one where it is missing."""
    return (english or indonesian) if get_language() == "en" else (indonesian or english)


class Role(models.TextChoices):
    """What a partner does in a project; who is wanted in a call."""

    INITIATOR = "initiator", _("Initiator")
    FACILITATOR = "facilitator", _("Facilitator")
    DESIGNER = "designer", _("Designer")
    TANNERY = "tannery", _("Tannery or material supplier")
    OUTSOLE = "outsole", _("Outsole maker")
    LAST = "last", _("Last maker")
    COMPONENT = "component", _("Maker of other components")
    MAKER = "maker", _("Footwear maker")
    BRAND = "brand", _("Brand")
    LABORATORY = "laboratory", _("Laboratory")
    SCHOOL = "school", _("School or university")
    MARKETPLACE = "marketplace", _("Marketplace or shop")
    GOVERNMENT = "government", _("Local government")
    FUNDER = "funder", _("Funder")
    MEDIA = "media", _("Media or community")
    OTHER = "other", _("Other")


#: For constraints, which must not change when words do.
ROLES = [
    *("initiator", "facilitator", "designer", "tannery", "outsole", "last", "component", "maker"),
    *("brand", "laboratory", "school", "marketplace", "government", "funder", "media", "other"),
]
