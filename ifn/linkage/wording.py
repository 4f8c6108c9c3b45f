"""Evidence in words, for those who decide; the only module of this room that knows a language."""

from django.utils.translation import gettext_lazy as _

from ifn.linkage.comparing import Comparison
from ifn.linkage.evidence import Evidence

#: Likeness is told with its value; everything else is there or is not.
LIKENESS = {
    "name": _("name %(value)s"),
    "street": _("street %(value)s"),
    "extra": _("other texts %(value)s"),
}
REASONS = {
    "name_within": _("one name is part of the other"),
    "name_rare": _("rare name"),
    "name_own": _("each name has words of its own"),
    "name_strangers": _("a word of the name is another"),
    "other_addition": _("another addition in brackets"),
    "same_form": _("same legal form"),
    "other_form": _("other legal form"),
    "same_plant": _("same plant number"),
    "other_plant": _("other plant number"),
    "one_plant": _("only one is a numbered plant"),
    "street_within": _("one address is part of the other"),
    "street_own": _("each address has words of its own"),
    "same_house": _("same house number"),
    "near_house": _("same house number, other letter"),
    "other_house": _("house number differs"),
    "same_part": _("same block, RT/RW or kilometre"),
    "other_part": _("block, RT/RW or kilometre differs"),
    "address_elsewhere": _("same street and number in the other place"),
    "same_postcode": _("same postcode"),
    "other_postcode": _("other postcode"),
    "same_place": _("same regency or city"),
    "near_place": _("place written alike"),
    "other_place": _("other place"),
    "other_regency": _("other regency"),
    "other_kind": _("one a regency, one a city"),
    "other_province": _("other province"),
    "same_phone": _("same phone"),
    "near_phone": _("phone almost the same"),
    "other_phone": _("other phone"),
    "same_email": _("same e-mail"),
    "other_email": _("other e-mail"),
    "same_site": _("same website"),
    "other_site": _("other website"),
    "same_instagram": _("same Instagram"),
    "other_instagram": _("other Instagram"),
    "same_nib": _("same NIB"),
    "other_nib": _("other NIB"),
    "nobody_better": _("no other record fits better"),
    "shared_contact": _("a contact that many have"),
}
#: Log-odds below this decide nothing and are not told.
LEAST_TOLD = 0.05


#: Evidence that says which two places it is about.
OF_PLACES = {"other_place", "other_regency", "other_kind", "other_province"}


def said(evidence: Evidence) -> str:
    """Return one piece of evidence in the language of the reader."""
    if evidence.code in LIKENESS:
        return str(LIKENESS[evidence.code]) % {"value": f"{evidence.value:.2f}"}
    return str(REASONS[evidence.code])


def reasons(comparison: Comparison) -> list[str]:
    """Return what decided in words, the heaviest first, each with its sign and log-odds."""
    named = all(comparison.places)
    return [
        f"{_with_places(part, comparison) if named else said(part)} ({part.weight:+.1f})"
        for part in comparison.evidence
        if abs(part.weight) >= LEAST_TOLD
    ]


def _with_places(evidence: Evidence, comparison: Comparison) -> str:
    if evidence.code not in OF_PLACES:
        return said(evidence)
    one, other = comparison.places
    return _("%(evidence)s: %(one)s, %(other)s") % {
        "evidence": said(evidence),
        "one": one,
        "other": other,
    }
