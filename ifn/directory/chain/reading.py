"""The address of the chain's pages: what is asked, and back. Pure."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from ifn.directory import clean
from ifn.directory.chain.counting import roles_by_link
from ifn.directory.search.filters import written
from ifn.directory.search.understanding import region_named
from ifn.regions.queries import Regions
from ifn.vocabulary.queries import Lexicon

#: Kilometres that can be chosen, and those taken when nothing is.
DISTANCES: Final = (100, 200, 300, 500)
USUAL: Final = 300
#: More letters than the name of any place.
LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the chain: of a province or all, from a place, for a role, how far."""

    province: str = ""
    place: str = ""
    role: str = ""
    km: int = USUAL

    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of the address, without what is usual."""
        pairs = [
            ("provinsi", self.province),
            ("tempat", self.place),
            ("peran", written("role", self.role) if self.role else ""),
            ("jarak", str(self.km) if self.km != USUAL else ""),
        ]
        return [(name, value) for name, value in pairs if value]

    def query(self, **changes: object) -> str:
        """Return the query string of this question with changes."""
        changed = replace(self, **changes) if changes else self  # type: ignore[arg-type]
        pairs = changed.parameters()
        return f"?{urlencode(pairs)}" if pairs else "?"


def read_asked(data: QueryDict, lexicon: Lexicon, regions: Regions) -> tuple[Asked, list[str]]:
    """Read an address; what cannot be used is left out and named in the notes."""
    notes: list[str] = []
    given = {
        name: clean.plain_line(data.get(name, ""))[:LONGEST]
        for name in ("provinsi", "tempat", "peran", "jarak")
    }
    asked = Asked(
        province=_province(given["provinsi"], regions, notes),
        place=_place(given["tempat"], regions, notes),
        role=_role(given["peran"], lexicon, notes),
        km=_distance(given["jarak"], notes),
    )
    return asked, notes


def _province(given: str, regions: Regions, notes: list[str]) -> str:
    if given and given not in {place.code for place in regions.provinces}:
        notes.append(
            _("No province has the code “%(code)s”; this is all of Indonesia.") % {"code": given}
        )
        return ""
    return given


def _place(given: str, regions: Regions, notes: list[str]) -> str:
    if not given:
        return ""
    found = regions.get(given) or regions.get(region_named(given, regions))
    if found is None:
        notes.append(_("No regency or city is called “%(place)s”.") % {"place": given[:40]})
        return ""
    if found.is_province:
        notes.append(
            _("%(place)s is a province. Distances are measured from a regency or city.")
            % {"place": found.short_name}
        )
        return ""
    return found.code


def _role(given: str, lexicon: Lexicon, notes: list[str]) -> str:
    if not given:
        return ""
    known = {
        written("role", word.code): word.code
        for words in roles_by_link(lexicon).values()
        for word in words
    }
    if given.lower() not in known:
        notes.append(_("The role “%(role)s” is not known.") % {"role": given[:40]})
        return ""
    return known[given.lower()]


def _distance(given: str, notes: list[str]) -> int:
    if not given:
        return USUAL
    if given not in {str(km) for km in DISTANCES}:
        notes.append(
            _("Choose a distance of %(some)s or %(last)d km; this is %(usual)d km.")
            % {
                "some": ", ".join(str(km) for km in DISTANCES[:-1]),
                "last": DISTANCES[-1],
                "usual": USUAL,
            }
        )
        return USUAL
    return int(given)
