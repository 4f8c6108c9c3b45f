"""Django forms as HTML that everybody can use: label, help and error tied to their control."""

from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, FileInput
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ifn.ui import fragments


def kind_of(bound: BoundField) -> str:
    """Return how a field is laid out: "group", "checkbox", "file" or "control"."""
    widget = bound.field.widget
    if isinstance(widget, (CheckboxSelectMultiple, RadioSelect)):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    return "file" if isinstance(widget, FileInput) else "control"


def field(bound: BoundField, *, unit: str = "", autocomplete: str = "") -> SafeString:
    """Return one field with its label, help and errors; a unit stands behind the control."""
    if bound.is_hidden:
        return SafeString(bound)
    attributes: dict[str, str | bool] = {"autocomplete": autocomplete} if autocomplete else {}
    return SafeString(
        render_to_string(
            "ui/components/field.html",
            {
                "bound": bound,
                "kind": kind_of(bound),
                "control": bound.as_widget(attrs=attributes),
                "unit": unit,
                "optional": not bound.field.required,
                "groups": groups_of(bound),
            },
        )
    )


def groups_of(bound: BoundField) -> list[dict[str, Any]]:
    """Return the groups of a field whose choices are grouped: name, options, what is ticked."""
    choices = getattr(bound.field, "choices", ())
    if kind_of(bound) != "group" or not any(isinstance(name, (list, tuple)) for _, name in choices):
        return []
    left = iter(bound.subwidgets)
    groups = []
    for title, within in choices:
        options = (
            [next(left) for _ in within] if isinstance(within, (list, tuple)) else [next(left)]
        )
        ticked = [str(one.choice_label) for one in options if one.data["selected"]]
        groups.append({"title": title, "options": options, "ticked": ", ".join(ticked)})
    return groups


def _anchor(bound: BoundField) -> str:
    if kind_of(bound) == "group":
        return f"{bound.id_for_label or bound.auto_id}_0"
    return bound.id_for_label


def error_summary(form: BaseForm) -> SafeString:
    """Return every error, each a link to its field; nothing when the form is well."""
    if not form.errors:
        return SafeString()
    lines: list[dict[str, Any]] = [
        {"text": error, "anchor": ""} for error in form.non_field_errors()
    ]
    for bound in form:
        lines += [
            {"text": error, "anchor": _anchor(bound), "label": bound.label}
            for error in bound.errors
        ]
    return SafeString(render_to_string("ui/components/error_summary.html", {"lines": lines}))


def fields(form: BaseForm) -> SafeString:
    """Return the inside of a form: the error summary, hidden fields, every field in its order."""
    return format_html(
        "{}{}{}",
        error_summary(form),
        fragments.join(SafeString(bound) for bound in form.hidden_fields()),
        fragments.join(field(bound) for bound in form.visible_fields()),
    )
