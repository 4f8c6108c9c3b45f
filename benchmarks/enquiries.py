"""How many enquiries a minute are taken, and whether a killed worker loses or doubles any.

Usage: python -m benchmarks.enquiries [--letters 1000] [--kills 5] [--database URL]

Letters are sent by the same action as the page's, while a worker process tells the firms. The
worker is killed (SIGKILL) and begun anew several times meanwhile. In the end every enquiry must
have exactly one message, and every message must have been handed over under one Message-ID. The
database is made for the run; one that is named must be empty.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ifn.accounts.models import User
    from ifn.directory.models import Business

ROOT = Path(__file__).resolve().parents[1]
FIRMS, LETTERS_EACH, TO_FIVE = 100, 8, 40
SECONDS_TO_FIVE, LETTERS_A_MINUTE = 0.5, 1_000
LONGEST_WAIT = 600


def main() -> int:
    """Send, kill, wait, count; return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.enquiries", description=__doc__)
    parser.add_argument("--letters", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--database", default="")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": wanted.database or f"sqlite:///{folder}/enquiries.sqlite3",
            "DJANGO_SETTINGS_MODULE": "ifn.settings",
            "IFN_VAR": folder,
            "IFN_JOB_LEASE": "2",
        }
        for command in (["migrate", "-v0"], ["reference"]):
            subprocess.run([sys.executable, ROOT / "manage.py", *command], check=True, cwd=ROOT)
        return measured(wanted.letters, wanted.kills, Path(folder) / "mail")


def measured(letters: int, kills: int, mail: Path) -> int:
    """Run it in this process, against the database that the environment names."""
    import django  # noqa: PLC0415  # the environment names its database first

    django.setup()
    people, firms = invented(letters)
    to_five = seconds_to_five(people.pop(), firms)
    worker, killed = begun(), 0
    started = time.monotonic()
    for number in range(letters):
        sent(people[number // LETTERS_EACH], [firms[number % FIRMS]], number)
        if killed < kills and number >= (killed + 1) * letters // (kills + 1):
            ended(worker, signal.SIGKILL)
            worker, killed = begun(), killed + 1
    sending = time.monotonic() - started
    drained = waited_for(letters + TO_FIVE * 5)
    ended(worker, signal.SIGTERM)
    return report(letters + TO_FIVE * 5, sending, letters, to_five, drained, killed, mail)


def invented(letters: int) -> "tuple[list[User], list[Business]]":
    """Return members who write, and firms with an owner each."""
    from django.utils.timezone import localdate, now  # noqa: PLC0415

    from ifn.accounts.models import User  # noqa: PLC0415
    from ifn.directory import actions  # noqa: PLC0415
    from ifn.directory.models import Membership, Source  # noqa: PLC0415
    from ifn.directory.profile import Profile  # noqa: PLC0415

    at = now()
    people = User.objects.bulk_create(
        User(name=f"Pengirim {n}", email=f"p{n}@example.com", joined_at=at)
        for n in range(-(-letters // LETTERS_EACH) + 1)
    )
    owners = User.objects.bulk_create(
        User(name=f"Pemilik {n}", email=f"o{n}@example.com", joined_at=at) for n in range(FIRMS)
    )
    source = actions.source_named(Source.Kind.OFFICER, "benchmark")
    today = localdate(at)
    firms = [
        actions.register(
            Profile(name=f"Usaha {n}", region="35.16"),
            source=source,
            stated_on=today,
            actor=None,
            at=at,
        )
        for n in range(FIRMS)
    ]
    Membership.objects.bulk_create(
        Membership(business=firm, person=owner, role="owner", since=at)
        for firm, owner in zip(firms, owners, strict=True)
    )
    return people, firms


def sent(person: "User", firms: "list[Business]", number: int) -> float:
    """Send one letter and return how many seconds it took."""
    from django.utils.timezone import now  # noqa: PLC0415

    from ifn.connections.actions import enquiries  # noqa: PLC0415
    from ifn.connections.enquiring.askers import Asker  # noqa: PLC0415

    letters = "".join("abcdefghij"[int(digit)] for digit in str(number))
    written = enquiries.Written(f"Berapa harga model {letters}?")
    asker = Asker(person=person, email=person.email or "")
    started = time.perf_counter()
    enquiries.send(written, firms, asker=asker, at=now())
    return time.perf_counter() - started


def seconds_to_five(person: "User", firms: "list[Business]") -> list[float]:
    """Return how long letters to five firms take, before any worker runs."""
    from django.conf import settings  # noqa: PLC0415

    settings.LETTERS_A_DAY = settings.LETTERS_A_DAY | {"member": TO_FIVE}
    try:
        return [
            sent(person, [firms[(place + n * 5) % FIRMS] for n in range(5)], 10**6 + place)
            for place in range(TO_FIVE)
        ]
    finally:
        settings.LETTERS_A_DAY = settings.LETTERS_A_DAY | {"member": 10}


def begun() -> subprocess.Popen[bytes]:
    """Begin a worker process."""
    command = [sys.executable, str(ROOT / "manage.py"), "worker"]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def ended(worker: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """End a worker process and wait until it is gone."""
    worker.send_signal(how)
    worker.wait(30)


def waited_for(messages: int) -> float:
    """Wait until every message was handed over, and return how many seconds that took."""
    from ifn.mail.models import Message  # noqa: PLC0415

    started = time.monotonic()
    while time.monotonic() - started < LONGEST_WAIT:
        if Message.objects.filter(state=Message.State.SENT).count() >= messages:
            break
        time.sleep(0.5)
    return time.monotonic() - started


def report(  # noqa: PLR0913, PLR0917  # each is a figure of the table
    expected: int,
    sending: float,
    letters: int,
    to_five: list[float],
    drained: float,
    killed: int,
    mail: Path,
) -> int:
    """Print what was measured and return 1 when a bound is missed."""
    from ifn.connections.models import Enquiry  # noqa: PLC0415
    from ifn.mail.models import Message  # noqa: PLC0415

    told = Counter(
        key.split(":")[1] for key in Message.objects.values_list("key", flat=True) if ":new:" in key
    )
    ids = [
        found[1]
        for file in mail.glob("*.log")
        for found in re.finditer(r"^Message-ID: (\S+)", file.read_text(), re.MULTILINE)
    ]
    again = sum(number - 1 for number in Counter(ids).values())
    lost = Enquiry.objects.count() - len(told)
    doubled = sum(number - 1 for number in told.values())
    rate = letters / sending * 60
    slowest = quantiles(to_five, n=20)[-1]
    print(f"letters sent                     {letters:8,} in {sending:.1f} s = {rate:,.0f}/min")
    print(f"until the last message was out   {drained:8.1f} s more, worker killed {killed} times")
    print(f"enquiries / with a message       {Enquiry.objects.count():8,} / {len(told):,}")
    print(f"lost / doubled                   {lost:8} / {doubled}")
    print(f"handed over / again under its ID {len(ids):8,} / {again}")
    print(f"one letter to 5 firms            median {median(to_five):.3f} s, 95 % {slowest:.3f} s")
    missed = [
        said
        for broken, said in (
            (rate < LETTERS_A_MINUTE, "letters a minute"),
            (lost or doubled or len(told) != expected, "loss or doubling"),
            (slowest > SECONDS_TO_FIVE, "seconds to five firms"),
        )
        if broken
    ]
    print("Every bound is kept." if not missed else "Missed: " + "; ".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
