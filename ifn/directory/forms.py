from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.directory import clean
from ifn.directory.fields import (
    NOT_KNOWN,
    YES_NO,
    CleanedField,
    choice,
    day,
    degrees,
    line,
    number,
    size,
    text,
)
from ifn.directory.listings import VOCABULARY_OF
from ifn.directory.models import Brand, Business, Contact, SpokenLanguage, Visibility
from ifn.directory.placechoices import region_choices
from ifn.directory.profile import CapabilityFact, CertificateFact, ContactFact, Profile
from ifn.ui.widgets import LongSelect
from ifn.vocabulary.queries import lexicon

#: What a phone's keyboard should offer for ways of being reached.
KEYBOARDS: Final = {
    Contact.Kind.WHATSAPP: "tel",
    Contact.Kind.PHONE: "tel",
    Contact.Kind.EMAIL: "email",
    Contact.Kind.WEBSITE: "url",
    Contact.Kind.MARKETPLACE: "url",
}
#: Rows for certificates that a form offers beyond those already stated.
SPARE_CERTIFICATES = 3
#: Capabilities a form asks for, in the order of the page.
ASKED = ("role", "product", "material", "process", "construction", "machine")
FIRST_YEAR = 1600


class ProfileForm(forms.Form):
    """Everything that can be stated about a business or organisation."""

    name = CleanedField(clean.name, label=gettext_lazy("Name"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Business.Kind.choices)
    legal_form = choice(gettext_lazy("Legal form"), Business.LegalForm.choices)
    brands = line(
        gettext_lazy("Brands"), 400, help_text=gettext_lazy("Several are separated by commas.")
    )
    summary_id = line(gettext_lazy("In one line, Indonesian"), 160)
    summary_en = line(gettext_lazy("In one line, English"), 160)
    story_id = text(gettext_lazy("Story, Indonesian"), 4000)
    story_en = text(gettext_lazy("Story, English"), 4000)
    founded_year = number(gettext_lazy("Founded in"), 2100, gettext_lazy("A year, such as 2009."))
    nib = CleanedField(
        clean.nib,
        label="NIB",
        required=False,
        max_length=30,
        help_text=gettext_lazy("13 digits. Only the format is checked; this verifies nothing."),
    )
    size_ministry = choice(
        gettext_lazy("Size by the Ministry of Industry"), Business.MinistrySize.choices
    )
    size_statistics = choice(
        gettext_lazy("Size by Statistics Indonesia"), Business.StatisticsSize.choices
    )
    size_msme = choice(gettext_lazy("Size by the MSME rule"), Business.MsmeSize.choices)
    workers = number(
        gettext_lazy("Workers"), 500_000, gettext_lazy("Never shown; used for totals only.")
    )
    monthly_capacity = number(
        gettext_lazy("Capacity, pairs per month"), 20_000_000, gettext_lazy("Such as 1.200.")
    )
    address_visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees address and point"),
        choices=Visibility.choices,
        initial=Visibility.NOBODY,
        required=False,
    )
    capacity_visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees the capacity"), choices=Visibility.choices
    )
    minimum_order = number(
        gettext_lazy("Minimum order, pairs"), 1_000_000, gettext_lazy("Such as 50, or 5 kodi.")
    )
    lead_time_days = number(gettext_lazy("Lead time, days"), 1000)
    size_from = size(gettext_lazy("Smallest size, EU"))
    size_to = size(gettext_lazy("Largest size, EU"))
    sample_policy = choice(gettext_lazy("Samples"), Business.SamplePolicy.choices)
    sample_days = number(gettext_lazy("Days for a sample"), 365)
    sole_source = choice(gettext_lazy("Soles"), Business.SoleSource.choices)
    takes_job_orders = forms.ChoiceField(
        label=gettext_lazy("Takes job orders (maklon)"), choices=YES_NO, required=False
    )
    has_own_production = forms.ChoiceField(
        label=gettext_lazy("Produces for itself"), choices=YES_NO, required=False
    )
    sells_locally = forms.BooleanField(label=gettext_lazy("Sells in its region"), required=False)
    sells_nationally = forms.BooleanField(
        label=gettext_lazy("Sells across Indonesia"), required=False
    )
    exports = forms.BooleanField(label=gettext_lazy("Exports"), required=False)
    export_countries = line(gettext_lazy("Exports to"), 200)
    services_id = text(gettext_lazy("What an organisation offers, Indonesian"), 2000)
    services_en = text(gettext_lazy("What an organisation offers, English"), 2000)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=SpokenLanguage.Code.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Regency or city"), required=False, widget=LongSelect
    )
    address = line(gettext_lazy("Address"), 300)
    postcode = forms.RegexField(
        r"^[0-9]{5}$",
        label=gettext_lazy("Postcode"),
        required=False,
        error_messages={"invalid": gettext_lazy("A postcode has five digits.")},
    )
    latitude = degrees(gettext_lazy("Latitude"), gettext_lazy("Such as -7.47."))
    longitude = degrees(gettext_lazy("Longitude"), gettext_lazy("Such as 112.43."))
    precision = choice(gettext_lazy("Precision of the point"), Business.Precision.choices)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = line(gettext_lazy("Why it is changed"), 200)

    def __init__(
        self, data: Any = None, *, stored: Profile | None = None, version: int = 0
    ) -> None:
        super().__init__(data, initial=initial_of(stored, version) if stored else None)
        self.stored = stored or Profile(name="")
        self.fields["region"].choices = region_choices()  # type: ignore[attr-defined]
        for group in ASKED:
            self.fields[f"has_{group}"] = forms.MultipleChoiceField(
                label=_capability_label(group),
                choices=self._capability_choices(group),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.contacts = [
            (kind, prefix)
            for kind in Contact.Kind.values
            for prefix in contact_rows(kind, self.stored)
        ]
        for kind, prefix in self.contacts:
            self._add_contact(kind, prefix)
        self.certificates = range(len(self.stored.certificates) + SPARE_CERTIFICATES)
        known = [(word.code, word.name) for word in lexicon().of(VOCABULARY_OF["certificate"])]
        kept = {fact.code for fact in self.stored.certificates} - {code for code, _name in known}
        for row in self.certificates:
            self._add_certificate(row, [*NOT_KNOWN, *known, *((code, code) for code in kept)])

    def _capability_choices(self, group: str) -> list[Any]:
        """Return the terms in use, and those out of use that the profile still has.

        Roles come by link of the chain: sixty in one list are more than a phone shows.
        """
        words, vocabulary = lexicon(), VOCABULARY_OF[group]
        offered = [word for word in words.of(vocabulary) if word.parent or group != "role"]
        for fact in self.stored.capabilities:
            word = words.get(vocabulary, fact.code) if fact.vocabulary == vocabulary else None
            if word and word not in offered:
                offered.append(word)
        if group != "role":
            return [(word.code, word.name) for word in offered]
        by_link: dict[str, list[tuple[str, str]]] = {}
        for word in offered:
            link = words.get(vocabulary, word.parent)
            by_link.setdefault(link.name if link else word.name, []).append((word.code, word.name))
        return list(by_link.items())

    def _add_contact(self, kind: str, prefix: str) -> None:
        label, cleaner = Contact.Kind(kind).label, clean.CONTACT_CLEANERS[kind]
        stored = self.initial.get(f"{prefix}_value", "")
        self.fields[f"{prefix}_value"] = CleanedField(
            # What was stored under other rules stands in nobody's way until it is touched.
            lambda given: given if given == stored else cleaner(given),
            label=label,
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"inputmode": KEYBOARDS.get(Contact.Kind(kind), "text")}),
        )
        self.fields[f"{prefix}_visibility"] = forms.ChoiceField(
            label=_("Who sees it: %(kind)s") % {"kind": label},
            choices=Visibility.choices,
            initial=Visibility.NOBODY,
            required=False,
        )

    def _add_certificate(self, row: int, choices: list[Any]) -> None:
        self.fields[f"certificate_{row}"] = forms.ChoiceField(
            label=_("Certificate %(number)d") % {"number": row + 1}, choices=choices, required=False
        )
        self.fields[f"certificate_{row}_number"] = line(_("Number"), 60)
        self.fields[f"certificate_{row}_issuer"] = line(_("Issued by"), 120)
        self.fields[f"certificate_{row}_issued"] = day(_("Issued on"))
        self.fields[f"certificate_{row}_expires"] = day(_("Valid until"))

    def clean_founded_year(self) -> int | None:
        """Refuse years before there were firms, and years to come."""
        year: int | None = self.cleaned_data["founded_year"]
        if year is not None and not FIRST_YEAR <= year <= localdate().year:
            raise forms.ValidationError(_("Write a year such as 2009."))
        return year

    def clean_brands(self) -> tuple[str, ...]:
        """Take the line apart at its commas."""
        brands = tuple(part.strip() for part in self.cleaned_data["brands"].split(","))
        longest = Brand._meta.get_field("name").max_length or 0
        for brand in brands:
            if len(brand) > longest:
                raise forms.ValidationError(
                    _("“%(brand)s…” is too long for a brand. Put commas between several.")
                    % {"brand": brand[:40]}
                )
        return tuple(dict.fromkeys(brand for brand in brands if brand))

    def clean(self) -> dict[str, Any]:
        """Check what concerns two fields at once."""
        data = super().clean() or {}
        self._check_sizes(data)
        self._check_point(data)
        for row in self.certificates:
            self._check_certificate(row, data)
        return data

    def _check_sizes(self, data: dict[str, Any]) -> None:
        smallest, largest = data.get("size_from"), data.get("size_to")
        if smallest is not None and largest is not None and smallest > largest:
            self.add_error("size_to", _("The largest size is smaller than the smallest."))

    def _check_point(self, data: dict[str, Any]) -> None:
        latitude, longitude = data.get("latitude"), data.get("longitude")
        if (latitude is None) != (longitude is None):
            self.add_error("longitude", _("Give both latitude and longitude, or neither."))
        elif latitude is not None and longitude is not None:
            try:
                clean.point(latitude, longitude)
            except clean.Refused as refused:
                self.add_error("latitude", str(refused))
            data["precision"] = data.get("precision") or Business.Precision.REGION
        else:
            data["precision"] = ""

    def _check_certificate(self, row: int, data: dict[str, Any]) -> None:
        name = f"certificate_{row}"
        issued, expires = data.get(f"{name}_issued"), data.get(f"{name}_expires")
        if issued and expires and issued > expires:
            self.add_error(f"{name}_expires", _("It cannot end before it was issued."))
        details = ("number", "issuer", "issued", "expires")
        if not data.get(name) and any(data.get(f"{name}_{detail}") for detail in details):
            self.add_error(name, _("Choose which certificate this is."))

    def profile(self) -> Profile:
        """Return the clean facts; call it on a valid form."""
        data = self.cleaned_data
        plain = {
            name: data[name]
            for name in Profile.__dataclass_fields__
            if name in data and name not in {"languages", "kind"}
        }
        plain |= {
            name: {"yes": True, "no": False}.get(data[name])
            for name in ("takes_job_orders", "has_own_production")
        }
        plain["address_visibility"] = data["address_visibility"] or Visibility.NOBODY
        return Profile(
            **plain,
            kind=data["kind"],
            languages=tuple(data["languages"]),
            capabilities=tuple(self._capabilities()),
            certificates=tuple(self._certificates()),
            contacts=tuple(self._contacts()),
        )

    def _capabilities(self) -> Iterator[CapabilityFact]:
        """Yield what was chosen, with the quantities known before, and what was not asked for."""
        known = {(fact.vocabulary, fact.code): fact for fact in self.stored.capabilities}
        asked = {VOCABULARY_OF[group] for group in ASKED}
        for group in ASKED:
            vocabulary = VOCABULARY_OF[group]
            for code in self.cleaned_data[f"has_{group}"]:
                yield known.get((vocabulary, code)) or CapabilityFact(vocabulary, code)
        yield from (fact for fact in self.stored.capabilities if fact.vocabulary not in asked)

    def _certificates(self) -> Iterator[CertificateFact]:
        data = self.cleaned_data
        for row in self.certificates:
            if code := data[f"certificate_{row}"]:
                yield CertificateFact(
                    code,
                    number=data[f"certificate_{row}_number"],
                    issuer=data[f"certificate_{row}_issuer"],
                    issued_on=data[f"certificate_{row}_issued"],
                    expires_on=data[f"certificate_{row}_expires"],
                )

    def _contacts(self) -> Iterator[ContactFact]:
        for kind, prefix in self.contacts:
            if value := self.cleaned_data[f"{prefix}_value"]:
                visibility = self.cleaned_data[f"{prefix}_visibility"] or Visibility.NOBODY
                yield ContactFact(kind, value, visibility)


