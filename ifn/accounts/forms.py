from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ifn.accounts import identifiers
from ifn.accounts.models import Duty, User
from ifn.regions.queries import all_regions

#: Far above any password; what is longer is no password but a load for the machine.
LONGEST = 1000
GOOD_PASSWORD = _("At least 10 characters. Several words are easy to remember and hard to guess.")


def identifier_field(label: Any, **options: Any) -> forms.CharField:
    """Return a field for an e-mail address or phone number."""
    attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(
        label=label, max_length=254, widget=forms.TextInput(attrs=attributes), **options
    )


def password_field(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    """Return a field for a password, kept as it is typed."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **options,
    )


class SignInForm(forms.Form):
    identifier = identifier_field(_("E-mail or phone number"))
    password = password_field(pgettext_lazy("of an account", "Password"), "current-password")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("The 6 digits your app shows now, or one of your recovery codes."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )


class AskLinkForm(forms.Form):
    identifier = identifier_field(_("E-mail or phone number"))


class RegisterForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    identifier = identifier_field(
        _("E-mail or phone number"), help_text=_("You will sign in with it. One of them is enough.")
    )
    password = password_field(
        pgettext_lazy("of an account", "Password"), "new-password", help_text=GOOD_PASSWORD
    )
    #: People do not see it, so whoever fills it in is a program.
    website = forms.CharField(label=_("Leave this empty"), required=False, max_length=200)

    def clean_identifier(self) -> str:
        found = identifiers.identifier(self.cleaned_data["identifier"])
        if found is None:
            raise forms.ValidationError(
                _(
                    "This is neither an e-mail address nor a phone number. Write, for example, "
                    "nama@contoh.com or 0812 3456 7890."
                )
            )
        return found

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "password" in given and "identifier" in given:
            kind = "email" if "@" in given["identifier"] else "phone"
            person = User(name=given.get("name", ""), **{kind: given["identifier"]})
            _check_password(self, "password", given["password"], person)
        return given


class ConfirmRegistrationForm(forms.Form):
    """For another browser than the one that registered: whoever it is chooses the password."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = password_field(
        pgettext_lazy("of an account", "Password"), "new-password", help_text=GOOD_PASSWORD
    )

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "password" in given:
            person = User(name=given.get("name", ""), email=self.email)
            _check_password(self, "password", given["password"], person)
        return given


class ProveForm(forms.Form):
    password = password_field(pgettext_lazy("of an account", "Password"), "current-password")


class ChangePasswordForm(forms.Form):
    present = password_field(_("Present password"), "current-password")
    new = password_field(
        pgettext_lazy("of an account", "New password"), "new-password", help_text=GOOD_PASSWORD
    )
    again = password_field(_("New password once more"), "new-password")

    def __init__(
        self, person: User, *args: Any, without_present: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if without_present:
            del self.fields["present"]

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        password_validation.validate_password(new, self.person)
        return new

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("The two new passwords differ. Type the same one twice."))
        return again


class EmailForm(forms.Form):
    email = forms.CharField(
        label=_("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        found = identifiers.email(self.cleaned_data["email"])
        if found is None:
            raise forms.ValidationError(
                _("This is no e-mail address. Write, for example, nama@contoh.com.")
            )
        return found


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("New phone number"),
        help_text=_("For example 0812 3456 7890. Numbers of other countries begin with +."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class NewPersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.CharField(
        label=_("E-mail"), max_length=254, required=False, widget=forms.EmailInput()
    )
    phone = forms.CharField(label=_("Phone number"), max_length=40, required=False)


class ScopeForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=User.Role.choices)
    duties = forms.MultipleChoiceField(
        label=_("Duties of an officer"),
        choices=Duty.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    territory = forms.CharField(
        label=_("Regions of a regional officer"),
        help_text=_(
            "One a line: the code, or the full name, such as 52.03 or Kab. Lombok Timur. "
            "A province stands for all its regencies and cities."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    reason = forms.CharField(
        label=_("Reason"), help_text=_("It stands in the record for good."), max_length=200
    )

    def clean_territory(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["territory"].splitlines()]
        codes = [region_code(line) for line in lines if line]
        unknown = [line for line in lines if line and not region_code(line)]
        if unknown:
            raise forms.ValidationError(
                _("No region is called %(names)s. Write its code or its full name, one a line."),
                params={"names": "; ".join(unknown[:5])},
            )
        return sorted(filter(None, codes))

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        is_regional = given.get("role") == User.Role.REGIONAL
        if is_regional and "territory" in given and not given["territory"]:
            self.add_error("territory", _("Say for which regions."))
        if given.get("role") == User.Role.OFFICER and not given.get("duties"):
            self.add_error("duties", _("Choose at least one duty."))
        return given


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), help_text=_("It stands in the record for good."), max_length=200
    )


def region_code(text: str) -> str:
    """Return the code a line begins with, or that of the region with this full name, if any."""
    regions = all_regions()
    first = text.split(maxsplit=1)[0]
    if regions.get(first):
        return first
    wanted = " ".join(text.casefold().split())
    for code, place in regions.by_code.items():
        if wanted in {place.short_name.casefold(), regions.full_name(code).casefold()}:
            return code
    return ""


def _check_password(form: forms.Form, field: str, password: str, person: User) -> None:
    try:
        password_validation.validate_password(password, person)
    except forms.ValidationError as fault:
        form.add_error(field, fault)
