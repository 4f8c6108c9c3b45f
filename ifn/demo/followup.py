"""What comes after the invented mentoring: plans, visits, promises that are kept or not."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import uuid4

from django.utils import translation

from ifn.accounts.models import User
from ifn.programmes.actions import following, linking, visiting
from ifn.programmes.actions.visiting import Seen
from ifn.programmes.models import Action, Batch, Mentor, Partner, Registration
from ifn.programmes.planning.clocks import zone_of
from ifn.programmes.queries.suggesting import suggestions_for

#: Of so many plans the first actions come from the assessment.
SUGGESTED: Final = 3
WRITTEN: Final = date(2024, 4, 29)


def follow_up(batch: Batch, written: Mapping[str, Any], *, officer: User, today: date) -> None:
    """Give everybody a plan, let some of it be done, note visits, and hand out links."""
    seats = {
        one.seat: one
        for one in Registration.objects.filter(batch=batch, seat__isnull=False).select_related(
            "batch", "business"
        )
    }
    mentors = list(Mentor.objects.filter(batch=batch).order_by("pk"))
    partners = list(Partner.objects.filter(batch=batch).order_by("pk"))
    _hand_out(mentors, written["mentor"], seats, officer, today=today)
    for place in sorted(seat for seat in seats if seat)[:SUGGESTED]:
        _begin(seats[place], officer)
    for row in written["action"]:
        for seat in row["seats"]:
            if seat in seats:
                _action(seats[seat], row, mentors, partners, officer=officer, today=today)
    for row in written["visit"]:
        _visit(row, seats, mentors, officer)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), zone_of("52"))


def _hand_out(
    mentors: list[Mentor],
    rows: list[dict[str, Any]],
    seats: Mapping[int | None, Registration],
    officer: User,
    *,
    today: date,
) -> None:
    for mentor, row in zip(mentors, rows, strict=True):
        at = _at(WRITTEN)
        if "email" in row:
            linking.write_reach(mentor, email=row["email"], phone="", actor=officer, at=at)
        linking.make_link(mentor, today=today, actor=officer, at=at)
        chosen = [seats[seat].pk for seat in row["seats"] if seat in seats]
        visiting.look_after(mentor, chosen, actor=officer, at=at)


def _begin(registration: Registration, officer: User) -> None:
    """Take the first suggestions of the assessment into a plan."""
    with translation.override("id"):
        found = suggestions_for(registration)[:2]
    chosen = {
        one.key: {
            "what": one.what,
            "why": one.why,
            "dimension": one.dimension,
            "owner": "firm",
            "due_on": date(2024, 7, 31),
        }
        for one in found
    }
    following.take_suggestions(registration, chosen, actor=officer, at=_at(WRITTEN))


def _action(  # whose, what, and who may do it
    registration: Registration,
    row: Mapping[str, Any],
    mentors: list[Mentor],
    partners: list[Partner],
    *,
    officer: User,
    today: date,
) -> Action:
    due_on = (
        today + timedelta(days=row["due_in"]) if "due_in" in row else date.fromisoformat(row["due"])
    )
    owner = row["owner"]
    action = following.write_action(
        registration,
        {
            "what": row["what"],
            "why": row.get("why", ""),
            "owner": owner,
            "mentor_id": mentors[row["number"]].pk if owner == "mentor" else None,
            "partner_id": partners[row["number"]].pk if owner == "partner" else None,
            "due_on": due_on,
        },
        key=uuid4(),
        actor=officer,
        at=_at(WRITTEN),
    )
    if "said" in row:
        state, on, words = row["said"]
        following.tell_how(
            action,
            state,
            words=words,
            side=owner,
            version=action.version,
            actor=None,
            at=_at(date.fromisoformat(on)),
        )
    return action


def _visit(
    row: Mapping[str, Any],
    seats: Mapping[int | None, Registration],
    mentors: list[Mentor],
    officer: User,
) -> None:
    seat, number, on, way, is_internal = row["at"]
    day = date.fromisoformat(on)
    if seat not in seats:
        return
    mentor = mentors[number] if number >= 0 else None
    visiting.note_visit(
        seats[seat],
        Seen(day, way, row["notes"], row.get("next", ""), is_internal),
        mentor=mentor,
        key=uuid4(),
        actor=None if mentor else officer,
        at=_at(day),
        today=day,
    )