def contact_rows(kind: str, profile: Profile) -> list[str]:
    """Return the names of a kind's rows: those it has and, when it has any, one more."""
    there = sum(fact.kind == kind for fact in profile.contacts)
    more = [f"{kind}_{row}" for row in range(2, there + 2)]
    return [kind, *more]


def initial_of(profile: Profile, version: int) -> dict[str, Any]:
    """Return what a form shows of a stored profile."""
    initial: dict[str, Any] = {
        name: getattr(profile, name)
        for name in Profile.__dataclass_fields__
        if name not in {"brands", "capabilities", "certificates", "contacts", "languages"}
    }
    yes_no = {True: "yes", False: "no", None: ""}
    initial |= {
        "takes_job_orders": yes_no[profile.takes_job_orders],
        "has_own_production": yes_no[profile.has_own_production],
        "brands": ", ".join(profile.brands),
        "languages": list(profile.languages),
        "version": version,
    }
    for group in ASKED:
        initial[f"has_{group}"] = [
            fact.code for fact in profile.capabilities if fact.vocabulary == VOCABULARY_OF[group]
        ]
    for kind in Contact.Kind.values:
        facts = [fact for fact in profile.contacts if fact.kind == kind]
        for prefix, fact in zip(contact_rows(kind, profile), facts, strict=False):
            initial[f"{prefix}_value"] = fact.value
            initial[f"{prefix}_visibility"] = fact.visibility
    for row, certificate in enumerate(profile.certificates):
        initial[f"certificate_{row}"] = certificate.code
        initial[f"certificate_{row}_number"] = certificate.number
        initial[f"certificate_{row}_issuer"] = certificate.issuer
        initial[f"certificate_{row}_issued"] = certificate.issued_on
        initial[f"certificate_{row}_expires"] = certificate.expires_on
    return initial


def _capability_label(group: str) -> str:
    labels = {
        "role": _("Roles in the chain"),
        "product": _("Products"),
        "material": _("Materials"),
        "process": _("Own processes"),
        "construction": _("Constructions"),
        "machine": _("Machines"),
    }
    return labels[group]
