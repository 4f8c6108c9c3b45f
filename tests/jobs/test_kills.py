"""Real worker processes, stopped, paused and killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection

from tests.jobs.probe.harness import ROOT, bench_in

ROUNDS = 25
STUCK = 70


@pytest.fixture(scope="module")
def workshop(tmp_path_factory, worker_id):
    name = f"probe_jobs_{os.getpid()}_{worker_id}"
    with bench_in(tmp_path_factory.mktemp("jobs"), vendor=connection.vendor, name=name) as bench:
        yield bench


@pytest.fixture
def bench(workshop):
    workshop.clear()
    yield workshop
    workshop.stop_all()


def expected_of(count):
    for number in range(count):
        yield f"both_halves {number} first half"
        yield f"both_halves {number} second half"
        yield f"outside {number}"
        yield from (f"in_steps {number} step {step}" for step in range(1, 6))


def test_workers_killed_at_any_moment_lose_nothing_and_double_nothing(bench):
    dice = random.Random(20230805)  # noqa: S311
    bench.call("ask_for_many", "40")
    killed = 0

    for _ in range(ROUNDS):
        workers = bench.two_working()
        time.sleep(dice.uniform(0, 0.15))
        killed += [bench.kill(pid) for pid in workers].count(-signal.SIGKILL)
    bench.worker()
    bench.worker()
    bench.wait_until(lambda: not bench.unfinished())

    assert killed == 2 * ROUNDS
    assert bench.effects_but_ticks() == sorted(expected_of(40))
    states = "SELECT state, COUNT(*) FROM jobs_job WHERE tick IS NULL GROUP BY state"
    assert bench.query(states) == [("done", 120)]
    taken_back = bench.query("SELECT COUNT(*) FROM jobs_job WHERE lease > 1 AND total IS NULL")
    assert taken_back[0][0] > 0, "no kill hit a running job: the test has proved nothing"


def test_two_workers_take_each_job_once(bench):
    bench.call("ask_for_many", "40")

    workers = [bench.worker("--drain"), bench.worker("--drain")]

    assert [bench.end_of(pid) for pid in workers] == [0, 0]
    # A lease of one second may run out on a crowded machine; the effects still count once.
    assert bench.effects_but_ticks() == sorted(expected_of(40))
    assert bench.query("SELECT COUNT(DISTINCT pid) FROM probe_effect") == [(2,)]


def test_periodic_work_runs_once_a_tick_with_two_workers(bench):
    bench.worker()
    bench.worker()

    bench.wait_until(lambda: bench.effects().count("tick") >= 4)

    ticks = [tick for (tick,) in bench.query("SELECT tick FROM jobs_job WHERE task LIKE '%second'")]
    assert len(ticks) == len(set(ticks))
    bench.stop_all()
    done = bench.query("SELECT COUNT(*) FROM jobs_job WHERE task LIKE '%second' AND state='done'")
    assert done == [(bench.effects().count("tick"),)]


PAUSED = ["wait_then_leave"]
if connection.vendor == "postgresql":
    # On SQLite a paused transaction holds the write lock, so nobody can take its job.
    PAUSED.append("leave_then_wait")


@pytest.mark.parametrize("task", PAUSED)
def test_a_worker_paused_beyond_its_lease_can_keep_nothing(bench, tmp_path, task):
    started, go = tmp_path / "started", tmp_path / "go"
    bench.call("ask", task, "effect", str(started), str(go))
    paused = bench.worker()
    bench.wait_until(lambda: started.exists() and started.read_text())
    bench.pause(paused)

    other = bench.worker()
    bench.wait_until(lambda: started.read_text() == str(other))
    go.touch()
    bench.wait_until(lambda: not bench.unfinished())
    os.kill(paused, signal.SIGCONT)
    bench.wait_until(lambda: '"lease lost"' in bench.log.read_text())

    assert bench.effects_but_ticks() == [f"effect {other}"]
    assert bench.kill(paused, signal.SIGTERM) == 0


def test_a_long_call_keeps_its_lease_while_another_worker_looks_for_work(bench, tmp_path):
    started, go = tmp_path / "started", tmp_path / "go"
    bench.call("ask", "wait_then_leave", "effect", str(started), str(go))
    bench.worker()
    bench.worker()
    bench.wait_until(started.exists)

    time.sleep(2.5)  # more than two leases
    go.touch()
    bench.wait_until(lambda: not bench.unfinished())

    assert bench.query("SELECT lease, attempts FROM jobs_job WHERE tick IS NULL") == [(1, 0)]
    assert len(bench.effects_but_ticks()) == 1


@pytest.mark.parametrize(
    ("task", "number"), [("wait_then_leave", signal.SIGTERM), ("leave_then_wait", signal.SIGINT)]
)
def test_a_worker_asked_to_stop_gives_its_job_back_within_seconds(bench, tmp_path, task, number):
    started, go = tmp_path / "started", tmp_path / "go"
    bench.call("ask", task, "effect", str(started), str(go))
    worker = bench.worker()
    bench.wait_until(started.exists)

    asked = time.monotonic()
    assert bench.kill(worker, number) == 0
    took = time.monotonic() - asked

    assert took < 5
    state = "SELECT state, attempts, lease_until FROM jobs_job WHERE tick IS NULL"
    assert bench.query(state) == [("waiting", 0, None)]
    assert bench.effects_but_ticks() == []
    assert bench.query("SELECT COUNT(*) FROM jobs_worker") == [(0,)]


def test_a_worker_asked_to_stop_between_steps_leaves_the_rest_to_another(bench):
    bench.call("ask", "in_steps", "long", "400")
    worker = bench.worker()
    bench.wait_until(lambda: "long step 3" in bench.effects())

    asked = time.monotonic()
    assert bench.kill(worker, signal.SIGTERM) == 0
    assert time.monotonic() - asked < 2
    [(state, done)] = bench.query("SELECT state, done FROM jobs_job WHERE tick IS NULL")
    assert state == "waiting"
    assert len(bench.effects_but_ticks()) == done < 400

    assert bench.end_of(bench.worker("--drain")) == 0
    assert bench.effects_but_ticks() == sorted(f"long step {step}" for step in range(1, 401))


def test_a_job_that_kills_its_workers_is_given_up(bench):
    bench.call("ask", "die", "effect")

    assert [bench.end_of(bench.worker()) for _ in range(2)] == [-signal.SIGKILL] * 2
    bench.worker()
    bench.wait_until(lambda: not bench.unfinished())

    told = "SELECT state, attempts, error_type FROM jobs_job WHERE tick IS NULL"
    assert bench.query(told) == [("failed", 2, "ifn.jobs.actions.WorkerDied")]
    assert bench.effects_but_ticks() == []


def test_a_worker_whose_call_is_stuck_ends_itself(bench):
    bench.call("ask", "hang")

    assert bench.end_of(bench.worker()) == STUCK
    bench.worker()
    bench.wait_until(lambda: not bench.unfinished())

    assert bench.query("SELECT state FROM jobs_job WHERE tick IS NULL") == [("failed",)]


def test_the_command_itself_does_what_is_due_and_ends(bench):
    bench.call("ask", "both_halves", "a")
    bench.call("ask", "both_halves", "b")

    once = command(bench, "--once")
    assert len(bench.effects_but_ticks()) in {0, 2}  # the first job may be a periodic one
    drained = command(bench, "--drain")

    assert len(bench.effects_but_ticks()) == 4
    for line in (once.stderr + drained.stderr).splitlines():
        assert json.loads(line)["logger"] == "ifn.jobs"
    outcomes = Counter(
        json.loads(line).get("outcome") for line in (once.stderr + drained.stderr).splitlines()
    )
    assert outcomes["done"] >= 2


def command(bench, option):
    return subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "manage.py", "worker", option],
        cwd=ROOT,
        env=bench.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
