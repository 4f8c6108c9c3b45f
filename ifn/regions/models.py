"""Provinces, regencies and cities of Indonesia, as the Ministry of Home Affairs codes them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RegionQuerySet(models.QuerySet["Region"]):
    """Filters that keep their meaning wherever they are chained."""

    def provinces(self) -> Self:
        """Return only provinces."""
        return self.filter(kind=Region.Kind.PROVINCE)

    def regencies(self) -> Self:
        """Return regencies and cities, not provinces."""
        return self.exclude(kind=Region.Kind.PROVINCE)


class Region(models.Model):
    """A province (``35``) or a regency or city in it (``35.16``); codes are text, never numbers."""

    class Kind(models.TextChoices):
        """What the law calls the region."""

        PROVINCE = "provinsi", _("Province")
        REGENCY = "kabupaten", _("Regency")
        CITY = "kota", _("City")

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    province = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="regencies"
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    shipped = models.JSONField(
        default=dict,
        help_text="The values this row was last loaded with; a value that differs was edited here.",
    )

    objects = RegionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="provinsi", province=None)
                | (Q(kind__in=["kabupaten", "kota"]) & Q(province__isnull=False)),
                name="regions_region_has_its_province",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def short_name(self) -> str:
        """Return the name as people write it on a parcel: Kab. Sidoarjo, Kota Bima, Jawa Timur."""
        return short_name(self.name)


#: Long names of two provinces and how everybody writes them.
SHORT_NAMES = {
    "Daerah Khusus Ibukota Jakarta": "DKI Jakarta",
    "Daerah Istimewa Yogyakarta": "DI Yogyakarta",
}


def short_name(name: str) -> str:
    """Return an official name as people write it on a parcel."""
    name = SHORT_NAMES.get(name, name)
    name = name.replace("Kota Administrasi ", "").replace("Kabupaten Administrasi ", "")
    return name.replace("Kabupaten ", "Kab. ", 1)


class Edition(models.Model):
    """Says which edition of a kind of reference data is current; see ``regions.editions``."""

    name = models.CharField(_("reference data"), max_length=24, primary_key=True)
    stamp = models.CharField(_("edition"), max_length=16)
    changed_at = models.DateTimeField(_("changed"))

    def __str__(self) -> str:
        return f"{self.name} {self.stamp}"
