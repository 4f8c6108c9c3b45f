"""Stories in two languages, told from the facts of a profile, each time a little differently."""

from collections.abc import Callable, Iterable, Sequence
from random import Random

from ifn.demo.trades import Place, said
from ifn.directory.profile import CapabilityFact, Profile

Pair = tuple[str, str]

OPENINGS: Sequence[Pair] = (
    (
        "{name} berdiri tahun {year} di {locality}, {town}.",
        "{name} was founded in {year} in {locality}, {town}.",
    ),
    (
        "Sejak {year} kami bekerja di {locality}, {town}.",
        "We have worked in {locality}, {town}, since {year}.",
    ),
    (
        "Usaha ini mulai tahun {year} dari satu ruangan di {locality}, {town}.",
        "The business began in {year} in one room in {locality}, {town}.",
    ),
    (
        "Dari {locality}, {town}, {name} melayani pelanggan sejak {year}.",
        "{name} has served customers from {locality}, {town}, since {year}.",
    ),
    (
        "Tahun {year} kami memulai usaha ini di {locality}, {town}, dan tidak pernah pindah.",
        "We started in {locality}, {town}, in {year} and never moved away.",
    ),
)
PEOPLE: Sequence[Pair] = (
    ("Sekarang {workers} orang bekerja di sini.", "Today {workers} people work here."),
    ("Tenaga kami {workers} orang.", "We are {workers} people."),
    (
        "Ada {workers} orang yang bekerja bersama kami.",
        "There are {workers} people working with us.",
    ),
)
MAKES: Sequence[Pair] = (
    ("Yang kami buat: {products}.", "What we make: {products}."),
    ("Kami mengerjakan {products}.", "We produce {products}."),
    ("Produk kami {products}.", "Our products are {products}."),
)
MATERIALS: Sequence[Pair] = (
    ("Bahan yang kami pakai: {materials}.", "Materials we use: {materials}."),
    ("Bahannya {materials}.", "Made with {materials}."),
)
SUPPLIES: Sequence[Pair] = (
    ("Kami menyediakan {materials}.", "We supply {materials}."),
    ("Yang selalu tersedia: {materials}.", "Always available: {materials}."),
)
CONSTRUCTIONS: Sequence[Pair] = (
    ("Konstruksinya {constructions}.", "The construction is {constructions}."),
    ("Cara pasang solnya {constructions}.", "Soles are attached by {constructions}."),
)
MACHINES: Sequence[Pair] = (
    ("Mesin di bengkel: {machines}.", "Machines in the workshop: {machines}."),
    ("Kami bekerja dengan {machines}.", "We work with {machines}."),
)
SELLS_MACHINES: Pair = ("Kami menyediakan {machines}.", "We supply {machines}.")
TERMS: Sequence[Pair] = (
    (
        "Pesanan paling sedikit {minimum} pasang dan selesai kira-kira {lead} hari.",
        "Orders start at {minimum} pairs and take about {lead} days.",
    ),
    (
        "Mulai {minimum} pasang sudah kami terima; waktu kerjanya sekitar {lead} hari.",
        "We accept orders from {minimum} pairs, done in about {lead} days.",
    ),
    (
        "Batas pesanan {minimum} pasang, dengan waktu tunggu {lead} hari.",
        "The minimum order is {minimum} pairs with a lead time of {lead} days.",
    ),
)
ONE_PAIR: Pair = (
    "Satu pasang pun kami kerjakan, biasanya {lead} hari.",
    "Even a single pair is welcome and usually takes {lead} days.",
)
JOB: Sequence[Pair] = (
    (
        "Kami menerima maklon: desain dan bahan boleh dari pemesan.",
        "We take job orders: design and materials may come from the customer.",
    ),
    (
        "Maklon untuk merek lain kami terima, dan nama pemesan kami jaga.",
        "We work for other brands and keep their names to ourselves.",
    ),
)
CLOSINGS: Sequence[Pair] = (
    (
        "Silakan datang, tetapi kabari dulu supaya ada yang menemani.",
        "You are welcome to visit; let us know first so that somebody can show you round.",
    ),
    (
        "Pertanyaan lewat WhatsApp biasanya kami jawab pada hari yang sama.",
        "Questions by WhatsApp are usually answered the same day.",
    ),
    (
        "Contoh bisa dilihat di tempat atau dikirim.",
        "Samples can be seen here or sent to you.",
    ),
    (
        "Kami lebih suka mulai dari pesanan kecil dan tumbuh bersama pelanggan.",
        "We like to start with a small order and grow with the customer.",
    ),
    (
        "Kalau kami tidak bisa mengerjakannya, kami beri tahu siapa yang bisa.",
        "If we cannot do it, we will tell you who can.",
    ),
)
MOST = 4


