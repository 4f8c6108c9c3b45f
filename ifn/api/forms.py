from django import forms
from django.utils.translation import gettext_lazy as _


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("What is the key for?"),
        help_text=_("A name you will know it by, such as “price list of our web shop”."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
