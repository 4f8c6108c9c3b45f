import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

import ifn
from ifn.jobs import actions
from ifn.jobs.actions import LeaseLost
from ifn.jobs.backend import ATTEMPTS, LeaseTask
from ifn.jobs.models import Job, Worker
from ifn.jobs.queries import has_work, progress_of, silence_of_workers
from ifn.jobs.running import run_call, run_due
from ifn.jobs.worker import known_tasks, tick_of
from tests.jobs import tasks_for_tests as tasks

pytestmark = pytest.mark.django_db
AT = datetime(2023, 8, 5, 3, tzinfo=UTC)
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def marks():
    return sorted(Worker.objects.values_list("name", flat=True))


def job(**fields):
    usual = {
        "task": "tests.jobs.tasks_for_tests.mark",
        "arguments": {"args": ["x"], "kwargs": {}},
        "enqueued_at": AT,
        "run_after": AT,
    }
    return Job.objects.create(**usual | fields)


def claim(at=AT):
    return actions.claim(worker="w", at=at)


def test_a_job_is_done_with_its_effect_and_result():
    result = tasks.mark.enqueue("x")
    assert (marks(), result.status) == ([], TaskResultStatus.READY)

    assert run_due() == 1

    result.refresh()
    assert marks() == ["x"]
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert result.return_value == "marked x"
    assert progress_of(result.id).percent == 100


def test_a_job_asked_for_in_a_transaction_that_fails_never_exists():
    with transaction.atomic():
        tasks.mark.enqueue("x")
        transaction.set_rollback(True)

    assert run_due() == 0
    assert not Job.objects.exists()


def test_a_failed_attempt_keeps_none_of_its_writes_and_waits_before_the_next():
    tasks.mark_and_fail.enqueue("x")

    run_due()

    failed = Job.objects.get()
    assert marks() == []
    assert (failed.state, failed.attempts) == (Job.State.WAITING, 1)
    assert failed.run_after - failed.started_at >= timedelta(seconds=15)
    assert not has_work(failed.run_after - timedelta(seconds=1))
    assert has_work(failed.run_after)


def test_a_job_is_given_up_after_its_attempts_and_says_why_without_naming_anybody():
    result = tasks.mark_and_fail.enqueue("x")

    assert run_due(LATER) == 3

    failed = Job.objects.get()
    result.refresh()
    assert failed.state == Job.State.FAILED
    assert result.status == TaskResultStatus.FAILED
    assert result.errors[0].exception_class is LookupError
    assert (failed.error_type, failed.error_message) == ("builtins.LookupError", "")
    assert "mark_and_fail" in failed.error_place
    assert "Sari" not in failed.error_place + failed.error_message


def test_a_task_may_give_up_at_once_with_a_message_for_staff():
    result = tasks.mark_and_give_up.enqueue("x")

    assert run_due(LATER) == 1

    assert marks() == []
    assert progress_of(result.id).error == "The file is gone."


def test_a_job_whose_task_is_gone_is_given_up():
    job(task="ifn.jobs.tasks.removed_long_ago")
    job(task="ifn.jobs.models.Job")

    assert run_due() == 2

    assert set(Job.objects.values_list("state", "error_message")) == {
        ("failed", "There is no such task any more.")
    }


def test_a_long_task_goes_on_from_its_checkpoint_in_the_hands_of_another_worker():
    result = tasks.count_to.enqueue(4)
    first = claim(LATER)
    assert run_call(first)
    assert run_call(first)
    progress = progress_of(result.id)
    assert (progress.done, progress.total, progress.percent) == (2, 4, 50)
    assert progress.message == "Counting"
    actions.release(first, at=AT)

    assert run_due() == 2

    assert marks() == ["number 1", "number 2", "number 3", "number 4"]
    assert (progress_of(result.id).done, progress_of(result.id).is_finished) == (4, True)


def test_attempts_count_anew_when_the_job_comes_forward():
    tasks.stumble_at_three.enqueue()
    Job.objects.update(attempts=2)

    run_due()

    stumbled = Job.objects.get()
    assert (stumbled.state, stumbled.attempts, stumbled.checkpoint) == (Job.State.WAITING, 1, 2)


