"""Short forms around a profile: begin one, invite somebody, say who stated what is published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ifn.directory import clean
from ifn.directory.fields import CleanedField, line
from ifn.directory.forms import ProfileForm
from ifn.directory.models import Business, Membership
from ifn.directory.profile import CapabilityFact, Profile

#: Ways in which the office learns what it writes down for a business.
ON_THE_PHONE, FROM_PAPER, BY_ITSELF = "phone", "paper", "office"
WAYS = (
    (ON_THE_PHONE, _("The owner, on the phone")),
    (FROM_PAPER, _("The owner, on paper or during a visit")),
    (BY_ITSELF, _("The office itself")),
)


class BeginForm(forms.Form):
    """What a profile needs to exist: all else comes in steps."""

    name = CleanedField(
        clean.name,
        label=_("Name of the business"),
        max_length=120,
        help_text=_("As customers know it."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Business.Kind.choices)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"kind": Business.Kind.BUSINESS})
        whole = ProfileForm()
        for name in ("region", "has_role"):
            self.fields[name] = whole.fields[name]
        self.fields["region"].required = True
        self.fields["has_role"].required = True

    def profile(self) -> Profile:
        """Return the facts; call it on a valid form."""
        data = self.cleaned_data
        return Profile(
            name=data["name"],
            kind=data["kind"],
            region=data["region"],
            capabilities=tuple(
                CapabilityFact("value_chain_role", code) for code in data["has_role"]
            ),
        )


class InviteForm(forms.Form):
    """Whom to invite, and what they may do."""

    role = forms.ChoiceField(
        label=_("What may this person do?"),
        choices=[
            (Membership.Role.EDITOR, _("Edit the profile")),
            (Membership.Role.VIEWER, _("Only look")),
            (Membership.Role.OWNER, _("Everything, also invite others (owner)")),
        ],
        initial=Membership.Role.EDITOR,
    )
    note = line(_("For whom"), 80, help_text=_("So that you know it again: Bu Ratna, production."))
    email = forms.EmailField(
        label=_("Send it by e-mail to"),
        required=False,
        help_text=_("Or leave it empty and pass the link on yourself, by WhatsApp for example."),
    )


class AppointForm(forms.Form):
    """Whom the office makes owner or editor of a profile, and why."""

    identifier = forms.CharField(label=_("Their e-mail or phone number"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)
    reason = CleanedField(
        clean.plain_line, label=_("Why, and how you know who it is"), max_length=200
    )


class CaptionForm(forms.Form):
    """What a photo shows."""

    caption_id = line(_("What it shows, Indonesian"), 160)
    caption_en = line(_("What it shows, English"), 160)
