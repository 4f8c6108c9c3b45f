"""Controls of forms that are more than the browser's own, and complete without a script."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext


class LongSelect(forms.Select):
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
