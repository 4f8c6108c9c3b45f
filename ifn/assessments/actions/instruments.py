"""Questionnaires: begun, changed while a draft, put in use, followed by a new version, retired."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import IntegrityError, transaction

from ifn.accounts.models import User
from ifn.assessments.instruments import comparing
from ifn.assessments.instruments.document import Document
from ifn.assessments.instruments.faults import Fault
from ifn.assessments.instruments.reading import read
from ifn.assessments.instruments.writing import content, digest
from ifn.assessments.models import Instrument, InstrumentVersion
from ifn.assessments.queries.instruments import document_of, faults_of, version_before
from ifn.audit.actions import record
from ifn.regions.shipped import Loaded, merge

SHIPPED: Final = Path(__file__).parent.parent / "reference" / "needs_assessment.json"
State = InstrumentVersion.State


class CodeTaken(Exception):  # noqa: N818
    """Another questionnaire has this code."""


class NotADraft(Exception):  # noqa: N818
    """The version is in use or retired: it stays as it is, and a new version is begun instead."""


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody else changed the draft since it was read."""


class NotReady(Exception):  # noqa: N818
    """The draft lacks something; ``faults`` says what."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class NotInUse(Exception):  # noqa: N818
    """Only a version in use can be retired."""


@transaction.atomic
def create_instrument(  # noqa: PLR0913  # what it is called, and what it begins with
    code: str,
    *,
    name_id: str,
    name_en: str,
    document: Document | None = None,
    is_demo: bool = False,
    actor: User | None,
    at: datetime,
) -> InstrumentVersion:
    """Begin a questionnaire, empty or with a document, as the draft of its first version.

    Raises:
        CodeTaken: Another one has the code.

    """
    try:
        with transaction.atomic():
            made = Instrument.objects.create(
                code=code,
                name_id=name_id,
                name_en=name_en,
                is_demo=is_demo,
                created_by=actor,
                created_at=at,
            )
    except IntegrityError:
        raise CodeTaken(code) from None
    record("assessments.instrument.created", made, actor=actor, at=at)
    return _draft(made, 1, document or Document(), actor=actor, at=at)


def _draft(
    instrument: Instrument, number: int, document: Document, *, actor: User | None, at: datetime
) -> InstrumentVersion:
    return InstrumentVersion.objects.create(
        instrument=instrument,
        number=number,
        content=content(document),
        digest=digest(document),
        created_by=actor,
        created_at=at,
        changed_at=at,
    )


@transaction.atomic
def rename(
    instrument: Instrument, *, name_id: str, name_en: str, actor: User, at: datetime
) -> None:
    """Call a questionnaire otherwise; its code stays."""
    before = {"name_id": instrument.name_id, "name_en": instrument.name_en}
    instrument.name_id, instrument.name_en = name_id, name_en
    instrument.save(update_fields=["name_id", "name_en"])
    after = {"name_id": name_id, "name_en": name_en}
    record(
        "assessments.instrument.renamed", instrument, actor=actor, at=at, before=before, after=after
    )


@transaction.atomic
def save_draft(
    version: InstrumentVersion, document: Document, *, edition: int, actor: User, at: datetime
) -> InstrumentVersion:
    """Keep a changed draft whole; ``edition`` is that of the draft which was changed.

    Raises:
        Unreadable: The document breaks a rule, such as a code that is there twice.
        NotADraft: The version is frozen.
        ChangedMeanwhile: Somebody else was quicker.

    """
    version = _lock(version)
    _must_be_draft(version)
    if version.edition != edition:
        raise ChangedMeanwhile
    kept = content(document)
    read(kept)
    before = version.digest
    version.content, version.digest = kept, digest(document)
    _touch(version, at, "content", "digest")
    record(
        "assessments.version.changed",
        version,
        actor=actor,
        at=at,
        before={"digest": before},
        after={"digest": version.digest},
    )
    return version


@transaction.atomic
def say_comparable(
    version: InstrumentVersion, said: Mapping[str, bool], *, actor: User, at: datetime
) -> None:
    """Note of dimensions whether their levels may be compared with those of the version before.

    Raises:
        NotADraft: The version is frozen.

    """
    version = _lock(version)
    _must_be_draft(version)
    before = dict(version.comparable)
    version.comparable = dict(said)
    _touch(version, at, "comparable")
    record(
        "assessments.version.compared",
        version,
        actor=actor,
        at=at,
        before={"comparable": before},
        after={"comparable": version.comparable},
    )


@transaction.atomic
def put_in_use(version: InstrumentVersion, *, actor: User | None, at: datetime) -> None:
    """Freeze a draft and ask firms with it from now on; the version in use so far is retired.

    What was begun with that one is finished with it.

    Raises:
        NotADraft: It is in use, or was.
        NotReady: Something is missing.

    """
    version = _lock(version)
    _must_be_draft(version)
    faults = faults_of(version)
    if faults:
        raise NotReady(faults)
    before = version_before(version)
    version.lines = comparing.lines(
        version.number,
        document_of(version),
        version.comparable,
        before=document_of(before) if before else None,
        earlier=before.lines if before else None,
    )
    InstrumentVersion.objects.filter(instrument=version.instrument_id, state=State.IN_USE).update(
        state=State.RETIRED, retired_at=at
    )
    version.state, version.used_at, version.used_by = State.IN_USE, at, actor
    version.save(update_fields=["lines", "state", "used_at", "used_by"])
    record("assessments.version.used", version, actor=actor, at=at, digest=version.digest)


@transaction.atomic
def begin_version(instrument: Instrument, *, actor: User | None, at: datetime) -> InstrumentVersion:
    """Begin the next version as a copy of the last; the draft there is, if there is one."""
    instrument = Instrument.objects.select_for_update().get(pk=instrument.pk)
    last = instrument.versions.order_by("-number").first()
    if last is not None and last.is_draft:
        return last
    document = document_of(last) if last else Document()
    number = last.number + 1 if last else 1
    made = _draft(instrument, number, document, actor=actor, at=at)
    record("assessments.version.begun", made, actor=actor, at=at)
    return made


@transaction.atomic
def discard_draft(version: InstrumentVersion, *, actor: User, at: datetime) -> None:
    """Throw a draft away, and a questionnaire of this office that has no other version.

    Raises:
        NotADraft: The version is frozen.

    """
    version = _lock(version)
    _must_be_draft(version)
    instrument = version.instrument
    record("assessments.version.discarded", version, actor=actor, at=at, digest=version.digest)
    version.delete()
    if not (instrument.shipped or instrument.versions.exists()):
        instrument.delete()


@transaction.atomic
def retire(version: InstrumentVersion, *, actor: User, at: datetime) -> None:
    """Ask no more firms with a version; what was begun with it can be finished.

    Raises:
        NotInUse: It is a draft, or retired already.

    """
    version = _lock(version)
    if version.state != State.IN_USE:
        raise NotInUse
    version.state, version.retired_at = State.RETIRED, at
    version.save(update_fields=["state", "retired_at"])
    record("assessments.version.retired", version, actor=actor, at=at)


@transaction.atomic
def load_shipped(*, at: datetime) -> Loaded:
    """Load the proposal that ships with the platform as a draft; what was edited here stays.

    Once the version is in use, or was thrown away, it is the office's and never touched again.
    """
    given = json.loads(SHIPPED.read_text())
    document = read(given["content"])
    names = {"name_id": given["name_id"], "name_en": given["name_en"]}
    new = {**names, "digest": digest(document)}
    instrument = Instrument.objects.filter(code=given["code"]).first()
    if instrument is None:
        version = create_instrument(given["code"], **names, document=document, actor=None, at=at)
        Instrument.objects.filter(pk=version.instrument_id).update(shipped=new)
        return Loaded(created=1)
    first = instrument.versions.filter(number=1, state=State.DRAFT).first()
    now = {
        "name_id": instrument.name_id,
        "name_en": instrument.name_en,
        "digest": first.digest if first else None,
    }
    merged = merge(now, instrument.shipped, new)
    if instrument.shipped == new:
        return Loaded(kept_edits=len(merged.kept) if first else 0)
    if first and "digest" not in merged.kept:
        first.content, first.digest = content(document), new["digest"]
        _touch(first, at, "content", "digest")
    instrument.name_id, instrument.name_en = merged.values["name_id"], merged.values["name_en"]
    instrument.shipped = new
    instrument.save(update_fields=["name_id", "name_en", "shipped"])
    return Loaded(updated=1, kept_edits=len(merged.kept))


def _touch(version: InstrumentVersion, at: datetime, *fields: str) -> None:
    version.edition += 1
    version.changed_at = at
    version.save(update_fields=[*fields, "edition", "changed_at"])


def _must_be_draft(version: InstrumentVersion) -> None:
    if not version.is_draft:
        raise NotADraft


def _lock(version: InstrumentVersion) -> InstrumentVersion:
    found = InstrumentVersion.objects.select_for_update(of=("self",))
    return found.select_related("instrument").get(pk=version.pk)
