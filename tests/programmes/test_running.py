"""Sessions, attendance, tests and certificates: what happens and what is refused."""

from datetime import timedelta

import pytest

from ifn.directory.handing import private_files
from ifn.programmes.actions import (
    attending,
    certifying,
    quizzing,
    teaching,
)
from ifn.programmes.models import (
    Attendance,
    Mentor,
    Session,
    SessionFile,
)
from ifn.programmes.planning.items import BadQuestion, Question, items, points, read, written
from ifn.programmes.planning.overlaps import Shared
from ifn.programmes.queries.attending import record_of, sheet_of
from tests.factories.directory import AT
from tests.factories.moderation import handed
from tests.factories.programmes import (
    AFTER,
    ENDS,
    NINE,
    accepted,
    completed,
    firm,
    joined,
    officer,
    opened,
    planned,
    running,
    session,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
QUESTIONS = "Apa itu klebut?\n* acuan\n- lem\n\nSatu kodi?\n- 12\n* 20\n- 24"


def tick(one, rows, at=NINE, way="list"):
    return attending.tick(one, [row.pk for row in rows], way=way, actor=officer(), at=at)


class TestSessions:
    def test_one_that_overlaps_says_with_which_and_why(self):
        batch = planned()
        mentor = teaching.add_mentor(
            batch, "Pak Hendro", organisation="", subject="", actor=officer(), at=AT
        )
        session(batch, mentor_id=mentor.pk)
        later = {"starts_at": NINE + timedelta(hours=1), "ends_at": NINE + timedelta(hours=3)}

        with pytest.raises(teaching.Overlaps) as refused:
            session(batch, "Lain", place="Aula", mentor_id=mentor.pk, **later)
        assert (refused.value.clash.slot.title, refused.value.clash.shared) == (
            "Membuat pola",
            Shared.MENTOR,
        )
        with pytest.raises(teaching.Overlaps) as refused:
            session(batch, "Lain", place="bengkel", **later)
        assert refused.value.clash.shared == Shared.PLACE
        assert session(batch, "Lain", place="Aula", **later)

    def test_reversed_times_and_days_outside_are_refused(self):
        batch = planned()

        with pytest.raises(teaching.TimesReversed):
            session(batch, ends_at=NINE - timedelta(hours=1))
        with pytest.raises(teaching.OutsideDays):
            session(
                batch,
                starts_at=NINE - timedelta(days=1),
                ends_at=NINE - timedelta(days=1, hours=-1),
            )
        assert not Session.objects.exists()

    def test_one_that_somebody_was_at_stays(self):
        batch, seated = running(1)
        one, empty = session(batch), session(batch, "Kosong", place="Aula")
        tick(one, seated)

        with pytest.raises(teaching.WasHeld):
            teaching.remove_session(one, actor=officer(), at=AT)
        teaching.remove_session(empty, actor=officer(), at=AT)
        assert list(Session.objects.all()) == [one]

    def test_files_are_kept_and_go_with_their_row(self, django_capture_on_commit_callbacks):
        one = session(planned())

        kept = teaching.add_file(one, "photo", "Praktik", given=handed(), actor=officer(), at=AT)
        link = teaching.add_file(
            one, "material", "Video", address="https://video.example/1", actor=officer(), at=AT
        )

        assert private_files().exists(kept.file)
        assert (link.file, link.address) == ("", "https://video.example/1")
        with django_capture_on_commit_callbacks(execute=True):
            teaching.remove_file(kept, actor=officer(), at=AT)
        assert not private_files().exists(kept.file)

    def test_files_come_to_an_end(self, monkeypatch):
        monkeypatch.setattr(teaching, "MOST_FILES", 1)
        one = session(planned())
        teaching.add_file(one, "photo", "Satu", given=handed(), actor=officer(), at=AT)

        with pytest.raises(teaching.TooMany):
            teaching.add_file(one, "photo", "Dua", given=handed(), actor=officer(), at=AT)
        assert SessionFile.objects.count() == 1

    def test_a_mentor_with_sessions_stays_and_is_named_once(self):
        batch = planned()
        named = [
            teaching.add_mentor(
                batch, "Ibu Laras", organisation="", subject="", actor=officer(), at=AT
            )
            for _ in range(2)
        ]
        one = session(batch, mentor_id=named[0].pk)

        with pytest.raises(teaching.StillTeaches):
            teaching.remove_mentor(named[0], actor=officer(), at=AT)
        teaching.remove_session(one, actor=officer(), at=AT)
        teaching.remove_mentor(named[1], actor=officer(), at=AT)
        assert not Mentor.objects.exists()


class TestAttendance:
    @pytest.mark.parametrize(
        ("minutes", "is_open"), [(-31, False), (-30, True), (150, True), (151, False)]
    )
    def test_participants_say_so_from_half_an_hour_before_until_half_an_hour_after(
        self, minutes, is_open
    ):
        batch, [seated] = running(1)
        one, at = session(batch), NINE + timedelta(minutes=minutes)

        def say():
            return attending.be_there(one, seated, way="code", actor=None, at=at)

        if is_open:
            assert (say(), say()) == (True, False)
        else:
            with pytest.raises(attending.NotNow):
                say()

    def test_who_is_not_admitted_cannot_be_there(self):
        batch, _seated = running(1)
        one = session(batch)
        outside = joined(batch, firm("Luar"), way="officer")
        _other, [elsewhere] = running(1)

        for row in (outside, elsewhere):
            with pytest.raises(attending.NotAdmitted):
                attending.be_there(one, row, way="code", actor=None, at=NINE)
            with pytest.raises(attending.NotAdmitted):
                tick(one, [row])
        assert not Attendance.objects.exists()

    def test_the_list_is_what_is_ticked(self):
        batch, seated = running(3)
        one = session(batch)

        assert tick(one, seated[:2]) == (2, 0)
        assert tick(one, seated[1:], way="sheet") == (1, 1)
        assert set(Attendance.objects.values_list("registration", "way")) == {
            (seated[1].pk, "list"),
            (seated[2].pk, "sheet"),
        }

    def test_nothing_is_ticked_before_it_begins_or_while_it_is_open_for_registration(self):
        batch, seated = running(1)
        with pytest.raises(attending.NotYet):
            tick(session(batch), seated, at=NINE - timedelta(hours=1))

        early = opened()
        with pytest.raises(attending.NotYet):
            tick(session(early), [accepted(early)])

    def test_attendance_under_a_certificate_stays(self):
        _batch, [seated], one = completed(1)
        certifying.issue(seated, "attendance", actor=officer(), at=AFTER, on=ENDS)

        with pytest.raises(attending.CertificateStands):
            tick(one, [], at=AFTER)

    def test_the_share_counts_the_sessions_that_have_begun(self):
        batch, [first, second] = running(2)
        one = session(batch)
        session(
            batch,
            "Besok",
            starts_at=NINE + timedelta(days=1),
            ends_at=NINE + timedelta(days=1, hours=1),
        )
        tick(one, [first])

        assert (record_of(first, at=NINE).percent, record_of(first, at=AFTER).percent) == (100, 50)
        assert [row.attended for row in sheet_of(batch, at=AFTER).records] == [1, 0]
        assert record_of(second, at=NINE - timedelta(days=9)).percent == 0

    def test_the_sheet_costs_the_same_however_many_take_part(self, django_assert_num_queries):
        for number in (1, 3):
            batch, seated = running(number)
            tick(session(batch), seated)
            with django_assert_num_queries(4):
                sheet_of(batch, at=AFTER)


class TestQuizzes:
    def test_questions_are_read_and_written_back(self):
        questions = read(QUESTIONS)

        assert questions[1] == Question("Satu kodi?", ("12", "20", "24"), 1)
        assert read(written(questions)) == questions

    @pytest.mark.parametrize(
        ("text", "place", "why"),
        [
            ("", 0, "number"),
            ("* dulu", 1, "begins"),
            ("Apa?\n* satu", 1, "choices"),
            ("Apa?\n* satu\n-", 1, "choices"),
            ("Apa?\n* a\n- b\nLalu?\n- a\n- b", 2, "right"),
            ("Apa?\n* a\n* b", 1, "right"),
        ],
    )
    def test_what_cannot_be_asked_says_which_and_why(self, text, place, why):
        with pytest.raises(BadQuestion) as refused:
            read(text)
        assert (refused.value.place, refused.value.why) == (place, why)

    def test_difficulty_and_discrimination(self):
        asked = [Question(str(n), ("a", "b"), 0) for n in range(3)]
        good, bad = [0, 0, 0], [1, 1, 0]
        found = items(asked, [good, good, good, bad, bad])

        assert [one.difficulty for one in found] == [0.6, 0.6, 1.0]
        assert [one.discrimination for one in found] == [1.0, 1.0, None]
        assert found[0].chosen == (3, 2)
        assert items(asked, [good])[0].discrimination is None
        assert items(asked, [])[0].difficulty is None
        assert points(asked, [0, None, 1]) == 1

    def test_each_answers_once_in_the_round_that_is_open(self):
        batch, [seated] = running(1)
        one = quizzing.write_quiz(batch, None, "Tes", read(QUESTIONS), actor=officer(), at=AT)
        with pytest.raises(quizzing.NotAsked):
            quizzing.answer(one, seated, [0, 1], at=AT)

        quizzing.open_round(one, "pre", actor=officer(), at=AT)
        assert quizzing.answer(one, seated, [0, None], at=AT).right == 1
        with pytest.raises(quizzing.AnsweredAlready):
            quizzing.answer(one, seated, [0, 1], at=AT)
        quizzing.open_round(one, "post", actor=officer(), at=AT)
        assert quizzing.answer(one, seated, [0, 1], at=AT).right == 2

        with pytest.raises(quizzing.IsAnswered):
            quizzing.write_quiz(batch, one, "Tes", read(QUESTIONS)[:1], actor=officer(), at=AT)
        assert quizzing.write_quiz(batch, one, "Nama", read(QUESTIONS), actor=officer(), at=AT)

    def test_who_has_no_seat_and_who_sends_too_few_answers_is_not_asked(self):
        batch, [seated] = running(1)
        one = quizzing.write_quiz(batch, None, "Tes", read(QUESTIONS), actor=officer(), at=AT)
        quizzing.open_round(one, "pre", actor=officer(), at=AT)
        outside = joined(batch, firm("Luar"), way="officer")

        with pytest.raises(quizzing.NotAsked):
            quizzing.answer(one, outside, [0, 1], at=AT)
        with pytest.raises(quizzing.NotAsked):
            quizzing.answer(one, seated, [0], at=AT)
