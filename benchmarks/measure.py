"""Measure pages in one process and print the figures as JSON; run by ``python -m benchmarks``."""

import json
import logging
import os
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django

from benchmarks.asking import Form, Page, ask

#: Questions of each kind, and how often the whole set is asked.
QUESTIONS, ROUNDS = 40, 3


def main() -> None:
    """Ask every kind of page, floors in between, and print what it took in milliseconds."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ifn.settings"
    django.setup()
    logging.disable(logging.CRITICAL)
    from django.conf import settings  # noqa: PLC0415  # only after set-up
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415

    from benchmarks.questions import Questions  # noqa: PLC0415
    from benchmarks.saving import forms  # noqa: PLC0415

    settings.ROOT_URLCONF = "benchmarks.floors"
    settings.API_RATE = 1_000_000  # one place asks all questions
    app = WSGIHandler()
    questions = Questions(QUESTIONS)
    kinds: dict[str, Sequence[str | Form | Page]] = {
        "text": questions.of(questions.text),
        "facets": questions.of(questions.facets),
        "text and facets": questions.of(questions.both),
        "deep page": questions.of(questions.deep),
        "browse": questions.of(questions.browse),
        "map": questions.of(questions.map),
        "chain": questions.of(questions.chain),
        "typing": questions.of(questions.typing),
        "profile": [questions.profile() for _ in range(QUESTIONS * ROUNDS)],
        "profile again": questions.of(questions.profile),
        "api page": questions.api(),
        "saving a step": forms(QUESTIONS),
    }
    started = time.perf_counter()
    ask(app, "/direktori?q=sepatu")
    first = (time.perf_counter() - started) * 1000
    times = run(app, kinds)
    figures: dict[str, Any] = {
        "pages": {kind: summary(taken) for kind, taken in times.items()},
        "queries": {kind: queries(app, addresses) for kind, addresses in kinds.items()},
        "first page ms": round(first, 1),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "resident MB": resident(),
    }
    sys.stdout.write(json.dumps(figures))


def run(app: Any, kinds: dict[str, Sequence[str | Form | Page]]) -> dict[str, list[float]]:
    """Time each address, kinds and floors taking turns so that all meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in ("bare", "empty", *kinds)}
    for turn in range(ROUNDS):
        for place in range(QUESTIONS):
            due: dict[str, str | Form | Page] = {"bare": "/floor/bare", "empty": "/floor/empty"}
            due |= {
                kind: addresses[(turn * QUESTIONS + place) % len(addresses)]
                for kind, addresses in kinds.items()
            }
            for kind, address in due.items():
                started = time.perf_counter()
                status = ask(app, address)
                times[kind].append((time.perf_counter() - started) * 1000)
                if status not in {200, 404} or (status == 404 and not kind.endswith("deep page")):  # noqa: PLR2004
                    raise SystemExit(f"{address} answered {status}.")
    return times


def queries(app: Any, addresses: Sequence[str | Form | Page]) -> int:
    """Return the most queries any address of a kind costs once the process is warm."""
    from django.db import connection  # noqa: PLC0415  # only after set-up

    most = 0
    connection.force_debug_cursor = True
    for address in addresses:
        connection.queries_log.clear()
        started = len(connection.queries_log)
        ask_kept(app, address)
        most = max(most, len(connection.queries_log) - started)
    connection.force_debug_cursor = False
    return most


def ask_kept(app: Any, address: str | Form | Page) -> None:
    """Ask without Django's habit of forgetting the queries when a request begins."""
    from django.core.signals import request_started  # noqa: PLC0415  # only after set-up
    from django.db import reset_queries  # noqa: PLC0415

    request_started.disconnect(reset_queries)
    ask(app, address)
    request_started.connect(reset_queries)


def summary(taken: list[float]) -> dict[str, float]:
    """Return median and 95th percentile in milliseconds."""
    cuts = statistics.quantiles(taken, n=100)
    return {"median": round(statistics.median(taken), 3), "p95": round(cuts[94], 3)}


def resident() -> float:
    """Return the memory this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 1e6, 1)


if __name__ == "__main__":
    main()
