"""Files of a project in versions: added, shown to others or to fewer."""

import hashlib
from datetime import datetime
from typing import Final

from django.db import transaction

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.holding import TooMany, hold_living
from ifn.collaboration.models import FileVersion, Project, ProjectFile
from ifn.directory.handing import Handed, kept, remove_files

MOST_FILES: Final = 60
MOST_VERSIONS: Final = 40


class OfLeads(Exception):  # noqa: N818
    """A file of this name is only for whoever leads the project."""


def add_version(  # noqa: PLR0913  # which file, what is new, who may see it, who gives it
    project: Project,
    name: str,
    given: Handed,
    *,
    visible: str,
    words: str = "",
    sees_all: bool = True,
    actor: User | None,
    at: datetime,
) -> FileVersion:
    """Add a file, or a new version of the one of this name; the same content is there once.

    A new version leaves who may see the file as it was.

    Raises:
        Closed: The project is completed or stopped.
        OfLeads: One of this name is only for whoever leads, and ``sees_all`` does not hold.
        TooMany: There are sixty files, or forty versions of it.

    """
    digest = hashlib.sha256(given.content).hexdigest()
    with kept(given, "projects") as file, transaction.atomic():
        held = hold_living(project)
        one = _named(held, name, visible, sees_all=sees_all)
        if there := FileVersion.objects.filter(of=one, digest=digest).first():
            remove_files([file])
            return there
        numbers = FileVersion.objects.filter(of=one).values_list("number", flat=True)
        number = max(numbers, default=0) + 1
        if number > MOST_VERSIONS:
            raise TooMany
        made = FileVersion.objects.create(
            of=one,
            number=number,
            file=file,
            digest=digest,
            size=len(given.content),
            words=words,
            added_at=at,
            added_by=actor,
        )
        record("collaboration.file.added", one, actor=actor, at=at, number=number)
        return made


def _named(project: Project, name: str, visible: str, *, sees_all: bool) -> ProjectFile:
    one = ProjectFile.objects.filter(project=project, name=name).first()
    if one is None:
        if ProjectFile.objects.filter(project=project).count() >= MOST_FILES:
            raise TooMany
        return ProjectFile.objects.create(project=project, name=name, visible=visible)
    if one.visible == ProjectFile.Visible.LEADS and not sees_all:
        raise OfLeads
    return one


@transaction.atomic
def show_to(file: ProjectFile, visible: str, *, actor: User | None, at: datetime) -> ProjectFile:
    """Say who may see a file, with all its versions.

    Raises:
        ValueError: There is no such visibility.

    """
    one = ProjectFile.objects.select_for_update().get(pk=file.pk)
    after = ProjectFile.Visible(visible).value
    if one.visible == after:
        return one
    before, one.visible = one.visible, after
    one.save(update_fields=["visible"])
    record(
        "collaboration.file.shown",
        one,
        actor=actor,
        at=at,
        before={"visible": before},
        after={"visible": after},
    )
    return one
