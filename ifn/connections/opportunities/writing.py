"""An opportunity written in three steps: what; how much, where and when; words and who sees it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ifn.connections.forms.opportunities import OpportunityForm
from ifn.connections.models import OpportunityDraft
from ifn.connections.opportunities.particulars import VOCABULARY_OF, Particulars
from ifn.vocabulary.queries import lexicon


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the form: its address and the fields it shows."""

    key: str
    fields: tuple[str, ...]


STEPS: Final = (
    Step("apa", tuple(f"has_{group}" for group in VOCABULARY_OF)),
    Step(
        "berapa",
        (
            *("amount", "unit", "is_monthly", "price_from", "price_to", "currency", "price_unit"),
            *("price_shown", "region", "reach", "within_km", "deadline"),
        ),
    ),
    Step("kata", ("title_id", "title_en", "text_id", "text_en", "visibility")),
)
BY_KEY: Final = {step.key: step for step in STEPS}
#: Groups that most people need stand open, the others folded.
_OPEN: Final = frozenset({"has_role", "has_product"})


@dataclass(frozen=True, slots=True)
class Part:
    """A field as a step shows it: folded or not, and what it holds already."""

    bound: BoundField
    is_open: bool
    filled: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How a step stands, for the list of steps."""

    key: str
    title: str
    filled: str
    has_errors: bool


def title_of(key: str) -> str:
    """Return what a step is called."""
    return {
        "apa": _("What it is about"),
        "berapa": _("How much, where and when"),
        "kata": _("In your words"),
    }[key]


def form_of(draft: OpportunityDraft | None, stored: Particulars) -> OpportunityForm:
    """Return the whole form as a person left it, or as it stands when they have no draft.

    A draft's form is bound: its values are what was sent, and its errors are known.
    """
    if draft is None:
        return OpportunityForm(stored=stored)
    data: MultiValueDict[str, str] = MultiValueDict()
    for bound in OpportunityForm(stored=stored):
        data.setlist(bound.html_name, _sent(bound.value()))
    for name, values in draft.data.items():
        data.setlist(name, values)
    return OpportunityForm(data, stored=stored)


def _sent(value: object) -> list[str]:
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["on"]
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else [str(value)]


def parts_of(form: OpportunityForm, step: Step) -> list[Part]:
    """Return the fields of a step."""
    found = []
    for name in step.fields:
        bound = form[name]
        filled = ", ".join(chosen_names(bound)) if name.startswith("has_") else ""
        is_open = name in _OPEN or bool(filled) or bool(bound.errors)
        found.append(Part(bound, is_open, filled))
    return found


def chosen_names(bound: BoundField) -> list[str]:
    """Return the names of what is ticked in a group of terms."""
    chosen = {str(one) for one in bound.value() or []}
    names = []
    for code, name in getattr(bound.field, "choices", ()):
        several = name if isinstance(name, (list, tuple)) else [(code, name)]
        names += [str(text) for one, text in several if str(one) in chosen]
    return names


def progress_of(form: OpportunityForm) -> list[Progress]:
    """Return how each step stands."""
    found = []
    for step in STEPS:
        bounds = [form[name] for name in step.fields]
        has_errors = any(bound.errors for bound in bounds)
        found.append(Progress(step.key, title_of(step.key), _filled(step, form), has_errors))
    return found


def stored_as(said: Particulars) -> list[Progress]:
    """Return how each step stands where nobody has a draft: as it was posted, without the form."""
    words = lexicon()
    unit = words.get("unit", said.unit)
    how_much = f"{said.amount} {unit.name if unit else ''}".strip() if said.amount else ""
    filled = {
        "apa": [word.name for one in said.terms if (word := words.get(*one))],
        "berapa": [how_much, _day(said.deadline)],
        "kata": [said.title_id, said.title_en],
    }
    return [
        Progress(step.key, title_of(step.key), " · ".join(filter(None, filled[step.key])), False)
        for step in STEPS
    ]


def _filled(step: Step, form: OpportunityForm) -> str:
    if step.key == "apa":
        return " · ".join(name for one in step.fields for name in chosen_names(form[one]))
    if step.key == "kata":
        titles = (form[name].value() for name in ("title_id", "title_en"))
        return " · ".join(str(title) for title in titles if title)
    amount = form["amount"].value()
    units = dict(form.fields["unit"].choices)  # type: ignore[attr-defined]
    unit = units.get(str(form["unit"].value() or ""), "") if amount else ""
    said = f"{amount} {unit}".strip() if amount else ""
    return " · ".join(filter(None, (said, _day(form["deadline"].value()))))


def _day(given: Any) -> str:
    """Return a day as people read it, or what was written where it is none."""
    if not given:
        return ""
    try:
        day = given if isinstance(given, date) else date.fromisoformat(str(given))
    except ValueError:
        return str(given)
    return date_format(day, "j M Y")


def next_step(step: Step) -> Step | None:
    """Return the step after this one."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def examples(kind: str) -> tuple[str, str]:
    """Return a title and a text as somebody might write them for a kind of opportunity."""
    found = {
        "SOURCING_REQ": (
            _("TPR soles for work shoes, 2,000 pairs"),
            _("Sizes 38–44, black, oil resistant. Please send a sample and your price."),
        ),
        "CAPACITY_REQ": (
            _("Workshop wanted for leather sneakers, 25 kodi"),
            _("We bring upper patterns and labels; you make uppers and assemble. Sample first."),
        ),
        "CAPACITY_OFFER": (
            _("Free capacity: 1,500 pairs of sandals a month"),
            _("From August on two lines are free. Minimum order 300 pairs, 30 days."),
        ),
        "SUPPLY_OFFER": (
            _("Pull-up cow leather from stock, 3,000 square feet"),
            _("1.6–1.8 mm, brown and black. Half a hide can be sent as a sample."),
        ),
        "DESIGN_COLLAB": (
            _("Designer wanted for a batik slip-on line"),
            _("Ten drawings until October, fee and royalty. Show us what you have made."),
        ),
        "EXPORT": (
            _("Exporter wanted for handmade leather boots"),
            _("200 pairs a month, Goodyear welted. We have no export papers of our own."),
        ),
    }
    usual = (
        _("What you seek or offer, and how much"),
        _("Quality, sizes, colours, what you bring, what the other side should bring."),
    )
    return found.get(kind, usual)
