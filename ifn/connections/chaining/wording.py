"""Chains in words; the only module of this package that knows a language."""

from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.connections.chaining.facts import LESS, MORE, USUAL, Offer, Proposal, Unfilled
from ifn.connections.matching import wording as matching
from ifn.connections.matching.facts import Exclusion
from ifn.connections.matching.wording import Names

LINKS: Final = {
    "upper": gettext_lazy("Upper material"),
    "outsole": gettext_lazy("Outsole"),
    "sole_material": gettext_lazy("Sole material"),
    "insole": gettext_lazy("Insole"),
    "last": gettext_lazy("Last"),
    "welt": gettext_lazy("Welt"),
    "shank": gettext_lazy("Shank"),
    "heel": gettext_lazy("Heel"),
    "glue": gettext_lazy("Glue"),
    "stitching": gettext_lazy("Upper stitching"),
    "assembly": gettext_lazy("Assembly"),
    "packaging": gettext_lazy("Packaging"),
    "test": gettext_lazy("Testing"),
}
#: What each link is there for.
WHY: Final = {
    "upper": gettext_lazy("what the upper is cut from"),
    "outsole": gettext_lazy("bought ready and put under the upper"),
    "sole_material": gettext_lazy("the sole forms on the shoe itself"),
    "insole": gettext_lazy("the board that the upper is pulled onto"),
    "last": gettext_lazy("the form that the shoe is built on"),
    "welt": gettext_lazy("the strip that upper and sole are sewn to"),
    "shank": gettext_lazy("stiffens the waist of the shoe"),
    "heel": gettext_lazy("made apart and fixed under the sole"),
    "glue": gettext_lazy("holds upper and sole together"),
    "stitching": gettext_lazy("cut parts become an upper"),
    "assembly": gettext_lazy("upper and sole become a pair"),
    "packaging": gettext_lazy("a box for each pair"),
    "test": gettext_lazy("a laboratory tests finished pairs"),
}
ICONS: Final = {
    "upper": "hide",
    "outsole": "sole",
    "sole_material": "sole",
    "insole": "sole",
    "last": "shoe",
    "welt": "ruler",
    "shank": "ruler",
    "heel": "heel",
    "glue": "box",
    "stitching": "tag",
    "assembly": "factory",
    "packaging": "box",
    "test": "shield-check",
}
#: What keeps the nearest firm from a link, for whoever looks at many of them.
OPEN_BECAUSE: Final = {
    "": gettext_lazy("nobody plays the role"),
    "minimum_order": gettext_lazy("minimum order above the quantity"),
    "capacity": gettext_lazy("capacity too small"),
    "lead_time": gettext_lazy("lead time too long"),
    "certificate": gettext_lazy("certificate missing"),
    "certificate_ended": gettext_lazy("certificate has ended"),
    "job_order": gettext_lazy("takes no job orders"),
    "products": gettext_lazy("makes other products"),
    "materials": gettext_lazy("has other materials"),
    "constructions": gettext_lazy("makes other constructions"),
    "processes": gettext_lazy("does other steps"),
    "dormant": gettext_lazy("profile not confirmed for long"),
}
LEVELS: Final = (
    (LESS, gettext_lazy("little")),
    (USUAL, gettext_lazy("as usual")),
    (MORE, gettext_lazy("much")),
)
#: Reasons of a match that say nothing about one link of a chain.
_LEFT_OUT: Final = frozenset({"complete", "answers", "text", "exports", "languages"})
#: Said beside the reasons already, as numbers.
_SAID: Final = frozenset({"distance", "minimum_order", "lead_time"})
MOST_REASONS: Final = 5


def reasons(offer: Offer, names: Names) -> list[str]:
    """Return in words what speaks for a firm, the heaviest first."""
    told = (
        matching.said(one, names)
        for one in offer.reasons
        if one.code not in _LEFT_OUT | _SAID and one.weight > 0 and one.share is not None
    )
    return [text for text in told if text][:MOST_REASONS]


def doubts(offer: Offer, names: Names) -> list[str]:
    """Return in words what is not known of a firm, or not met."""
    told = (
        matching.said(one, names)
        for one in offer.reasons
        if one.code not in _LEFT_OUT and (one.share is None or one.weight <= 0)
    )
    return [text for text in told if text]


def kept_away(exclusion: Exclusion, names: Names) -> str:
    """Return what keeps a firm from a link."""
    if exclusion.code == "lead_time":
        lead, asked = exclusion.values
        return _("takes %(lead)s days, you have %(days)s") % {"lead": lead, "days": asked}
    return matching.excluded(exclusion, names)


def nobody(one: Unfilled, names: Names, firm: str, number: str) -> str:
    """Return why a link stays open; ``number`` is the distance of the nearest as it is written."""
    if one.nearest is None:
        return _("Nobody in the directory plays this role.")
    why = "; ".join(kept_away(each, names) for each in one.nearest.exclusions)
    if one.nearest.km is None:
        return _("The nearest, %(firm)s: %(why)s.") % {"firm": firm, "why": why}
    return _("The nearest, %(firm)s at %(km)s km: %(why)s.") % {
        "firm": firm,
        "km": number,
        "why": why,
    }


def proof(one: Proposal, *, is_first: bool) -> str:
    """Return what is proved of a proposal."""
    total, bound = one.costs.total, one.bound
    if one.is_best:
        said = (
            _("Proved: of all firms that were compared, no other chain fits better.")
            if is_first
            else _("Proved: the next best with another firm in a main link.")
        )
    else:
        share = 100 * (total - bound) / max(total, 1)
        said = _("The best that was found; another could be better by at most %(share)s%%.") % {
            "share": number_format(share, 1)
        }
    if one.rest_bound is None:
        return f"{said} {_('Every firm of the directory that could take a link was compared.')}"
    if one.is_best_of_all:
        return f"{said} {_('Firms farther away cannot change that.')}"
    return f"{said} {_('The nearest firms of each link were compared, not those farther away.')}"
