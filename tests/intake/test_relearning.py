"""What officers decide corrects how likely pairs are said to be, and can be taken back."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from ifn.audit.models import Entry
from ifn.directory import actions as directory
from ifn.directory.linking import weights
from ifn.directory.models import Calibration, Twins
from ifn.directory.twinning import compared
from ifn.intake import actions, tasks
from ifn.intake.models import Verdict
from ifn.linkage.calibrating import Calibration as Steps
from ifn.linkage.calibrating import Trial, probability
from ifn.linkage.comparing import weighed
from ifn.linkage.evidence import shipped
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.factories.directory import profile, registered
from tests.factories.intake import AT, linked, row_of
from tests.intake import files

pytestmark = [pytest.mark.usefixtures("reference", "private"), pytest.mark.django_db]

LATER = AT + timedelta(hours=1)
HEADER = ["Nama", "Alamat", "Kota", "Telepon"]
TRIAL = Trial(Steps(((-1.0, -3.0), (1.0, -1.0))), 240, 90, 0.20, 0.15)


def decide(count, business, *, start=0, worth=-3.0):
    """Let people decide pairs that are worth so much less (or more) than the evidence says."""
    chance = random.Random(5)  # noqa: S311  # not for secrets
    for number in range(start, start + count):
        found = {"name": chance.uniform(0.6, 1), "street": chance.random(), "same_place": 1.0}
        found |= {"same_house": 1.0} if chance.random() < 0.6 else {"other_house": 1.0}
        said = weighed(found).log_odds
        Verdict.objects.create(
            business=business,
            stated=f"{number:032}",
            is_same=chance.random() < probability(said + worth),
            said_at=AT,
            signals=found,
        )


@pytest.fixture
def there():
    return registered(
        profile(name="Soember Djaja", legal_form="pt", address="Jl. Melati No. 45", region="35.15")
    )


def maybe():
    return row_of(
        linked(files.csv([HEADER, ["PT Sumber Jaya", "Melati 47", "Kab. Sidoarjo", ""]])), 2
    )


def test_what_was_found_is_kept_with_what_an_officer_says(there):
    officer = OfficerFactory(duties=["data"])

    actions.decide_row(
        maybe(), "join", business=there, note="Telepon.", seen=None, actor=officer, at=LATER
    )

    kept = Verdict.objects.get()
    assert kept.is_same
    assert {"name", "street", "other_house", "same_place"} <= kept.signals.keys()
    known = actions.known_decisions()
    assert (known.pairs, known.same, known.trial) == (1, 1, None)


def test_who_decides_many_rows_at_once_has_not_looked_at_each(there):
    row = maybe()
    officer = OfficerFactory(duties=["data"])

    actions.decide_rows(row.list, row.list.rows.all(), "join", actor=officer, at=LATER)

    assert Verdict.objects.get().signals == {}
    assert actions.known_decisions().pairs == 0


def test_pairs_of_profiles_teach_once_they_are_decided(there):
    twin = registered(profile(name="Sumber Jaya", address="Jl. Melati No. 47", region="35.15"))
    officer = OfficerFactory()
    directory.ask_about(there, twin, actor=officer, at=AT)
    assert actions.known_decisions().pairs == 0

    directory.keep_apart(there, twin, reason="Saudara.", actor=officer, at=LATER)

    assert (actions.known_decisions().pairs, actions.known_decisions().same) == (1, 0)
    assert "other_house" in Twins.objects.get().signals


def test_demo_profiles_teach_nothing():
    decide(3, registered(profile(), is_demo=True))

    assert actions.known_decisions().pairs == 0


def test_a_better_correction_is_kept_with_its_figures_and_used(there):
    decide(400, there)
    officer = OfficerFactory()

    kept = actions.relearn(actor=officer, at=LATER)

    assert (kept.asked_by, kept.learned_at, kept.pairs) == (officer, LATER, 400)
    assert 30 <= kept.same <= 370
    assert kept.after < kept.before * 0.9
    assert weights().calibration != shipped().calibration
    assert weights().calibration.corrected(1.0) < shipped().calibration.corrected(1.0) - 1
    assert Entry.objects.get(event="directory.calibration.learned").details["pairs"] == 400


def test_the_correction_in_use_is_what_profiles_and_lists_are_compared_with(there):
    twin = profile(name="Sumber Jaya", address="Jl. Melati No. 47", region="35.15")
    before = compared(twin)[there.pk].probability
    row_before = maybe().probability

    directory.keep_calibration(TRIAL, shipped().edition, actor=None, at=LATER)

    assert compared(twin)[there.pk].probability < before - 0.05
    assert maybe_again().probability < row_before - 0.05


def maybe_again():
    cells = ["PT Sumber Jaya", "Melati No 47", "Kab. Sidoarjo", ""]
    return row_of(linked(files.csv([HEADER, cells]), file_name="lain.csv"), 2)


def test_decisions_that_agree_with_what_was_said_change_nothing(there):
    decide(400, there, worth=0.0)

    assert actions.relearn(actor=None, at=LATER) is None
    assert not Calibration.objects.exists()
    assert weights() == shipped()


def test_what_is_no_better_is_refused_also_by_the_database():
    worse = replace(TRIAL, after=0.2)

    with pytest.raises(directory.NotBetter):
        directory.keep_calibration(worse, shipped().edition, actor=None, at=LATER)

    facts = {"steps": [], "edition": "x", "learned_at": AT, "pairs": 1, "same": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        Calibration.objects.create(before=0.1, after=0.1, **facts)


def test_two_hundred_decisions_are_needed(there):
    decide(199, there, worth=0.0)
    assert actions.known_decisions().trial is None

    decide(1, there, start=199, worth=0.0)
    assert actions.known_decisions().trial is not None


def test_the_nightly_job_learns_once_and_again_after_fifty_more(there):
    decide(500, there)
    assert tasks.relearn.call() == str(Calibration.objects.get().pk)

    decide(49, there, start=500, worth=3.0)
    assert tasks.relearn.call() == ""

    decide(600, there, start=549, worth=6.0)
    assert tasks.relearn.call() == str(Calibration.objects.latest("pk").pk)
    assert Calibration.objects.count() == 2


def test_taken_back_the_one_before_counts_and_the_job_does_not_learn_the_same_anew(there):
    decide(300, there)
    first = directory.keep_calibration(TRIAL, shipped().edition, actor=None, at=AT)
    directory.keep_calibration(
        replace(TRIAL, found=Steps(((0.0, 2.0),)), pairs=300), shipped().edition, actor=None, at=AT
    )
    assert weights().calibration.corrected(0.0) == 2.0

    directory.take_back_calibration(shipped().edition, actor=None, at=LATER)

    assert weights().calibration == TRIAL.found
    assert tasks.relearn.call() == ""
    directory.take_back_calibration(shipped().edition, actor=None, at=LATER)
    assert weights() == shipped()
    with pytest.raises(directory.NothingLearned):
        directory.take_back_calibration(shipped().edition, actor=None, at=LATER)
    first.delete()
    assert weights() == shipped()


def test_a_correction_of_other_weights_is_not_used():
    directory.keep_calibration(TRIAL, "other weights", actor=None, at=AT)

    assert weights() == shipped()


def test_what_an_earlier_version_found_is_left_out(there):
    Verdict.objects.create(
        business=there,
        stated="a" * 32,
        is_same=True,
        said_at=AT,
        signals={"name": 1.0, "same_fax": 1.0},
    )

    assert actions.known_decisions().pairs == 1


def shown(capsys, *options):
    call_command("calibration", *options, "--language", "en")
    return capsys.readouterr().out


def test_an_administrator_sees_learns_and_takes_back(there, capsys):
    said = shown(capsys)
    assert "Decided pairs: 0, of them one business: 0. To learn takes 200" in said
    assert "In use: the correction that ships with the program." in said
    decide(400, there)
    assert "learned anew: better." in shown(capsys)
    person = UserFactory(email="kepala@bpipi.go.id", name="Sri Rahayu")

    said = shown(capsys, "--learn", "--by", "kepala@bpipi.go.id")

    assert "A new correction is in use." in said
    assert f"by {person}, from 400 pairs" in said
    assert "0.90 → " in said
    assert "Nothing was learned" in shown(capsys, "--learn")
    said = shown(capsys, "--take-back")
    assert "The newest correction is taken back." in said
    assert "taken back: " in said
    assert "ships with the program" in said


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--take-back"], "There is no correction to take back."),
        (["--learn", "--by", "nobody@example.com"], "Nobody signs in with “nobody@example.com”."),
    ],
)
def test_what_cannot_be_is_said(options, message):
    with pytest.raises(CommandError, match=message):
        call_command("calibration", *options, "--language", "en")