def test_a_worker_that_lost_its_lease_can_keep_nothing():
    tasks.mark.enqueue("first")
    paused = claim(LATER)
    actions.take_back(attempts={}, default=ATTEMPTS, at=LATER + timedelta(hours=1))
    current = claim(LATER + timedelta(hours=1))

    assert not run_call(paused)
    assert marks() == []
    for write in (
        lambda: actions.hold(paused),
        lambda: actions.release(paused, at=AT),
        lambda: actions.finish(paused, None, at=AT),
        lambda: actions.bring_forward(paused, actions.Continue(1), at=AT),
        lambda: actions.fail(paused, LookupError(), attempts=3, at=AT),
    ):
        with pytest.raises(LeaseLost):
            write()
    assert not actions.renew(paused, at=AT)

    run_call(current)
    assert marks() == ["first"]


def test_a_lease_lost_in_the_middle_of_the_call_rolls_its_writes_back():
    tasks.lose_the_lease.enqueue()

    assert not run_call(claim(LATER))

    assert marks() == []


def test_writes_of_a_task_outside_transactions_are_fenced():
    tasks.mark_outside.enqueue("x")
    paused = claim(LATER)
    Job.objects.update(lease=7)

    run_call(paused)
    assert marks() == []

    Job.objects.update(lease=1)
    run_call(paused)
    assert marks() == ["x"]


def test_an_abandoned_job_goes_back_at_once_and_is_given_up_in_the_end():
    tasks.mark.enqueue("x")
    at = LATER
    for _ in range(2):
        claim(at)
        at += timedelta(hours=1)
        actions.take_back(attempts={"tests.jobs.tasks_for_tests.mark": 3}, default=9, at=at)
        assert Job.objects.get().state == Job.State.WAITING

    claim(at)
    at += timedelta(hours=1)
    actions.take_back(attempts={"tests.jobs.tasks_for_tests.mark": 3}, default=9, at=at)

    lost = Job.objects.get()
    assert (lost.state, lost.error_type) == (Job.State.FAILED, "ifn.jobs.actions.WorkerDied")


def test_a_renewed_lease_is_not_abandoned():
    tasks.mark.enqueue("x")
    held = claim(LATER)
    an_hour_later = LATER + timedelta(hours=1)

    assert actions.renew(held, at=an_hour_later)

    assert actions.take_back(attempts={}, default=9, at=an_hour_later) == []


def test_jobs_are_taken_by_priority_then_by_waiting_time_and_never_early():
    late = job(run_after=AT + timedelta(hours=1))
    second = job(run_after=AT)
    third = job(run_after=AT + timedelta(seconds=1))
    first = job(run_after=AT + timedelta(seconds=2), priority=10)

    at = AT + timedelta(minutes=1)
    assert [claim(at), claim(at), claim(at), claim(at)] == [first, second, third, None]
    assert not has_work(at)
    assert claim(AT + timedelta(hours=1)) == late


def test_priority_and_time_are_taken_from_the_task():
    tasks.mark.using(priority=7, run_after=AT).enqueue("x")

    asked = Job.objects.get()
    assert (asked.priority, asked.run_after) == (7, AT)


def test_only_one_fresh_job_of_a_kind_waits():
    first = tasks.mark_once.enqueue("a")
    again = tasks.mark_once.enqueue("a")
    other = tasks.mark_once.enqueue("b")

    assert first.id == again.id != other.id
    assert Job.objects.count() == 2


def test_what_is_asked_for_after_a_unique_job_began_gets_a_job_of_its_own():
    first = tasks.mark_once.enqueue("a")
    begun = claim(LATER)

    second = tasks.mark_once.enqueue("a")
    actions.fail(begun, LookupError(), attempts=3, at=AT)
    third = tasks.mark_once.enqueue("a")

    assert first.id != second.id == third.id


