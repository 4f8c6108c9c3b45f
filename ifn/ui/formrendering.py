"""Django forms as HTML that everybody can use: label, help and error tied to their control."""

from collections.abc import Iterable
from typing import Any, Final

from django.forms import BaseForm, BoundField, CheckboxInput, FileInput
from django.forms.boundfield import BoundWidget
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ifn.ui import fragments
from ifn.ui.icons import icon

#: A list of choices longer than this is searched by typing.
LONG: Final = 15


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
    kind = kind_of(bound)
    said = {"label": bound.label, "help": _help(bound), "errors": _errors(bound)}
    optional = SafeString() if bound.field.required else _optional()
    if kind == "group":
        is_described = bound.errors or bound.help_text
        return fragments.fill(
            "ui/fragments/field_group.html",
            described=format_html(' aria-describedby="{}"', bound.aria_describedby)
            if is_described
            else SafeString(),
            optional=optional,
            choices=_choices(bound),
            **said,
        )
    attributes: dict[str, str | bool] = {"autocomplete": autocomplete} if autocomplete else {}
    control = bound.as_widget(attrs=attributes)
    anchor = bound.id_for_label
    if kind == "checkbox":
        return fragments.fill(
            "ui/fragments/field_tick.html", anchor=anchor, control=control, **said
        )
    if unit:
        control = format_html('<div class="with-unit">{}<span>{}</span></div>', control, unit)
    elif kind == "file":
        control = format_html("<picture-preview>{}</picture-preview>", control)
    return fragments.fill(
        "ui/fragments/field.html", anchor=anchor, optional=optional, control=control, **said
    )


def _optional() -> SafeString:
    return format_html(' <span class="optional">{}</span>', _("(optional)"))


def _help(bound: BoundField) -> SafeString:
    if not bound.help_text:
        return SafeString()
    return format_html('<p class="help" id="{}_helptext">{}</p>', bound.auto_id, bound.help_text)


def _errors(bound: BoundField) -> SafeString:
    if not bound.errors:
        return SafeString()
    lines = [format_html('<p class="error">{}{}</p>', icon("alert"), one) for one in bound.errors]
    return format_html('<div id="{}_error">{}</div>', bound.auto_id, fragments.join(lines))


def _choices(bound: BoundField) -> SafeString:
    """Return what can be chosen: in groups that fold, or in one, found by typing where long."""
    if groups := groups_of(bound):
        return fragments.fill_each(
            "ui/fragments/field_folded.html",
            (
                {
                    "open": SafeString(" open" if one["ticked"] else ""),
                    "title": one["title"],
                    "ticked": one["ticked"],
                    "options": _options(one["options"]),
                }
                for one in groups
            ),
        )
    choices = format_html('<div class="choices">{}</div>', _options(bound.subwidgets))
    if len(getattr(bound.field, "choices", ())) <= LONG:
        return choices
    return fragments.fill(
        "ui/fragments/field_filter.html",
        label=_("Find in this list"),
        none=_("Nothing in this list is called so."),
        choices=choices,
    )


def _options(several: Iterable[BoundWidget]) -> SafeString:
    return fragments.fill_each(
        "ui/fragments/field_choice.html",
        (
            {"anchor": one.id_for_label, "control": one.tag(), "label": one.choice_label}
            for one in several
        ),
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