def story(profile: Profile, place: Place, own: Pair, random: Random) -> Pair:
    """Return the story in Indonesian and in English; both say the same."""
    opening = [random.choice(OPENINGS), random.choice(PEOPLE), own]
    facts = _facts(profile, random) if profile.kind == "business" else []
    paragraphs = (opening, [*facts, random.choice(CLOSINGS)])
    return _told(paragraphs, _values(profile, place, 0), 0), _told(
        paragraphs, _values(profile, place, 1), 1
    )


def _told(paragraphs: Iterable[list[Pair]], values: dict[str, str], language: int) -> str:
    told = (" ".join(pair[language] for pair in pairs) for pairs in paragraphs)
    return "\n\n".join(told).format_map(values)


def _facts(profile: Profile, random: Random) -> list[Pair]:
    choose: Callable[[Sequence[Pair]], Pair] = random.choice
    is_supplier = _is_supplier(profile)
    parts: list[tuple[bool, Pair]] = [
        (bool(_listed(profile, "p", 0)), choose(MAKES)),
        (bool(_listed(profile, "m", 0)), choose(SUPPLIES if is_supplier else MATERIALS)),
        (bool(_listed(profile, "c", 0)), choose(CONSTRUCTIONS)),
        (bool(_machines(profile, 0)), _machine_sentence(profile, choose)),
        (_has_terms(profile), ONE_PAIR if profile.minimum_order == 1 else choose(TERMS)),
        (bool(profile.takes_job_orders), choose(JOB)),
    ]
    return [pair for is_there, pair in parts if is_there]


def _is_supplier(profile: Profile) -> bool:
    return any(fact.code.startswith("UP_") for fact in profile.capabilities)


def _machine_sentence(profile: Profile, choose: Callable[[Sequence[Pair]], Pair]) -> Pair:
    if any(fact.code == "EQ_MACHINE" for fact in profile.capabilities):
        return SELLS_MACHINES
    return choose(MACHINES)


def _has_terms(profile: Profile) -> bool:
    return profile.minimum_order is not None and profile.lead_time_days is not None


def _values(profile: Profile, place: Place, language: int) -> dict[str, str]:
    return {
        "name": profile.name,
        "year": str(profile.founded_year),
        "locality": place.locality,
        "town": place.town,
        "workers": number(profile.workers or 0, language),
        "products": _listed(profile, "p", language),
        "materials": _listed(profile, "m", language),
        "constructions": _listed(profile, "c", language),
        "machines": _machines(profile, language),
        "minimum": number(profile.minimum_order or 0, language),
        "lead": str(profile.lead_time_days),
    }


def number(value: int, language: int) -> str:
    """Return a whole number with separators: 1.250 in Indonesian, 1,250 in English."""
    text = f"{value:,}"
    return text if language else text.replace(",", ".")


def _chosen(profile: Profile, kind: str) -> list[tuple[CapabilityFact, Pair]]:
    vocabularies = {
        "p": "product_type",
        "m": "material",
        "c": "construction",
        "q": "machine",
    }
    pairs = (
        (fact, said(kind, fact.code))
        for fact in profile.capabilities
        if fact.vocabulary == vocabularies[kind]
    )
    return [(fact, pair) for fact, pair in pairs if pair]


def _listed(profile: Profile, kind: str, language: int) -> str:
    return together([pair[language] for _, pair in _chosen(profile, kind)][:MOST], language)


def _machines(profile: Profile, language: int) -> str:
    said_of = [_counted(fact.units, pair, language) for fact, pair in _chosen(profile, "q")]
    return together(said_of[:MOST], language)


def _counted(units: int | None, pair: Pair, language: int) -> str:
    """Return "3 mesin pond", "a clicking press", "clicking presses" where the number is unsaid."""
    if units is None or (units == 1 and not language):
        return pair[language]
    if units > 1:
        return f"{units} {pair[language]}"
    single = pair[1].removesuffix("es" if pair[1].endswith("presses") else "s")
    return f"{'an' if single[0] in 'aeio' else 'a'} {single}"


def together(words: Iterable[str], language: int) -> str:
    """Join words as a sentence does: "a, b, dan c"; "a, b and c"."""
    listed = list(words)
    if len(listed) < 2:  # noqa: PLR2004  # nothing to join
        return "".join(listed)
    if language:
        return f"{', '.join(listed[:-1])} and {listed[-1]}"
    comma = "," if len(listed) > 2 else ""  # noqa: PLR2004  # "a dan b"
    return f"{', '.join(listed[:-1])}{comma} dan {listed[-1]}"
