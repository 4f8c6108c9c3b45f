"""Forms that were filled in without signal, all sent within a minute: is any lost, or there twice?

Usage: python -m benchmarks.field [--forms 300] [--phones 30] [--database URL]

Phones send whole questionnaires to a real server at once, as the page for the field does. Of some,
the line breaks before the answer; of some, the answer comes and the phone sends again all the same.
In the end every form must be there once, whole and handed in, as its phone last heard it. The
database is made for the run; one that is named must be empty.
"""

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tools.serve import FEW_ARENAS

if TYPE_CHECKING:
    from ifn.accounts.models import User
    from ifn.assessments.instruments.document import Document
    from ifn.assessments.models import InstrumentVersion

ROOT = Path(__file__).resolve().parents[1]
REGION, SEED, LONGEST = "35.16", 7, 60.0
#: How often the line breaks before the answer, and how often a form is sent again for nothing.
DROPPED, REPEATED = 0.3, 0.2
MOST_TRIES = 20


@dataclass(slots=True)
class Phone:
    """A phone: whose it is, what it sends, and what came of it."""

    cookies: str
    forms: list[dict[str, Any]]
    chooser: Random
    seconds: list[float] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)


def main() -> int:
    """Send, count, print; return 1 when anything was lost, doubled or too slow."""
    parser = argparse.ArgumentParser(prog="benchmarks.field", description=__doc__)
    parser.add_argument("--forms", type=int, default=300)
    parser.add_argument("--phones", type=int, default=30)
    parser.add_argument("--database", default="")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": wanted.database or f"sqlite:///{folder}/field.sqlite3",
            "DJANGO_SETTINGS_MODULE": "ifn.settings",
            "IFN_VAR": folder,
            "IFN_LOG_LEVEL": "ERROR",
        }
        for command in (["migrate", "-v0"], ["reference"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run([sys.executable, ROOT / "manage.py", *command], check=True, cwd=ROOT)
        return measured(wanted.forms, wanted.phones)


def measured(forms: int, phones: int) -> int:
    """Make the network, let every phone send at once, and report."""
    import django  # noqa: PLC0415  # the environment names its database first

    django.setup()
    made = invented(forms, phones)
    with running() as port:
        started = time.monotonic()
        threads = [threading.Thread(target=send_all, args=(one, port)) for one in made]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - started
    return report(made, took)


def invented(forms: int, phones: int) -> list[Phone]:
    """Return phones of officers, each with whole forms about firms of its own."""
    from django.utils.timezone import localdate, now  # noqa: PLC0415

    from benchmarks.saving import cookies_of  # noqa: PLC0415
    from ifn.accounts.models import Territory, User  # noqa: PLC0415
    from ifn.directory import actions  # noqa: PLC0415
    from ifn.directory.models import Source  # noqa: PLC0415
    from ifn.directory.profile import Profile  # noqa: PLC0415

    at = now()
    version = in_use()
    source = actions.source_named(Source.Kind.OFFICER, "benchmark")
    chooser = Random(SEED)  # noqa: S311  # repeatable, not secret
    made = []
    for place in range(phones):
        person = User.objects.create(
            name=f"Petugas {place}",
            email=f"p{place}@example.com",
            role=User.Role.REGIONAL,
            joined_at=at,
            secured_at=at,
        )
        Territory.objects.create(person=person, region_id=REGION)
        own = [
            form_about(
                actions.register(
                    Profile(name=f"Usaha {place} {number}", region=REGION),
                    source=source,
                    stated_on=localdate(at),
                    actor=None,
                    at=at,
                ).number,
                person,
                version,
                chooser,
            )
            for number in range(forms // phones)
        ]
        made.append(Phone(cookies_of(person), own, Random(chooser.random())))  # noqa: S311
    return made


def in_use() -> "InstrumentVersion":
    """Put the questionnaire that ships with the platform in use."""
    from django.utils.timezone import now  # noqa: PLC0415

    from ifn.assessments.actions import instruments  # noqa: PLC0415
    from ifn.assessments.instruments.reading import read  # noqa: PLC0415

    shipped = json.loads(instruments.SHIPPED.read_text())
    version = instruments.create_instrument(
        "lapangan",
        name_id=shipped["name_id"],
        name_en=shipped["name_en"],
        document=read(shipped["content"]),
        actor=None,
        at=now(),
    )
    instruments.put_in_use(version, actor=None, at=now())
    version.refresh_from_db()
    return version


def form_about(
    number: str, person: "User", version: "InstrumentVersion", chooser: Random
) -> dict[str, Any]:
    """Return a finished package about a firm: every level as the assessor sees it."""
    from ifn.assessments.queries.instruments import document_of  # noqa: PLC0415

    return {
        "uuid": str(UUID(int=chooser.getrandbits(128), version=4)),
        "assessment": str(UUID(int=chooser.getrandbits(128), version=4)),
        "person": str(person.pk),
        "business": number,
        "instrument": version.instrument.code,
        "digest": version.digest,
        "mode": "visit",
        "changes": [
            {"question": code, "side": "assessor", "field": "value", "base": None, "sent": level}
            for code, level in levels(document_of(version), chooser)
        ],
        "device_at": "2001-01-01T00:00:00Z",
        "finished": True,
    }


def levels(document: "Document", chooser: Random) -> Iterator[tuple[str, int]]:
    """Yield a level for every scale."""
    for question in document.questions:
        if question.kind == "scale":
            yield question.code, chooser.randint(0, 4)


@contextmanager
def running() -> Iterator[int]:
    """Run the server with one process on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws"]
    command += ["--log-level", "error", "ifn.wsgi:application"]
    with subprocess.Popen(command, env=FEW_ARENAS | os.environ, cwd=ROOT) as server:
        try:
            for _ in range(600):
                with suppress(OSError):
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                time.sleep(0.1)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=20)


def send_all(phone: Phone, port: int) -> None:
    """Send every form until its receipt came, as a phone on a poor line does."""
    for form in phone.forms:
        for _try in range(MOST_TRIES):
            started = time.monotonic()
            if not post(phone, port, form):
                continue
            phone.seconds.append(time.monotonic() - started)
            break
        if phone.chooser.random() < REPEATED:
            phone.met["sent again"] += 1
            post(phone, port, form)


def post(phone: Phone, port: int, form: dict[str, Any]) -> bool:
    """Send one form; say whether its receipt came."""
    from benchmarks.saving import TOKEN  # noqa: PLC0415

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": phone.cookies, "X-CSRFToken": TOKEN, "Content-Type": "application/json"}
    phone.met["sent"] += 1
    try:
        connection.request("POST", "/lapangan/kirim", json.dumps(form), headers)
        if phone.chooser.random() < DROPPED:
            phone.met["line broke"] += 1
            return False
        answer = connection.getresponse()
        said = answer.read()
    except (OSError, http.client.HTTPException):
        phone.met["no answer"] += 1
        return False
    finally:
        connection.close()
    if answer.status != http.client.OK:
        phone.met[f"status {answer.status}"] += 1
        return False
    return bool(json.loads(said)["uuid"] == form["uuid"])


def report(phones: list[Phone], took: float) -> int:
    """Print what was measured and return 1 when a bound is missed."""
    from ifn.assessments.models import Answer, Assessment, Package  # noqa: PLC0415

    forms = {form["assessment"]: form for phone in phones for form in phone.forms}
    found = {str(one.uuid): one for one in Assessment.objects.all()}
    stands: dict[int, dict[str, Any]] = {}
    for answer in Answer.objects.all():
        stands.setdefault(answer.assessment_id, {})[answer.question] = answer.value
    lost = [
        uuid
        for uuid, form in forms.items()
        if uuid not in found
        or stands.get(found[uuid].pk) != {row["question"]: row["sent"] for row in form["changes"]}
    ]
    doubled = len(found) - len(forms) + Package.objects.count() - len(forms)
    handed_in = sum(one.state == Assessment.State.SUBMITTED for one in found.values())
    met: Counter[str] = sum((phone.met for phone in phones), Counter())
    seconds = [one for phone in phones for one in phone.seconds]
    print(f"forms sent by phones             {len(forms):8,} by {len(phones)} in {took:.1f} s")
    print(f"requests                         {dict(met)}")
    slowest = quantiles(seconds, n=20)[-1]
    print(f"a receipt, median / 95th         {median(seconds):8.2f} / {slowest:.2f} s")
    print(f"lost or not whole                {len(lost):8,}")
    print(f"there twice                      {doubled:8,}")
    print(f"handed in                        {handed_in:8,}")
    is_kept = not lost and not doubled and handed_in == len(forms) and took <= LONGEST
    print("Every bound is kept." if is_kept else "A bound is missed.")
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
