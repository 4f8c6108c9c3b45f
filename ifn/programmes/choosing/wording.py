"""A sentence for every point, condition and earlier benefit."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.programmes.choosing.facts import Benefit, Candidate, Criterion, Point, Same, Unmet, Weights


def criterion_name(criterion: Criterion) -> str:
    """Return what a criterion is called."""
    return {
        Criterion.NEED: _("Assessed need"),
        Criterion.NEVER_SERVED: _("Never took part"),
        Criterion.REGION: _("Spread over regions"),
        Criterion.WOMEN: _("Owned by women"),
        Criterion.YOUTH: _("Owned by young people"),
    }[criterion]


def rule_of(weights: Weights) -> list[tuple[str, int, str]]:
    """Return the rule as everybody who registers reads it: name, most points, what they are for."""
    about = {
        Criterion.NEED: _("The greater the assessed need in this topic, the more."),
        Criterion.NEVER_SERVED: _(
            "All for who never took part, half for who took part in another topic."
        ),
        Criterion.REGION: _(
            "All for the first of a regency or city, half for the second, a third for the third."
        ),
        Criterion.WOMEN: _("As the firm itself says."),
        Criterion.YOUTH: _("As the firm itself says: led by somebody up to 35 years old."),
    }
    return [
        (criterion_name(one), weights.of(one), about[one]) for one in Criterion if weights.of(one)
    ]


def sentence(point: Point, candidate: Candidate) -> str:
    """Return why a candidate has these points."""
    says = {
        Criterion.NEED: _need,
        Criterion.NEVER_SERVED: _served,
        Criterion.REGION: _region,
        Criterion.WOMEN: _women,
        Criterion.YOUTH: _youth,
    }[point.criterion]
    return says(point, candidate)


def _need(point: Point, _candidate: Candidate) -> str:
    if not point.is_known:
        return _("The firm was not assessed in this topic, so its need is not known.")
    return _("The assessed need is %(percent)d of 100.") % {"percent": round(point.value * 100)}


def _served(_point: Point, candidate: Candidate) -> str:
    if not candidate.earlier:
        return _("Never took part before.")
    latest = max(candidate.earlier, key=lambda one: one.ended_on)
    return benefit_sentence(latest)


def _region(point: Point, _candidate: Candidate) -> str:
    if not point.before:
        return _("The first of its regency or city.")
    return ngettext(
        "%(number)d of the same regency or city stands before.",
        "%(number)d of the same regency or city stand before.",
        point.before,
    ) % {"number": point.before}


def _women(point: Point, _candidate: Candidate) -> str:
    if not point.is_known:
        return _("Did not say whether it is owned by women.")
    return _("Owned by women, as it says.") if point.value else _("Not owned by women.")


def _youth(point: Point, _candidate: Candidate) -> str:
    if not point.is_known:
        return _("Did not say whether it is led by young people.")
    return _("Led by young people, as it says.") if point.value else _("Not led by young people.")


def benefit_sentence(benefit: Benefit) -> str:
    """Return in which earlier batch the same took part, and why it is taken for the same."""
    values = {"title": benefit.title, "year": benefit.ended_on.year}
    return {
        Same.FIRM: _("Took part in “%(title)s” (%(year)d)."),
        Same.MERGED: _("Took part in “%(title)s” (%(year)d) with a profile merged into this one."),
        Same.NIB: _("A firm with the same NIB took part in “%(title)s” (%(year)d)."),
        Same.PHONE: _("A firm with the same phone number took part in “%(title)s” (%(year)d)."),
    }[benefit.same] % values


def unmet_sentence(unmet: Unmet) -> str:
    """Return which condition of entry is not met."""
    return {
        Unmet.ROLE: _("Has none of the roles in the chain that this batch is for."),
        Unmet.PROCESS: _("Does none of the work that this batch is about."),
        Unmet.REGION: _("Is not in the regions that this batch is for."),
        Unmet.ASSESSED: _("Has no approved assessment of its needs."),
        Unmet.COMPLETENESS: _("Its profile does not say enough yet."),
        Unmet.REPEATED: _("Took part in the same topic a short time ago."),
    }[unmet]
