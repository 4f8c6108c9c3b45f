"""Enquiries of a list, each with the next step, who acts and by when."""

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ifn.connections.enquiring import nextsteps
from ifn.connections.enquiring.nextsteps import Next
from ifn.connections.enquiring.states import Side, State
from ifn.connections.models import Enquiry
from ifn.connections.telling import asker_name
from ifn.connections.wording import firm_name, quantity_of
from ifn.ui import fragments
from ifn.ui.addresses import address_with
from ifn.ui.days import day_in_words
from ifn.ui.pieces import badge

#: So much of a letter stands in a list, in characters.
_SHORT: Final = 120


def row(enquiry: Enquiry, side: Side) -> SafeString:
    """Return one enquiry as a side of it sees it."""
    letter = enquiry.letter
    step = nextsteps.next_for(side, enquiry.state, enquiry.answer_by)
    return fragments.fill(
        "connections/fragments/enquiry.html",
        href=address_with("connections:enquiry", enquiry.code),
        title=firm_name(enquiry) if side == Side.ASKER else asker_name(letter),
        state=badge(State(enquiry.state).label, "action" if step.is_mine else ""),
        about=_about(enquiry),
        text=letter.text if len(letter.text) <= _SHORT else f"{letter.text[: _SHORT - 1]}…",
        facts=" · ".join(filter(None, _facts(enquiry, side))),
        turn=format_html("<b>{}</b> ", _("Your turn:")) if step.is_mine else SafeString(),
        next=_next(step),
    )


def _about(enquiry: Enquiry) -> SafeString:
    one = enquiry.letter.opportunity
    if one is None:
        return SafeString()
    return format_html('<span class="fine">{} · {}</span>', one.title, one.public_number)


def _facts(enquiry: Enquiry, side: Side) -> tuple[str, ...]:
    letter = enquiry.letter
    return (
        enquiry.public_code,
        _("For %(name)s") % {"name": enquiry.firm.name} if side == Side.FIRM else "",
        quantity_of(letter),
        day_in_words(localdate(letter.written_at)),
    )


def _next(step: Next) -> str:
    if step.by is None:
        return str(step.words)
    until = day_in_words(localdate(step.by), "j M")
    return f"{step.words} {_('By %(day)s.') % {'day': until}}"
