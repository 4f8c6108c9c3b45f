from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.directory import clean
from ifn.directory.listings import VOCABULARY_OF
from ifn.directory.models import Business, Contact, SpokenLanguage, Visibility
from ifn.directory.profile import CapabilityFact, CertificateFact, ContactFact, Profile
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

#: Rows for certificates that a form offers beyond those already stated.
SPARE_CERTIFICATES = 3
#: Capabilities a form asks for, in the order of the page.
ASKED = ("role", "product", "material", "process", "construction", "machine")
NOT_KNOWN = [("", gettext_lazy("Not known"))]
YES_NO = [*NOT_KNOWN, ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class CleanedField(forms.CharField):
    """A text field whose value a function of ``directory.clean`` makes clean or refuses."""

    def __init__(self, cleaner: Callable[[str], Any], *, empty: Any = "", **options: Any) -> None:
        self.cleaner, self.empty = cleaner, empty
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text.strip():
            return self.empty
        try:
            return self.cleaner(text)
        except clean.Refused as refused:
            raise forms.ValidationError(str(refused), code=refused.code) from None


def line(label: Any, longest: int, **options: Any) -> CleanedField:
    """Return a field for one line of plain text."""
    return CleanedField(
        clean.plain_line, label=label, max_length=longest, **{"required": False, **options}
    )


def text(label: Any, longest: int) -> CleanedField:
    """Return a field for several lines of plain text."""
    return CleanedField(
        clean.plain_text,
        label=label,
        max_length=longest,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def number(label: Any, largest: int, help_text: Any = "") -> CleanedField:
    """Return a field for a whole number with or without a unit."""
    return CleanedField(
        lambda given: clean.whole_number(given, largest=largest),
        empty=None,
        label=label,
        required=False,
        max_length=40,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


def choice(label: Any, choices: Any) -> forms.ChoiceField:
    """Return a field for one of several words, or none."""
    return forms.ChoiceField(label=label, choices=[*NOT_KNOWN, *choices], required=False)


def decimal(label: Any) -> forms.DecimalField:
    """Return a field for a shoe size."""
    return forms.DecimalField(
        label=label, required=False, min_value=Decimal(10), max_value=Decimal(60), decimal_places=1
    )


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
    capacity_visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees the capacity"), choices=Visibility.choices
    )
    minimum_order = number(
        gettext_lazy("Minimum order, pairs"), 1_000_000, gettext_lazy("Such as 50, or 5 kodi.")
    )
    lead_time_days = number(gettext_lazy("Lead time, days"), 1000)
    size_from = decimal(gettext_lazy("Smallest size, EU"))
    size_to = decimal(gettext_lazy("Largest size, EU"))
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
    region = forms.ChoiceField(label=gettext_lazy("Regency or city"), required=False)
    address = line(gettext_lazy("Address"), 300)
    postcode = forms.RegexField(
        r"^[0-9]{5}$",
        label=gettext_lazy("Postcode"),
        required=False,
        error_messages={"invalid": gettext_lazy("A postcode has five digits.")},
    )
    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"), required=False, help_text=gettext_lazy("Such as -7.47.")
    )
    longitude = forms.FloatField(
        label=gettext_lazy("Longitude"), required=False, help_text=gettext_lazy("Such as 112.43.")
    )
    precision = choice(gettext_lazy("Precision of the point"), Business.Precision.choices)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = line(gettext_lazy("Why it is changed"), 200)

    def __init__(self, *args: Any, certificates: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["region"].choices = _region_choices()  # type: ignore[attr-defined]
        words = lexicon()
        for group in ASKED:
            vocabulary = VOCABULARY_OF[group]
            self.fields[f"has_{group}"] = forms.MultipleChoiceField(
                label=_capability_label(group),
                choices=[
                    (word.code, word.name)
                    for word in words.of(vocabulary)
                    if word.parent or group != "role"
                ],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        for kind, label in Contact.Kind.choices:
            self.fields[f"{kind}_value"] = CleanedField(
                clean.CONTACT_CLEANERS[kind], label=label, required=False, max_length=200
            )
            self.fields[f"{kind}_visibility"] = forms.ChoiceField(
                label=_("Who sees it: %(kind)s") % {"kind": label},
                choices=Visibility.choices,
                initial=Visibility.NOBODY,
                required=False,
            )
        self.certificate_rows = certificates + SPARE_CERTIFICATES
        certificate_choices = [
            *NOT_KNOWN,
            *((word.code, word.name) for word in words.of(VOCABULARY_OF["certificate"])),
        ]
        for row in range(self.certificate_rows):
            self._add_certificate(row, certificate_choices)

    def _add_certificate(self, row: int, choices: list[Any]) -> None:
        self.fields[f"certificate_{row}"] = forms.ChoiceField(
            label=_("Certificate %(number)d") % {"number": row + 1}, choices=choices, required=False
        )
        self.fields[f"certificate_{row}_number"] = line(_("Number"), 60)
        self.fields[f"certificate_{row}_issuer"] = line(_("Issued by"), 120)
        self.fields[f"certificate_{row}_expires"] = forms.DateField(
            label=_("Valid until"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    def clean_founded_year(self) -> int | None:
        """Refuse years before there were firms, and years to come."""
        year: int | None = self.cleaned_data["founded_year"]
        if year is not None and not 1600 <= year <= date.today().year:  # noqa: PLR2004, DTZ011
            raise forms.ValidationError(_("Write a year such as 2009."))
        return year

    def clean(self) -> dict[str, Any]:
        """Check what concerns two fields at once."""
        data = super().clean() or {}
        self._check_sizes(data)
        self._check_point(data)
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

    def profile(self) -> Profile:
        """Return the clean facts; call it on a valid form."""
        data = self.cleaned_data
        plain = {
            name: data[name]
            for name in Profile.__dataclass_fields__
            if name in data and name not in {"brands", "languages", "kind"}
        }
        plain |= {
            name: {"yes": True, "no": False}.get(data[name])
            for name in ("takes_job_orders", "has_own_production")
        }
        return Profile(
            **plain,
            kind=data["kind"],
            brands=tuple(part.strip() for part in data["brands"].split(",") if part.strip()),
            languages=tuple(data["languages"]),
            capabilities=tuple(self._capabilities()),
            certificates=tuple(self._certificates()),
            contacts=tuple(self._contacts()),
        )

    def _capabilities(self) -> Iterator[CapabilityFact]:
        kept = {
            (fact.vocabulary, fact.code): fact
            for fact in (self.initial.get("profile_capabilities") or ())
        }
        for group in ASKED:
            vocabulary = VOCABULARY_OF[group]
            for code in self.cleaned_data[f"has_{group}"]:
                yield kept.get((vocabulary, code)) or CapabilityFact(vocabulary, code)

    def _certificates(self) -> Iterator[CertificateFact]:
        data = self.cleaned_data
        for row in range(self.certificate_rows):
            if code := data[f"certificate_{row}"]:
                yield CertificateFact(
                    code,
                    number=data[f"certificate_{row}_number"],
                    issuer=data[f"certificate_{row}_issuer"],
                    expires_on=data[f"certificate_{row}_expires"],
                )

    def _contacts(self) -> Iterator[ContactFact]:
        for kind in Contact.Kind.values:
            if value := self.cleaned_data[f"{kind}_value"]:
                visibility = self.cleaned_data[f"{kind}_visibility"] or Visibility.NOBODY
                yield ContactFact(kind, value, visibility)


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
        "profile_capabilities": profile.capabilities,
        "version": version,
    }
    for group in ASKED:
        initial[f"has_{group}"] = [
            fact.code for fact in profile.capabilities if fact.vocabulary == VOCABULARY_OF[group]
        ]
    for contact in profile.contacts:
        initial.setdefault(f"{contact.kind}_value", contact.value)
        initial.setdefault(f"{contact.kind}_visibility", contact.visibility)
    for row, certificate in enumerate(profile.certificates):
        initial[f"certificate_{row}"] = certificate.code
        initial[f"certificate_{row}_number"] = certificate.number
        initial[f"certificate_{row}_issuer"] = certificate.issuer
        initial[f"certificate_{row}_expires"] = certificate.expires_on
    return initial


class PictureForm(forms.Form):
    """A photo with what it shows."""

    picture = forms.FileField(
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy("JPEG, PNG or WebP, at most 25 MB. Location data is removed."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    caption_id = line(gettext_lazy("What it shows, Indonesian"), 160)
    caption_en = line(gettext_lazy("What it shows, English"), 160)


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


def _region_choices() -> list[Any]:
    regions = all_regions()
    return [
        ("", _("Not known")),
        *(
            (
                province.short_name,
                [(place.code, place.short_name) for place in regions.regencies(province.code)],
            )
            for province in regions.provinces
        ),
    ]
