from django import forms
from django.utils.translation import gettext_lazy as _

from ifn.vocabulary.models import Synonym, Term

LONGEST_NAME = Term._meta.get_field("name_id").max_length
LONGEST_WORD = Synonym._meta.get_field("text").max_length


class NamesForm(forms.Form):
    name_id = forms.CharField(label=_("Name in Indonesian"), max_length=LONGEST_NAME)
    name_en = forms.CharField(label=_("Name in English"), max_length=LONGEST_NAME)


class SynonymForm(forms.Form):
    text = forms.CharField(
        label=_("Word"),
        max_length=LONGEST_WORD,
        help_text=_("A trade word, an abbreviation or another spelling that people search for."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("id", _("Indonesian")), ("en", _("English"))]
    )