def test_the_database_itself_allows_one_fresh_job_and_one_job_a_tick():
    job(unique_key="k")
    with pytest.raises(IntegrityError), transaction.atomic():
        job(unique_key="k")
    job(tick=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        job(tick=AT)
    job(unique_key="k", lease=1)


@pytest.mark.parametrize(
    "impossible",
    [
        {"state": "asleep"},
        {"state": "running"},
        {"state": "waiting", "lease_until": AT},
        {"state": "done"},
        {"state": "waiting", "finished_at": AT},
    ],
)
def test_the_database_refuses_impossible_states(impossible):
    with pytest.raises(IntegrityError), transaction.atomic():
        job(**impossible)


def test_a_tick_adds_its_job_once():
    for _ in range(2):
        actions.tick("ifn.jobs.tasks.remove_old", moment=AT, at=AT)
    actions.tick("ifn.jobs.tasks.remove_old", moment=AT + timedelta(days=1), at=AT)

    assert Job.objects.count() == 2


def test_a_time_falls_into_the_tick_before_it():
    assert tick_of(tasks.now_and_then, AT) == AT - timedelta(minutes=7)
    assert tick_of(tasks.now_and_then, AT + timedelta(minutes=3)) == AT + timedelta(minutes=3)
    assert tick_of(tasks.mark, AT) is None


def test_tasks_of_all_apps_are_known_and_the_periodic_ones_need_no_arguments():
    known = {task.module_path: task for task in known_tasks()}

    assert known["ifn.jobs.tasks.remove_old"].every == timedelta(days=1)
    for task in known.values():
        if task.every:
            assert task.func.__code__.co_argcount == task.takes_context


def test_old_jobs_and_silent_workers_are_removed():
    old, recent = AT - timedelta(days=15), AT - timedelta(days=13)
    job(state="done", finished_at=old)
    kept = {
        job(state="done", finished_at=recent),
        job(state="failed", finished_at=old),
        job(run_after=old),
    }
    job(state="failed", finished_at=AT - timedelta(days=91))
    actions.sign_of_life("silent", started_at=old, at=old)
    actions.sign_of_life("alive", started_at=old, at=AT)

    assert actions.remove_old(at=AT) == 2

    assert set(Job.objects.all()) == kept
    assert marks() == ["alive"]


def test_workers_silence_is_that_of_the_last_one_seen():
    assert silence_of_workers(AT) is None

    actions.sign_of_life("a", started_at=AT, at=AT)
    actions.sign_of_life("b", started_at=AT, at=AT)
    actions.sign_of_life("b", started_at=AT, at=AT + timedelta(seconds=50))

    assert silence_of_workers(AT + timedelta(minutes=1)) == timedelta(seconds=10)
    actions.sign_off("b")
    assert silence_of_workers(AT + timedelta(minutes=1)) == timedelta(minutes=1)


def test_pauses_grow_up_to_three_hours():
    pauses = [actions.pause_after(n).total_seconds() for n in range(1, 9)]

    assert pauses == [15, 60, 240, 960, 3840, 10_800, 10_800, 10_800]


def test_a_finished_job_that_was_removed_has_no_result_and_no_progress():
    assert progress_of("12") is None
    for missing in ("12", "twelve"):
        with pytest.raises(TaskResultDoesNotExist):
            tasks.mark.get_result(missing)


def test_a_task_without_attempts_is_refused():
    with pytest.raises(InvalidTaskError, match="attempt"):
        LeaseTask(func=tasks.leave_mark, attempts=0)


def test_run_due_notices_a_task_that_never_ends():
    tasks.count_to.enqueue(1_000_000)

    with pytest.raises(RuntimeError, match="still due after 5"):
        run_due(limit=5)


def test_looking_for_work_is_one_query_without_a_transaction(django_assert_num_queries):
    job()
    with django_assert_num_queries(1):
        assert has_work(AT)


@pytest.mark.django_db
def test_sqlite_learns_how_much_there_is_of_what():
    assert actions.gather_statistics() == (connection.vendor == "sqlite")

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1")
            assert cursor.fetchone()[0] > 0


def test_the_worker_knows_every_task_that_repeats_wherever_it_stands():
    """A task whose period nobody watches is asked for by nobody, and is missed by nobody."""
    written = set()
    for path in Path(ifn.__file__).parent.rglob("*.py"):
        if "tasks" not in (path.stem, path.parent.name):
            continue
        for part in ast.walk(ast.parse(path.read_text())):
            if isinstance(part, ast.FunctionDef) and any(map(_repeats, part.decorator_list)):
                written.add(part.name)

    known = {task.func.__name__ for task in known_tasks() if task.every is not None}
    assert written <= known
    assert {"find_matches", "remind_of_overdue"} <= written


def _repeats(mark):
    return isinstance(mark, ast.Call) and any(word.arg == "every" for word in mark.keywords)
