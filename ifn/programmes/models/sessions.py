"""What is taught when, by whom, with what; and who was there."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ifn.programmes.models.batches import Batch, Mentor
from ifn.programmes.models.registrations import Registration

#: People say that they are there from so long before a session until so long after it.
AROUND: Final = timedelta(minutes=30)


class Session(models.Model):
    """A part of the curriculum. Two of one batch never have the same mentor or place at a time."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="sessions")
    title = models.CharField(_("title"), max_length=140)
    about = models.TextField(_("what is taught"), max_length=2000, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place or room"), max_length=140, blank=True)
    online_address = models.URLField(_("online meeting"), max_length=300, blank=True)
    recording = models.URLField(_("recording"), max_length=300, blank=True)
    mentor = models.ForeignKey(
        Mentor, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("mentor")
    )
    notes = models.TextField(_("notes"), max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="programmes_session_times_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "starts_at"], name="programmes_session_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.title}"

    def opens_at(self) -> datetime:
        """Return from when on people can say that they are there."""
        return self.starts_at - AROUND

    def closes_at(self) -> datetime:
        """Return until when people can say that they are there."""
        return self.ends_at + AROUND

    def is_open(self, at: datetime) -> bool:
        """Say whether people can say now that they are there."""
        return self.opens_at() <= at <= self.closes_at()


class SessionFile(models.Model):
    """Material as a link or a private file, a photo, or a signed sheet of a session."""

    class Kind(models.TextChoices):
        """What it is."""

        MATERIAL = "material", _("Teaching material")
        PHOTO = "photo", _("Photo")
        SHEET = "sheet", _("Signed sheet")

    session = models.ForeignKey(Session, models.CASCADE, related_name="files")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    label = models.CharField(_("what it is"), max_length=140)
    address = models.URLField(_("link"), max_length=300, blank=True)
    file = models.CharField(_("file"), max_length=200, blank=True)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["material", "photo", "sheet"]),
                name="programmes_sessionfile_kind_known",
            ),
            models.CheckConstraint(
                condition=(Q(address="") & ~Q(file="")) | (~Q(address="") & Q(file="")),
                name="programmes_sessionfile_link_or_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.label}"

    @property
    def is_picture(self) -> bool:
        """Say whether it can be shown in a page."""
        return self.file.endswith(".jpg")


class Attendance(models.Model):
    """A participant was at a session. The database refuses it for who has no seat in the batch."""

    class Way(models.TextChoices):
        """How it is known."""

        CODE = "code", _("By the code at the place")
        ONLINE = "online", _("By the personal link")
        LIST = "list", _("Ticked by the office")
        SHEET = "sheet", _("From the signed sheet")

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances", db_index=False)
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="attendances")
    way = models.CharField(_("how"), max_length=6, choices=Way.choices)
    at = models.DateTimeField(_("when"))
    #: Who ticked it; nobody where the participant said so by a personal link.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "registration"], name="programmes_attendance_once"
            ),
            models.CheckConstraint(
                condition=Q(way__in=["code", "online", "list", "sheet"]),
                name="programmes_attendance_way_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.registration_id}"
