"""The profile page: what is shown to whom, written in the reader's language.

Read far more often than anything else beside the search, so its repeating pieces are fragments and
its fixed words are kept; see ``benchmarks``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.safestring import SafeString

from ifn.accounts.models import User
from ifn.directory import policies
from ifn.directory.models import Business, Contact
from ifn.directory.presenting import names
from ifn.directory.profile import ContactFact, Profile
from ifn.directory.quantities import days, pairs, pairs_a_month, sizes
from ifn.directory.whole import Whole
from ifn.regions.queries import Regions
from ifn.site import sheetproof
from ifn.site.sheetage import freshness_of
from ifn.site.sheetleads import leads_of
from ifn.site.sheetpictures import largest, shown
from ifn.site.sheetwords import SheetWords, sheet_words
from ifn.site.structured import json_ld
from ifn.ui import fragments, icons, pieces
from ifn.ui.addresses import address_of, address_with_slug
from ifn.vocabulary.queries import Lexicon

NONE: Final = SafeString(' class="none"')
#: Contacts in the order people use them.
ORDER: Final = {kind: place for place, kind in enumerate(Contact.Kind.values)}
ICONS: Final = {
    "whatsapp": "message",
    "phone": "phone",
    "email": "mail",
    "instagram": "camera",
    "marketplace": "shop",
    "website": "globe",
}

MAPS: Final = "https://www.google.com/maps/search/?api=1&query="


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach the business, as a link."""

    kind: str
    label: str
    href: str


