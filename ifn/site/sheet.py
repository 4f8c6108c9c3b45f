"""The profile page as plain values: what the template shows, in the reader's language."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ifn.accounts.models import User
from ifn.directory import policies
from ifn.directory.models import Attribution, Business, Contact, Picture, SpokenLanguage
from ifn.directory.presenting import days, media_url, names, pairs, pairs_a_month, sources
from ifn.directory.profile import ContactFact, Profile
from ifn.regions.queries import Regions
from ifn.vocabulary.queries import Lexicon

#: Vocabularies in the order of the page's table of capabilities.
TABLED: Final = ("process", "material", "machine", "product_type")
LARGE_SIZES: Final = "(min-width: 64rem) 44rem, 100vw"
SMALL_SIZES: Final = "(min-width: 64rem) 21rem, 50vw"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with everything its element needs."""

    src: str
    webp: str
    sizes: str
    width: int
    height: int
    caption: str
    large: str


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach the business, as a link."""

    kind: str
    label: str
    href: str
    icon: str


def of(  # noqa: PLR0913  # the page shows this much
    business: Business,
    profile: Profile,
    pictures: Sequence[Picture],
    stated: Mapping[str, Attribution],
    *,
    viewer: User | AnonymousUser,
    words: Lexicon,
    regions: Regions,
) -> dict[str, Any]:
    """Return the template's context."""
    shown = [_shown(picture, is_first=place == 0) for place, picture in enumerate(pictures)]
    reach, hidden = _contacts(profile.contacts, business, viewer)
    is_organisation = profile.kind == Business.Kind.ORGANISATION
    return {
        "business": business,
        "roles": names(words, "value_chain_role", _codes(profile, "value_chain_role")),
        "place": regions.full_name(profile.region),
        "pictures": shown,
        "decide": [] if is_organisation else _decisive(business, profile, words, viewer),
        "capabilities": _capabilities(profile, words),
        "certificates": _certificates(profile, words),
        "about": _about(business, profile, regions),
        "contacts": reach,
        "hidden_contacts": hidden,
        "stated": _statements(stated, business),
        "confirmed": date_format(business.confirmed_on, "j F Y") if business.confirmed_on else "",
        "share_picture": _share_picture(pictures, business),
        "json_ld": _json_ld(business, profile, regions, shown, reach),
        "map_point": _map_point(business),
    }


def _codes(profile: Profile, vocabulary: str) -> list[str]:
    return [fact.code for fact in profile.capabilities if fact.vocabulary == vocabulary]


def _shown(picture: Picture, *, is_first: bool) -> Shown:
    if not picture.widths:
        url = media_url(picture.file)
        return Shown(url, "", "", picture.width, picture.height, picture.caption, url)
    widths = sorted(picture.widths)
    return Shown(
        src=media_url(f"{picture.file}-{widths[min(1, len(widths) - 1)]}.jpg"),
        webp=sources(picture.file, widths, "webp"),
        sizes=LARGE_SIZES if is_first else SMALL_SIZES,
        width=picture.width,
        height=picture.height,
        caption=picture.caption,
        large=media_url(f"{picture.file}-{widths[-1]}.jpg"),
    )


def _decisive(
    business: Business, profile: Profile, words: Lexicon, viewer: User | AnonymousUser
) -> list[tuple[str, str]]:
    """Return the facts that decide whether a buyer goes on reading."""
    can_see_capacity = policies.can_see_fact(viewer, profile.capacity_visibility)
    sample = business.get_sample_policy_display()
    if profile.sample_days and sample:
        sample = f"{sample}, {days(profile.sample_days)}"
    return [
        (_("Minimum order"), pairs(profile.minimum_order)),
        (_("Capacity"), pairs_a_month(profile.monthly_capacity) if can_see_capacity else ""),
        (_("Lead time"), days(profile.lead_time_days)),
        (_("Construction"), names(words, "construction", _codes(profile, "construction"))),
        (_("Soles"), business.get_sole_source_display()),
        (_("Samples"), sample),
        (_("Sizes"), _sizes(profile)),
        (_("Job orders (maklon)"), _yes_no(profile.takes_job_orders)),
    ]


