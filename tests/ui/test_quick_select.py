"""The select that writes itself says what Django's own does."""

from html.parser import HTMLParser

import pytest
from django import forms

from ifn.ui.widgets import QuickSelect

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


def parts(widget, value):
    reader = Parts()
    reader.feed(widget(choices=CHOICES, attrs=GIVEN).render("name", value, {"id": "id_name"}))
    return reader.found


@pytest.mark.parametrize("value", ["", None, "a", "c", "1", 1, "unknown"])
def test_it_writes_what_a_select_writes(value):
    assert parts(QuickSelect, value) == parts(forms.Select, value)
