"""Batches in words: where and when, for whom, and what can be done with them."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.programmes.models import Batch, Registration
from ifn.programmes.reporting.words import days_of, place_of
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

__all__ = ["conditions_of", "days_of", "move_word", "place_of", "standing_of", "where_of"]


def where_of(batch: Batch) -> list[tuple[str, str]]:
    """Return when, where and how a batch takes place."""
    facts = [
        (_("When"), days_of(batch.starts_on, batch.ends_on)),
        (_("Where"), place_of(batch)),
        (_("Address"), batch.address),
        (_("How people meet"), batch.get_mode_display()),
        (_("Seats"), str(batch.quota)),
        (
            _("Registration until"),
            date_format(batch.registers_until, "j F Y") if batch.registers_until else "",
        ),
        (_("Topic"), batch.topic),
    ]
    return [(label, value) for label, value in facts if value]


def conditions_of(batch: Batch) -> list[str]:
    """Return for whom a batch is, a sentence for each condition."""
    words, regions = lexicon(), all_regions()
    found = []
    if batch.for_roles:
        names = _names(words.get("value_chain_role", code) for code in batch.for_roles)
        found.append(_("For these roles in the chain: %(names)s.") % {"names": names})
    if batch.for_processes:
        names = _names(words.get("process", code) for code in batch.for_processes)
        found.append(_("For who does one of these: %(names)s.") % {"names": names})
    if batch.for_regions:
        places = ", ".join(regions.full_name(code) for code in batch.for_regions)
        found.append(_("For firms in %(places)s.") % {"places": places})
    if batch.needs_assessment:
        found.append(_("The needs of the firm were assessed."))
    if batch.least_completeness:
        found.append(
            _("The profile is at least %(percent)d%% complete.")
            % {"percent": batch.least_completeness}
        )
    if batch.repeat_years:
        found.append(
            ngettext(
                "Nobody of the firm took part in this topic within %(years)d year.",
                "Nobody of the firm took part in this topic within %(years)d years.",
                batch.repeat_years,
            )
            % {"years": batch.repeat_years}
        )
    return found


def _names(words: object) -> str:
    return ", ".join(str(one.name) for one in words if one)  # type: ignore[attr-defined]


def move_word(state: str, before: str) -> str:
    """Return what the button says that brings a batch into a state."""
    if before == Batch.State.POSTPONED and state != Batch.State.CANCELLED:
        return _("Take up again: %(state)s") % {"state": Batch.State(state).label}
    return {
        Batch.State.OPEN: _("Open registration")
        if before == Batch.State.PLANNED
        else _("Open registration again"),
        Batch.State.SELECTING: _("Close registration and choose")
        if before == Batch.State.OPEN
        else _("Choose again"),
        Batch.State.CONFIRMED: _("Confirm participants and tell them"),
        Batch.State.RUNNING: _("It has begun"),
        Batch.State.COMPLETED: _("It is completed"),
        Batch.State.POSTPONED: _("Postpone"),
        Batch.State.CANCELLED: _("Cancel the batch"),
    }[Batch.State(state)]


def standing_of(one: Registration, place: int | None = None) -> str:
    """Return how a registration stands, as the firm reads it, and what happens next.

    Before the participants are confirmed it is told nothing of what was decided so far.
    """
    batch = one.batch
    if not batch.is_announced and not one.is_gone:
        return _("Registered. You are told when the participants are confirmed.")
    return {
        Registration.State.REGISTERED: _("Registered. The office decides."),
        Registration.State.PROPOSED: _("Your regional office proposes you. The office decides."),
        Registration.State.ACCEPTED: _("You have a seat."),
        Registration.State.WAITING: _(
            "You are number %(place)d on the waiting list and move up by yourself."
        )
        % {"place": place or 1},
        Registration.State.REFUSED: _("Not accepted this time.")
        if batch.is_announced
        else _("Registered. You are told when the participants are confirmed."),
        Registration.State.WITHDRAWN: _("You withdrew."),
        Registration.State.REPLACED: _("Another firm takes your seat."),
    }[Registration.State(one.state)]