def _sizes(profile: Profile) -> str:
    if profile.size_from is None and profile.size_to is None:
        return ""
    ends = [f"{end.normalize():f}" for end in (profile.size_from, profile.size_to) if end]
    return f"EU {'–'.join(ends)}"


def _yes_no(value: bool | None) -> str:
    if value is None:
        return ""
    return _("Yes") if value else _("No")


def _capabilities(profile: Profile, words: Lexicon) -> list[tuple[str, str]]:
    titles = {
        "process": _("Own processes"),
        "material": _("Materials"),
        "machine": _("Machines"),
        "product_type": _("Products"),
    }
    rows = []
    for vocabulary in TABLED:
        parts = [
            _capability(word.name, fact.monthly_pairs, fact.units)
            for fact in profile.capabilities
            if fact.vocabulary == vocabulary and (word := words.get(vocabulary, fact.code))
        ]
        if parts:
            rows.append((titles[vocabulary], ", ".join(parts)))
    if profile.has_own_production is not None:
        rows.append((_("Own production"), _yes_no(profile.has_own_production)))
    return rows


def _capability(name: str, monthly: int | None, units: int | None) -> str:
    notes = [pairs_a_month(monthly)] if monthly else []
    if units:
        notes.append(_("%(number)d units") % {"number": units})
    return f"{name} ({', '.join(notes)})" if notes else name


def _certificates(profile: Profile, words: Lexicon) -> list[dict[str, str]]:
    rows = []
    for fact in profile.certificates:
        word = words.get("certification", fact.code)
        parts = [fact.number, fact.issuer]
        if fact.expires_on:
            parts.append(_("valid until %(date)s") % {"date": date_format(fact.expires_on, "M Y")})
        rows.append(
            {"title": word.name if word else fact.code, "detail": " · ".join(filter(None, parts))}
        )
    return rows


def _about(business: Business, profile: Profile, regions: Regions) -> list[tuple[str, str]]:
    languages = dict(SpokenLanguage.Code.choices)
    markets = [
        text
        for sells, text in (
            (profile.sells_locally, _("its region")),
            (profile.sells_nationally, _("all of Indonesia")),
            (profile.exports, profile.export_countries or _("export")),
        )
        if sells
    ]
    address = ", ".join(
        filter(None, (profile.address, regions.full_name(profile.region), profile.postcode))
    )
    rows = [
        (_("Brands"), ", ".join(profile.brands)),
        (_("Markets"), ", ".join(markets)),
        (_("Languages"), ", ".join(str(languages.get(code, code)) for code in profile.languages)),
        (_("Founded"), str(profile.founded_year or "")),
        (_("Legal form"), business.get_legal_form_display()),
        (_("Size (Ministry of Industry)"), business.get_size_ministry_display()),
        (_("Size (Statistics Indonesia)"), business.get_size_statistics_display()),
        (_("Size (MSME rule)"), business.get_size_msme_display()),
        (_("NIB (format checked only)"), profile.nib),
        (_("Address"), address),
    ]
    return [(label, value) for label, value in rows if value]


def _contacts(
    facts: Sequence[ContactFact], business: Business, viewer: User | AnonymousUser
) -> tuple[list[Reach], bool]:
    """Return the contacts this person may use, and whether members would see more."""
    seen = [fact for fact in facts if policies.can_see_fact(viewer, fact.visibility)]
    hidden = any(fact.visibility == "members" for fact in facts if fact not in seen)
    order = list(Contact.Kind.values)
    seen.sort(key=lambda fact: order.index(fact.kind))
    return [_reach(fact, business) for fact in seen], hidden


