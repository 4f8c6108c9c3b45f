"""A release: written, shown to partners, published with every yes, withdrawn."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from ifn.accounts.models import User
from ifn.audit.actions import record
from ifn.collaboration.actions.showing import show_anew
from ifn.collaboration.actions.telling import ask_about_release, tell_published
from ifn.collaboration.models import (
    Project,
    ProjectPartner,
    Release,
    ReleaseConsent,
    ReleasePicture,
)
from ifn.directory.actions.pictures import delete_files, renditions, stored
from ifn.directory.pictures import prepare

#: Pictures of one release.
MOST_PICTURES: Final = 12
_LONGEST_SLUG: Final = 70
_TEXTS: Final = ("title_id", "title_en", "story_id", "story_en", "how_id", "how_en")


class NothingWritten(ValueError):  # noqa: N818
    """A release has a title and a story before anybody is asked."""


class NobodyTakesPart(Exception):  # noqa: N818
    """No partner has accepted, so there is nobody to credit."""


class PartnersWaiting(Exception):  # noqa: N818
    """Partners have not agreed to the text as it reads now."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self.names = names


class ReasonMissing(ValueError):  # noqa: N818
    """This takes a reason."""


class NotAsked(Exception):  # noqa: N818
    """Partners are not asked about it now."""


class ReleaseChanged(Exception):  # noqa: N818
    """Somebody else changed it meanwhile; nothing was written."""


class TooManyPictures(Exception):  # noqa: N818
    """A release has as many pictures as it may have."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture as it was sent, with its words."""

    content: bytes
    caption_id: str = ""
    caption_en: str = ""
    credit: str = ""


def _held(release: Release) -> Release:
    return Release.objects.select_for_update().get(pk=release.pk)


@transaction.atomic
def write_release(
    project: Project,
    texts: Mapping[str, str],
    *,
    version: int = 0,
    actor: User | None,
    at: datetime,
) -> Release:
    """Write the texts of a project's release, which has one.

    Texts that change after partners were asked are asked about again; a page that is public is
    taken down until all have agreed to what it says now.

    Raises:
        NothingWritten: There is no title.
        ReleaseChanged: Somebody else wrote meanwhile.

    """
    Project.objects.select_for_update().get(pk=project.pk)
    given = {name: texts.get(name, "") for name in _TEXTS}
    if not (given["title_id"] or given["title_en"]):
        raise NothingWritten
    release = Release.objects.select_for_update().filter(project=project).first()
    if release is None:
        release = _begin(project, given, at=at)
        record("collaboration.release.begun", release, actor=actor, at=at)
        return release
    if version and release.version != version:
        raise ReleaseChanged
    before = {name: getattr(release, name) for name in _TEXTS}
    if before == given:
        return release
    for name, text in given.items():
        setattr(release, name, text)
    release.save(update_fields=list(_TEXTS))
    record("collaboration.release.written", release, actor=actor, at=at, before=before, after=given)
    return _say_otherwise(release, at=at)


def _begin(project: Project, given: Mapping[str, str], *, at: datetime) -> Release:
    base = slugify(given["title_id"] or given["title_en"])[:_LONGEST_SLUG] or project.code.lower()
    try:
        with transaction.atomic():
            return Release.objects.create(project=project, slug=base, since=at, **given)
    except IntegrityError:  # another release has this address
        slug = f"{base}-{project.code.lower()}"
        return Release.objects.create(project=project, slug=slug, since=at, **given)


def _say_otherwise(release: Release, *, at: datetime) -> Release:
    """Count what changed in what partners agree to, and ask those who were asked before again."""
    release.text_version += 1
    release.version += 1
    was_public = release.state == Release.State.PUBLISHED
    if was_public:
        release.state, release.since = Release.State.ASKING, at
    release.save(update_fields=["text_version", "version", "state", "since"])
    if release.state == Release.State.ASKING:
        _ask(release, at=at)
    if was_public:
        show_anew(release.project_id, at=at)
    return release


def add_picture(
    release: Release, shot: Shot, *, actor: User | None, at: datetime
) -> ReleasePicture:
    """Add a picture in the sizes in use; sent twice, it is there once. Partners are asked anew.

    Raises:
        clean.Refused: It is not a picture that can be used; the message says why.
        TooManyPictures: There are twelve already.

    """
    digest = hashlib.sha256(shot.content).hexdigest()
    there = ReleasePicture.objects.filter(release=release, digest=digest)
    if known := there.first():
        return known
    prepared = prepare(shot.content)
    try:
        with stored(prepared) as base, transaction.atomic():
            held = _held(release)
            number = held.pictures.count()
            if number >= MOST_PICTURES:
                raise TooManyPictures
            picture = ReleasePicture.objects.create(
                release=held,
                file=base,
                digest=digest,
                width=prepared.width,
                height=prepared.height,
                widths=list(prepared.widths),
                caption_id=shot.caption_id,
                caption_en=shot.caption_en,
                credit=shot.credit,
                place=number + 1,
                added_at=at,
            )
            record("collaboration.release.picture", held, actor=actor, at=at, picture=picture.pk)
            _say_otherwise(held, at=at)
    except IntegrityError:
        if known := there.first():
            return known
        raise
    return picture


