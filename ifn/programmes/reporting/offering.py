"""The pictures from which the office chooses those of the report, in words and with addresses."""

from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ifn.directory.models import Picture
from ifn.programmes.models import Batch
from ifn.programmes.queries.reporting import Offered


@dataclass(frozen=True, slots=True)
class Offer:
    """A picture that can be chosen: its number on the page, kind and key, words and address."""

    number: int
    key: str
    group: str
    label: str
    address: str


def offers_of(batch: Batch, offered: Offered) -> list[Offer]:
    """Return what is offered, numbered in the order of the page."""
    found = [
        (
            f"session_file:{one.pk}",
            _("Sessions"),
            f"{one.session.title}: {one.label}",
            reverse("programmes:staff-file", args=[batch.code, one.pk]),
        )
        for one in offered.files
    ]
    for photo in offered.photos:
        day = date_format(photo.assessment.assessed_on, "j M Y")
        address = reverse("programmes:offered-photo", args=[batch.code, photo.pk])
        words = _("Photo of an assessment: %(question)s") % {"question": photo.question}
        label = f"{photo.assessment.business.name}, {day}. {words}"
        found.append((f"photo:{photo.pk}", _("Assessments"), label, address))
    for picture in offered.pictures:
        day = date_format(picture.added_at, "j M Y")
        label = f"{picture.business.name}, {day}: {picture.caption}"
        address = default_storage.url(file_of(picture, SMALL))
        found.append((f"picture:{picture.pk}", _("Profiles"), label, address))
    return [Offer(number, *one) for number, one in enumerate(found, start=1)]


#: Widths in pixels up to which a public picture is taken: on the page of choices, in the report.
SMALL, LARGE = 480, 1_280


def file_of(picture: Picture, widest: int) -> str:
    """Return the name of the largest file of a profile's picture up to a width; else the least."""
    if not picture.widths:
        return picture.file
    fitting = [width for width in picture.widths if width <= widest] or [min(picture.widths)]
    return f"{picture.file}-{max(fitting)}.jpg"
