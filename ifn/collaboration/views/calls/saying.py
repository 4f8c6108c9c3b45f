"""Calls in words: conditions, what is lacking, what can be done, who it is by."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.collaboration.calling.conditions import Checked, Condition
from ifn.collaboration.calling.conflicts import Found, Kind
from ifn.collaboration.models import Application, Call, CallRole
from ifn.collaboration.queries.applications import asked_by
from ifn.collaboration.queries.calls import Missing
from ifn.regions.queries import all_regions
from ifn.vocabulary.queries import lexicon

_VOCABULARY: Final[Mapping[Condition, str]] = {
    Condition.ROLE: "value_chain_role",
    Condition.PROCESS: "process",
    Condition.CERTIFICATE: "certification",
}
_ASKED: Final = {
    Condition.ROLE: gettext_lazy("One of these roles in the chain: %(names)s"),
    Condition.PROCESS: gettext_lazy("Does one of these: %(names)s"),
    Condition.CERTIFICATE: gettext_lazy("Holds these certificates: %(names)s"),
    Condition.REGION: gettext_lazy("Is in one of these regions: %(names)s"),
}
_LACKS: Final = {
    Missing.AIM: gettext_lazy("The aim is not said."),
    Missing.ROLES: gettext_lazy("Nobody is wanted yet: add a role."),
    Missing.CRITERIA: gettext_lazy("The weights of the criteria do not make 100 percent."),
    Missing.TERMS: gettext_lazy("There are no terms yet."),
    Missing.DAYS: gettext_lazy("The last day for applications has gone by."),
}
_SEEN: Final = {
    Kind.BUSINESS: gettext_lazy("You look after this firm, so you cannot judge it."),
    Kind.PROJECT: gettext_lazy("A firm of yours is in a project with it."),
    Kind.PEOPLE: gettext_lazy("Somebody of this firm looks after a firm of yours, too."),
}
#: How the state of a call looks.
TONES: Final[Mapping[str, str]] = {
    Call.State.REVIEW: "warn",
    Call.State.OPEN: "action",
    Call.State.SCREENING: "warn",
    Call.State.PANEL: "warn",
    Call.State.DECIDED: "good",
    Call.State.CANCELLED: "bad",
    Call.State.REFUSED: "bad",
}
#: How the state of an application looks.
LOOKS: Final[Mapping[str, str]] = {
    Application.State.ELIGIBLE: "action",
    Application.State.INELIGIBLE: "bad",
    Application.State.CHOSEN: "good",
    Application.State.NOT_CHOSEN: "",
}


def by_whom(call: Call) -> str:
    """Return in whose name a call is."""
    return call.business.name if call.business else _("The network’s office")


def condition(kind: Condition, codes: Iterable[str]) -> str:
    """Return a condition as a sentence."""
    return _ASKED[kind] % {"names": ", ".join(_names(kind, codes))}


def _names(kind: Condition, codes: Iterable[str]) -> list[str]:
    if kind == Condition.REGION:
        return [all_regions().full_name(code) or code for code in codes]
    words = lexicon()
    found = ((words.get(_VOCABULARY[kind], code), code) for code in codes)
    return [word.name if word else code for word, code in found]


def conditions_of(wanted: CallRole) -> list[str]:
    """Return what a firm's profile must say for a role, a sentence each."""
    asked = asked_by(wanted)
    groups = {
        Condition.ROLE: asked.roles,
        Condition.PROCESS: asked.processes,
        Condition.CERTIFICATE: asked.certificates,
        Condition.REGION: asked.regions,
    }
    return [condition(kind, codes) for kind, codes in groups.items() if codes]


def checks(checked: Iterable[Checked]) -> list[tuple[bool, str]]:
    """Return whether each condition is met, and which it is."""
    return [(one.is_met, condition(one.condition, one.codes)) for one in checked]


def lacking(missing: Iterable[Missing]) -> list[str]:
    """Return what a call lacks before it can open, a sentence each."""
    return [str(_LACKS[one]) for one in missing]


def seen(found: Found) -> str:
    """Return what an evaluator has in common with an applicant, said to them."""
    return str(_SEEN[found.kind])


def move_word(state: str, before: str) -> str:
    """Return what the button says that brings a call into a state."""
    return {
        Call.State.REVIEW: _("Hand in for review"),
        Call.State.OPEN: _("Accept and open")
        if before == Call.State.REVIEW
        else _("Open for applications"),
        Call.State.REFUSED: _("Do not accept"),
        Call.State.SCREENING: _("Begin to check who is eligible"),
        Call.State.PANEL: _("Hand over to the panel and tell applicants"),
        Call.State.CANCELLED: _("Cancel the call"),
    }[Call.State(state)]


def standing_of(application: Application, call: Call) -> str:
    """Return how an application stands, as the firm reads it; screening is told all at once."""
    state = Application.State
    if call.state == Call.State.CANCELLED and application.state in application.LIVING:
        return _("The call was cancelled.")
    if call.state in {Call.State.OPEN, Call.State.SCREENING} and application.state in {
        *(state.ELIGIBLE, state.INELIGIBLE, state.SUBMITTED)
    }:
        return _("Submitted. You are told whether you are eligible once all were looked at.")
    return {
        state.SUBMITTED: _("Submitted."),
        state.ELIGIBLE: _("Eligible. The panel judges now."),
        state.INELIGIBLE: _("Not eligible."),
        state.CHOSEN: _("You were chosen."),
        state.NOT_CHOSEN: _("Not chosen this time."),
        state.WITHDRAWN: _("You took it back."),
    }[state(application.state)]
