"""Reasons and notes in words: what is wrong, where, and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from ifn.intake.models import Row
from ifn.linkage.evidence import Evidence
from ifn.linkage.wording import LEAST_TOLD, said
from ifn.regions.queries import all_regions
from ifn.regions.resolve import Note

REASONS = {
    "loaded_before": _("Loaded before as %(number)s, from %(file)s, row %(row_before)s."),
    "in_directory": _("In the directory already as %(number)s."),
    "decided_before": _("A person said before that this is %(number)s."),
    "twice_in_list": _("The same as row %(row)s of this list."),
    "alike": _("An exact key, name and address agree with a profile."),
    "plant_there": _(
        "Exactly this plant was entered meanwhile as %(number)s. Say that it is that profile, or "
        "leave the row out."
    ),
    "maybe_profile": _("May be a profile that is there. Compare them."),
    "maybe_row": _("May be the same as row %(row)s of this list."),
    "erased": _("Emptied because those it was about asked for it."),
    "by_person": _("Left out by a person."),
    "outside_scope": _("Lies outside the region that this list is for. Correct the place."),
    "example": _("The example of the template."),
    "not_chosen": _("Left out by the choice made in the column “%(column)s”."),
    "not_footwear": _("Not of the footwear chain: “%(type)s”. If it is, say what this word means."),
    "no_name": _("The name is missing. Write the name of the business."),
    "name_too_long": _("The name has more than %(most)s letters. Shorten it."),
    "address_too_long": _("The address has more than %(most)s letters. Shorten it."),
    "other_country": _(
        "In another country: “%(country)s”. The directory holds businesses in Indonesia."
    ),
    "type_unknown": _("The kind “%(type)s” is not known. Say what it means."),
    "place_unknown": _(
        "No regency, city or province found in “%(place)s”. Write the regency or city and the "
        "province."
    ),
    "no_place": _(
        "The place is missing. Write the regency or city, or give one for the whole list."
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


def state_of(row: Row) -> str:
    """Return what became of a row, or where it stands, in words."""
    if row.state == Row.State.APPLIED:
        return str(Row.Outcome(row.outcome).label)
    return str(Row.State(row.state).label)


def place_of(row: Row) -> str:
    """Return the region a row was found to lie in, as people write it."""
    return all_regions().full_name(row.region_id)


def explained(row: Row) -> str:
    """Return why a row is where it is, and what a person should look at."""
    return " ".join(
        [*reason_of(row.reason, row.details), *evidence_of(row), *notes_of(row.details)]
    )


def reason_of(reason: str, details: Mapping[str, Any]) -> list[str]:
    """Return the reason of a row's state in words, if it has one."""
    return [str(REASONS[reason]) % details] if reason in REASONS else []


def notes_of(details: Mapping[str, Any]) -> list[str]:
    """Return what a person should look at in a row that can be used."""
    return [_noted(note, details) for note in details.get("notes", ())]


def evidence_of(row: Row) -> list[str]:
    """Return how likely a row is its likeliest profile, and why."""
    if row.reason not in {"alike", "maybe_profile"} or not row.candidates:
        return []
    likeliest = row.candidates[0]
    said = ", ".join(evidence_said(likeliest)[:4])
    return [f"{round(100 * likeliest['probability'])} %: {said}."]


def evidence_said(candidate: Mapping[str, Any]) -> list[str]:
    """Return the evidence for a candidate in words, the heaviest first."""
    return [
        said(Evidence(code, value, weight))
        for code, value, weight in candidate["evidence"]
        if abs(weight) >= LEAST_TOLD
    ]


def _noted(note: Mapping[str, str], details: Mapping[str, Any]) -> str:
    if note["code"] == "place_doubtful":
        reasons = [str(PLACES[code]) for code in map(Note, details["place"]) if code in PLACES]
        return str(_("Check the place: %(reasons)s.")) % {"reasons": ", ".join(reasons)}
    words = {**note, "field": FIELDS.get(note.get("field", ""), "")}
    return str(NOTES[note["code"]]) % words
