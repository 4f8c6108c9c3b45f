"""What people write in a project: its words, partners, milestones, notes, files, figures."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.collaboration import codes
from ifn.collaboration.models import (
    Note,
    Project,
    ProjectFile,
    ProjectPartner,
    Risk,
    Role,
    Stage,
)
from ifn.directory import clean
from ifn.directory.fields import CleanedField, day, line, text
from ifn.directory.handing import Handed, handed
from ifn.directory.models import Business

_NOBODY = [("", gettext_lazy("The whole project"))]
#: Longer than any version that a form sends back.
LONGEST_VERSION = 10**8


def needed(field: Any) -> Any:
    """Return a field that must be filled in."""
    field.required = True
    return field


def version_field() -> forms.IntegerField:
    """Return the hidden field for how something stood when the form was opened."""
    return forms.IntegerField(min_value=0, max_value=LONGEST_VERSION, widget=forms.HiddenInput)


class Keyed(forms.Form):
    """A form that makes one thing however often it is sent."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        initial = {"key": uuid4()} | (options.pop("initial", None) or {})
        super().__init__(data, initial=initial, **options)

    def given_key(self) -> UUID:
        """Return the key of the form; a new one where it came without."""
        return self.cleaned_data.get("key") or uuid4()


class ProjectForm(forms.Form):
    """The words of a project, and what it began with."""

    title_id = line(
        gettext_lazy("Title, Indonesian"),
        140,
        help_text=gettext_lazy("It takes a title in one of the two languages at least."),
    )
    title_en = line(gettext_lazy("Title, English"), 140)
    summary_id = text(gettext_lazy("What is to come of it, Indonesian"), 4000)
    summary_en = text(gettext_lazy("What is to come of it, English"), 4000)
    origin = forms.ChoiceField(label=gettext_lazy("Began with"), required=False)
    origin_title = line(
        gettext_lazy("Title of what it began with"),
        200,
        help_text=gettext_lazy("Such as the entry to a competition, or the request."),
    )
    origin_by = line(gettext_lazy("Whose it was"), 160)
    origin_on = day(gettext_lazy("Day of it"))
    is_public = forms.BooleanField(
        label=gettext_lazy("Visitors may see that it runs"),
        required=False,
        help_text=gettext_lazy("Each partner decides for itself whether it is named."),
    )

    def __init__(self, data: Any, *, origins: Sequence[str], **options: Any) -> None:
        super().__init__(data, **options)
        fields: Any = self.fields
        fields["origin"].choices = [(one, Project.Origin(one).label) for one in origins]
        if len(origins) == 1:
            del fields["origin"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("title_id") and not data.get("title_en"):
            self.add_error("title_id", _("Give it a title, in one language at least."))
        return data


class BeginForm(ProjectForm):
    """A new project: also who leads it and which stages it has."""

    led_by = forms.ModelChoiceField(
        label=gettext_lazy("Led by"), queryset=Business.objects.none(), required=False
    )
    role = forms.ChoiceField(
        label=gettext_lazy("What the other side does"),
        choices=Role.choices,
        required=False,
        initial=Role.OTHER.value,
    )
    stages = forms.MultipleChoiceField(
        label=gettext_lazy("Stages"),
        choices=Stage.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=list(Stage.Kind.values),
        help_text=gettext_lazy("Leave out what this project does not need; it can be changed."),
    )
    code = forms.CharField(max_length=8, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        firms: Sequence[Business],
        may_be_office: bool,
        has_other: bool,
        origins: Sequence[str],
        **options: Any,
    ) -> None:
        super().__init__(data, origins=origins, **options)
        fields: Any = self.fields
        keys = [one.pk for one in firms]
        fields["led_by"].queryset = Business.objects.filter(pk__in=keys).order_by("name")
        fields["led_by"].required = not may_be_office
        fields["led_by"].empty_label = (
            gettext_lazy("The network's office") if may_be_office else None
        )
        if not has_other:
            del fields["role"]
        if has_other:  # what it began with is known
            for name in ("stages", "code"):
                fields[name].required = False

    def clean_code(self) -> str:
        """Return the code that the form brought, if it is one."""
        try:
            return codes.read(codes.Kind.PROJECT, self.cleaned_data["code"])
        except codes.NotACode:
            return ""


class ReasonForm(forms.Form):
    """Why."""

    reason = line(gettext_lazy("Reason"), 400)


class MoveForm(ReasonForm):
    """A step of the whole project, as it was seen."""

    way = forms.CharField(max_length=10)
    version = version_field()


class StageForm(forms.Form):
    """A step of a stage."""

    way = forms.CharField(max_length=10)
    on = day(gettext_lazy("Day"))
    until = day(gettext_lazy("To be done by"))
    result = line(gettext_lazy("What came of it, in a sentence"), 300)


class MilestoneForm(Keyed):
    """What is to be there, by whom, until when."""

    what = line(gettext_lazy("What is to be there"), 300, required=True)
    owner = forms.ChoiceField(label=gettext_lazy("Who has it done"), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    due_on = needed(day(gettext_lazy("By when")))
    version = forms.IntegerField(
        min_value=1, max_value=LONGEST_VERSION, required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, data: Any, partners: Sequence[ProjectPartner], stages: Sequence[Stage], **options: Any
    ) -> None:
        super().__init__(data, **options)
        fields: Any = self.fields
        fields["owner"].choices = [*_NOBODY, *_choices(partners)]
        fields["stage"].choices = [
            ("", gettext_lazy("None in particular")),
            *((str(one.pk), one.get_kind_display()) for one in stages),
        ]

    def facts(self) -> dict[str, Any]:
        """Return the columns of the milestone."""
        given = self.cleaned_data
        return {
            "what": given["what"],
            "due_on": given["due_on"],
            "owner_id": int(given["owner"]) if given["owner"] else None,
            "stage_id": int(given["stage"]) if given["stage"] else None,
        }


def _choices(partners: Sequence[ProjectPartner]) -> list[tuple[str, str]]:
    asked = {ProjectPartner.State.ACCEPTED, ProjectPartner.State.INVITED}
    return [
        (str(one.pk), f"{one.name} ({one.get_role_display()})")
        for one in partners
        if one.state in asked
    ]


class SettleForm(forms.Form):
    """How far a milestone is, with what shows it or why not."""

    state = forms.CharField(max_length=8)
    words = text(gettext_lazy("What shows it"), 2000)
    version = version_field()


class PartnerForm(forms.Form):
    """Who is asked, for what: a firm by its number, or somebody by name."""

    number = line(
        gettext_lazy("Number of the profile"),
        20,
        help_text=gettext_lazy("Of a firm in the directory. Leave it empty to write a name."),
    )
    name = line(gettext_lazy("Or a name"), 160)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    does = line(gettext_lazy("What it is to do"), 300)
    email = CleanedField(
        clean.email, label=gettext_lazy("E-mail, of somebody by name"), required=False
    )
    phone = CleanedField(
        clean.phone, label=gettext_lazy("Phone number, of somebody by name"), required=False
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("number") and not data.get("name") and not self.errors:
            self.add_error("number", _("Write the number of a profile, or a name."))
        return data


class GuestForm(forms.Form):
    """Who may look in."""

    name = line(gettext_lazy("Name"), 120, required=True)
    organisation = line(gettext_lazy("From where"), 120)
    email = CleanedField(clean.email, label=gettext_lazy("E-mail"), required=False)
    phone = CleanedField(clean.phone, label=gettext_lazy("Phone number"), required=False)
    may_write = forms.BooleanField(label=gettext_lazy("May write comments"), required=False)


class NoteForm(Keyed):
    """What was decided or said."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=Note.Kind.choices)
    on = needed(day(gettext_lazy("Day")))
    text = needed(text(gettext_lazy("Text"), 4000))

    def __init__(self, data: Any, today: date, **options: Any) -> None:
        super().__init__(data, initial={"on": today}, **options)
        self.today = today

    def clean_on(self) -> date:
        """Return the day, which has come."""
        given: date = self.cleaned_data["on"]
        if given > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return given


class CommentForm(Keyed):
    """What somebody says by a link."""

    text = needed(text(gettext_lazy("Your comment"), 4000))


class RiskForm(Keyed):
    """What may go wrong or waits."""

    what = line(gettext_lazy("What may go wrong, or what waits"), 300, required=True)
    gravity = forms.TypedChoiceField(
        label=gettext_lazy("How grave"), choices=Risk.Gravity.choices, coerce=int
    )
    waits_on = forms.ChoiceField(label=gettext_lazy("On whom it waits"), required=False)
    plan = line(gettext_lazy("What is done about it"), 400)

    def __init__(self, data: Any, partners: Sequence[ProjectPartner], **options: Any) -> None:
        super().__init__(data, initial={"gravity": Risk.Gravity.MIDDLE.value}, **options)
        fields: Any = self.fields
        fields["waits_on"].choices = [*_NOBODY, *_choices(partners)]


class FileForm(forms.Form):
    """A picture or PDF, under a name."""

    name = line(
        gettext_lazy("Name"),
        120,
        required=True,
        help_text=gettext_lazy("The same name again is a new version."),
    )
    file = forms.FileField(label=gettext_lazy("Picture or PDF"))
    words = line(gettext_lazy("What is new"), 300)
    visible = forms.ChoiceField(
        label=gettext_lazy("Who may see it"), choices=ProjectFile.Visible.choices
    )
    given: Handed | None = None

    def __init__(self, data: Any, files: Any, *, leads: bool) -> None:
        super().__init__(data, files, initial={"visible": ProjectFile.Visible.PARTNERS.value})
        fields: Any = self.fields
        if not leads:
            fields["visible"].choices = ProjectFile.Visible.choices[1:]

    def clean_file(self) -> Any:
        """Return the file as it is kept."""
        try:
            self.given = handed(self.cleaned_data["file"])
        except clean.Refused as refused:
            raise forms.ValidationError(str(refused)) from None
        return self.cleaned_data["file"]
