"""What runs by night, once, on real tables; prints seconds and memory as JSON.

Each piece is called as its task calls it, again and again until it says that nothing is left, each
call in a transaction of its own: the longest call is how long others may wait for SQLite.
"""

import json
import logging
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django


def main() -> None:
    """Run the night's work in its order and print what it took."""
    django.setup()
    logging.disable(logging.CRITICAL)
    from django.utils.timezone import localdate, now  # noqa: PLC0415  # only after set-up

    from ifn.connections import actions, tasks  # noqa: PLC0415
    from ifn.connections.actions import looking  # noqa: PLC0415
    from ifn.connections.actions.enquiries import asking, clock  # noqa: PLC0415
    from ifn.notices import mailing, tidying  # noqa: PLC0415

    at, today = now(), localdate()
    # Habits first: matching weighs how firms answer.
    steps: dict[str, Callable[[], int | None]] = {
        "counting how firms answer": lambda: tasks.count_habits.call() and 0,
        "finding who fits everything open": lambda: tasks.find_all_matches.call() and 0,
        "enquiries that nobody answered in time": lambda: clock.expire(at=at),
        "asking how it went": lambda: asking.ask_those_due(at=at),
        "closing for hidden firms": lambda: clock.close_for_hidden(at=at),
        "forgetting old letters": lambda: clock.forget_what_is_old(at=at),
        "ending opportunities": lambda: actions.expire_due(on=today, at=at),
        "asking whether they are still open": lambda: actions.ask_those_due(on=today, at=at),
        "removing old notices": lambda: tidying.remove_old(at=at),
    }
    night: dict[str, Any] = {name: timed(step) for name, step in steps.items()}
    night["looking for news"] = walked(lambda after: looking.look(after, on=today, at=at))
    night["digests"] = walked(lambda after: mailing.send_due_digests(after, at=at))
    sys.stdout.write(json.dumps(night))


def timed(step: Callable[[], int | None]) -> dict[str, float]:
    """Call until nothing is left; return the seconds, the calls and the longest of them."""
    taken: list[float] = []
    left: int | None = 1
    while left:
        started = time.perf_counter()
        left = step()
        taken.append(time.perf_counter() - started)
    return told(taken)


def walked(step: Callable[[int], int | None]) -> dict[str, float]:
    """Call with what the call before returned, until that is nothing."""
    taken: list[float] = []
    after: int | None = 0
    while after is not None:
        started = time.perf_counter()
        after = step(after)
        taken.append(time.perf_counter() - started)
    return told(taken)


def told(taken: list[float]) -> dict[str, float]:
    """Return the figures of one piece; memory is the most the process held until then."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "seconds": round(sum(taken), 2),
        "calls": len(taken),
        "longest": round(max(taken), 3),
        "peak MB": round((most + children) / 1024, 1),
    }


if __name__ == "__main__":
    main()
