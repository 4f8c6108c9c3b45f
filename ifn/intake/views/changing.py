"""What a row changes of the profile it is: field by field, taken or not, and why."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ifn.directory.models import Business
from ifn.directory.profile import Profile
from ifn.directory.wording import field_names, said
from ifn.intake import policies
from ifn.intake.models import Row
from ifn.intake.queries import changes_of
from ifn.intake.revising import Change
from ifn.intake.views.desk import Desk

#: Whether a field is taken stands in a form under this name; which fields it shows, under the next;
#: and the profile whose fields they are under the last.
TAKEN, SHOWN, OF = "ambil", "tampil", "tampil-dari"
WHY: Final = {
    "added": gettext_lazy("added to what is there"),
    "empty": gettext_lazy("nothing stood there"),
    "older_list": gettext_lazy("an older list said otherwise"),
    "newer": gettext_lazy("a newer source says otherwise"),
    "own": gettext_lazy("the firm or the office said it"),
    "who_it_is": gettext_lazy("says who it is: a person takes it or not"),
    "chosen": gettext_lazy("a person chose so"),
}
#: Fields whose words of before only those see who look after the region.
PRIVATE: Final = frozenset({"nib", "workers", "contacts", "address"})


@dataclass(frozen=True, slots=True)
class Line:
    """A field in which a row and its profile differ."""

    field: str
    label: str
    before: str
    after: str
    is_taken: bool
    why: str
    source: str


def lines(row: Row, business: Business | None, desk: Desk) -> list[Line]:
    """Return what applying a row would change of a profile; nothing when it is done."""
    if business is None or row.state in {Row.State.APPLIED, Row.State.ERROR}:
        return []
    labels = field_names()
    sees_private = policies.can_see_private(desk.person, business.region_id)
    return [_line(one, labels, sees_private=sees_private) for one in changes_of(row, business)]


def _line(change: Change, labels: Mapping[str, str], *, sees_private: bool) -> Line:
    label = labels.get(change.field, change.field)
    is_hidden = change.field in PRIVATE and not sees_private
    stated = change.stated
    return Line(
        field=change.field,
        label=label[:1].upper() + label[1:],
        before=_("not public") if is_hidden and change.before else _said(change, change.before),
        after="" if is_hidden and change.before else _said(change, change.after),
        is_taken=change.is_taken,
        why=str(WHY.get(change.why, "")),
        source=f"{stated.label}, {date_format(stated.stated_on, 'j M Y')}"
        if stated and stated.label
        else "",
    )


def _said(change: Change, value: Any) -> str:
    return said(replace(Profile(name=""), **{change.field: value}), change.field)


def chosen(row: Row, business: Business | None, given: QueryDict) -> dict[str, bool] | None:
    """Return the fields of a profile that a person takes, or leaves, against the rule.

    Nothing is returned when the fields they saw were those of another profile.
    """
    if business is None or given.get(OF) != str(business.pk):
        return None
    by_rule = copy(row)
    by_rule.chosen = {}
    taken, shown = set(given.getlist(TAKEN)), set(given.getlist(SHOWN))
    return {
        one.field: one.field in taken
        for one in changes_of(by_rule, business)
        if one.field in shown and (one.field in taken) != one.is_taken
    }
