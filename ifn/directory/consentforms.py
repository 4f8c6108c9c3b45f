"""How the office says that those whose contacts it writes down agreed to have them shown."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.accounts.consenting import Words, words
from ifn.accounts.models import User
from ifn.directory import clean
from ifn.directory.actions import Consenting, still_hidden
from ifn.directory.actions.consenting import PURPOSE
from ifn.directory.fields import line
from ifn.directory.memberforms import FROM_PAPER, ON_THE_PHONE
from ifn.directory.models import Business, Contact, Visibility
from ifn.directory.profile import Profile


class ConsentForm(forms.Form):
    """Whether, how and by whom consent was given."""

    consent_way = forms.ChoiceField(
        label=gettext_lazy("May the contacts be shown?"),
        choices=[
            ("", gettext_lazy("Nobody was asked: new phone numbers and e-mail stay hidden")),
            (ON_THE_PHONE, gettext_lazy("Yes, agreed on the phone")),
            (FROM_PAPER, gettext_lazy("Yes, agreed on paper or during a visit")),
        ],
        required=False,
        help_text=gettext_lazy("Read out or show the words above, then note who agreed."),
    )
    consent_by = line(
        gettext_lazy("Who agreed"), 120, help_text=gettext_lazy("Such as: Ibu Ratna, the owner.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask who agreed where somebody did."""
        data = super().clean() or {}
        if data.get("consent_way") and not data.get("consent_by"):
            self.add_error("consent_by", _("Write who agreed."))
        return data

    def consenting(self, officer: User) -> Consenting | None:
        """Return who agreed; call it on a valid form."""
        data = self.cleaned_data
        return consenting_of(data["consent_way"], data["consent_by"], officer)


def consenting_of(way: str, given_by: str, officer: User) -> Consenting | None:
    """Return that somebody agreed on the phone or on paper, when it is said who."""
    given_by = clean.plain_line(given_by)[:120]
    if way not in {ON_THE_PHONE, FROM_PAPER} or not given_by:
        return None
    return Consenting(way, given_by=given_by, recorded_by=officer)


def consent_words() -> list[tuple[str, Words]]:
    """Return each visibility that takes consent with the words to which one agrees."""
    return [(str(Visibility(name).label), words(purpose)) for name, purpose in PURPOSE.items()]


def warn_of_hidden(request: HttpRequest, business: Business, wanted: Profile) -> None:
    """Say which contacts stay hidden for want of consent, if any."""
    kinds = still_hidden(business, wanted.contacts)
    if not kinds:
        return
    names = ", ".join(str(Contact.Kind(kind).label) for kind in dict.fromkeys(kinds))
    said = _(
        "Still hidden, because nobody is on record as having agreed to have it shown: %(kinds)s. "
        "Ask the owner, then save again and note who agreed."
    )
    messages.warning(request, said % {"kinds": names})
