"""What goes on inside collaborations, for their benchmark: one busy workspace, and calls.

The project with the largest batch gets milestones, notes, risks and what happened; 60 calls are
open to visitors, one of them with 300 applications before its panel; a member looks after 40 firms.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from benchmarks.asking import Page

MEMBER = "tolok-ukur-mitra@example.com"
CALLS, APPLICATIONS, FIRMS = 60, 300, 40
MILESTONES, NOTES, RISKS, STEPS = 20, 120, 12, 40
FIRST = date(2022, 1, 3)
TABS = {
    "stages": "tahap",
    "milestones": "tonggak",
    "partners": "mitra",
    "guests": "tamu",
    "notes": "catatan",
    "risks": "risiko",
    "files": "berkas",
    "specification": "spesifikasi",
    "batches": "produksi",
    "release": "rilis",
}


def pages(officer: str, project: str, batch: str) -> dict[str, Page]:
    """Return the pages of who takes part, leads a call or sits on its panel."""
    from benchmarks.saving import cookies_of  # noqa: PLC0415  # only after set-up
    from ifn.accounts.models import User  # noqa: PLC0415
    from ifn.collaboration.models import Call  # noqa: PLC0415

    member = cookies_of(User.objects.get(email=MEMBER))
    call = Call.objects.get(state=Call.State.PANEL).code
    own = f"/saya/ajakan/{call}"
    by_officer = {
        "workspace": project,
        **{f"workspace, {name}": f"{project}/{part}" for name, part in TABS.items()},
        "batch, what recipients say": f"{batch}/tanggapan",
        "batch, new recipients": f"{batch}/penerima",
        "office's projects": "/kerja/kolaborasi/proyek",
        "office's projects, last page": "/kerja/kolaborasi/proyek?hal=100",
        "office's calls": "/kerja/kolaborasi",
        "own call": own,
        "300 applications": f"{own}/lamaran",
        "300 applications, last page": f"{own}/lamaran?hal=100",
    }
    return {
        **{name: Page(address, officer) for name, address in by_officer.items()},
        "own projects": Page("/saya/proyek", member),
    }


def unbound(officer: str) -> dict[str, Page]:
    """Return the pages that are about all applications at once, and so as long as there are."""
    from ifn.collaboration.models import Call  # noqa: PLC0415  # only after set-up

    call = Call.objects.get(state=Call.State.PANEL).code
    return {
        "what 300 were judged": Page(f"/saya/ajakan/{call}/keputusan", officer),
        "300 to judge": Page(f"/saya/penilaian-ajakan/{call}", officer),
    }


def fill(officer: Any, project: Any, firms: Sequence[int], codes: Iterator[str]) -> None:
    """Make all of it; ``codes`` yields codes of calls."""
    at: datetime = officer.joined_at
    _member(firms[:FIRMS], at)
    _workspace(project, officer, at)
    calls = _calls(codes, at)
    _applied(calls[0], firms[:APPLICATIONS], at)
    _judged(calls[0], officer, at)


def _member(firms: Sequence[int], at: datetime) -> None:
    from ifn.accounts.models import User  # noqa: PLC0415  # only after set-up
    from ifn.directory.models import Membership  # noqa: PLC0415

    person = User.objects.create(name="Mitra Tolok Ukur", email=MEMBER, joined_at=at)
    Membership.objects.bulk_create(
        Membership(business_id=firm, person=person, role="owner", since=at) for firm in firms
    )


def _workspace(project: Any, officer: Any, at: datetime) -> None:
    from ifn.collaboration.models import (  # noqa: PLC0415  # only after set-up
        Milestone,
        Note,
        ProjectStep,
        Risk,
    )

    partners = list(project.partners.order_by("pk"))
    Milestone.objects.bulk_create(
        Milestone(
            project=project,
            what=f"Tonggak {n}",
            owner=partners[n % len(partners)],
            due_on=FIRST + timedelta(days=20 * n),
            since=at,
        )
        for n in range(MILESTONES)
    )
    Note.objects.bulk_create(
        Note(
            project=project,
            kind=Note.Kind.MEETING,
            text=f"Catatan {n}. " * 20,
            on=FIRST + timedelta(days=n),
            at=at,
            person=officer,
        )
        for n in range(NOTES)
    )
    Risk.objects.bulk_create(
        Risk(
            project=project,
            what=f"Risiko {n}",
            gravity=1 + n % 3,
            waits_on=partners[n % len(partners)],
            raised_at=at,
        )
        for n in range(RISKS)
    )
    ProjectStep.objects.bulk_create(
        ProjectStep(project=project, event="project.changed", at=at, person=officer)
        for _ in range(STEPS)
    )


def _calls(codes: Iterator[str], at: datetime) -> list[Any]:
    from ifn.collaboration.models import (  # noqa: PLC0415  # only after set-up
        Call,
        CallRole,
        CallTerms,
        Criterion,
    )

    made = Call.objects.bulk_create(
        Call(
            code=code,
            state=Call.State.DRAFT,
            title_id=f"Ajakan {place}",
            aim_id="Sol yang ringan dari karet alam. " * 20,
            opens_on=FIRST,
            closes_on=FIRST + timedelta(days=30 + place),
            decides_on=FIRST + timedelta(days=120),
            since=at,
            created_at=at,
        )
        for place, code in zip(range(CALLS), codes, strict=False)
    )
    for place, one in enumerate(made):
        CallTerms.objects.create(call=one, number=1, text_id="Hak cipta tetap. " * 60, made_at=at)
        CallRole.objects.create(call=one, role="outsole", for_regions=["35"])
        Criterion.objects.create(call=one, name_id="Mutu", weight=60)
        Criterion.objects.create(call=one, name_id="Harga", weight=40)
        one.state = Call.State.OPEN if place else Call.State.PANEL
        one.save(update_fields=["state"])
    return made


def _applied(call: Any, firms: Sequence[int], at: datetime) -> None:
    from ifn.collaboration.models import Application  # noqa: PLC0415  # only after set-up

    Application.objects.bulk_create(
        Application(
            call=call,
            wanted=call.roles.get(),
            business_id=firm,
            pitch="Kami membuat sol dari karet alam. " * 20,
            terms=call.terms.get(),
            accepted_at=at,
            state=Application.State.ELIGIBLE,
            since=at,
            applied_at=at - timedelta(hours=n),
        )
        for n, firm in enumerate(firms)
    )


def _judged(call: Any, officer: Any, at: datetime) -> None:
    from ifn.collaboration.models import Evaluator, Score  # noqa: PLC0415  # only after set-up

    seat = Evaluator.objects.create(call=call, person=officer, added_at=at, declared_at=at)
    Score.objects.bulk_create(
        Score(evaluator=seat, application=one, criterion=criterion, points=n % 11, at=at)
        for n, one in enumerate(call.applications.order_by("pk"))
        for criterion in call.criteria.all()
    )
