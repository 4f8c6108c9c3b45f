"""Real worker processes killed while they hand messages to a mail server."""

import os
import random
import time
from collections import Counter

import pytest
from django.db import connection

from tests.jobs.probe.harness import bench_in
from tests.mail.sink import running_sink

ROUNDS = 15
MESSAGES = 60


@pytest.fixture
def sink():
    with running_sink() as sink:
        yield sink


@pytest.fixture
def bench(tmp_path, worker_id, sink):
    with bench_in(
        tmp_path,
        vendor=connection.vendor,
        name=f"probe_mail_{os.getpid()}_{worker_id}",
        IFN_EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        IFN_EMAIL_HOST="127.0.0.1",
        IFN_EMAIL_PORT=str(sink.port),
    ) as bench:
        yield bench


def waiting(bench):
    return bench.query("SELECT id FROM mail_message WHERE state = 'waiting'")


def test_every_message_arrives_however_often_its_worker_is_killed(bench, sink):
    dice = random.Random(20240731)  # noqa: S311
    sink.thinking = 0.02
    bench.call("write_messages", str(MESSAGES))

    for _ in range(ROUNDS):
        before = sink.begun
        workers = [bench.worker(), bench.worker()]
        bench.wait_until(lambda before=before: sink.begun > before)
        time.sleep(dice.uniform(0, 2 * sink.thinking))
        for pid in workers:
            bench.kill(pid)
    # Nobody is sending now: what was in a killed worker's hands may be tried again at once.
    bench.query("UPDATE mail_message SET next_at = created_at WHERE state = 'waiting'")
    bench.call("deliver_due")
    bench.worker()
    bench.wait_until(lambda: not waiting(bench))

    attempts = dict(bench.query("SELECT message_id, attempts FROM mail_message"))
    arrived = Counter(message["Message-ID"] for message in sink.messages)
    assert len(arrived) == MESSAGES
    assert set(arrived) == set(attempts)
    # A second copy comes only from a second attempt, and carries the same Message-ID.
    for identifier, copies in arrived.items():
        assert copies <= attempts[identifier]
    assert bench.query("SELECT DISTINCT state FROM mail_message") == [("sent",)]
    assert max(attempts.values()) > 1, "no kill hit a delivery: the test has proved nothing"
    assert "example.com" not in bench.log.read_text()
