"""Sessions, files, mentors, partners, money and tests."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.directory import clean
from ifn.directory.fields import day, line, number, text
from ifn.directory.handing import Handed, handed
from ifn.programmes.forms.planning import web_address
from ifn.programmes.models import (
    Batch,
    BudgetLine,
    Mentor,
    Partner,
    Session,
    SessionFile,
)
from ifn.programmes.planning.items import BadQuestion, Question, read

#: What a line of a budget holds at most.
MOST_RUPIAH: Final = 999_999_999_999


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class SessionForm(forms.Form):
    """A session, on the clock of the place."""

    title = line(gettext_lazy("Title"), 140, required=True)
    on = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts = _time(gettext_lazy("From"))
    ends = _time(gettext_lazy("Until"))
    mentor = forms.ModelChoiceField(
        label=gettext_lazy("Mentor"),
        queryset=Mentor.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not known yet"),
    )
    place = line(gettext_lazy("Place or room"), 140)
    online_address = web_address(gettext_lazy("Online meeting"))
    recording = web_address(gettext_lazy("Recording"))
    about = text(gettext_lazy("What is taught"), 2000)
    notes = text(gettext_lazy("Notes of the session"), 4000)

    def __init__(self, data: Any, batch: Batch, session: Session | None = None) -> None:
        self.batch = batch
        super().__init__(data, initial=self._initial(session) if session else self._first())
        fields: Any = self.fields
        fields["mentor"].queryset = batch.mentors.order_by("name")
        if session is None:
            del self.fields["notes"], self.fields["recording"]

    def _first(self) -> dict[str, Any]:
        return {"on": self.batch.starts_on, "place": self.batch.address[:140]}

    def _initial(self, one: Session) -> dict[str, Any]:
        starts, ends = (localtime(x, self.batch.zone) for x in (one.starts_at, one.ends_at))
        same = ("title", "place", "online_address", "recording", "about", "notes")
        return {name: getattr(one, name) for name in same} | {
            "on": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "mentor": one.mentor_id,
        }

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        first, last = given.get("starts"), given.get("ends")
        if first and last and last <= first:
            self.add_error("ends", _("The session ends before it begins."))
        return given

    def facts(self) -> dict[str, Any]:
        """Return the columns of the session."""
        given = dict(self.cleaned_data)
        on, zone = given.pop("on"), self.batch.zone
        mentor = given.pop("mentor")
        return {
            **given,
            "mentor_id": mentor.pk if mentor else None,
            "starts_at": datetime.combine(on, given.pop("starts"), zone),
            "ends_at": datetime.combine(on, given.pop("ends"), zone),
        }


class FileForm(forms.Form):
    """A link or a file kept with a session."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it"), choices=SessionFile.Kind.choices)
    label = line(gettext_lazy("Description"), 140, required=True)
    address = web_address(gettext_lazy("Web link"))
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("A picture or a PDF, at most 25 MB."),
    )
    given: Handed | None = None

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        upload = data.get("file")
        if bool(upload) == bool(data.get("address")) and "address" not in self.errors:
            raise forms.ValidationError(_("Give a link or a file, one of the two."))
        if upload:
            try:
                self.given = handed(upload)
            except clean.Refused as refused:
                self.add_error("file", str(refused))
        return data


class MentorForm(forms.Form):
    """Who teaches."""

    name = line(gettext_lazy("Name"), 120, required=True)
    organisation = line(gettext_lazy("From where"), 120)
    subject = line(gettext_lazy("Teaches what"), 120)


class PartnerForm(forms.Form):
    """An organisation that takes part."""

    name = line(gettext_lazy("Name"), 120, required=True)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Partner.Kind.choices)
    role = line(gettext_lazy("Role in the batch"), 160)


class PromiseForm(forms.Form):
    """What a partner promises."""

    what = line(gettext_lazy("What is promised"), 300, required=True)
    due_on = day(gettext_lazy("By when"))


def _money(label: Any, *, required: bool) -> forms.Field:
    field = number(label, MOST_RUPIAH)
    field.required = required
    return field


class BudgetForm(forms.Form):
    """A line of the budget."""

    label = line(gettext_lazy("For what"), 120, required=True)
    source = forms.ChoiceField(label=gettext_lazy("Who pays"), choices=BudgetLine.Source.choices)
    planned = _money(gettext_lazy("Planned, rupiah"), required=True)
    spent = _money(gettext_lazy("Spent, rupiah"), required=False)


class QuizForm(forms.Form):
    """A test as text."""

    title = line(gettext_lazy("Title"), 140, required=True)
    questions = forms.CharField(
        label=gettext_lazy("Questions"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy(
            "Each question on a line. Below it the choices, each on a line that begins with - ; "
            "the right one begins with * instead."
        ),
    )

    def clean_questions(self) -> list[Question]:
        """Return the questions, or say which one cannot be asked and why."""
        try:
            return read(self.cleaned_data["questions"])
        except BadQuestion as bad:
            says = {
                "begins": _("Begin with a question, then its choices."),
                "number": _("A test has one to forty questions."),
                "choices": _("Question %(place)d needs two to six choices, none of them empty."),
                "right": _("Question %(place)d needs exactly one right choice, marked with *."),
            }[bad.why]
            raise forms.ValidationError(says % {"place": bad.place}) from None
