"""What the launcher calls to prepare a database and to ask for work."""

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from ifn.mail.actions import send


def create_tables() -> None:
    call_command("migrate", "jobs", verbosity=0)
    call_command("migrate", "mail", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE probe_effect (name varchar(80), pid integer)")


def ask(task: str, *arguments: str) -> None:
    import_string(f"tests.jobs.probe.tasks.{task}").enqueue(*arguments)


@transaction.atomic
def ask_for_many(count: str) -> None:
    tasks = [import_string(f"tests.jobs.probe.tasks.{name}") for name in ("both_halves", "outside")]
    stepped = import_string("tests.jobs.probe.tasks.in_steps")
    for number in range(int(count)):
        for task in tasks:
            task.enqueue(f"{task.name} {number}")
        stepped.enqueue(f"in_steps {number}", "5")


@transaction.atomic
def write_messages(count: str) -> None:
    at = timezone.now()
    for number in range(int(count)):
        send(f"p{number}@example.com", f"{number}", "Hello", kind="probe", at=at, key=f"{number}")


def deliver_due() -> None:
    import_string("ifn.mail.tasks.deliver_due").enqueue()
