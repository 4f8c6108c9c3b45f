"""The long form in sections: what belongs together, and in one line what each holds already."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from django.forms import BoundField, CheckboxInput, ChoiceField, MultipleChoiceField
from django.utils.translation import gettext as _

from ifn.directory.forms import ASKED, ProfileForm

Kind = Literal["fields", "pairs", "rows"]
Choices = Iterable[tuple[object, object]]
WHO = ["name", "kind", "legal_form", "brands", "founded_year", "nib", "workers", "size_ministry",
       "size_statistics", "size_msme"]  # fmt: skip
IN_WORDS = ["summary_id", "summary_en", "story_id", "story_en", "services_id", "services_en"]
TERMS = ["minimum_order", "lead_time_days", "monthly_capacity", "capacity_visibility", "size_from",
         "size_to", "sample_policy", "sample_days", "sole_source", "takes_job_orders",
         "has_own_production", "export_countries", "sells_locally", "sells_nationally", "exports",
         "languages"]  # fmt: skip
WHERE = [
    "region",
    "address",
    "postcode",
    "latitude",
    "longitude",
    "precision",
    "address_visibility",
]
#: These say how another field is meant, so they are no fact by themselves.
ABOUT_OTHERS = ("_visibility", "_number", "_issuer", "_issued", "_expires", "precision",
                "latitude", "longitude")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """Part of the form: single fields, or rows of fields that belong together."""

    key: str
    title: str
    #: What is filled in, for people who look over the folded form.
    filled: str
    kind: Kind
    rows: list[list[BoundField]]
    has_errors: bool


def sections(form: ProfileForm) -> list[Section]:
    """Return the form's fields in the order of the page."""
    contacts = [name for name in form.fields if name.endswith("_value")]
    certificates: list[list[str]] = []
    for name in form.fields:
        if name.startswith("certificate_"):
            if name.count("_") == 1:
                certificates.append([])
            certificates[-1].append(name)
    return [
        _section(form, "who", _("Who"), [WHO]),
        _section(form, "words", _("In words"), [IN_WORDS]),
        *(
            _section(form, group, str(form.fields[f"has_{group}"].label), [[f"has_{group}"]])
            for group in ASKED
        ),
        _section(form, "terms", _("On what terms"), [TERMS]),
        _section(form, "certificates", _("Certificates"), certificates, "rows"),
        _section(form, "where", _("Where"), [WHERE]),
        _section(
            form,
            "contacts",
            _("Contacts"),
            [[name, name.removesuffix("_value") + "_visibility"] for name in contacts],
            "pairs",
        ),
    ]


def _section(
    form: ProfileForm, key: str, title: str, names: list[list[str]], kind: Kind = "fields"
) -> Section:
    rows = [[form[name] for name in row] for row in names]
    every = [bound for row in rows for bound in row]
    return Section(
        key,
        title,
        " · ".join(filter(None, map(_shown, every))) or _("Nothing yet"),
        kind,
        rows,
        any(bound.errors for bound in every),
    )


def _shown(bound: BoundField) -> str:
    """Return a field's value as people read it, or nothing."""
    value = bound.value()
    if not value or bound.name.endswith(ABOUT_OTHERS):
        return ""
    if isinstance(bound.field.widget, CheckboxInput):
        return str(bound.label)
    if isinstance(bound.field, (ChoiceField, MultipleChoiceField)):
        choices = cast("Choices", bound.field.choices)
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        return ", ".join(name for code, name in _flat(choices) if code in chosen)
    text = " ".join(str(value).split())
    # a number says nothing without what it counts
    return text if any(sign.isalpha() for sign in text) else f"{bound.label}: {text}"


def _flat(choices: Choices) -> Iterable[tuple[str, str]]:
    """Yield codes and names, also of choices in groups."""
    for code, name in choices:
        if isinstance(name, (list, tuple)):
            yield from _flat(name)
        else:
            yield str(code), str(name)
