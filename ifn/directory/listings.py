"""What lists and the search index keep of a profile, made from plain facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, TypedDict

from ifn.directory.models import Picture
from ifn.directory.places import also_called
from ifn.directory.profile import Profile
from ifn.regions.queries import Place, Regions
from ifn.textsearch.analysis import Field
from ifn.textsearch.entries import Entry
from ifn.textsearch.stopwords import Language
from ifn.vocabulary.queries import Lexicon, Word

#: The name of the collection in the index.
COLLECTION: Final = "directory"

#: Facet groups that come from vocabularies.
VOCABULARY_OF: Final = {
    "role": "value_chain_role",
    "product": "product_type",
    "material": "material",
    "process": "process",
    "construction": "construction",
    "machine": "machine",
    "certificate": "certification",
}
GROUP_OF: Final = {vocabulary: group for group, vocabulary in VOCABULARY_OF.items()}

#: Groups whose values a profile has until a day: the index keeps the day, the question has today.
DATED: Final = ("certificate", "verified")

#: The links of the chain from upstream to downstream, and the roles that make up each; a role is
#: named by its code or by that of the link of the vocabulary it stands below.
LINKS: Final = {
    "materials": ("UP",),
    "components": ("CO",),
    "services": ("EQ", "SV"),
    "production": ("PR",),
    "brands": ("DN_BRAND", "SV_DESIGN"),
    "sales": ("DN",),
    "institutions": ("IN",),
}
#: Roles that a link of their own has taken from the one they stand below in the vocabulary.
_ELSEWHERE: Final = {"DN_BRAND": "DN", "SV_DESIGN": "SV"}

#: "At least this many pairs a month", "a minimum order of at most this many pairs".
CAPACITIES: Final = (500, 1_000, 5_000, 10_000, 50_000, 100_000)
MINIMA: Final = (12, 24, 50, 100, 300, 1_000)

#: How much a word counts where it stands.
WEIGHTS: Final = {
    "name": 4.0,
    "brand": 3.0,
    "role": 2.0,
    "product": 1.5,
    "place": 1.5,
    "summary": 1.5,
    "term": 1.0,
    "story": 0.75,
}
#: Freshness counts from here; ten years span the scale, so newer is better whatever the year.
_FRESH_FROM: Final = date(2020, 1, 1)
_FRESH_SPAN_DAYS: Final = 3650


class PictureContent(TypedDict):
    """The first picture as a card shows it."""

    file: str
    width: int
    height: int
    widths: list[int]


class Content(TypedDict):
    """The row of a list, whatever the reader's language; quantities as in ``Business``."""

    number: str
    slug: str
    name: str
    kind: str
    demo: bool
    summary_id: str
    summary_en: str
    region: str
    latitude: float | None
    longitude: float | None
    roles: list[str]
    products: list[str]
    constructions: list[str]
    minimum: int | None
    capacity: int | None
    lead_time: int | None
    job_orders: bool | None
    confirmed: str
    #: The last day of each topic that was verified.
    verified: dict[str, str]
    picture: PictureContent | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the platform knows of a profile beyond its stated facts.

    ``stated_on`` is the day of the newest statement; it counts where nobody confirmed anything.
    ``verified`` are the topics that were verified, each with its last day, gone by or not.
    """

    pk: int
    number: str
    slug: str
    is_demo: bool
    confirmed_on: date | None
    completeness: int
    pictures: tuple[Picture, ...]
    stated_on: date | None = None
    verified: tuple[tuple[str, date], ...] = ()


def content_of(profile: Profile, standing: Standing) -> Content:
    """Return the row of a list."""
    first = standing.pictures[0] if standing.pictures else None
    return Content(
        number=standing.number,
        slug=standing.slug,
        name=profile.name,
        kind=profile.kind,
        demo=standing.is_demo,
        summary_id=profile.summary_id,
        summary_en=profile.summary_en,
        region=profile.region,
        latitude=profile.latitude if _shows_where(profile) else None,
        longitude=profile.longitude if _shows_where(profile) else None,
        roles=_codes(profile, "value_chain_role"),
        products=_codes(profile, "product_type"),
        constructions=_codes(profile, "construction"),
        minimum=profile.minimum_order,
        capacity=_public_capacity(profile),
        lead_time=profile.lead_time_days,
        job_orders=profile.takes_job_orders,
        confirmed=standing.confirmed_on.isoformat() if standing.confirmed_on else "",
        verified={topic: until.isoformat() for topic, until in standing.verified},
        picture=PictureContent(
            file=first.file, width=first.width, height=first.height, widths=first.widths
        )
        if first
        else None,
    )


def entry_of(profile: Profile, standing: Standing, lexicon: Lexicon, regions: Regions) -> Entry:
    """Return what the search index takes in."""
    return Entry(
        key=standing.pk,
        fields=tuple(_fields(profile, standing, lexicon, regions)),
        facets=_facets(profile, standing, lexicon),
        numbers=_numbers(profile, standing, lexicon, regions),
        quality=quality(standing),
    )


def quality(standing: Standing) -> float:
    """Return 0 to 1: three fifths completeness, two fifths freshness; decides when text ties."""
    fresh = 0.0
    if standing.confirmed_on:
        fresh = (standing.confirmed_on - _FRESH_FROM).days / _FRESH_SPAN_DAYS
    return 0.6 * standing.completeness / 100 + 0.4 * min(1.0, max(0.0, fresh))


def _codes(profile: Profile, vocabulary: str) -> list[str]:
    return [fact.code for fact in profile.capabilities if fact.vocabulary == vocabulary]


def _shows_where(profile: Profile) -> bool:
    return profile.address_visibility == "public"


def _public_capacity(profile: Profile) -> int | None:
    return profile.monthly_capacity if profile.capacity_visibility == "public" else None


def _terms(profile: Profile) -> Iterator[tuple[str, str]]:
    for fact in profile.capabilities:
        yield fact.vocabulary, fact.code
    for certificate in profile.certificates:
        yield VOCABULARY_OF["certificate"], certificate.code


def _fields(
    profile: Profile, standing: Standing, lexicon: Lexicon, regions: Regions
) -> Iterator[Field]:
    yield Field(profile.name, None, WEIGHTS["name"], is_name=True)
    for brand in profile.brands:
        yield Field(brand, None, WEIGHTS["brand"], is_name=True)
    for vocabulary, code in dict.fromkeys(_terms(profile)):
        word = lexicon.get(vocabulary, code)
        if word:
            yield from _word_fields(word, *lexicon.ancestors(vocabulary, code))
    yield from _place_fields(profile, regions)
    for language in ("id", "en"):
        yield from _prose(profile, standing, language)


@lru_cache(maxsize=4096)
def _word_fields(word: Word, *ancestors: Word) -> tuple[Field, ...]:
    """Return a term's names and synonyms, so that every word for it finds who has it."""
    weight = WEIGHTS.get(GROUP_OF.get(word.vocabulary, ""), WEIGHTS["term"])
    above_id = " ".join(above.name_id for above in ancestors)
    above_en = " ".join(above.name_en for above in ancestors)
    return (
        Field(" ".join((word.name_id, *word.synonyms_id)), "id", weight),
        Field(" ".join((word.name_en, *word.synonyms_en)), "en", weight),
        Field(above_id, "id", weight / 4),
        Field(above_en, "en", weight / 4),
    )


