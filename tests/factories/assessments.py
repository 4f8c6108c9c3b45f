"""Assessments to test with: a small questionnaire in use, firms, and what they answered."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from ifn.assessments.actions import answering, deciding
from ifn.assessments.actions import instruments as actions
from ifn.assessments.actions.answering import Change, Saved
from ifn.assessments.instruments.document import Document
from ifn.assessments.instruments.reading import read
from ifn.assessments.models import Assessment, InstrumentVersion
from ifn.directory.models import Business
from tests.assessments.documents import small
from tests.factories.accounts import OfficerFactory
from tests.factories.directory import profile, registered

AT = datetime(2026, 8, 3, 9, tzinfo=UTC)
LATER = datetime(2026, 9, 7, 9, tzinfo=UTC)
ON = date(2026, 8, 3)
_numbers = count(1)
#: Answers to every required question and some more.
ANSWERS = {"CUT_1": 2, "CUT_2": True, "CUT_3": 1, "MARKET_1": "shop"}


def drafted(document: Document | None = None, **names: Any) -> InstrumentVersion:
    """Return a draft of a small questionnaire."""
    given = {"name_id": "Kuesioner uji", "name_en": "Test questionnaire"} | names
    return actions.create_instrument(
        given.pop("code", f"uji-{next(_numbers)}"),
        **given,
        document=document or read(small()),
        actor=None,
        at=AT,
    )


def in_use(document: Document | None = None, **names: Any) -> InstrumentVersion:
    """Return a version that firms are asked with."""
    version = drafted(document, **names)
    actions.put_in_use(version, actor=None, at=AT)
    version.refresh_from_db()
    return version


def started(
    business: Business | None = None,
    version: InstrumentVersion | None = None,
    **options: Any,
) -> Assessment:
    """Return an assessment on a visit, just begun."""
    given = {"mode": "visit", "assessed_on": ON, "actor": None, "at": AT} | options
    return answering.start(business or registered(profile()), version or in_use(), **given)


def answered(
    one: Assessment, answers: dict[str, Any] | None = None, side: str = "assessor", **options: Any
) -> Saved:
    """Answer for a side as if nothing had stood there."""
    given = {"actor": None, "at": AT} | options
    changes = [
        Change(code, side, "value", None, value) for code, value in (answers or ANSWERS).items()
    ]
    return answering.save_answers(one, changes, **given)


def submitted(one: Assessment | None = None, **options: Any) -> Assessment:
    """Return an assessment that waits for approval."""
    one = one or started()
    answers = options.pop("answers", None)
    answered(one, answers, side="own" if one.mode == "self" else "assessor")
    deciding.submit(one, **({"actor": None, "at": AT} | options))
    return one


def approved(one: Assessment | None = None, **options: Any) -> Assessment:
    """Return an assessment that counts."""
    one = submitted(one, **options)
    deciding.approve(one, actor=OfficerFactory(), at=AT)
    return one
