"""What visitors ask in a benchmark: addresses of each kind of page, the same for the same data."""

from collections.abc import Callable
from random import Random
from urllib.parse import quote_plus

from benchmarks.words import SEED, WORDS
from ifn.api.asking import question_of
from ifn.api.cursors import cursor_after
from ifn.api.schemas import BusinessQuery
from ifn.directory.models import Business
from ifn.directory.search.filters import written
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

#: With errors of typing; each has to be mended first.
MISTYPED = (
    "snekers",
    "mojokrto",
    "outsol",
    "sepatu kulti",
    "sandl jepit",
    "penyamk",
    "goodyer welt",
)


class Questions:
    """Addresses, drawn at random from what the directory holds."""

    def __init__(self, count: int) -> None:
        self.random, self.count = Random(SEED), count  # noqa: S311  # repeatable, not secret
        self.regions, self.lexicon = all_regions(), lexicon()
        known = Business.objects.listed().order_by("pk")
        step = max(1, known.count() // 400)
        self.businesses = list(known.values_list("slug", "number", "name")[::step])
        self.keys = list(known.values_list("pk", flat=True)[::step])

    def of(self, make: Callable[[], str]) -> list[str]:
        """Return so many addresses of one kind."""
        return [make() for _ in range(self.count)]

    def words(self) -> str:
        """Return words as somebody types them: plain, with a place, with an error, or a name."""
        chosen = self.random.random()
        if chosen < 0.15:  # noqa: PLR2004
            return self.random.choice(MISTYPED)
        if chosen < 0.35:  # noqa: PLR2004
            place = self.random.choice(("Mojokerto", "Bandung", "Sidoarjo", "Jawa Barat", "Garut"))
            return f"{self.random.choice(WORDS)} {place}"
        if chosen < 0.5:  # noqa: PLR2004
            return " ".join(self.random.choice(self.businesses)[2].split()[:2])
        return self.random.choice(WORDS)

    def facet(self) -> str:
        """Return one facet as it stands in the address."""
        kind = self.random.choice(("peran", "produk", "bahan", "konstruksi", "provinsi"))
        if kind == "provinsi":
            return f"provinsi={self.random.choice(('32', '35', '33', '36', '31', '52'))}"
        vocabulary = {
            "peran": "value_chain_role",
            "produk": "product_type",
            "bahan": "material",
            "konstruksi": "construction",
        }[kind]
        word = self.random.choice(self.lexicon.of(vocabulary))
        return f"{kind}={written('role', word.code)}"

    def text(self) -> str:
        return f"/direktori?q={quote_plus(self.words())}"

    def facets(self) -> str:
        chosen = "&".join(self.facet() for _ in range(self.random.choice((1, 1, 2))))
        return f"/direktori?{chosen}"

    def both(self) -> str:
        return f"{self.text()}&{self.facet()}"

    def deep(self) -> str:
        page = self.random.choice((20, 100, 400, 1500, 4000))
        sort = self.random.choice(("", "&urut=terbaru", "&urut=kapasitas"))
        return f"/direktori?hal={page}{sort}"

    def browse(self) -> str:
        return self.random.choice(
            ("/direktori", "/en/direktori", "/direktori?urut=terbaru", "/direktori?tampilan=tabel")
        )

    def map(self) -> str:
        return f"/direktori?tampilan=peta&{self.facet()}"

    def chain(self) -> str:
        """Return the chain of a province or all, with gaps near a place, of a role, or of all."""
        province = self.random.choice(("", "32", "35", "52", "73"))
        place = self.random.choice(("", "52.03", "35.16", "91.03", "12.71"))
        roles = [word.code for word in self.lexicon.of("value_chain_role") if word.parent]
        role = written("role", self.random.choice(roles)) if self.random.random() < 0.5 else ""  # noqa: PLR2004
        far = self.random.choice((100, 200, 300, 500))
        return f"/rantai?provinsi={province}&tempat={place}&peran={role}&jarak={far}"

    def typing(self) -> str:
        words = self.words()
        return f"/direktori/saran?q={quote_plus(words[: self.random.randint(2, 8)])}"

    def profile(self) -> str:
        slug, number, _name = self.random.choice(self.businesses)
        return f"/usaha/{slug}-{number}"

    def api(self) -> list[str]:
        """Return addresses of pages of 50 of the API, whole directory and filters in turn."""
        addresses = []
        for place in range(self.count):
            filter_ = "" if place % 2 else f"province={self.random.choice(('32', '35', '33'))}"
            wanted = BusinessQuery.model_validate({"province": [filter_[-2:]]} if filter_ else {})
            key = self.random.choice(self.keys)
            cursor = cursor_after(key, question_of(wanted))
            addresses.append(f"/api/v1/businesses?{filter_}&cursor={cursor}".replace("?&", "?"))
        return addresses