class Sheet:
    """One profile, for one reader."""

    def __init__(  # noqa: PLR0913  # what is shown, to whom, and when
        self,
        business: Business,
        known: Whole,
        *,
        viewer: User | AnonymousUser,
        lexicon: Lexicon,
        regions: Regions,
        today: date,
        sees_expired: bool = False,
    ) -> None:
        self.business, self.known, self.viewer = business, known, viewer
        self.today, self.sees_expired = today, sees_expired
        self.freshness = freshness_of(business, known.statements, today)
        self.lexicon, self.regions = lexicon, regions
        self.profile: Profile = known.profile
        self.address = address_with_slug("site:business", business.slug, business.number)
        self.words: SheetWords = sheet_words()
        self.large = [largest(picture) for picture in known.pictures]
        self.contacts = self._contacts()
        self.shows_where = policies.can_see_fact(viewer, self.profile.address_visibility)
        self.place = regions.full_name(self.profile.region)
        roles = [fact.code for fact in self.profile.capabilities if fact.vocabulary == ROLE]
        self.roles = names(lexicon, ROLE, roles)

    def context(self) -> dict[str, Any]:
        """Return what the template needs."""
        business, profile = self.business, self.profile
        return {
            "business": business,
            "place": self.place,
            "summary": business.summary,
            "roles": self.roles,
            "lead": fragments.join(
                (self._pictures(), self._head(), self._verified(), self._decisive())
            ),
            "contact": self._contact_panel(),
            "rest": fragments.join(
                (
                    self._section("story", _prose(business.story)),
                    self._section("services", _prose(business.services)),
                    self._section("capabilities", self._definitions(self._abilities())),
                    self._section(
                        "certificates",
                        sheetproof.certificates(
                            profile.certificates, self.words, self.lexicon, self.today
                        ),
                    ),
                    self._section("about", self._definitions(self._about())),
                    self._sources(),
                )
            ),
            "share_address": self._share_address(),
            "json_ld": json_ld(
                business,
                profile,
                self.regions,
                self.large,
                self.contacts,
                shows_where=self.shows_where,
            ),
            "is_listed": business.status == Business.Status.LISTED,
            "leads_to": leads_of(business.number),
        }

    def _head(self) -> SafeString:
        """Return place, number, freshness, name and what the business is, in one look."""
        business = self.business
        return fragments.fill(
            "site/fragments/head.html",
            pin=icons.icon("pin"),
            place=f"{self.place} · " if self.place else "",
            number=business.public_number,
            confirmed=f" · {self.freshness.when}",
            name=business.name,
            badges=self._badges(),
            age=self.freshness.warning,
            summary=_filled("lead", business.summary),
            roles=_filled("line", self.roles),
        )

    def _badges(self) -> SafeString:
        badges = [pieces.badge(self.words.demo, "brand")] if self.business.is_demo else []
        if self.profile.kind == Business.Kind.ORGANISATION:
            badges.append(pieces.badge(self.words.partner, "action"))
        if not badges:
            return SafeString()
        return fragments.fill("site/fragments/badges.html", badges=fragments.join(badges))

    def _verified(self) -> SafeString:
        return sheetproof.verifications(
            self.known.verifications,
            self.words,
            self.regions,
            self.today,
            sees_expired=self.sees_expired,
        )

    def _contact_panel(self) -> SafeString:
        words = self.words
        point = _point(self.business) if self.shows_where else ""
        links = [self._written(reach) for reach in self.contacts]
        hidden = any(fact.visibility == "members" for fact in self.profile.contacts)
        return fragments.fill(
            "site/fragments/contact.html",
            title=words.sections["contact"],
            contacts=fragments.join(links) if links else words.no_contact,
            point=self._link(point, words.open_map, "map") if point else "",
            more=fragments.fill(
                "site/fragments/more_contacts.html",
                href=f"{address_of('accounts:sign-in')}?next={self.address}",
                text=words.more_contacts,
            )
            if hidden and not self.viewer.is_authenticated
            else "",
            icon=icons.icon("share"),
            share=words.share,
        )

    def _section(self, name: str, body: SafeString) -> SafeString:
        if not body:
            return body
        title = self.words.sections[name]
        return fragments.fill("site/fragments/section.html", title=title, body=body)

    def _definitions(self, pairs_: Iterable[tuple[str, str]]) -> SafeString:
        rows = [{"label": label, "value": value} for label, value in pairs_ if value]
        if not rows:
            return SafeString()
        return fragments.fill(
            "site/fragments/definitions.html",
            rows=fragments.fill_each("site/fragments/definition.html", rows),
        )

    def _pictures(self) -> SafeString:
        if not self.known.pictures:
            return SafeString()
        links = [
            fragments.fill(
                "site/fragments/picture_link.html",
                large=large,
                picture=pieces.picture(shown(picture, is_first=place == 0)),
            )
            for place, (picture, large) in enumerate(
                zip(self.known.pictures, self.large, strict=True)
            )
        ]
        return fragments.fill(
            "site/fragments/pictures.html",
            label=self.words.sections["pictures"],
            pictures=fragments.join(links),
        )

    def _decisive(self) -> SafeString:
        """Return the facts that decide whether a buyer goes on reading."""
        profile, words, choices = self.profile, self.words, self.words.choices
        if profile.kind == Business.Kind.ORGANISATION:
            return SafeString()
        # The same words whether there is something to hide or not, so that they give nothing away.
        capacity = words.not_shown
        if policies.can_see_fact(self.viewer, profile.capacity_visibility):
            capacity = pairs_a_month(profile.monthly_capacity)
        sample = choices["sample_policy"][profile.sample_policy]
        if sample and profile.sample_days:
            sample = f"{sample}, {days(profile.sample_days)}"
        constructions = [f.code for f in profile.capabilities if f.vocabulary == "construction"]
        values = (
            pairs(profile.minimum_order),
            capacity,
            days(profile.lead_time_days),
            names(self.lexicon, "construction", constructions),
            choices["sole_source"][profile.sole_source],
            sample,
            sizes(profile),
            self._yes_no(profile.takes_job_orders),
        )
        rows = (
            {
                "label": label,
                "value": value or words.not_stated,
                "none": NONE if value in {"", words.not_shown} else "",
            }
            for label, value in zip(words.decisive, values, strict=True)
        )
        return fragments.fill(
            "site/fragments/decide.html",
            rows=fragments.fill_each("site/fragments/decisive.html", rows),
        )

    def _yes_no(self, value: bool | None) -> str:
        if value is None:
            return ""
        return self.words.yes if value else self.words.no

    def _abilities(self) -> Iterable[tuple[str, str]]:
        for vocabulary, title in self.words.tabled.items():
            parts = [
                self._ability(word.name, fact.monthly_pairs, fact.units)
                for fact in self.profile.capabilities
                if fact.vocabulary == vocabulary
                and (word := self.lexicon.get(vocabulary, fact.code))
            ]
            yield title, ", ".join(parts)
        yield self.words.own_production, self._yes_no(self.profile.has_own_production)

    def _ability(self, name: str, monthly: int | None, units: int | None) -> str:
        """Return a capability; of processes the capacity is shown to whom all capacity is."""
        notes = []
        if monthly and policies.can_see_fact(self.viewer, self.profile.capacity_visibility):
            notes.append(pairs_a_month(monthly))
        if units:
            notes.append(self.words.units % {"number": units})
        return f"{name} ({', '.join(notes)})" if notes else name

    def _about(self) -> Iterable[tuple[str, str]]:
        profile, words = self.profile, self.words
        local, national, abroad = words.markets
        markets = (
            local if profile.sells_locally else "",
            national if profile.sells_nationally else "",
            (profile.export_countries or abroad) if profile.exports else "",
        )
        where = [self.place]
        if self.shows_where:
            where = [profile.address, self.place, profile.postcode]
        values = (
            ", ".join(profile.brands),
            ", ".join(filter(None, markets)),
            ", ".join(words.languages.get(code, code) for code in profile.languages),
            str(profile.founded_year or ""),
            words.choices["legal_form"][profile.legal_form],
            words.choices["size_ministry"][profile.size_ministry],
            words.choices["size_statistics"][profile.size_statistics],
            words.choices["size_msme"][profile.size_msme],
            profile.nib,
            ", ".join(filter(None, where)),
        )
        return zip(words.about, values, strict=True)

    def _contacts(self) -> list[Reach]:
        """Return the contacts this reader may use."""
        seen = [
            fact
            for fact in self.profile.contacts
            if policies.can_see_fact(self.viewer, fact.visibility)
        ]
        seen.sort(key=lambda fact: ORDER[fact.kind])
        return [self._reach(fact) for fact in seen]

    def _reach(self, fact: ContactFact) -> Reach:
        value = fact.value
        match fact.kind:
            case "whatsapp":
                name = {"name": self.business.name, "number": self.business.public_number}
                text = quote(self.words.greeting % name)
                return Reach(
                    fact.kind, "WhatsApp", f"https://wa.me/{value.lstrip('+')}?text={text}"
                )
            case "phone":
                return Reach(fact.kind, value, f"tel:{value}")
            case "email":
                return Reach(fact.kind, value, f"mailto:{quote(value, safe='@')}")
            case "instagram":
                user = value.rstrip("/").rpartition("/")[2]  # lists state whole addresses
                return Reach(fact.kind, f"@{user}", f"https://www.instagram.com/{user}/")
        host = (urlsplit(value).hostname or value).removeprefix("www.")
        return Reach(fact.kind, host, value)

    def _written(self, reach: Reach) -> SafeString:
        if reach.kind == "whatsapp":
            return fragments.fill(
                "site/fragments/whatsapp.html",
                href=reach.href,
                label=reach.label,
                icon=icons.icon(ICONS[reach.kind]),
            )
        return self._link(reach.href, reach.label, ICONS[reach.kind])

    def _link(self, href: str, label: str, icon: str) -> SafeString:
        return fragments.fill(
            "site/fragments/reach.html", href=href, label=label, icon=icons.icon(icon)
        )

    def _sources(self) -> SafeString:
        """Return each source with its date and the fields it stated, the newest first."""
        grouped: dict[tuple[date, str, str], list[str]] = {}
        for one in self.known.statements:
            grouped.setdefault((one.stated_on, one.kind, one.label), []).append(one.field)
        rows = [
            {
                "kind": self.words.sources.get(kind, kind),
                "label": f": {label}" if label else "",
                "date": date_format(stated_on, "j F Y"),
                "fields": ", ".join(self.words.fields.get(name, name) for name in stated),
            }
            for (stated_on, kind, label), stated in sorted(
                grouped.items(), key=lambda item: item[0], reverse=True
            )
        ]
        if not rows:
            return SafeString()
        return fragments.fill(
            "site/fragments/statements.html",
            icon=icons.icon("info"),
            title=self.words.sections["sources"],
            rows=fragments.fill_each("site/fragments/statement.html", rows),
        )

    def _share_address(self) -> str:
        """Return the address of the picture that shared links show: a photo, else a drawn card."""
        for picture, large in zip(self.known.pictures, self.large, strict=True):
            if picture.widths:
                return f"{settings.PUBLIC_ADDRESS}{large}"
        return f"{settings.PUBLIC_ADDRESS}/usaha/{self.business.number}.png"


ROLE: Final = "value_chain_role"


def _filled(name: str, text: str) -> SafeString:
    """Return a fragment around a text, or nothing around nothing."""
    return fragments.fill(f"site/fragments/{name}.html", text=text) if text else SafeString()


def _prose(text: str) -> SafeString:
    """Return paragraphs of plain text."""
    if not text:
        return SafeString()
    return _filled("prose", SafeString(linebreaks(text, autoescape=True)))  # it escapes the text


def _point(business: Business) -> str:
    if business.latitude is None or business.longitude is None:
        return ""
    # The phone's own map application opens this as well; "geo:" opens nothing on many devices.
    return f"{MAPS}{business.latitude:.5f}%2C{business.longitude:.5f}"
