"""Which profiles may be about the business of this one? Asked of the database, at any size.

Candidates share a contact or a NIB with it, or the search finds them by its names; a handful of
them are compared. So a form can ask before it saves anything.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ifn.directory.linking import record_of, records_of, weights
from ifn.directory.listings import COLLECTION
from ifn.directory.models import Business, Contact
from ifn.directory.profile import Profile
from ifn.linkage.comparing import Comparison, compare
from ifn.linkage.deciding import Thresholds
from ifn.linkage.likeness import Rarity
from ifn.linkage.names import modern, words_of
from ifn.linkage.normalise import company_name
from ifn.linkage.records import Prepared, prepare
from ifn.linkage.wording import LEAST_TOLD
from ifn.textsearch import queries as textsearch
from ifn.textsearch.asking import Query

#: From here on a person is asked.
LEAST: Final = Thresholds().ask
#: Shown before something is saved; more would be read by nobody.
MOST_SHOWN: Final = 5
#: Looked at for each way of finding them.
BY_NAME, BY_CONTACT = 12, 40
#: Names a profile is searched by: its own, and so many brands.
MOST_BRANDS: Final = 2
#: Of other profiles these are compared: what nobody has published is nobody's twin yet.
COMPARED: Final = (Business.Status.LISTED, Business.Status.HIDDEN)
#: Where an address may begin, for the same site written in another way.
_BEGINNINGS: Final = ("https://", "http://", "https://www.", "http://www.")


@dataclass(frozen=True, slots=True)
class Twin:
    """A profile that may be about the same business, and how the two compare."""

    business: Business
    comparison: Comparison


def likely_twins(
    profile: Profile,
    *,
    but: int | None = None,
    is_demo: bool = False,
    statuses: Collection[str] = (Business.Status.LISTED,),
) -> list[Twin]:
    """Return the profiles that a person should look at before saving, the likeliest first.

    Whoever has the same phone under another name may be another business, but one look says.
    ``but`` is the profile's own key, when it has one. Demo and real profiles are never twins.
    """
    found = compared(profile, but=but, is_demo=is_demo, statuses=statuses)
    likely = {pk: one for pk, one in found.items() if is_likely(one) or one.exact_keys}
    businesses = Business.objects.in_bulk(list(likely))
    return [Twin(businesses[pk], one) for pk, one in likely.items() if pk in businesses][
        :MOST_SHOWN
    ]


def compared(
    profile: Profile,
    *,
    but: int | None = None,
    is_demo: bool = False,
    statuses: Collection[str] = COMPARED,
    beside: Iterable[int] = (),
) -> dict[int, Comparison]:
    """Return the profiles that come into question by key, compared, the likeliest first.

    ``beside`` are more keys to compare with, however unlike they are.
    """
    keys = {*_sharing(profile), *_named_alike(profile), *beside} - {but}
    known = Business.objects.filter(pk__in=keys, is_demo=is_demo, status__in=statuses)
    records = list(records_of(list(known.order_by("pk").values_list("pk", flat=True))))
    one = prepare(record_of(profile, but or 0))
    others = [prepare(record) for record in records]
    names = (profile.name, *profile.brands, *(record.name for record in records))
    rarity = _rarity(one, others, " ".join(names))
    learned = weights()
    found = {
        int(str(other.key)): compare(one, other, rarity=rarity, weights=learned) for other in others
    }
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].log_odds, pair[0])))


def is_likely(comparison: Comparison) -> bool:
    """Say whether the office is asked: likely one, or of one NIB, which one business has."""
    return comparison.probability >= LEAST or "nib" in comparison.exact_keys


def evidence_of(comparison: Comparison) -> list[tuple[str, float]]:
    """Return what counted as it is kept: codes with values, the heaviest first."""
    return [
        (part.code, round(part.value, 3))
        for part in comparison.evidence
        if abs(part.weight) >= LEAST_TOLD
    ]


#: What of the evidence is said to somebody who may not see everything of the other profile.
_OF_CONTACTS: Final = ("same_phone", "same_email", "same_site", "same_instagram", "same_nib")
_SAME_NAME, _LIKE_NAME = 0.99, 0.6


def public_reasons(evidence: Iterable[tuple[str, float]], other: Business) -> list[str]:
    """Return why two profiles are alike, in words that give nothing hidden away."""
    found: Mapping[str, float] = dict(evidence)
    said = []
    if (like := found.get("name", 0.0)) >= _SAME_NAME:
        said.append(_("the name is the same"))
    elif like >= _LIKE_NAME or "name_within" in found:
        said.append(_("the name is alike"))
    if any(code in found for code in _OF_CONTACTS):
        said.append(_("it has a contact that you gave"))
    shows_where = other.address_visibility == "public"
    if shows_where and found.get("street", 0.0) >= _LIKE_NAME:
        said.append(_("the street is alike"))
    if "same_place" in found:
        said.append(_("the same regency or city"))
    return said


def _sharing(profile: Profile) -> set[int]:
    """Return the profiles that have a contact or the NIB of this one; a query by index each."""
    wanted = {one.value for one in profile.contacts if one.kind != Contact.Kind.WEBSITE}
    for one in profile.contacts:
        if one.kind == Contact.Kind.WEBSITE:
            wanted |= _written(one.value)
    found: set[int] = set()
    if wanted:
        holders = Contact.objects.filter(value__in=wanted).order_by("pk")
        found.update(holders.values_list("business", flat=True)[:BY_CONTACT])
    if profile.nib:
        same = Business.objects.filter(nib=profile.nib).exclude(nib="").order_by("pk")
        found.update(same.values_list("pk", flat=True)[:BY_CONTACT])
    return found


def _written(address: str) -> set[str]:
    """Return the ways in which an address of a site may be written."""
    for beginning in sorted(_BEGINNINGS, key=len, reverse=True):
        if address.startswith(beginning):
            bare = address.removeprefix(beginning).rstrip("/")
            return {f"{one}{bare}{end}" for one in _BEGINNINGS for end in ("", "/")}
    return {address}


def _named_alike(profile: Profile) -> set[int]:
    """Return the profiles that the search finds by name, those of the same province for sure."""
    found: set[int] = set()
    provinces = [frozenset([profile.region[:2]])] if profile.region else []
    for name in _names(profile):
        for facets in (*({"province": one} for one in provinces), {}):
            asked = Query(text=name, facets=facets, limit=BY_NAME, enough=BY_NAME)
            found.update(textsearch.search(COLLECTION, asked).keys)
    return found


def _names(profile: Profile) -> list[str]:
    """Return what a profile may be found by: its names, also in today's spelling."""
    written = [company_name(profile.name).name, *profile.brands[:MOST_BRANDS]]
    return list(dict.fromkeys(" ".join(words_of(one)) for one in written if one)) or [profile.name]


def _rarity(one: Prepared, others: Sequence[Prepared], written: str) -> Rarity:
    """Return how common words and contacts are: of words the search knows, of contacts who came."""
    known = textsearch.frequencies(COLLECTION, written)
    rarity = Rarity(records=known.documents)
    for word, documents in known.words.items():
        rarity.names[modern(word)] += documents
    for record in (one, *others):
        rarity.keys.update(record.exact_keys())
    return rarity
