"""The public fields of a profile: the one description that all open data is made from.

Downloads, the nightly dump, its data dictionary and the API's schema read this list, so they
cannot say different things. ``OpenRow`` holds nothing that visitors may not see.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from ifn.directory.models import Business, SpokenLanguage, Verification
from ifn.directory.opendata.field import (
    Kind,
    OpenField,
    column,
    contacts,
    decimal,
    page,
    province,
    public_number,
    terms,
    yes_no,
)
from ifn.vocabulary.models import Vocabulary

_PAIRS: Final = _("pairs")
_DAYS: Final = _("days")
_PUBLIC_CONTACT: Final = _("Only what its owner shows to everybody.")

#: All public fields, in the order of columns.
OPEN_FIELDS: Final = (
    OpenField(
        "number",
        _("Number"),
        _("Permanent number of the profile; never given to another one."),
        Kind.TEXT,
        public_number,
        is_always_known=True,
    ),
    OpenField(
        "name",
        _("Name"),
        _("Name of the business or organisation."),
        Kind.TEXT,
        column("name"),
        is_always_known=True,
    ),
    OpenField(
        "kind",
        _("Kind"),
        _("Whether it makes or sells footwear, or serves those who do."),
        Kind.CODE,
        column("kind"),
        choices=Business.Kind,
        is_always_known=True,
    ),
    OpenField(
        "is_demo",
        _("Demo"),
        _("Invented for demonstration; no real business."),
        Kind.YES_NO,
        yes_no("is_demo"),
        is_always_known=True,
    ),
    OpenField(
        "page",
        _("Page"),
        _("Address of the public page; the number in it is permanent, the name may change."),
        Kind.ADDRESS,
        page,
        is_always_known=True,
    ),
    OpenField(
        "region",
        _("Region code"),
        _("Province (35) or regency or city (35.16) by the Ministry of Home Affairs; text."),
        Kind.TEXT,
        column("region_id"),
    ),
    OpenField(
        "region_name",
        _("Region"),
        _("Name of the regency or city with its province, in Indonesian."),
        Kind.TEXT,
        lambda row: row.region_name or None,
    ),
    OpenField(
        "province",
        _("Province code"),
        _("Province by the Ministry of Home Affairs; text."),
        Kind.TEXT,
        province,
    ),
    OpenField(
        "summary_id",
        _("Summary, Indonesian"),
        _("What it is in one line, in Indonesian, in its own words."),
        Kind.TEXT,
        column("summary_id"),
    ),
    OpenField(
        "summary_en",
        _("Summary, English"),
        _("What it is in one line, in English, in its own words."),
        Kind.TEXT,
        column("summary_en"),
    ),
    *(
        OpenField(name, label, meaning, Kind.CODES, terms(codes), vocabulary=codes)
        for name, codes, label, meaning in (
            (
                "roles",
                Vocabulary.ROLE,
                _("Roles in the chain"),
                _("What it does in the chain from leather to shop; all that apply."),
            ),
            (
                "products",
                Vocabulary.PRODUCT,
                _("Products"),
                _("Kinds of footwear or goods it makes or sells."),
            ),
            (
                "materials",
                Vocabulary.MATERIAL,
                _("Materials"),
                _("Materials it works with or supplies."),
            ),
            (
                "constructions",
                Vocabulary.CONSTRUCTION,
                _("Constructions"),
                _("Ways of joining upper and sole that it masters."),
            ),
            (
                "processes",
                Vocabulary.PROCESS,
                _("Processes"),
                _("Steps of production it does itself."),
            ),
            ("machines", Vocabulary.MACHINE, _("Machines"), _("Kinds of machines it has.")),
        )
    ),
    OpenField(
        "certificates",
        _("Certificates"),
        _("Certificates as the business states them; the statement is not a verification."),
        Kind.CERTIFICATES,
        lambda row: row.certificates,
        vocabulary=Vocabulary.CERTIFICATE,
    ),
    OpenField(
        "verifications",
        _("Verified by the network"),
        _("Topics that the network checked and that still hold, with the day and the last day."),
        Kind.VERIFICATIONS,
        lambda row: row.verifications,
        choices=Verification.Topic,
    ),
    OpenField(
        "minimum_order",
        _("Minimum order"),
        _("Least it makes in one order."),
        Kind.NUMBER,
        column("minimum_order"),
        unit=_PAIRS,
    ),
    OpenField(
        "monthly_capacity",
        _("Capacity per month"),
        _("What it can make in a month; only where its owner shows it to everybody."),
        Kind.NUMBER,
        column("monthly_capacity"),
        unit=_PAIRS,
    ),
    OpenField(
        "lead_time_days",
        _("Lead time"),
        _("Usual time from order to delivery."),
        Kind.NUMBER,
        column("lead_time_days"),
        unit=_DAYS,
    ),
    OpenField(
        "size_from",
        _("Smallest size"),
        _("Smallest shoe size made, European system."),
        Kind.DECIMAL,
        decimal("size_from"),
        unit="EU",
    ),
    OpenField(
        "size_to",
        _("Largest size"),
        _("Largest shoe size made, European system."),
        Kind.DECIMAL,
        decimal("size_to"),
        unit="EU",
    ),
    OpenField(
        "takes_job_orders",
        _("Takes job orders (maklon)"),
        _("Makes for the brands of others."),
        Kind.YES_NO,
        yes_no("takes_job_orders"),
    ),
    OpenField(
        "has_own_production",
        _("Own production"),
        _("Produces for itself."),
        Kind.YES_NO,
        yes_no("has_own_production"),
    ),
    OpenField(
        "sole_source",
        _("Soles"),
        _("Where its soles come from."),
        Kind.CODE,
        column("sole_source"),
        choices=Business.SoleSource,
    ),
    OpenField(
        "sample_policy",
        _("Samples"),
        _("On what terms it makes a sample."),
        Kind.CODE,
        column("sample_policy"),
        choices=Business.SamplePolicy,
    ),
    OpenField(
        "sample_days",
        _("Time for a sample"),
        _("Usual time to make a sample."),
        Kind.NUMBER,
        column("sample_days"),
        unit=_DAYS,
    ),
    OpenField(
        "sells_locally",
        _("Sells in its region"),
        _("Sells in its own region."),
        Kind.YES_NO,
        yes_no("sells_locally"),
    ),
    OpenField(
        "sells_nationally",
        _("Sells across Indonesia"),
        _("Sells across Indonesia."),
        Kind.YES_NO,
        yes_no("sells_nationally"),
    ),
    OpenField("exports", _("Exports"), _("Sells abroad."), Kind.YES_NO, yes_no("exports")),
    OpenField(
        "export_countries",
        _("Exports to"),
        _("Countries it exports to, in its own words."),
        Kind.TEXT,
        column("export_countries"),
    ),
    OpenField(
        "brands", _("Brands"), _("Names under which it sells."), Kind.TEXTS, lambda row: row.brands
    ),
    OpenField(
        "founded_year",
        _("Founded"),
        _("Year in which it began."),
        Kind.NUMBER,
        column("founded_year"),
    ),
    OpenField(
        "legal_form",
        _("Legal form"),
        _("Legal form as stated."),
        Kind.CODE,
        column("legal_form"),
        choices=Business.LegalForm,
    ),
    OpenField(
        "nib",
        _("NIB"),
        _("Business identification number as stated, 13 digits; text."),
        Kind.TEXT,
        column("nib"),
    ),
    OpenField(
        "size_ministry",
        _("Size, Ministry of Industry"),
        _("Size by regulation 64/2016 of the Ministry of Industry: workers and investment."),
        Kind.CODE,
        column("size_ministry"),
        choices=Business.MinistrySize,
    ),
    OpenField(
        "size_statistics",
        _("Size, Statistics Indonesia"),
        _("Size as Statistics Indonesia counts it: workers only."),
        Kind.CODE,
        column("size_statistics"),
        choices=Business.StatisticsSize,
    ),
    OpenField(
        "size_msme",
        _("Size, MSME rule"),
        _("Size by government regulation 7/2021: capital or yearly sales."),
        Kind.CODE,
        column("size_msme"),
        choices=Business.MsmeSize,
    ),
    OpenField(
        "languages",
        _("Languages"),
        _("Languages in which it answers, ISO 639-1."),
        Kind.CODES,
        lambda row: row.languages,
        choices=SpokenLanguage.Code,
    ),
    OpenField(
        "address",
        _("Address"),
        _("Street address; only where its owner shows it to everybody."),
        Kind.TEXT,
        column("address"),
    ),
    OpenField(
        "postcode",
        _("Postcode"),
        _("Postcode; text; only where its owner shows the address to everybody."),
        Kind.TEXT,
        column("postcode"),
    ),
    OpenField(
        "latitude",
        _("Latitude"),
        _("Latitude of the point, WGS 84; only where its owner shows the address to everybody."),
        Kind.DECIMAL,
        decimal("latitude"),
        unit="°",
    ),
    OpenField(
        "longitude",
        _("Longitude"),
        _("Longitude of the point, WGS 84; only where its owner shows the address to everybody."),
        Kind.DECIMAL,
        decimal("longitude"),
        unit="°",
    ),
    OpenField(
        "precision",
        _("Precision"),
        _("How exactly the point is known."),
        Kind.CODE,
        column("precision"),
        choices=Business.Precision,
    ),
    *(
        OpenField(kind, label, _PUBLIC_CONTACT, Kind.TEXTS, contacts(kind))
        for kind, label in (
            ("whatsapp", _("WhatsApp")),
            ("phone", _("Phone")),
            ("email", _("E-mail")),
            ("website", _("Website")),
            ("instagram", _("Instagram")),
            ("marketplace", _("Marketplace")),
        )
    ),
    OpenField(
        "confirmed_on",
        _("Last confirmed"),
        _("Day on which somebody last confirmed that the profile is right."),
        Kind.DAY,
        column("confirmed_on"),
    ),
    OpenField(
        "updated_at",
        _("Changed"),
        _("When the profile was last changed."),
        Kind.MOMENT,
        column("updated_at"),
        unit="UTC",
        is_always_known=True,
    ),
    *(
        OpenField(name, label, meaning, Kind.TEXT, column(name), is_long=True)
        for name, label, meaning in (
            ("story_id", _("Story, Indonesian"), _("Its story in Indonesian, in its own words.")),
            ("story_en", _("Story, English"), _("Its story in English, in its own words.")),
            (
                "services_id",
                _("Services, Indonesian"),
                _("What an organisation offers, in Indonesian."),
            ),
            ("services_en", _("Services, English"), _("What an organisation offers, in English.")),
        )
    ),
)
#: Those of lists and of downloads of a search.
LISTED_FIELDS: Final = tuple(one for one in OPEN_FIELDS if not one.is_long)
