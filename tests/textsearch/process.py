"""Run one piece of work on a database in a process of its own: python -m … ADDRESS WORK [NUMBER].

Prints the answer; ``pack slowly`` prints a line when it is in the middle of writing.
"""

import sys
from typing import Any

import django
from django.conf import settings

from ifn.environment import database


def put_many(number: int) -> None:
    from ifn.textsearch import actions  # noqa: PLC0415
    from tests.textsearch.samples import entry  # noqa: PLC0415

    for key in range(number, number + 40):
        actions.put("t", [entry(key, "sepatu")])


def pack_slowly(_: int) -> None:
    from ifn.textsearch import actions  # noqa: PLC0415

    actions.ROWS = 5
    write = actions.write_rows

    def slow(*given: Any) -> None:
        write(*given)
        print("writing", flush=True)  # noqa: T201
        sys.stdin.readline()

    actions.write_rows = slow
    actions.compact("t")


def pack(_: int) -> None:
    from ifn.textsearch import actions  # noqa: PLC0415

    print(actions.compact("t"))  # noqa: T201


def ask(_: int) -> None:
    from ifn.textsearch.asking import Query  # noqa: PLC0415
    from ifn.textsearch.models import Posting  # noqa: PLC0415
    from ifn.textsearch.queries import search  # noqa: PLC0415

    generations = Posting.objects.values("generation").distinct().count()
    print(search("t", Query("sepatu")).total, generations)  # noqa: T201


def migrate(_: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)


def main() -> None:
    address, work, number = (*sys.argv[1:], "0")[:3]
    settings.configure(
        DATABASES={"default": database(address)},
        INSTALLED_APPS=["ifn.textsearch"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    {f.__name__: f for f in (put_many, pack_slowly, pack, ask, migrate)}[work](int(number))


if __name__ == "__main__":
    main()
