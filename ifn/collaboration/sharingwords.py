"""Why somebody gets so many pairs, in words. A basis is kept as JSON and read in any language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ifn.collaboration.sharing import Rule, Share
from ifn.ui.numbers import readable


def basis_of(share: Share, rule: Rule) -> dict[str, Any]:
    """Return what is kept of why somebody gets so many; a capacity only as its part of all."""
    basis: dict[str, Any] = {
        "rule": rule.value,
        "pairs": share.pairs,
        "total": share.total,
        "among": share.among,
    }
    if rule is Rule.ASKED:
        basis |= {"asked": share.weight, "all": share.weights, "capped": share.is_capped}
    if rule is Rule.CAPACITY:
        basis |= {
            "percent": round(100 * share.weight / share.weights, 1) if share.weights else 0,
            "guessed": share.is_guessed,
        }
    return basis


def reason_of(basis: Mapping[str, Any]) -> str:
    """Return in a sentence why it is so many pairs; nothing where it was decided by hand."""
    told = {name: readable(value) for name, value in basis.items() if _is_number(value)}
    match basis.get("rule"):
        case Rule.EQUAL:
            return _("%(pairs)s of %(total)s pairs: the same for each of %(among)s.") % told
        case Rule.ASKED:
            return _asked(basis, told)
        case Rule.CAPACITY:
            return _capacity(basis, told)
    return ""


def _asked(basis: Mapping[str, Any], told: Mapping[str, str]) -> str:
    if not basis["asked"]:
        return _("Nothing, for it asked for no number of pairs.")
    if basis["capped"]:
        return _("%(pairs)s pairs: all it asked for.") % told
    return (
        _("%(pairs)s of %(total)s pairs: it asked for %(asked)s of %(all)s that all asked for.")
        % told
    )


def _capacity(basis: Mapping[str, Any], told: Mapping[str, str]) -> str:
    if basis["guessed"]:
        return (
            _(
                "%(pairs)s of %(total)s pairs: it shows no capacity, so the smallest one "
                "counts, %(percent)s%% of all."
            )
            % told
        )
    return _("%(pairs)s of %(total)s pairs: it has %(percent)s%% of the capacity of all.") % told


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
