"""What the fields of a list are called, for those who map columns and fill in the template."""

from typing import Final

from django.utils.translation import gettext_lazy as _

#: By the names of ``mapping.FIELDS``.
FIELD_LABELS: Final = {
    "name": _("Business name"),
    "address": _("Address"),
    "city": _("Regency or city"),
    "province": _("Province"),
    "postcode": _("Postcode"),
    "country": _("Country"),
    "workers": _("Number of workers"),
    "phone": _("Phone"),
    "whatsapp": _("WhatsApp"),
    "email": _("E-mail"),
    "website": _("Website"),
    "instagram": _("Instagram"),
    "nib": _("NIB"),
    "founded_year": _("Year founded"),
    "brands": _("Brands"),
}
TYPE_LABEL: Final = _("Type of business")
