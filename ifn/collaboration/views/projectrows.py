"""The rows of projects in one's own list and the office's, written by plain Python."""

from collections.abc import Collection, Iterable, Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ifn.collaboration import codes
from ifn.collaboration.models import Project
from ifn.collaboration.queries.projects import Figures
from ifn.collaboration.views.standing import TONES
from ifn.ui import fragments, pieces
from ifn.ui.addresses import address_with

_PLACE = "collaboration/fragments/"


def own_rows(
    projects: Iterable[Project], figures: Mapping[int, Figures], asked: Collection[int]
) -> SafeString:
    """Return a row for each project of one's firms, those that wait for an answer marked."""
    return fragments.join(
        fragments.fill(
            f"{_PLACE}own_project.html",
            **_shared(one),
            words=_words(one, figures.get(one.pk, Figures())),
            waits=_waits(figures.get(one.pk, Figures()), is_asked=one.pk in asked),
        )
        for one in projects
    )


def desk_rows(projects: Iterable[Project], figures: Mapping[int, Figures]) -> SafeString:
    """Return a row for each project in the office's list."""
    return fragments.join(_desk_row(one, figures.get(one.pk, Figures())) for one in projects)


def _desk_row(one: Project, of: Figures) -> SafeString:
    return fragments.fill(
        f"{_PLACE}desk_project.html",
        **_shared(one),
        spoken=codes.spoken(codes.Kind.PROJECT, one.code),
        led_by=_led_by(one),
        stage=of.stage or "–",
        partners=of.partners,
        silent=of.silent,
        overdue=of.overdue,
    )


def _shared(one: Project) -> dict[str, str]:
    return {
        "href": address_with("collaboration:own-project", one.code),
        "title": one.title,
        "badge": pieces.badge(one.get_state_display(), TONES[one.state]),
    }


def _led_by(one: Project) -> str:
    return one.led_by.name if one.led_by else _("The network's office")


def _words(one: Project, of: Figures) -> str:
    partners = ngettext("%(n)s partner", "%(n)s partners", of.partners) % {"n": of.partners}
    return " · ".join(word for word in (_led_by(one), of.stage, partners) if word)


def _waits(of: Figures, *, is_asked: bool) -> SafeString | str:
    if is_asked:
        words = _("You are asked to take part: say yes or no.")
    elif of.overdue:
        words = ngettext(
            "%(n)s milestone is overdue", "%(n)s milestones are overdue", of.overdue
        ) % {"n": of.overdue}
    else:
        return ""
    return fragments.fill(f"{_PLACE}waits.html", words=words)
