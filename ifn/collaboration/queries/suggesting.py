"""Firms that fit a role of a call, with reasons: the index names them, the matching weighs them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ifn.collaboration.models import Application, CallRole, Invitation, Role
from ifn.connections.matches.fields import ground_of
from ifn.connections.matches.firms import firms
from ifn.connections.matching.facts import Match, Need, Reach, Reason
from ifn.connections.matching.scoring import match
from ifn.connections.matching.wording import Names, reasons
from ifn.connections.models import Match as StoredMatch
from ifn.connections.opportunities.saying import kept, names_of, reasons_of, why
from ifn.connections.queries.enquiries import blocked_by_firm
from ifn.directory.listings import COLLECTION
from ifn.directory.models import Business
from ifn.directory.search.aging import aged
from ifn.textsearch import queries as textsearch
from ifn.textsearch.asking import Query, Sort
from ifn.vocabulary.queries import lexicon

#: So many profiles are weighed, those confirmed last first; so many of them are proposed.
WEIGHED: Final = 300
MOST: Final = 20
#: Whom a role usually means in the chain, where a call names none.
USUAL: Final[Mapping[str, frozenset[str]]] = {
    Role.DESIGNER: frozenset({"SV_DESIGN", "SV_PATTERN", "SV_PROTO", "SV_3D"}),
    Role.TANNERY: frozenset({"UP"}),
    Role.OUTSOLE: frozenset({"CO_OUTSOLE"}),
    Role.LAST: frozenset({"CO_LAST"}),
    Role.COMPONENT: frozenset({"CO"}),
    Role.MAKER: frozenset({"PR"}),
    Role.BRAND: frozenset({"DN_BRAND"}),
    Role.LABORATORY: frozenset({"SV_LAB"}),
    Role.SCHOOL: frozenset({"IN_ACADEMIA"}),
    Role.MARKETPLACE: frozenset({"DN"}),
    Role.GOVERNMENT: frozenset({"IN"}),
}


@dataclass(frozen=True, slots=True)
class Suggested:
    """A firm that fits, out of 100, and why in the reader's words; ``kept`` is what is stored."""

    business: Business
    score: int
    reasons: list[str]
    kept: list[Any]


def need_of(wanted: CallRole) -> Need:
    """Return a role of a call as a need. Pure but for the words it reads."""
    call = wanted.call
    region = wanted.for_regions[0] if len(wanted.for_regions) == 1 else ""
    text = (call.aim_id, call.brings_id, wanted.conditions_id, call.aim_en, call.brings_en)
    return Need(
        key=wanted.pk,
        kind="PRODUCT_DEV",
        asker=call.business_id,
        roles=frozenset(wanted.for_chain_roles) or USUAL.get(wanted.role, frozenset()),
        processes=frozenset(wanted.for_processes),
        certificates=frozenset(wanted.for_certificates),
        reach=Reach(region=region),
        text=" ".join(" ".join(filter(None, text)).split()),
    )


def suggested(wanted: CallRole, *, today: date, only: Sequence[int] = ()) -> list[Suggested]:
    """Return firms that fit a role and were neither invited nor applied, the best first.

    ``only`` are the keys of profiles to weigh instead of those that the index names.
    """
    need, words, names = need_of(wanted), lexicon(), names_of(lexicon())
    known = {**_by_key(wanted, only or _candidates(need, today))}
    for key in _there(wanted):
        known.pop(key, None)
    blocked = blocked_by_firm().get(wanted.call.business_id or 0, frozenset())
    ground = ground_of(words, today)
    fitting = [
        one
        for firm in firms(known, words, {}, today=today)
        if firm.key not in blocked and (one := match(need, firm, ground))
    ]
    fitting.sort(key=lambda one: (-one.score, str(one.firm)))
    return [_said(known[int(str(one.firm))], one, names) for one in fitting[:MOST]]


def _candidates(need: Need, today: date) -> list[int]:
    facets = {"role": need.sought, "process": need.processes}
    query = Query(
        facets={group: codes for group, codes in facets.items() if codes},
        sort=Sort("confirmed", descending=True),
        limit=WEIGHED,
    )
    return list(textsearch.search(COLLECTION, aged(query, today)).keys)


def _by_key(wanted: CallRole, keys: Sequence[int]) -> dict[int, Business]:
    """Return the profiles of these keys that belong to the network of the call."""
    found = Business.objects.filter(pk__in=keys, is_demo=wanted.call.is_demo)
    if len(wanted.for_regions) > 1:
        found = found.in_regions(wanted.for_regions)
    rows = found.only("number", "name", "slug", "region", "status", "kind", "is_demo")
    return {one.pk: one for one in rows if one.pk != wanted.call.business_id}


def _there(wanted: CallRole) -> set[int]:
    invited = Invitation.objects.filter(wanted=wanted).values_list("business", flat=True)
    applied = Application.objects.filter(wanted=wanted).values_list("business", flat=True)
    return {*invited, *applied}


def _said(business: Business, one: Match, names: Names) -> Suggested:
    return Suggested(business, round(one.score), reasons(one, names), _as_json(one.reasons))


def _as_json(found: Sequence[Reason]) -> list[Any]:
    return [[one.code, one.share, one.weight, kept(one.values)] for one in found]


def reasons_kept(invitation: Invitation) -> list[str]:
    """Return why an invited firm was thought to fit, in words, for who invited it."""
    return reasons_of(StoredMatch(reasons=invitation.reasons, score=0), names_of(lexicon()))


def why_invited(invitation: Invitation) -> str:
    """Return why a firm was invited, in a few words for the firm itself."""
    return why(StoredMatch(reasons=invitation.reasons), names_of(lexicon()))
