from django import forms
from django.utils.translation import gettext_lazy as _

from ifn.connections.following import LONGEST_NAME
from ifn.directory.fields import line


class NameForm(forms.Form):
    """What a followed search is called."""

    name = line(_("Name"), LONGEST_NAME, required=True)
