"""Real worker processes killed while they apply a list: every row is applied exactly once."""

import os
import random
import signal
import time

import pytest
from django.db import connection

from tests.intake.killing import ROWS
from tests.jobs.probe.harness import bench_in

ROUNDS = 6


@pytest.fixture
def bench(tmp_path, worker_id):
    name = f"probe_intake_{os.getpid()}_{worker_id}"
    with bench_in(tmp_path, vendor=connection.vendor, name=name) as bench:
        yield bench


def count(bench, condition="1 = 1"):
    [(number,)] = bench.query(f"SELECT COUNT(*) FROM intake_row WHERE {condition}")  # noqa: S608
    return number


def test_a_list_applied_by_workers_that_are_killed_is_applied_exactly_once(bench):
    dice = random.Random(20240422)  # noqa: S311
    bench.call("prepare", module="tests.intake.killing")
    assert count(bench, "decision = 'create' AND state = 'new'") == ROWS
    cut = 0

    for _ in range(ROUNDS):
        workers = bench.two_working()
        before = count(bench, "state = 'applied'")
        if before < ROWS:
            bench.wait_until(lambda before=before: count(bench, "state = 'applied'") > before)
        time.sleep(dice.uniform(0, 0.1))
        assert [bench.kill(pid) for pid in workers] == [-signal.SIGKILL] * 2
        cut += 0 < count(bench, "state = 'applied'") < ROWS
        [(businesses,)] = bench.query("SELECT COUNT(*) FROM directory_business")
        assert businesses == count(bench, "state = 'applied'")
    bench.worker()
    bench.wait_until(
        lambda: bench.query("SELECT state FROM intake_list") == [("applied",)], longest=60
    )

    assert cut > 0, "no kill met a list that was being applied: the test has proved nothing"
    assert count(bench, "state = 'applied' AND outcome = 'created'") == ROWS
    [(businesses, names)] = bench.query(
        "SELECT COUNT(*), COUNT(DISTINCT name) FROM directory_business"
    )
    assert (businesses, names) == (ROWS, ROWS)
    [(shown,)] = bench.query("SELECT COUNT(*) FROM directory_listing")
    assert shown == ROWS
