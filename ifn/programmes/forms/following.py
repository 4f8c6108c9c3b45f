"""Actions, how they go, visits, promises, and where helpers are reached."""

from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.directory import clean
from ifn.directory.fields import CleanedField, day, line, text
from ifn.directory.handing import Handed, handed
from ifn.programmes.actions.visiting import Seen
from ifn.programmes.models import Action, Batch, Commitment, Mentor, Registration, Side, Visit
from ifn.programmes.queries.following import helpers_of

#: What a select calls a mentor or a partner: its side and key.
_NAMED: Final = "{}:{}"


def _needed(field: Any) -> Any:
    field.required = True
    return field


def _key_field() -> forms.UUIDField:
    return forms.UUIDField(widget=forms.HiddenInput, required=False)


class _Keyed(forms.Form):
    """A form that makes one thing however often it is sent."""

    key = _key_field()

    def __init__(self, data: Any = None, **options: Any) -> None:
        initial = {"key": uuid4()} | (options.pop("initial", None) or {})
        super().__init__(data, initial=initial, **options)

    def given_key(self) -> UUID:
        """Return the key of the form; a new one where it came without."""
        return self.cleaned_data.get("key") or uuid4()


class ActionForm(_Keyed):
    """What is to be done, by whom, until when."""

    what = line(gettext_lazy("What is to be done"), 300, required=True)
    owner = forms.ChoiceField(label=gettext_lazy("Who does it"))
    due_on = _needed(day(gettext_lazy("By when")))
    why = line(gettext_lazy("Why"), 400)

    def __init__(self, data: Any, batch: Batch, action: Action | None = None) -> None:
        super().__init__(data, initial=_initial(action) if action else None)
        mentors, partners = helpers_of(batch)
        fields: Any = self.fields
        fields["owner"].choices = [
            (Side.FIRM.value, Side.FIRM.label),
            (Side.OFFICE.value, Side.OFFICE.label),
            *((_NAMED.format(Side.MENTOR.value, one.pk), one.name) for one in mentors),
            *((_NAMED.format(Side.PARTNER.value, one.pk), one.name) for one in partners),
        ]

    def facts(self) -> dict[str, Any]:
        """Return the columns of the action."""
        given = self.cleaned_data
        side, _colon, key = given["owner"].partition(":")
        return {
            "what": given["what"],
            "why": given["why"],
            "due_on": given["due_on"],
            "owner": side,
            "mentor_id": int(key) if side == Side.MENTOR else None,
            "partner_id": int(key) if side == Side.PARTNER else None,
        }


def _initial(one: Action) -> dict[str, Any]:
    key = one.mentor_id or one.partner_id
    return {
        "what": one.what,
        "why": one.why,
        "due_on": one.due_on,
        "owner": _NAMED.format(one.owner, key) if key else one.owner,
    }


class HowForm(forms.Form):
    """How far an action is: by a button, with words and a photo where somebody gives them."""

    state = forms.ChoiceField(choices=Action.State.choices)
    words = text(gettext_lazy("How it went"), 2000)
    photo = forms.FileField(required=False)
    version = forms.IntegerField(min_value=1, max_value=10**8)
    given: Handed | None = None

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if upload := data.get("photo"):
            try:
                self.given = handed(upload)
            except clean.Refused as refused:
                self.add_error("photo", str(refused))
        if data.get("state") == Action.State.DROPPED and not data.get("words"):
            self.add_error("words", _("Write why it cannot be done."))
        return data

    def first_fault(self) -> str:
        """Return what is wrong in one sentence, for a page that shows no form again."""
        faults = [str(one) for several in self.errors.values() for one in several]
        return faults[0] if faults else ""


class VisitForm(_Keyed):
    """What was seen at a visit."""

    on = _needed(day(gettext_lazy("Day of the visit")))
    way = forms.ChoiceField(label=gettext_lazy("How"), choices=Visit.Way.choices)
    mentor = forms.ModelChoiceField(
        label=gettext_lazy("Who was there"),
        queryset=Mentor.objects.none(),
        required=False,
        empty_label=gettext_lazy("I myself"),
    )
    notes = _needed(text(gettext_lazy("What did you see?"), 4000))
    next_step = line(gettext_lazy("What comes next"), 400)
    is_internal = forms.BooleanField(
        label=gettext_lazy("Only for the office and the mentor; the firm does not read it"),
        required=False,
    )

    def __init__(self, data: Any, registration: Registration, today: date) -> None:
        super().__init__(data, initial={"on": today}, auto_id="kunjungan_%s")
        self.today = today
        fields: Any = self.fields
        fields["mentor"].queryset = Mentor.objects.filter(batch=registration.batch_id).order_by(
            "name"
        )

    def clean_on(self) -> date:
        """Return the day, which has come."""
        given: date = self.cleaned_data["on"]
        if given > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return given

    def seen(self) -> Seen:
        """Return what was seen."""
        given = self.cleaned_data
        return Seen(
            given["on"], given["way"], given["notes"], given["next_step"], given["is_internal"]
        )


class MentorVisitForm(VisitForm):
    """What a mentor saw, who writes by a link."""

    def __init__(self, data: Any, registration: Registration, today: date) -> None:
        super().__init__(data, registration, today)
        del self.fields["mentor"]


class ReachForm(forms.Form):
    """Where a mentor or a partner is reached."""

    email = CleanedField(clean.email, label=gettext_lazy("E-mail"), required=False, max_length=254)
    phone = CleanedField(
        clean.phone, label=gettext_lazy("Phone number"), required=False, max_length=40
    )


class AnswerPromiseForm(forms.Form):
    """What came of a promise, as whoever made it says."""

    state = forms.ChoiceField(choices=Commitment.State.choices)
    due_on = day(gettext_lazy("New day"))
    reason = line(gettext_lazy("Reason"), 400)


class AskedForm(forms.Form):
    """Whose plans are asked for."""

    siapa = forms.ChoiceField(label=gettext_lazy("Who does it"), required=False)
    lewat = forms.BooleanField(label=gettext_lazy("Only what is overdue"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["siapa"].choices = [("", _("All")), *Side.choices]


class SuggestedForm(forms.Form):
    """Until when the suggestions that are kept should be done."""

    due_on = _needed(day(gettext_lazy("By when")))