def _place_fields(profile: Profile, regions: Regions) -> Iterator[Field]:
    places: list[Place] = []
    for place in (regions.get(profile.region), regions.province_of(profile.region)):
        if place and place not in places:
            places.append(place)
    for place in places:
        yield Field(f"{place.name} {also_called(place.code)}", None, WEIGHTS["place"])
    if profile.address and _shows_where(profile):
        yield Field(profile.address, None, WEIGHTS["term"])


def _prose(profile: Profile, standing: Standing, language: Language) -> Iterator[Field]:
    yield Field(getattr(profile, f"summary_{language}"), language, WEIGHTS["summary"])
    yield Field(getattr(profile, f"story_{language}"), language, WEIGHTS["story"])
    yield Field(getattr(profile, f"services_{language}"), language, WEIGHTS["story"])
    captions = " ".join(getattr(picture, f"caption_{language}") for picture in standing.pictures)
    yield Field(captions, language, WEIGHTS["story"])


def _facets(profile: Profile, standing: Standing, lexicon: Lexicon) -> dict[str, list[str]]:
    facets: dict[str, list[str]] = {
        "kind": [profile.kind],
        "province": [profile.region[:2]] if profile.region else [],
        "regency": [profile.region] if len(profile.region) > 2 else [],  # noqa: PLR2004  # "35.16"
        "job_order": ["yes"] if profile.takes_job_orders else [],
        "picture": ["yes"] if standing.pictures else [],
    }
    for group, vocabulary in VOCABULARY_OF.items():
        if group in DATED:
            continue
        facets[group] = []
        for kind, code in dict.fromkeys(_terms(profile)):
            if kind == vocabulary:
                facets[group] += [code, *(up.code for up in lexicon.ancestors(vocabulary, code))]
    facets["link"] = links_of(_codes(profile, "value_chain_role"))
    capacity, minimum = _public_capacity(profile), profile.minimum_order
    facets["capacity"] = [str(least) for least in CAPACITIES if capacity and capacity >= least]
    facets["minimum"] = [str(most) for most in MINIMA if minimum and minimum <= most]
    return {group: list(dict.fromkeys(values)) for group, values in facets.items()}


def until(group: str, value: str) -> str:
    """Return the name of the number that says until when a profile has a value of a dated group."""
    return f"{group} {value}"


def _last_days(profile: Profile, standing: Standing, lexicon: Lexicon) -> dict[str, float]:
    """Return the last day of every value of the dated groups; of several the latest counts."""
    days = [(until("verified", topic), day) for topic, day in standing.verified]
    for fact in profile.certificates:
        above = lexicon.ancestors(VOCABULARY_OF["certificate"], fact.code)
        codes = (fact.code, *(up.code for up in above))
        days += [(until("certificate", code), fact.expires_on or date.max) for code in codes]
    numbers: dict[str, float] = {}
    for name, day in days:
        numbers[name] = max(numbers.get(name, 0), day.toordinal())
    return numbers


def _numbers(
    profile: Profile, standing: Standing, lexicon: Lexicon, regions: Regions
) -> dict[str, float]:
    numbers = _last_days(profile, standing, lexicon)
    if (capacity := _public_capacity(profile)) is not None:
        numbers["capacity"] = capacity
    if profile.minimum_order is not None:
        numbers["minimum"] = profile.minimum_order
    if standing.confirmed_on:
        numbers["confirmed"] = standing.confirmed_on.toordinal()
    if since := standing.confirmed_on or standing.stated_on:
        numbers["since"] = since.toordinal()
    place = regions.get(profile.region)
    if profile.latitude is not None and profile.longitude is not None and _shows_where(profile):
        numbers |= {"latitude": profile.latitude, "longitude": profile.longitude}
    elif place:
        numbers |= {"latitude": place.latitude, "longitude": place.longitude}
    return numbers


def links_of(roles: list[str]) -> list[str]:
    """Return the links of the chain that these roles belong to, from upstream to downstream."""
    named = {code if code in _ELSEWHERE else code.split("_")[0] for code in roles}
    return [link for link, codes in LINKS.items() if named & set(codes)]