def _reach(fact: ContactFact, business: Business) -> Reach:
    value = fact.value
    match fact.kind:
        case "whatsapp":
            text = _("Hello, I found %(name)s (%(number)s) in the Indonesia Footwear Network.") % {
                "name": business.name,
                "number": business.public_number,
            }
            href = f"https://wa.me/{value.lstrip('+')}?text={quote(text)}"
            return Reach("whatsapp", "WhatsApp", href, "message")
        case "phone":
            return Reach("phone", value, f"tel:{value}", "phone")
        case "email":
            return Reach("email", value, f"mailto:{value}", "mail")
        case "instagram":
            return Reach("instagram", f"@{value}", f"https://www.instagram.com/{value}/", "camera")
        case "marketplace":
            return Reach("marketplace", urlsplit(value).hostname or value, value, "shop")
    return Reach(
        "website", (urlsplit(value).hostname or value).removeprefix("www."), value, "globe"
    )


def _statements(stated: Mapping[str, Attribution], business: Business) -> list[dict[str, str]]:
    """Return each source with its date and the fields it stated, the newest first."""
    grouped: dict[tuple[Any, ...], list[str]] = {}
    for field, row in stated.items():
        key = (row.stated_on, row.source.get_kind_display(), row.source.label)
        grouped.setdefault(key, []).append(_field_name(field, business))
    return [
        {
            "kind": kind,
            "label": label,
            "date": date_format(stated_on, "j F Y"),
            "fields": ", ".join(dict.fromkeys(fields)),
        }
        for (stated_on, kind, label), fields in sorted(
            grouped.items(), key=lambda item: item[0], reverse=True
        )
    ]


def _field_name(field: str, business: Business) -> str:
    rows = {
        "brands": _("brands"),
        "capabilities": _("capabilities"),
        "certificates": _("certificates"),
        "languages": _("languages"),
        "contacts": _("contacts"),
    }
    if field in rows:
        return rows[field]
    return str(business._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def _share_picture(pictures: Sequence[Picture], business: Business) -> str:
    """Return the address of the picture that shared links show: a photo, else a drawn card."""
    for picture in pictures:
        if picture.widths:
            widest = max(width for width in picture.widths)
            return f"{settings.PUBLIC_ADDRESS}{media_url(f'{picture.file}-{widest}.jpg')}"
    return f"{settings.PUBLIC_ADDRESS}/usaha/{business.number}.png"


def _map_point(business: Business) -> str:
    if business.latitude is None or business.longitude is None:
        return ""
    return f"geo:{business.latitude:.5f},{business.longitude:.5f}"


def _json_ld(
    business: Business,
    profile: Profile,
    regions: Regions,
    pictures: Sequence[Shown],
    contacts: Sequence[Reach],
) -> SafeString:
    """Return the schema.org description of the profile, safe inside a script element."""
    province = regions.province_of(profile.region)
    region = regions.get(profile.region)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": business.name,
        "identifier": business.public_number,
        "url": f"{settings.PUBLIC_ADDRESS}{business.get_absolute_url()}",
        "description": business.summary or business.story[:300],
        "foundingDate": str(profile.founded_year or ""),
        "image": [f"{settings.PUBLIC_ADDRESS}{picture.large}" for picture in pictures],
        "brand": [{"@type": "Brand", "name": name} for name in profile.brands],
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "ID",
            "addressRegion": province.name if province else "",
            "addressLocality": region.name if region and region is not province else "",
            "streetAddress": profile.address,
            "postalCode": profile.postcode,
        },
        "telephone": next((one.label for one in contacts if one.kind == "phone"), ""),
        "email": next((one.label for one in contacts if one.kind == "email"), ""),
        "sameAs": [
            one.href for one in contacts if one.kind in {"website", "instagram", "marketplace"}
        ],
    }
    if profile.latitude is not None:
        data["location"] = {
            "@type": "Place",
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": profile.latitude,
                "longitude": profile.longitude,
            },
        }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False)
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(escaped)  # noqa: S308  # nothing in it can close the script element
