"""What each side does on an enquiry's page: one form each, whoever it is that holds the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ifn.connections import actions as opportunities
from ifn.connections.actions import enquiries as actions
from ifn.connections.actions.enquiries import By
from ifn.connections.enquiring import states, whatsapp
from ifn.connections.enquiring.states import Event, Side, State
from ifn.connections.forms.enquiries import (
    NO_CONTACT,
    AcceptForm,
    ComplaintForm,
    DeclineForm,
    OutcomeForm,
    WithdrawForm,
    WorthForm,
)
from ifn.connections.models import Enquiry
from ifn.connections.queries.answers import unfilled_of
from ifn.connections.queries.enquiries import (
    Contacts,
    Standing,
    contacts_for_asker,
    contacts_of_asker,
    contacts_to_share,
)
from ifn.connections.telling import asker_name
from ifn.connections.wording import quantity_of
from ifn.directory.actions.confirming import language_of


@dataclass(slots=True)
class Desk:
    """An enquiry before one side, and the forms that it may fill in."""

    enquiry: Enquiry
    standing: Standing
    forms: dict[str, Form] = field(default_factory=dict)
    #: Where a form leads to that leaves the platform.
    leave: str = ""

    @property
    def side(self) -> Side:
        """Return on which side somebody sits here."""
        return self.standing.side

    @property
    def by(self) -> By:
        """Return who acts, as actions take it."""
        return By(self.side, self.standing.person)

    @property
    def contacts(self) -> Contacts:
        """Return how this side may reach the other."""
        if self.side == Side.ASKER:
            return contacts_for_asker(self.enquiry)
        return contacts_of_asker(self.enquiry)

    def can(self, event: Event) -> bool:
        """Say whether this side may let an event happen now."""
        is_possible = states.after(self.enquiry.state, event) is not None
        return self.standing.may_answer and is_possible and states.may(self.side, event)


def empty_forms(desk: Desk, given: Mapping[str, object] | None = None, did: str = "") -> None:
    """Put the forms on the desk that its side may fill in, one of them as it was sent."""
    enquiry = desk.enquiry
    if desk.can(Event.ACCEPT):
        ways = contacts_to_share(enquiry, desk.standing.person)
        data = given if did == "accept" else None
        desk.forms["accept"] = AcceptForm(data, ways=ways, prefix="accept")
        desk.forms["decline"] = DeclineForm(given if did == "decline" else None, prefix="decline")
    if enquiry.state in states.TOLD_HOW_IT_WENT and desk.standing.may_answer:
        desk.forms["outcome"] = OutcomeForm(given if did == "outcome" else None, prefix="outcome")
        desk.forms["worth"] = WorthForm(given if did == "worth" else None, prefix="worth")
    if desk.can(Event.WITHDRAW):
        form = WithdrawForm(given if did == "withdraw" else None, prefix="withdraw")
        desk.forms["withdraw"] = form
    if enquiry.state not in {State.WAITING, State.SPAM} and desk.standing.may_answer:
        complaint = ComplaintForm(given if did == "complain" else None, prefix="complain")
        desk.forms["complain"] = complaint


def act(request: HttpRequest, desk: Desk, *, at: datetime) -> bool:
    """Do what a form asks; say whether the page is to be read anew, or shown with what is wrong."""
    did = request.POST.get("do", "")
    if not desk.standing.may_answer:
        messages.warning(request, _("You may read this enquiry; an owner or editor answers it."))
        return True
    empty_forms(desk, request.POST, did)
    form = desk.forms.get(did)
    try:
        if form is not None:
            return form.is_valid() and _WITH_FORM[did](request, desk, form, at)
        if did in _PLAIN:
            _PLAIN[did](request, desk, at)
        elif did in _WITH_FORM:  # it happened before, or cannot any more
            _say_how_it_stands(request, desk.enquiry)
    except actions.NotNow as refused:
        _say_how_it_stands(request, refused.enquiry)
    return True


def _say_how_it_stands(request: HttpRequest, enquiry: Enquiry) -> None:
    said = _("The enquiry now stands at “%(state)s”; nothing was changed.")
    messages.info(request, said % {"state": enquiry.get_state_display()})


def _accept(request: HttpRequest, desk: Desk, form: Form, at: datetime) -> bool:
    data = form.cleaned_data
    share = "" if data["share"] == NO_CONTACT else data["share"]
    actions.accept(desk.enquiry, share=share, words=data["words"], by=desk.by, at=at)
    messages.success(request, _("Accepted. You now see each other's contact."))
    return True


def _decline(request: HttpRequest, desk: Desk, form: Form, at: datetime) -> bool:
    data = form.cleaned_data
    actions.decline(desk.enquiry, reason=data["reason"], words=data["words"], by=desk.by, at=at)
    messages.success(request, _("Declined. The sender reads your reason."))
    return True


def _outcome(request: HttpRequest, desk: Desk, form: Form, at: datetime) -> bool:
    data = form.cleaned_data
    actions.note_outcome(
        desk.enquiry,
        Event(data["outcome"]),
        reason=data["reason"],
        words=data["words"],
        by=desk.by,
        at=at,
    )
    messages.success(request, _("Noted. Thank you."))
    return True


def _worth(request: HttpRequest, desk: Desk, form: Form, at: datetime) -> bool:
    assert isinstance(form, WorthForm)  # noqa: S101  # as it stands in the table below
    actions.state_worth(desk.enquiry, form.amounts(form.cleaned_data), by=desk.by, at=at)
    messages.success(request, _("The value is noted. Only the two of you and the office see it."))
    return True


def _complain(request: HttpRequest, desk: Desk, form: Form, at: datetime) -> bool:
    data = form.cleaned_data
    actions.complain(desk.enquiry, reason=data["reason"], words=data["words"], by=desk.by, at=at)
    messages.success(request, _("Reported. The office looks into it."))
    return True


def _withdraw(request: HttpRequest, desk: Desk, form: Form, at: datetime) -> bool:
    data = form.cleaned_data
    try:
        actions.withdraw(
            desk.enquiry,
            reason=data["reason"],
            words=data["words"],
            knows_answer="known" in request.POST,
            by=desk.by,
            at=at,
        )
    except actions.NotNow as refused:
        if not refused.enquiry.is_open:
            raise
        messages.warning(
            request,
            _("The business accepted meanwhile. Read its answer first; nothing was changed."),
        )
    else:
        messages.success(request, _("Taken back. The business is told, if it had it already."))
    return True


def _filled(request: HttpRequest, desk: Desk, at: datetime) -> None:
    one = unfilled_of(desk.enquiry)
    if desk.side != Side.FIRM or one is None:
        return
    try:
        opportunities.fill(one, actor=desk.standing.person, at=at)
    except opportunities.NotOpen:
        messages.info(request, _("The opportunity has ended meanwhile; nothing was changed."))
    else:
        messages.success(
            request, _("Noted that somebody was found. It no longer stands in the list.")
        )


def _block(request: HttpRequest, desk: Desk, at: datetime) -> None:
    if desk.side == Side.FIRM and desk.standing.person is not None:
        actions.block(desk.enquiry, by=desk.by, at=at)
        messages.success(request, _("Enquiries of this sender no longer reach you."))


def _unblock(request: HttpRequest, desk: Desk, at: datetime) -> None:
    if desk.side == Side.FIRM and desk.standing.person is not None:
        actions.unblock(desk.enquiry, by=desk.by, at=at)
        messages.success(request, _("Enquiries of this sender reach you again."))


def _whatsapp(request: HttpRequest, desk: Desk, at: datetime) -> None:
    digits = desk.contacts.whatsapp
    if not digits:
        messages.warning(request, _("There is no WhatsApp number to write to, or no longer."))
        return
    actions.report_contact(desk.enquiry, by=desk.by, at=at)
    desk.leave = whatsapp.link(digits, _greeting(desk))


def _greeting(desk: Desk) -> str:
    enquiry, letter = desk.enquiry, desk.enquiry.letter
    is_asker = desk.side == Side.ASKER
    return whatsapp.greeting(
        sender=asker_name(letter) if is_asker else enquiry.firm.name,
        about=quantity_of(letter) or f"“{letter.text[:80]}”",
        code=enquiry.public_code,
        language=language_of(enquiry.firm) if is_asker else letter.language,
    )


_WITH_FORM: Final[Mapping[str, Callable[[HttpRequest, Desk, Form, datetime], bool]]] = {
    "accept": _accept,
    "decline": _decline,
    "outcome": _outcome,
    "worth": _worth,
    "complain": _complain,
    "withdraw": _withdraw,
}
_PLAIN: Final[Mapping[str, Callable[[HttpRequest, Desk, datetime], None]]] = {
    "block": _block,
    "unblock": _unblock,
    "whatsapp": _whatsapp,
    "filled": _filled,
}