@transaction.atomic
def remove_picture(picture: ReleasePicture, *, actor: User | None, at: datetime) -> None:
    """Take a picture out; partners who were asked are asked anew. Its files go with the change."""
    release = _held(picture.release)
    names = renditions(picture.file, picture.widths) if picture.widths else []
    removed, _kinds = ReleasePicture.objects.filter(pk=picture.pk).delete()
    if not removed:
        return
    transaction.on_commit(lambda: delete_files(names))
    record("collaboration.release.picture-removed", release, actor=actor, at=at)
    _say_otherwise(release, at=at)


@transaction.atomic
def ask_partners(release: Release, *, actor: User | None, at: datetime) -> int:
    """Ask every partner who takes part whether it agrees; return how many are asked.

    Raises:
        NobodyTakesPart: No partner has accepted.
        NothingWritten: There is no story yet.

    """
    found = _held(release)
    if not (found.story_id or found.story_en):
        raise NothingWritten
    if not _taking_part(found).exists():
        raise NobodyTakesPart
    if found.state in {Release.State.DRAFT, Release.State.WITHDRAWN}:
        found.state, found.since, found.reason = Release.State.ASKING, at, ""
        found.save(update_fields=["state", "since", "reason"])
    asked = _ask(found, at=at)
    record("collaboration.release.asked", found, actor=actor, at=at, partners=asked)
    return asked


def _taking_part(release: Release) -> QuerySet[ProjectPartner]:
    return ProjectPartner.objects.filter(
        project=release.project_id, state=ProjectPartner.State.ACCEPTED
    )


def _ask(release: Release, *, at: datetime) -> int:
    """Ask those who have not answered to what the text says now; tell them."""
    partners = _taking_part(release).select_related("business").order_by("pk")
    asked = 0
    for partner in partners:
        one, is_new = ReleaseConsent.objects.get_or_create(
            release=release,
            partner=partner,
            defaults={
                "state": ReleaseConsent.State.ASKED,
                "text_version": release.text_version,
                "since": at,
            },
        )
        if not is_new and one.text_version == release.text_version:
            continue
        one.state, one.text_version = ReleaseConsent.State.ASKED, release.text_version
        one.since, one.reason, one.person = at, "", None
        one.save(update_fields=["state", "text_version", "since", "reason", "person"])
        ask_about_release(partner, release, at=at)
        asked += 1
    return asked


@transaction.atomic
def publish(release: Release, *, on: date, actor: User | None, at: datetime) -> Release:
    """Publish what every partner agreed to. Published twice, it is published once.

    Raises:
        NobodyTakesPart: No partner has accepted.
        NotAsked: Partners were not asked yet.
        PartnersWaiting: Some have not agreed to the text as it reads now.

    """
    found = _held(release)
    if found.state == Release.State.PUBLISHED:
        return found
    if found.state != Release.State.ASKING:
        raise NotAsked
    if missing := _without_yes(found):
        raise PartnersWaiting(missing)
    found.state, found.since = Release.State.PUBLISHED, at
    found.published_on = found.published_on or on
    try:
        with transaction.atomic():
            found.save(update_fields=["state", "since", "published_on"])
    except IntegrityError:  # somebody took its yes back this very moment
        raise PartnersWaiting(_without_yes(found)) from None
    record("collaboration.release.published", found, actor=actor, at=at)
    show_anew(found.project_id, at=at)
    tell_published(found, at=at)
    return found


def _without_yes(release: Release) -> list[str]:
    """Return the names of partners who take part and have not agreed to what it says now.

    Raises:
        NobodyTakesPart: No partner has accepted.

    """
    names = dict(_taking_part(release).order_by("pk").values_list("pk", "name"))
    if not names:
        raise NobodyTakesPart
    agreed = ReleaseConsent.objects.filter(
        release=release,
        state=ReleaseConsent.State.AGREED,
        text_version=release.text_version,
    )
    said_yes = set(agreed.values_list("partner", flat=True))
    return [name for pk, name in names.items() if pk not in said_yes]


@transaction.atomic
def withdraw_release(release: Release, *, reason: str, actor: User | None, at: datetime) -> Release:
    """Take the whole page down, with a reason; the yes of partners stays on record.

    Raises:
        ReasonMissing: There is no reason.

    """
    if not reason.strip():
        raise ReasonMissing
    found = _held(release)
    if found.state == Release.State.WITHDRAWN:
        return found
    found.state, found.since, found.reason = Release.State.WITHDRAWN, at, reason
    found.save(update_fields=["state", "since", "reason"])
    record("collaboration.release.withdrawn", found, actor=actor, at=at, reason=reason)
    show_anew(found.project_id, at=at)
    return found
