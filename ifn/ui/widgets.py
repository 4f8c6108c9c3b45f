"""Controls of forms that are more than the browser's own, and complete without a script."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext


class QuickSelect(forms.Select):
    """A select that writes its options itself; Django takes a template for each of them."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002  # as a widget is asked
    ) -> SafeString:
        """Return the select as Django's own templates write it."""
        context = self.get_context(name, value, attrs)["widget"]
        groups = [_group(label, options) for label, options, _place in context["optgroups"]]
        return format_html(
            '<select name="{}"{}>{}</select>',
            context["name"],
            flatatt(context["attrs"]),
            format_html_join("", "{}", ((group,) for group in groups)),
        )


def _group(label: str | None, options: list[dict[str, Any]]) -> SafeString:
    written = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((one["value"], flatatt(one["attrs"]), one["label"]) for one in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', label, written) if label else written


class LongSelect(QuickSelect):
    """A select with hundreds of options; with a script one types a few letters of the one meant."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Return the select inside the element that makes it quick."""
        return format_html(
            '<pick-one data-hint="{}" data-none="{}" data-one="{}" data-many="{}">{}</pick-one>',
            gettext("Type a few letters"),
            gettext("Nothing in this list is called so."),
            ngettext("%(number)s fits", "%(number)s fit", 1) % {"number": 1},
            ngettext("%(number)s fits", "%(number)s fit", 2) % {"number": "#"},
            super().render(name, value, attrs, renderer),
        )


class SuggestInput(forms.TextInput):
    """A text input that, with a script, suggests what fits while one types; it only fills in."""

    def __init__(self, address: str | Promise, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.address = address

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """Return the input inside the element that asks for suggestions."""
        return format_html(
            '<suggest-box data-url="{}" data-fills>{}</suggest-box>',
            self.address,
            super().render(name, value, attrs, renderer),
        )
