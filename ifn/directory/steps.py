"""The long form of a profile in steps that take a minute or three each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from ifn.directory.forms import SPARE_CERTIFICATES, ProfileForm, contact_rows
from ifn.directory.formsections import IN_WORDS, TERMS, WHERE, WHO, Section, sections
from ifn.directory.models import Contact, Draft
from ifn.directory.profile import Profile
from ifn.directory.serial import from_json


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the form: its address, how long it takes, and the sections it shows."""

    key: str
    minutes: int
    sections: tuple[str, ...]


#: In the order in which they help a buyer most.
STEPS: Final = (
    Step("siapa", 2, ("who",)),
    Step("kegiatan", 2, ("role", "product")),
    Step("tempat", 1, ("where",)),
    Step("kontak", 1, ("contacts",)),
    Step("cerita", 3, ("words",)),
    Step("cara", 3, ("material", "process", "construction", "machine")),
    Step("syarat", 2, ("terms",)),
    Step("sertifikat", 2, ("certificates",)),
)
BY_KEY: Final = {step.key: step for step in STEPS}
#: Sections whose fields are the same for every profile.
FIXED: Final = {"who": WHO, "words": IN_WORDS, "terms": TERMS, "where": WHERE}
#: The step that asks for each part of completeness; photos have a page of their own.
STEP_OF: Final = {
    "summary": "cerita",
    "story": "cerita",
    "services": "cerita",
    "roles": "kegiatan",
    "products": "kegiatan",
    "materials": "cara",
    "constructions": "cara",
    "minimum_order": "syarat",
    "lead_time_days": "syarat",
    "sample_policy": "syarat",
    "region": "tempat",
    "address": "tempat",
    "contacts": "kontak",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How a step stands, for the list of steps."""

    step: Step
    title: str
    filled: str
    has_errors: bool


def title_of(key: str) -> str:
    """Return what a step is called."""
    return {
        "siapa": _("Who you are"),
        "kegiatan": _("What you do"),
        "tempat": _("Where you are"),
        "kontak": _("How to reach you"),
        "cerita": _("In your words"),
        "cara": _("How you work"),
        "syarat": _("On what terms"),
        "sertifikat": _("Certificates"),
        "foto": _("Photos"),
    }[key]


def form_of(draft: Draft | None, stored: Profile) -> ProfileForm:
    """Return the whole form as a person left it, or as the profile stands when they have no draft.

    A draft's form is bound: its values are what was sent, and its errors are known.
    """
    if draft is None:
        return ProfileForm(stored=stored)
    base = from_json(draft.base)
    data = MultiValueDict(sent_of(ProfileForm(stored=base)))
    for name, values in draft.data.items():
        data.setlist(name, values)
    return ProfileForm(data, stored=base)


def sent_of(form: ProfileForm) -> dict[str, list[str]]:
    """Return what a browser would send of a form that nobody has touched."""
    return {bound.html_name: _sent(bound.value()) for bound in form}


def _sent(value: Any) -> list[str]:
    if value is None or value is False:
        return []
    if value is True:
        return ["on"]
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    return [str(value)]


def sections_of(form: ProfileForm, step: Step) -> list[Section]:
    """Return the sections that a step shows."""
    return [section for section in sections(form) if section.key in step.sections]


def fields_of(form: ProfileForm, step: Step) -> list[str]:
    """Return the names of the fields that a step shows."""
    return _names(sections_of(form, step))


def names_of(step: Step, stored: Callable[[], Profile]) -> list[str]:
    """Return the same names without making the form: saving while somebody types must be quick.

    ``stored`` reads the profile that the form begins with; only steps with rows need to know.
    """
    found: list[str] = []
    for key in step.sections:
        if key in FIXED:
            found += FIXED[key]
        elif key == "contacts":
            found += [
                f"{prefix}_{part}"
                for kind in Contact.Kind.values
                for prefix in contact_rows(kind, stored())
                for part in ("value", "visibility")
            ]
        elif key == "certificates":
            found += [
                f"certificate_{row}{part}"
                for row in range(len(stored().certificates) + SPARE_CERTIFICATES)
                for part in ("", "_number", "_issuer", "_issued", "_expires")
            ]
        else:
            found.append(f"has_{key}")
    return found


def progress_of(form: ProfileForm) -> list[Progress]:
    """Return how each step stands."""
    by_key = {section.key: section for section in sections(form)}
    nothing = _("Nothing yet")
    found = []
    for step in STEPS:
        shown = [by_key[key] for key in step.sections]
        filled = " · ".join(section.filled for section in shown if section.filled != nothing)
        has_errors = any(section.has_errors for section in shown)
        found.append(Progress(step, title_of(step.key), filled, has_errors))
    return found


def next_step(step: Step) -> Step | None:
    """Return the step after this one."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def _names(several: Iterable[Section]) -> list[str]:
    return [bound.name for section in several for row in section.rows for bound in row]
