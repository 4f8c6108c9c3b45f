"""Controls written by plain Python say what Django's own templates say."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from ifn.ui.controls import Controls

CHOICES = [("", "—"), ("a", 'A & <b> "c"'), ("Group", [("c", "C"), ("1", "One")])]
GIVEN = {"class": "x", "required": True, "disabled": False, "data-n": 3}


class Parts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, frozenset(attrs)))

    def handle_endtag(self, tag):
        self.found.append(tag)

    def handle_data(self, data):
        if data.strip():
            self.found.append(data)


def parts(renderer, widget, value):
    reader = Parts()
    reader.feed(widget.render("name", value, {"id": "id_name"}, renderer))
    return reader.found


def same(widget, value):
    return parts(Controls(), widget, value) == parts(DjangoTemplates(), widget, value)


@pytest.mark.parametrize("value", ["", None, "a", "c", "1", 1, "unknown"])
def test_a_select_says_the_same(value):
    assert same(forms.Select(choices=CHOICES, attrs=GIVEN), value)
    assert same(forms.SelectMultiple(choices=CHOICES, attrs=GIVEN), [value])


@pytest.mark.parametrize("value", ["", None, 0, 7, 'A & <b> "c"', SafeString("&amp;"), True])
@pytest.mark.parametrize(
    "widget",
    [
        *(forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.HiddenInput),
        *(forms.PasswordInput, forms.DateInput, forms.FileInput, forms.CheckboxInput),
        forms.Textarea,
    ],
)
def test_a_control_says_the_same(widget, value):
    more = {"placeholder": gettext_lazy("A & <b>"), "title": SafeString("&amp;")}

    assert same(widget(attrs=GIVEN | more), value)


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_a_choice_says_the_same(widget):
    class Form(forms.Form):
        name = forms.CharField(widget=widget(choices=CHOICES, attrs=GIVEN))

    written = [
        [one.tag() for one in Form({"name": ["c"]}, renderer=renderer)["name"].subwidgets]
        for renderer in (Controls(), DjangoTemplates())
    ]

    assert written[0] == written[1]
