"""Reasons and notes in words: what is wrong, where, and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from ifn.intake.deciding import Decision
from ifn.intake.models import Row
from ifn.regions.queries import all_regions
from ifn.regions.resolve import Note

REASONS = {
    "loaded_before": _("Loaded before as %(number)s, from %(file)s, row %(row_before)s."),
    "in_directory": _("In the directory already as %(number)s."),
    "twice_in_list": _("The same as row %(row)s of this list."),
    "not_chosen": _("Left out by the choice made in the column “%(column)s”."),
    "not_footwear": _(
        "Not of the footwear chain: “%(type)s”. If it is, give this word a meaning with --roles."
    ),
    "no_name": _("The name is missing. Write the name of the business."),
    "name_too_long": _("The name has more than %(most)s letters. Shorten it."),
    "address_too_long": _("The address has more than %(most)s letters. Shorten it."),
    "other_country": _(
        "In another country: “%(country)s”. The directory holds businesses in Indonesia."
    ),
    "type_unknown": _("The kind “%(type)s” is not known. Give it a meaning with --roles."),
    "place_unknown": _(
        "No regency, city or province found in “%(place)s”. Write the regency or city and the "
        "province."
    ),
    "no_place": _(
        "The place is missing. Write the regency or city, or give one for the whole list with "
        "--region."
    ),
}
NOTES = {
    "no_role": _("No role in the chain is known."),
    "dropped": _("%(field)s “%(given)s” was left out: it cannot be right."),
}
FIELDS = {
    "workers": _("The number of workers"),
    "founded_year": _("The year"),
    "nib": _("The NIB"),
    "postcode": _("The postcode"),
    "whatsapp": _("The WhatsApp number"),
    "phone": _("The phone number"),
    "email": _("The e-mail address"),
    "website": _("The web address"),
    "instagram": _("The Instagram name"),
}
PLACES = {
    Note.AMBIGUOUS: _("a regency and a city share this name"),
    Note.PROVINCE_ONLY: _("only the province is clear"),
    Note.PROVINCE_DIFFERS: _("the list states another province"),
    Note.POSTCODE_DIFFERS: _("the postcode lies elsewhere"),
    Note.SPELLING_FORGIVEN: _("the spelling was forgiven"),
    Note.POSTCODE_DECIDED: _("chosen by the postcode"),
    Note.ADDRESS_DECIDED: _("chosen by the address"),
}


def state_of(decision: Decision) -> str:
    """Return a row's state in words."""
    return str(Row.State(decision.state).label)


def place_of(decision: Decision) -> str:
    """Return the region a row was found to lie in, as people write it."""
    return all_regions().full_name(decision.details.get("region"))


def explained(decision: Decision) -> str:
    """Return why a row was not loaded, or what a person should look at in one that was."""
    said = []
    if decision.reason:
        said.append(str(REASONS[decision.reason]) % decision.details)
    said += [_noted(note, decision.details) for note in decision.details.get("notes", ())]
    return " ".join(said)


def _noted(note: Mapping[str, str], details: Mapping[str, Any]) -> str:
    if note["code"] == "place_doubtful":
        reasons = [str(PLACES[code]) for code in map(Note, details["place"]) if code in PLACES]
        return str(_("Check the place: %(reasons)s.")) % {"reasons": ", ".join(reasons)}
    words = {**note, "field": FIELDS.get(note.get("field", ""), "")}
    return str(NOTES[note["code"]]) % words
