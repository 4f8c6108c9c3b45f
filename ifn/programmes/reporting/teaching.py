"""What was taught, who was there, and what the tests before and after tell."""

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ifn.programmes.measuring.changes import change_of
from ifn.programmes.measuring.wording import finding_words, interval_words, share_words, signed
from ifn.programmes.models import Quiz, SessionFile
from ifn.programmes.queries.reporting import Material, by_round
from ifn.programmes.reporting.parts import Bars, Cell, Figure, Section, Table


def taught(material: Material) -> Section:
    """Return the sessions with who taught, for how long, and with what."""
    rows: list[list[Cell]] = []
    hours = 0.0
    for one in material.sheet.sessions:
        long = (one.ends_at - one.starts_at).total_seconds() / 3600
        hours += long
        names = [each.label for each in one.files.all() if each.kind == SessionFile.Kind.MATERIAL]
        start = localtime(one.starts_at, material.batch.zone)
        rows.append(
            [
                one.title,
                start.date(),
                f"{start:%H:%M}",
                round(long, 2),
                one.mentor.name if one.mentor else "",
                one.about,
                ", ".join(names),
            ]
        )
    table = Table(
        "sessions",
        _("Sessions"),
        [
            *(_("Title"), _("Day"), _("From"), _("Hours"), _("Mentor"), _("What is taught")),
            _("Teaching material"),
        ],
        rows,
        numbers=frozenset({3}),
        links=_session_links(material),
    )
    mentors = {row[4] for row in rows if row[4]}
    return Section(
        "taught",
        _("What was taught"),
        figures=[
            Figure(_("Sessions"), str(len(rows)), table.key),
            Figure(_("Hours"), f"{hours:g}", table.key),
            Figure(_("Mentors"), str(len(mentors)), table.key),
        ],
        tables=[table],
    )


def _session_links(material: Material) -> list[str]:
    if not material.is_whole:
        return []
    code = material.batch.code
    return [reverse("programmes:session", args=[code, one.pk]) for one in material.sheet.sessions]


def attendance(material: Material) -> Section:
    """Return who was where: a row a participant, a column a session."""
    sheet, share = material.sheet, material.batch.completion_share
    rows: list[list[Cell]] = []
    for one in sheet.records:
        was = [(one.registration.pk, each.pk) in sheet.ways for each in sheet.sessions]
        rows.append(
            [
                one.registration.business.name,
                one.registration.name,
                one.attended,
                one.percent,
                *("✓" if there else "–" for there in was),
            ]
        )
    table = Table(
        "attendance",
        _("Attendance"),
        [
            *(_("Business"), _("Who came"), _("Sessions attended"), _("Percent")),
            *(f"{place}. {each.title}" for place, each in enumerate(sheet.sessions, start=1)),
        ],
        rows,
        numbers=frozenset({2, 3}),
    )
    held = max((one.held for one in sheet.records), default=0)
    seats = held * len(sheet.records)
    attended = sum(one.attended for one in sheet.records)
    enough = sum(one.percent >= share and one.held > 0 for one in sheet.records)
    return Section(
        "attendance",
        _("Attendance"),
        figures=[
            Figure(
                _("Attended, of all participants and sessions"),
                f"{100 * attended // seats if seats else 0}%",
                table.key,
                _("%(part)d of %(of)d") % {"part": attended, "of": seats},
            ),
            Figure(
                _("Enough for a certificate of completion"),
                _("%(part)d of %(of)d") % {"part": enough, "of": len(sheet.records)},
                table.key,
                _("at least %(share)d%% of the sessions") % {"share": share},
            ),
        ],
        charts=[
            Bars(
                _("Participants at each session"),
                [
                    (
                        each.title,
                        sum((one.registration.pk, each.pk) in sheet.ways for one in sheet.records),
                    )
                    for each in sheet.sessions
                ],
            )
        ],
        tables=[table],
    )


def tests(material: Material) -> Section | None:
    """Return what the tests tell: right answers before and after, of those who did both."""
    if not material.quizzes:
        return None
    figures, tables, words = [], [], []
    for quiz in material.quizzes:
        table, figure, says = _test(material, quiz)
        tables.append(table)
        figures.append(figure)
        words.append(says)
    return Section("tests", _("Tests before and after"), words, figures, tables=tables)


def _test(material: Material, quiz: Quiz) -> tuple[Table, Figure, str]:
    right, of = by_round(material.answers, quiz), len(quiz.questions)
    rows: list[list[Cell]] = []
    pairs = []
    for one in material.people:
        known = right.get(one.pk, {})
        before, after = known.get("pre"), known.get("post")
        if before is None and after is None:
            continue
        both = before is not None and after is not None
        if before is not None and after is not None:
            pairs.append((float(before), float(after)))
        rise = after - before if both and after is not None and before is not None else None
        rows.append([one.business.name, one.name, before, after, rise])
    found = change_of(pairs)
    table = Table(
        f"test-{quiz.pk}",
        quiz.title,
        [_("Business"), _("Who came"), _("Right before"), _("Right after"), _("Difference")],
        rows,
        numbers=frozenset({2, 3, 4}),
        note=_("Of %(of)d questions.") % {"of": of},
    )
    figure = Figure(
        _("Median change of right answers"), signed(found.change), table.key, quiz.title
    )
    says = _(
        "“%(title)s”: %(finding)s Median change %(change)s (%(interval)s), more right answers with "
        "%(share)s."
    ) % {
        "title": quiz.title,
        "finding": finding_words(found),
        "change": signed(found.change),
        "interval": interval_words(found.interval),
        "share": share_words(found.better, found.pairs, found.share),
    }
    return table, figure, says
