"""One participant's record: registration, attendance, tests, certificates, outcomes."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from ifn.programmes.measuring.waves import Wave
from ifn.programmes.models import Attendance, Outcome, QuizAnswer, Registration
from ifn.programmes.queries.attending import record_of
from ifn.programmes.queries.outcomes import outcomes_of
from ifn.programmes.queries.participants import certificates_of
from ifn.programmes.reporting.parts import Cell, Table
from ifn.programmes.reporting.words import days_of, place_of, yes_no
from ifn.vocabulary.queries import lexicon


def record_tables(one: Registration, *, at: datetime) -> list[Table]:
    """Return everything that is kept of one participation, as its participant may have it."""
    return [
        _registration(one, at=at),
        _attendance(one),
        _tests(one),
        _certificates(one),
        _said(one),
    ]


def _registration(one: Registration, *, at: datetime) -> Table:
    batch, zone, was = one.batch, one.batch.zone, record_of(one, at=at)
    facts: list[list[Cell]] = [
        [_("Batch"), batch.title],
        [_("Code"), batch.code],
        [_("When"), days_of(batch.starts_on, batch.ends_on)],
        [_("Where"), place_of(batch)],
        [_("Business"), one.business.name],
        [_("Number"), one.business.public_number],
        [_("Who came"), one.name],
        [_("Their phone number"), one.phone],
        [_("Owned by women"), yes_no(one.is_women_owned)],
        [_("Led by young people"), yes_no(one.is_youth_owned)],
        [_("What do you hope for?"), one.motive],
        [_("Registered"), localdate(one.registered_at, zone)],
        [_("State"), str(one.get_state_display())],
        [_("Seat"), one.seat],
        [_("Sessions attended"), was.attended],
        [_("Sessions held"), was.held],
    ]
    return Table("registration", _("Registration"), [_("What"), _("Value")], facts)


def _attendance(one: Registration) -> Table:
    rows = Attendance.objects.filter(registration=one).select_related("session")
    return Table(
        "attendance",
        _("Attendance"),
        [_("Session"), _("Day"), _("How")],
        [
            [
                each.session.title,
                localdate(each.session.starts_at, one.batch.zone),
                str(each.get_way_display()),
            ]
            for each in rows.order_by("session__starts_at", "pk")
        ],
    )


def _tests(one: Registration) -> Table:
    rows = QuizAnswer.objects.filter(registration=one).select_related("quiz")
    return Table(
        "tests",
        _("Tests"),
        [_("Test"), _("Round"), _("Answered"), _("Right answers"), _("Questions")],
        [
            [
                each.quiz.title,
                str(each.get_round_display()),
                localdate(each.answered_at, one.batch.zone),
                each.right,
                len(each.quiz.questions),
            ]
            for each in rows.order_by("answered_at", "pk")
        ],
    )


def _certificates(one: Registration) -> Table:
    return Table(
        "certificates",
        _("Certificates"),
        [_("Kind"), _("Code"), _("Issued on"), _("Sessions attended"), _("Sessions held")],
        [
            [
                str(each.get_kind_display()),
                each.public_code,
                each.issued_on,
                each.attended,
                each.held,
            ]
            for each in certificates_of(one)
        ],
    )


def _said(one: Registration) -> Table:
    known, words = outcomes_of(one), lexicon()
    rows: list[list[Cell]] = []
    for wave in Wave:
        said = known.get(wave)
        if said is None:
            continue
        terms = [words.get("certification", code) for code in said.certificates or []]
        rows.append(
            [
                str(said.get_wave_display()),
                said.said_on,
                str(said.get_turnover_display()),
                *(said.workers, said.capacity, said.products),
                _listed([str(Outcome.Channel(x).label) for x in said.channels or []]),
                _listed([term.name for term in terms if term]),
                None if said.defects is None else float(said.defects),
                None if said.exports is None else float(said.exports),
                str(said.get_exports_unit_display()),
                str(said.get_exports_period_display()),
                said.note,
                str(said.get_way_display()),
                _("Yes") if said.finished_at else _("No"),
            ]
        )
    return Table(
        "outcomes",
        _("Outcomes"),
        [
            *(_("When"), _("Said on"), _("Turnover a month"), _("Workers")),
            *(_("Capacity, pairs a month"), _("New products"), _("Sales channels")),
            *(_("New certificates"), _("Defects, percent"), _("Exports"), _("Unit")),
            *(_("Time"), _("Note"), _("How"), _("Sent")),
        ],
        rows,
    )


def _listed(names: list[str]) -> str:
    return ", ".join(names)
