"""The rows of who applied to a call, written by plain Python: there are many of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ifn.collaboration.calling.conditions import Checked
from ifn.collaboration.models import Application, Role
from ifn.collaboration.views.calls import saying
from ifn.regions.queries import all_regions
from ifn.ui import fragments, icons, pieces

_PLACE = "collaboration/fragments/"


@dataclass(frozen=True, slots=True)
class Applicant:
    """An application, its conditions, and whether it stands under terms that were changed."""

    one: Application
    checked: Sequence[Checked]
    has_old_terms: bool


def applicant_rows(call: str, applicants: Iterable[Applicant]) -> SafeString:
    """Return a row for each application to the call of this code."""
    # Asked for once: the address differs only in the number at its end.
    address = reverse("collaboration:call-application", args=[call, 0]).removesuffix("0")
    regions, old = all_regions(), _("has not accepted the new terms")
    condition, kept = _Conditions(), _Labels()
    return fragments.fill_each(
        f"{_PLACE}applicant.html",
        (
            {
                "href": f"{address}{each.one.pk}",
                "name": each.one.business.name,
                "badge": pieces.badge(
                    kept.state(each.one.state), saying.LOOKS.get(each.one.state, "")
                ),
                "role": kept.role(each.one.wanted.role),
                "place": regions.full_name(each.one.business.region_id),
                "when": date_format(localtime(each.one.applied_at), "j M Y"),
                "old": fragments.fill(f"{_PLACE}old_terms.html", words=old)
                if each.has_old_terms
                else "",
                "checks": condition.rows(each.checked),
                "reason": _reason(each.one.reason),
            }
            for each in applicants
        ),
    )


class _Labels:
    """States and roles in words, each put into words once."""

    def __init__(self) -> None:
        self.state = cache(lambda value: str(Application.State(value).label))
        self.role = cache(lambda value: str(Role(value).label))


class _Conditions:
    """Conditions in words; the applications to one call are asked for the same ones."""

    def __init__(self) -> None:
        self._looks = {
            True: {"icon": icons.icon("check"), "verdict": _("Met")},
            False: {"icon": icons.icon("warning"), "verdict": _("Not met")},
        }
        self._words = cache(saying.condition)

    def rows(self, checked: Sequence[Checked]) -> SafeString:
        """Return a row for each, met or not."""
        return fragments.fill_each(
            f"{_PLACE}condition.html",
            (
                self._looks[one.is_met] | {"words": self._words(one.condition, one.codes)}
                for one in checked
            ),
        )


def _reason(reason: str) -> SafeString | str:
    if not reason:
        return ""
    words = _("Reason: %(reason)s") % {"reason": reason}
    return fragments.fill(f"{_PLACE}said.html", words=words)
