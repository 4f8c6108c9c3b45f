"""Action plans in words: whose an action is, how it looks, where it is answered."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from ifn.programmes.actions.following import is_overdue
from ifn.programmes.models import Action, ActionFile, Commitment, Visit

TONES: Final = {
    Action.State.PLANNED: "",
    Action.State.DOING: "action",
    Action.State.DONE: "good",
    Action.State.DROPPED: "",
}
PROMISES: Final = {
    Commitment.State.PROMISED: "action",
    Commitment.State.KEPT: "good",
    Commitment.State.DROPPED: "bad",
}


def owner_of(one: Action) -> str:
    """Return who does an action: a name where there is one."""
    return str(one.mentor or one.partner or one.get_owner_display())


def plan_rows(
    actions: Iterable[Action],
    *,
    today: date,
    tell: Callable[[Action], str],
    file: Callable[[ActionFile], str],
    change: Callable[[Action], str] | None = None,
) -> list[dict[str, Any]]:
    """Return actions as the template shows them.

    ``tell`` gives the address to which is sent how one goes, or nothing for who may not say so;
    ``file`` that of a file, ``change`` that of its own page.
    """
    return [
        {
            "one": one,
            "id": f"aksi-{one.pk}",
            "owner": owner_of(one),
            "tone": "bad" if is_overdue(one, today) else TONES[Action.State(one.state)],
            "says": _("Overdue") if is_overdue(one, today) else one.get_state_display(),
            "is_overdue": is_overdue(one, today),
            "tell": tell(one),
            "change": change(one) if change else "",
            "files": [{"one": each, "href": file(each)} for each in one.files.all()],
        }
        for one in actions
    ]


def visitor_of(one: Visit) -> str:
    """Return who was at a visit, as a firm may read it: a mentor's name, or the office."""
    return str(one.mentor) if one.mentor else _("The office")


def visit_rows(visits: Iterable[Visit], *, with_names: bool = False) -> list[dict[str, Any]]:
    """Return visits as the template shows them; with the names of officers for the staff."""
    return [
        {
            "one": one,
            "who": one.person.name
            if with_names and one.person and not one.mentor
            else visitor_of(one),
        }
        for one in visits
    ]
