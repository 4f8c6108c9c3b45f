"""What two profiles that turn out to be one firm have in this room, and the way back."""

from datetime import datetime
from typing import Any, Final

from django.db import models, transaction

from ifn.accounts.models import User
from ifn.collaboration.actions.holding import noted
from ifn.collaboration.models import (
    Allocation,
    Application,
    Call,
    Impact,
    Invitation,
    Milestone,
    ProductionBatch,
    Project,
    ProjectPartner,
    Risk,
)
from ifn.directory.models import Business

State = ProjectPartner.State
#: The firm keeps the part that is furthest.
_ORDER: Final = (State.ACCEPTED, State.INVITED, State.LEFT, State.DECLINED)
#: What a profile has once for each of these; where both have it, each keeps its own.
_ONCE: Final[tuple[tuple[str, models.Manager[Any], str], ...]] = (
    ("applications", Application.objects, "wanted"),
    ("call_invitations", Invitation.objects, "wanted"),
    ("allocations", Allocation.objects, "batch"),
)


@transaction.atomic
def carry_collaborations(
    kept: Business, gone: Business, *, actor: User | None, at: datetime
) -> dict[str, Any]:
    """Put what a profile has in calls, projects and batches under the kept one; return what moved.

    Where both take part in one project in one role, the part that is further stands for the firm,
    and what the other is to do goes to it. The caller holds both profiles.
    """
    carried: dict[str, Any] = {
        "calls": _moved(Call.objects, "business", gone, kept),
        "led_projects": _moved(Project.objects, "led_by", gone, kept),
    }
    for name, rows_of, once in _ONCE:
        taken = rows_of.filter(business=kept).values(once)
        rows = rows_of.filter(business=gone).exclude(**{f"{once}__in": taken})
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        rows_of.filter(pk__in=keys).update(business=kept)
        carried[name] = keys
    return carried | _carry_partners(kept, gone, actor=actor, at=at)


def _moved(rows_of: models.Manager[Any], field: str, gone: Business, kept: Business) -> list[int]:
    rows = rows_of.filter(**{field: gone})
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows_of.filter(pk__in=keys).update(**{field: kept})
    return keys


def _carry_partners(
    kept: Business, gone: Business, *, actor: User | None, at: datetime
) -> dict[str, Any]:
    moved: list[int] = []
    twice: list[dict[str, Any]] = []
    rows = ProjectPartner.objects.filter(business=gone).select_related("project")
    for one in rows.order_by("project", "pk"):
        other = ProjectPartner.objects.filter(
            project=one.project, business=kept, role=one.role
        ).first()
        if other is None:
            ProjectPartner.objects.filter(pk=one.pk).update(business=kept, name=kept.name[:160])
            moved.append(one.pk)
        else:
            twice.append(_one_part(one, other, actor=actor, at=at))
    return {"partners": moved, "partners_twice": twice}


def _one_part(
    one: ProjectPartner, other: ProjectPartner, *, actor: User | None, at: datetime
) -> dict[str, Any]:
    """Let the kept profile's part stand for both; return how both stood."""
    stood = {
        "pk": one.pk,
        "state": one.state,
        "other": other.pk,
        "other_state": other.state,
        "owned": _hand_over(one, other),
    }
    best = min((one.state, other.state), key=lambda each: _ORDER.index(State(each)))
    ProjectPartner.objects.filter(pk=other.pk).update(state=best)
    if one.state in {State.ACCEPTED, State.INVITED}:
        ProjectPartner.objects.filter(pk=one.pk).update(
            state=State.LEFT, since=at, reason="–", is_named=False
        )
        noted(one.project, "partner.merged", partner=other, actor=actor, at=at)
    return stood


def _hand_over(one: ProjectPartner, other: ProjectPartner) -> dict[str, list[int]]:
    """Give what one part is to do, made or waits for to the other; return what went over."""
    found: dict[str, list[int]] = {}
    for name, rows_of, field in _OWNED:
        rows = rows_of.filter(**{field: one})
        found[name] = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(**{field: other})
    return found


_OWNED: Final[tuple[tuple[str, models.Manager[Any], str], ...]] = (
    ("milestones", Milestone.objects, "owner"),
    ("risks", Risk.objects, "waits_on"),
    ("batches", ProductionBatch.objects, "made_by"),
    ("impacts", Impact.objects, "partner"),
)


@transaction.atomic
def give_collaborations_back(carried: dict[str, Any], holder: Business, gone: Business) -> None:
    """Give a profile back what went over from it, where it is still with the other one."""
    Call.objects.filter(pk__in=carried.get("calls", ()), business=holder).update(business=gone)
    Project.objects.filter(pk__in=carried.get("led_projects", ()), led_by=holder).update(
        led_by=gone
    )
    for name, rows_of, once in _ONCE:
        taken = rows_of.filter(business=gone).values(once)
        rows = rows_of.filter(pk__in=carried.get(name, ()), business=holder)
        keys = list(rows.exclude(**{f"{once}__in": taken}).values_list("pk", flat=True))
        rows_of.filter(pk__in=keys).update(business=gone)
    moved = ProjectPartner.objects.filter(pk__in=carried.get("partners", ()), business=holder)
    moved.update(business=gone, name=gone.name[:160])
    for known in carried.get("partners_twice", ()):
        _part_again(known)


def _part_again(known: dict[str, Any]) -> None:
    """Let both parts stand as they stood, where nobody said anything else meanwhile."""
    one = ProjectPartner.objects.filter(pk=known["pk"]).first()
    other = ProjectPartner.objects.filter(pk=known["other"]).first()
    if one is None or other is None or one.state not in {State.LEFT, known["state"]}:
        return
    ProjectPartner.objects.filter(pk=one.pk).update(state=known["state"])
    ProjectPartner.objects.filter(pk=other.pk).update(state=known["other_state"])
    for name, rows_of, field in _OWNED:
        rows = rows_of.filter(pk__in=known["owned"].get(name, ()), **{field: other})
        rows.update(**{field: one})
