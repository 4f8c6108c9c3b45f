"""Questionnaires, their versions and documents."""

from functools import lru_cache

from django.db.models import Prefetch, QuerySet

from ifn.assessments.instruments import checking, comparing
from ifn.assessments.instruments.document import Document
from ifn.assessments.instruments.faults import Fault
from ifn.assessments.instruments.reading import read
from ifn.assessments.models import Instrument, InstrumentVersion


def document_of(version: InstrumentVersion) -> Document:
    """Return the document of a version; what is frozen is read once in a process."""
    if version.is_draft:
        return read(version.content)
    kept = _read_before(version.digest)
    if not kept:
        kept.append(read(version.content))
    return kept[0]


@lru_cache(maxsize=64)
def _read_before(_digest: str) -> list[Document]:
    return []


def instruments() -> QuerySet[Instrument]:
    """Return every questionnaire with its versions, the newest first; their content is not read."""
    versions = InstrumentVersion.objects.defer("content").order_by("-number")
    return Instrument.objects.prefetch_related(Prefetch("versions", versions)).order_by(
        "-created_at", "-pk"
    )


def version_of(code: str, number: int) -> InstrumentVersion | None:
    """Return one version by its address."""
    return (
        InstrumentVersion.objects.select_related("instrument")
        .filter(instrument__code=code, number=number)
        .first()
    )


def versions_in_use() -> list[InstrumentVersion]:
    """Return what firms are asked with now."""
    return list(
        InstrumentVersion.objects.select_related("instrument")
        .filter(state=InstrumentVersion.State.IN_USE)
        .order_by("-used_at", "-pk")
    )


_NAMES = tuple(f"instrument__{name}" for name in ("code", "name_id", "name_en", "stamp"))


def versions_to_show() -> list[InstrumentVersion]:
    """Return of each questionnaire firms were asked with the newest version; one query.

    Only what results need is read of them; their content ``document_of`` knows already.
    """
    newest: dict[int, InstrumentVersion] = {}
    for one in (
        InstrumentVersion.objects.exclude(state=InstrumentVersion.State.DRAFT)
        .select_related("instrument")
        .only("number", "state", "digest", "lines", *_NAMES)
        .order_by("-used_at", "-pk")
    ):
        newest.setdefault(one.instrument_id, one)
    return list(newest.values())


def version_before(version: InstrumentVersion) -> InstrumentVersion | None:
    """Return the version before this one that firms were asked with."""
    return (
        InstrumentVersion.objects.filter(
            instrument=version.instrument_id, number__lt=version.number
        )
        .exclude(state=InstrumentVersion.State.DRAFT)
        .order_by("-number")
        .first()
    )


def faults_of(version: InstrumentVersion) -> list[Fault]:
    """Return what keeps a draft from being put in use."""
    document = document_of(version)
    before = version_before(version)
    if before is None:
        return checking.missing(document)
    left = comparing.unsaid(document_of(before), document, version.comparable)
    return [*checking.missing(document), *(Fault("comparability_unsaid", code) for code in left)]
