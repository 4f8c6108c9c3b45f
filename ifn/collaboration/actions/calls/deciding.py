"""The office decides about all eligible applications at once; everybody is told in one go."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ifn.accounts.models import User
from ifn.collaboration.actions.beginning import begin_from_call
from ifn.collaboration.actions.calls.applying import note as note_application
from ifn.collaboration.actions.calls.locking import lock
from ifn.collaboration.actions.calls.moving import ReasonMissing
from ifn.collaboration.actions.calls.moving import note as note_call
from ifn.collaboration.actions.calls.telling import tell_applicant
from ifn.collaboration.models import Application, Call, CallRole, Project
from ifn.collaboration.queries.applications import with_old_terms
from ifn.collaboration.queries.panels import judged_by_panel, ranking


class NotDeciding(Exception):  # noqa: N818
    """The call is not with the panel."""


class AboutEach(Exception):  # noqa: N818
    """It is decided about every eligible application at once, and about no other."""


class _About(Exception):  # noqa: N818
    """Something stands against a decision about some firms; ``firms`` names them."""

    def __init__(self, firms: Sequence[str]) -> None:
        super().__init__(", ".join(firms))
        self.firms = tuple(firms)


class NobodyJudged(_About):
    """No evaluator gave points to these firms."""


class OldTerms(_About):
    """These firms were to be chosen and have not accepted the terms as they read now."""


class MoreThanWanted(Exception):  # noqa: N818
    """More firms were to be chosen for a role than the call wants; ``wanted`` is the role."""

    def __init__(self, wanted: CallRole) -> None:
        super().__init__(str(wanted))
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class Verdict:
    """Chosen or not, and why."""

    is_chosen: bool
    reason: str


@transaction.atomic
def decide(
    call: Call, verdicts: Mapping[int, Verdict], *, actor: User, at: datetime
) -> Project | None:
    """Decide about all eligible applications, by their keys; return the project that begins.

    Raises:
        AboutEach: A verdict is lacking, or is about something else.
        MoreThanWanted: More were chosen for a role than it says.
        NobodyJudged: Somebody has no points of any evaluator.
        NotDeciding: The call is not with the panel.
        OldTerms: Somebody chosen has not accepted the terms as they read now.
        ReasonMissing: Every decision has a reason.

    """
    call = lock(call)
    if call.state != Call.State.PANEL:
        raise NotDeciding
    applications = list(judged_by_panel(call))
    _check(call, applications, verdicts)
    for one in applications:
        verdict = verdicts[one.pk]
        state = Application.State.CHOSEN if verdict.is_chosen else Application.State.NOT_CHOSEN
        note_application(one, state, reason=verdict.reason, actor=actor, at=at)
    note_call(call, Call.State.DECIDED, actor=actor, at=at)
    chosen = [one for one in applications if verdicts[one.pk].is_chosen]
    project = begin_from_call(call, chosen, actor=actor, at=at) if chosen else None
    for one in applications:
        one.call = call
        tell_applicant(one, str(one.state), at=at, why=one.reason)
    return project


def _check(
    call: Call, applications: Sequence[Application], verdicts: Mapping[int, Verdict]
) -> None:
    if {one.pk for one in applications} != verdicts.keys():
        raise AboutEach
    if not all(verdict.reason.strip() for verdict in verdicts.values()):
        raise ReasonMissing
    names = {one.pk: one.business.name for one in applications}
    if unjudged := [row.key for row in ranking(call, applications) if row.total is None]:
        raise NobodyJudged([names[key] for key in unjudged])
    chosen = [one for one in applications if verdicts[one.pk].is_chosen]
    old = with_old_terms(Application.objects.filter(pk__in=[one.pk for one in chosen]))
    if waiting := list(old.order_by("pk").values_list("pk", flat=True)):
        raise OldTerms([names[key] for key in waiting])
    counts = Counter(one.wanted_id for one in chosen)
    for wanted in {one.wanted_id: one.wanted for one in chosen}.values():
        if counts[wanted.pk] > wanted.wanted:
            raise MoreThanWanted(wanted)
