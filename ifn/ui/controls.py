"""Controls of forms as Django's own templates write them, written by plain Python.

Django takes a template for each control, another for each option, and one more for the attributes
of each. What is not written here it still writes itself.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString

from ifn.ui.fragments import escaped

Widget = Mapping[str, Any]


def attributes(given: Mapping[str, object]) -> str:
    """Return the attributes of a control with a space before each; what is False is left out."""
    return "".join(
        [
            f" {name}" if value is True else f' {name}="{escaped(value)}"'
            for name, value in given.items()
            if value is not False
        ]
    )


def one_line(widget: Widget) -> SafeString:
    """Return an input: a line, a number, a file, a box to tick."""
    value = widget["value"]
    written = "" if value is None else f' value="{escaped(value)}"'
    return SafeString(
        f'<input type="{widget["type"]}" name="{escaped(widget["name"])}"{written}'
        f"{attributes(widget['attrs'])}>"
    )


def many_lines(widget: Widget) -> SafeString:
    """Return a textarea."""
    return SafeString(
        f'<textarea name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>\n'
        f"{escaped(widget['value'] or '')}</textarea>"
    )


def select(widget: Widget) -> SafeString:
    """Return a select with its options, those of a group in that group."""
    written = [_group(label, options) for label, options, _place in widget["optgroups"]]
    return SafeString(
        f'<select name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>'
        f"{''.join(written)}</select>"
    )


def _group(label: object, options: Iterable[Widget]) -> str:
    written = "".join(
        [
            f'<option value="{escaped(one["value"])}"{attributes(one["attrs"])}>'
            f"{escaped(one['label'])}</option>"
            for one in options
        ]
    )
    return f'<optgroup label="{escaped(label)}">{written}</optgroup>' if label else written


_INPUTS: Final = ("text", "number", "email", "url", "password", "hidden", "date", "time", "file")
_TICKED: Final = ("radio", "checkbox")
_CONTROLS: Final[Mapping[str, Callable[[Widget], SafeString]]] = {
    f"django/forms/widgets/{name}.html": write
    for name, write in (
        *((name, one_line) for name in (*_INPUTS, "input", "datetime", "checkbox")),
        ("textarea", many_lines),
        ("select", select),
    )
}
_OPTIONS: Final = tuple(
    f"django/forms/widgets/{name}_option.html" for name in ("radio", "checkbox")
)


class Controls(DjangoTemplates):
    """Writes the usual controls itself and leaves the others to Django."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Return a control."""
        widget = context.get("widget", {})
        if template_name in _CONTROLS:
            return _CONTROLS[template_name](widget)
        if template_name in _OPTIONS and not widget["wrap_label"]:
            return one_line(widget)
        return super().render(template_name, context, request)
