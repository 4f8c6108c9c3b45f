"""The fixed words of the profile page, looked up once per language and kept."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ifn.directory.models import Business, Source, SpokenLanguage
from ifn.directory.wording import field_names


@dataclass(frozen=True, slots=True)
class SheetWords:
    """Labels and the names of choices, in one language."""

    decisive: tuple[str, ...]
    tabled: dict[str, str]
    own_production: str
    about: tuple[str, ...]
    markets: tuple[str, str, str]
    yes: str
    no: str
    not_stated: str
    not_shown: str
    units: str
    valid_until: str
    checked: str
    expired_on: str
    what_it_means: str
    stated_note: str
    greeting: str
    no_contact: str
    more_contacts: str
    open_map: str
    share: str
    demo: str
    partner: str
    sections: dict[str, str]
    fields: dict[str, str]
    choices: dict[str, dict[Any, str]]
    languages: dict[str, str]
    sources: dict[str, str]


def sheet_words() -> SheetWords:
    """Return the words in the language in force."""
    return _words(get_language() or "id")


@lru_cache(maxsize=8)
def _words(_language: str) -> SheetWords:
    return SheetWords(
        decisive=(
            _("Minimum order"),
            _("Capacity"),
            _("Lead time"),
            _("Construction"),
            _("Soles"),
            _("Samples"),
            _("Sizes"),
            _("Job orders (maklon)"),
        ),
        tabled={
            "process": _("Own processes"),
            "material": _("Materials"),
            "machine": _("Machines"),
            "product_type": _("Products"),
        },
        own_production=_("Own production"),
        about=(
            _("Brands"),
            _("Markets"),
            _("Languages"),
            _("Founded"),
            _("Legal form"),
            _("Size (Ministry of Industry)"),
            _("Size (Statistics Indonesia)"),
            _("Size (MSME rule)"),
            _("NIB (format checked only)"),
            _("Address"),
        ),
        markets=(_("its region"), _("all of Indonesia"), _("export")),
        yes=_("Yes"),
        no=_("No"),
        not_stated=_("not stated"),
        not_shown=_("not shown"),
        units=_("%(number)d units"),
        valid_until=_("valid until %(date)s"),
        checked=_("checked on %(date)s by %(office)s, valid until %(until)s"),
        expired_on=_("expired on %(date)s"),
        what_it_means=_("What this means, and what it does not"),
        stated_note=_("As stated by the business; the network has not checked these certificates."),
        greeting=_("Hello, I found %(name)s (%(number)s) in the Indonesia Footwear Network."),
        no_contact=_("This profile shows no contact publicly."),
        more_contacts=_("Sign in to see what members see"),
        open_map=_("Open on a map"),
        share=_("Share"),
        demo=_("Demo: invented to show the platform"),
        partner=_("Partner organisation"),
        sections={
            "contact": _("Contact"),
            "verified": _("Verified by the network"),
            "story": _("Story"),
            "services": _("What it offers"),
            "pictures": _("Pictures"),
            "capabilities": _("Capabilities"),
            "certificates": _("Certificates"),
            "about": _("About"),
            "sources": _("Where these facts come from"),
        },
        fields=field_names(),
        choices=_choices(),
        languages={str(code): str(name) for code, name in SpokenLanguage.Code.choices},
        sources={str(kind): str(name) for kind, name in Source.Kind.choices},
    )


def _choices() -> dict[str, dict[Any, str]]:
    """Return the names of choices by field; an empty value has none."""
    return {
        field.name: {"": ""} | {value: str(name) for value, name in field.flatchoices}
        for field in Business._meta.concrete_fields
        if field.choices
    }
