"""What the test with killed workers calls to prepare a list that is being applied."""

from django.core.management import call_command
from django.utils.timezone import now

from ifn.accounts.models import User
from ifn.intake import actions
from ifn.intake.mapping import Wanted
from ifn.jobs.models import Job
from ifn.jobs.running import run_due
from tests.factories.intake import upload
from tests.factories.vocabulary import load_vocabulary
from tests.intake import files

ROWS = 120


def prepare() -> None:
    call_command("migrate", verbosity=0)
    load_vocabulary()
    Job.objects.all().delete()
    officer = User.objects.create(
        name="Sri", email="sri@example.com", role="officer", joined_at=now()
    )
    rows = [[f"Sepatu Nomor {number}", f"Jl. Melati {number}", "Garut"] for number in range(ROWS)]
    made = actions.receive(
        upload(files.csv([["Nama", "Alamat", "Kota"], *rows])), actor=officer, at=now()
    )
    run_due()
    actions.save_mapping(made, Wanted(), actor=officer, at=now())
    run_due()
    actions.apply(made, actor=officer, at=now())
