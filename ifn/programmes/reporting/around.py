"""Pictures, what partners promised, what it cost."""

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import gettext as _

from ifn.programmes.models import Commitment, ReportPicture
from ifn.programmes.queries.reporting import Material
from ifn.programmes.reporting.offering import LARGE, file_of
from ifn.programmes.reporting.parts import Cell, Figure, Section, Shot, ShotPair, Table
from ifn.ui.numbers import readable


def pictures(material: Material) -> Section | None:
    """Return the pairs of pictures that the office chose."""
    pairs: dict[int, dict[str, Shot]] = {}
    for one in material.pictures:
        pairs.setdefault(one.place, {})[one.side] = shot_of(one, material.batch.code)
    if not pairs:
        return None
    found = [
        ShotPair(place, known.get("before"), known.get("after"))
        for place, known in sorted(pairs.items())
    ]
    return Section("pictures", _("Before and after in pictures"), pictures=found)


def shot_of(one: ReportPicture, code: str) -> Shot:
    """Return a chosen picture with where it is shown and where it comes from."""
    if one.session_file:
        source = _("Session “%(title)s”") % {"title": one.session_file.session.title}
    elif one.photo:
        source = _("Assessment of %(firm)s") % {"firm": one.photo.assessment.business.name}
    else:
        source = _("Profile of %(firm)s") % {
            "firm": one.picture.business.name if one.picture else ""
        }
    address = reverse("programmes:report-picture", args=[code, one.pk])
    if one.picture:
        address = default_storage.url(public_name(one))
    return Shot(one.pk, address, one.caption, source)


def public_name(one: ReportPicture) -> str:
    """Return the name of the file of a profile's picture that is shown."""
    return file_of(one.picture, LARGE) if one.picture else ""


def promises(material: Material) -> Section | None:
    """Return what partners promised and what came of it."""
    if not material.is_whole:
        return None
    rows: list[list[Cell]] = [
        [
            partner.name,
            str(partner.get_kind_display()),
            one.what,
            one.due_on,
            str(one.get_state_display()),
        ]
        for partner in material.partners
        for one in sorted(partner.commitments.all(), key=lambda each: each.pk)
    ]
    table = Table(
        "promises",
        _("What partners promised"),
        [_("Partner"), _("Kind"), _("What is promised"), _("By when"), _("State")],
        rows,
        links=[reverse("programmes:partners", args=[material.batch.code])] * len(rows),
    )
    kept = sum(row[-1] == str(Commitment.State.KEPT.label) for row in rows)
    return Section(
        "promises",
        _("Promises kept"),
        figures=[
            Figure(_("Kept"), _("%(part)d of %(of)d") % {"part": kept, "of": len(rows)}, table.key)
        ],
        tables=[table],
    )


def money(material: Material) -> Section | None:
    """Return what it was to cost and did cost."""
    if not material.is_whole:
        return None
    rows: list[list[Cell]] = [
        [
            one.label,
            str(one.get_source_display()),
            float(one.planned),
            float(one.spent),
            float(one.spent - one.planned),
        ]
        for one in material.budget
    ]
    table = Table(
        "budget",
        _("Budget in rupiah"),
        [_("For what"), _("Who pays"), _("Planned"), _("Spent"), _("Difference")],
        rows,
        numbers=frozenset({2, 3, 4}),
        links=[reverse("programmes:budget", args=[material.batch.code])] * len(rows),
    )
    planned, spent = (sum((getattr(one, x) for one in material.budget), 0) for x in _COLUMNS)
    figures = [
        Figure(_("Planned"), f"Rp{readable(float(planned), 0)}", table.key),
        Figure(_("Spent"), f"Rp{readable(float(spent), 0)}", table.key),
    ]
    if people := len(material.people):
        each = f"Rp{readable(float(spent) / people, 0)}"
        figures.append(Figure(_("Spent for each participant"), each, table.key))
    return Section("money", _("What it cost"), figures=figures, tables=[table])


_COLUMNS = ("planned", "spent")
