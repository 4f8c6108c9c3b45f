"""From a trade, a place and a chance to the complete facts of one invented business. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.utils.text import slugify

from ifn.demo.prose import story
from ifn.demo.trades import VOCABULARIES, Place, Trade, said
from ifn.directory.profile import CapabilityFact, CertificateFact, ContactFact, Profile

#: Confirmations go back this many days: 30 months.
OLDEST = 900
#: Those confirmed longer ago are left so; for the rest it is at most two years.
FORGOTTEN = 885
#: Pictures that show one product need it among the facts.
SHOWS = {
    "chelsea": "CHELSEA",
    "wedge": "WEDGE",
    "loafer": "LOAFER",
    "oxford": "OXFORD",
    "derby": "DERBY",
    "flipflop": "FLIPFLOP",
}
#: Processes that bound what a business makes in a month; their capacity is stated.
BOTTLENECKS = frozenset({"STITCH", "INJECT", "VULC", "LASTDEV"})
#: Kinds of terms in the order of the vocabularies.
KINDS = "".join(VOCABULARIES)
STREETS = (
    "Melati",
    "Kenanga",
    "Mawar",
    "Cempaka",
    "Anggrek",
    "Dahlia",
    "Flamboyan",
    "Pandan",
    "Jati",
    "Mahoni",
    "Sawo",
    "Rajawali",
    "Merpati",
    "Garuda",
    "Pahlawan",
    "Veteran",
    "Pemuda",
    "Kartini",
    "Diponegoro",
    "Raya",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is fixed of a business before chance fills in the rest; empty leaves it to chance."""

    slug: str
    index: int
    name: str
    trade: Trade
    place: Place
    since: int
    summary: tuple[str, str]
    own: tuple[str, str]
    roles: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    certificates: tuple[str, ...] | None = None
    minimum: int | None = None
    capacity: int | None = None
    lead: int | None = None
    workers: int | None = None
    exports: str = ""
    languages: tuple[str, ...] = ()
    legal: str = ""
    services: tuple[str, str] = ("", "")
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to be drawn: its kind, its seed and what it shows in two languages."""

    kind: str
    seed: str
    caption_id: str
    caption_en: str

    def from_pool(self, which: int) -> "Drawing":
        """Return the same kind of picture as it is shared by many businesses."""
        return replace(self, seed=f"pool-{which}")


@dataclass(frozen=True, slots=True)
class DemoBusiness:
    """An invented business, ready to be registered; the slug is its stable key."""

    slug: str
    profile: Profile
    confirmed_on: date
    drawings: tuple[Drawing, ...] = ()
    is_variation: bool = False


def slug_of(name: str) -> str:
    """Return the stable key of a name."""
    return slugify(name)


def invent(draft: Draft, *, seed: int, today: date) -> DemoBusiness:
    """Fill a draft in; the same draft, seed and day give the same business everywhere."""
    random = Random(f"{seed}:{draft.slug}")  # noqa: S311  # invented facts, not secrets
    stated = _with_quantities(draft, random, _with_standing(draft, random))
    capabilities = _capabilities(draft, stated.monthly_capacity, random)
    profile = replace(
        stated,
        capabilities=capabilities,
        certificates=_certificates(draft, random, today),
        contacts=_contacts(draft, random),
    )
    texts = story(profile, draft.place, draft.own, random)
    return DemoBusiness(
        slug=draft.slug,
        profile=replace(profile, story_id=texts[0], story_en=texts[1]),
        confirmed_on=today - timedelta(days=_age(random)),
        drawings=_drawings(draft, capabilities, random),
    )


def _age(random: Random) -> int:
    """Return days since the last confirmation: a fifth is stale, one or two are gone."""
    share = random.random()
    if share < 0.55:  # noqa: PLR2004  # just over half within eight months
        return random.randint(3, 240)
    if share < 0.8:  # noqa: PLR2004  # another quarter within a year
        return 240 + random.randint(0, 240) * 110 // 240
    drawn = random.randint(480, OLDEST)
    return drawn if drawn > FORGOTTEN else 480 + (drawn - 480) * 4 // 7


def _with_standing(draft: Draft, random: Random) -> Profile:
    """Return who and where it is."""
    trade, place = draft.trade, draft.place
    workers = draft.workers or max(2, random.randint(*trade.workers))
    street = random.choice(STREETS)
    is_public = trade.is_organisation
    return Profile(
        name=draft.name,
        kind="organisation" if is_public else "business",
        legal_form=draft.legal or _legal_form(workers, random),
        brands=draft.brands,
        summary_id=draft.summary[0],
        summary_en=draft.summary[1],
        founded_year=draft.since,
        nib="" if is_public or random.random() < 0.3 else f"00000{draft.index:08d}",  # noqa: PLR2004
        workers=workers,
        size_statistics="" if is_public else _by_workers(workers, "mikro kecil sedang besar"),
        size_ministry="" if is_public else _by_workers(workers, "IK IK IM IB"),
        size_msme="" if is_public else _by_workers(workers, "mikro kecil menengah besar"),
        services_id=draft.services[0],
        services_en=draft.services[1],
        languages=("id", *draft.languages),
        region=place.code,
        address_visibility="public",
        address=f"Jl. {street} No. {random.randint(1, 180)}, {place.locality}",
        postcode=place.postcode,
        latitude=round(place.latitude + random.uniform(-0.006, 0.006), 5),
        longitude=round(place.longitude + random.uniform(-0.006, 0.006), 5),
        precision=random.choice(("exact", "street", "street", "village", "village")),
    )


def _by_workers(workers: int, classes: str) -> str:
    """Return the class for 1-4, 5-19, 20-99 and 100 workers or more."""
    return classes.split()[sum(workers >= least for least in (5, 20, 100))]


def _legal_form(workers: int, random: Random) -> str:
    forms = _by_workers(workers, "perorangan perorangan,pt_perorangan,cv,cv cv,pt pt")
    return random.choice(forms.split(","))


def _with_quantities(draft: Draft, random: Random, profile: Profile) -> Profile:
    """Return the profile with what buyers ask first."""
    trade = draft.trade
    capacity = draft.capacity or (_rounded(random, trade.capacity) if trade.capacity else None)
    sizes = random.choice(trade.sizes) if trade.sizes else (None, None)
    sample = random.choice(trade.samples) if trade.samples else ""
    lead = draft.lead or (random.randint(*trade.lead) if trade.lead else None)
    reach = random.random()
    return replace(
        profile,
        monthly_capacity=capacity,
        capacity_visibility=random.choices(("public", "members", "nobody"), (8, 1, 1))[0],
        minimum_order=draft.minimum or (random.choice(trade.minimum) if trade.minimum else None),
        lead_time_days=lead,
        size_from=Decimal(sizes[0]) if sizes[0] else None,
        size_to=Decimal(sizes[1]) if sizes[1] else None,
        sample_policy=sample,
        sample_days=random.randint(2, 14) if sample not in {"", "none"} else None,
        sole_source=random.choice(trade.sole) if trade.sole else "",
        takes_job_orders=trade.job in {"maklon", "both"} if trade.job else None,
        has_own_production=trade.job in {"own", "both"} if trade.job else None,
        sells_locally=True,
        sells_nationally=bool(draft.exports) or reach > 0.3,  # noqa: PLR2004  # seven in ten
        exports=bool(draft.exports),
        export_countries=draft.exports,
    )


def _rounded(random: Random, bounds: tuple[int, ...]) -> int:
    """Return a capacity with two digits that matter, as people state it."""
    value = random.randint(*bounds)
    step = int(10 ** max(0, len(str(value)) - 2))
    return max(1, value // step * step)


def _capabilities(draft: Draft, capacity: int | None, random: Random) -> tuple[CapabilityFact, ...]:
    trade = draft.trade
    terms = [f"r:{role}" for role in draft.roles or trade.roles]
    terms += [*trade.has, *draft.also]
    fixed = bool(draft.also)
    for bundle in trade.sometimes:
        # A business described by hand has what it was given; the others are filled in by chance.
        if random.random() < 0.4 and not fixed:  # noqa: PLR2004  # two in five
            terms += bundle
    facts: dict[tuple[str, str], CapabilityFact] = {}
    for term in sorted(terms, key=_rank):
        kind, code, *units = term.split(":")
        pairs = capacity if code in BOTTLENECKS else None
        fact = CapabilityFact(VOCABULARIES[kind], code, pairs, _units(units, random))
        facts.setdefault((fact.vocabulary, code), fact)
    return tuple(facts.values())


def _rank(term: str) -> int:
    return KINDS.index(term[0])


def _units(units: list[str], random: Random) -> int | None:
    if not units:
        return None
    least, most = units[0].split("-")
    return random.randint(int(least), int(most))


def _certificates(draft: Draft, random: Random, today: date) -> tuple[CertificateFact, ...]:
    codes: Iterable[str] = draft.certificates or ()
    if draft.certificates is None:
        chance = 1.0 if draft.trade.certain else 0.45
        codes = [code for code in draft.trade.certificates if random.random() < chance]
    return tuple(_certificate(code, random, today) for code in codes)


def _certificate(code: str, random: Random, today: date) -> CertificateFact:
    issuer, mark = said("certificate", code) or ("Lembaga Contoh", code)
    issued = today - timedelta(days=random.randint(40, 1000))
    number = f"CONTOH/{mark}/{issued.year}/{random.randint(1, 9999):04d}"
    years = 10 if code in {"MEREK", "DESAIN", "CIPTA", "IG"} else random.choice((3, 4))
    return CertificateFact(code, number, issuer, issued, issued + timedelta(days=365 * years))


def _contacts(draft: Draft, random: Random) -> tuple[ContactFact, ...]:
    """Return ways to reach the business that reach nobody.

    The prefixes 0840 and 0841 are given to no Indonesian operator. The domain example.com is set
    aside by RFC 2606. Instagram allows no hyphen in a name.
    """
    slug, index = draft.slug, draft.index
    offered = (
        (0.92, "whatsapp", f"+62840{index:08d}", ("public", "public", "public", "members")),
        (0.5, "phone", f"+62841{index:08d}", ("public", "members", "nobody")),
        (0.75, "email", f"halo@{slug}.example.com", ("public", "public", "members")),
        (0.35, "website", f"https://{slug}.example.com", ("public",)),
        (0.6, "instagram", f"https://www.instagram.com/contoh-{slug}", ("public",)),
        (0.25, "marketplace", f"https://lokapasar.example.com/{slug}", ("public",)),
    )
    return tuple(
        ContactFact(kind, value, random.choice(visibility))
        for share, kind, value, visibility in offered
        if random.random() < share
    )


def _drawings(
    draft: Draft, capabilities: Iterable[CapabilityFact], random: Random
) -> tuple[Drawing, ...]:
    codes = {fact.code for fact in capabilities}
    offered = draft.pictures or draft.trade.pictures
    kinds = [kind for kind in offered if SHOWS.get(kind, "") in codes | {""}] or [offered[0]]
    if not draft.pictures and random.random() < 0.5:  # noqa: PLR2004  # the second leads as often
        kinds = kinds[1:2] + kinds[:1] + kinds[2:]
    count = random.choices((1, 2, 3, 4), (2, 4, 4, 2))[0]
    chosen = (kinds + kinds[:1])[:count]
    return tuple(
        Drawing(kind, f"{draft.slug}-{place}", *_caption(kind, is_again=kind in chosen[:place]))
        for place, kind in enumerate(chosen)
    )


def _caption(kind: str, *, is_again: bool) -> tuple[str, str]:
    indonesian, english = said("caption", kind) or ("", "")
    if is_again:
        return f"{indonesian}, pilihan lain", f"{english}, another choice"
    return indonesian, english
