"""Corrected log-odds: what is said to be 0.9 is right nine times in ten."""

import random

import pytest

from ifn.linkage.calibrating import (
    LEAST_DECIDED,
    LEAST_EITHER,
    Calibration,
    fitted,
    missed,
    probability,
    tried,
)
from ifn.linkage.evidence import shipped
from ifn.linkage.learning import calibration_error


def judged(count, seed, *, worth=lambda said: said):
    """Return log-odds that were said and whether the pairs were one, at what they are worth."""
    chance = random.Random(seed)  # noqa: S311  # not for secrets
    said = [chance.uniform(-4, 4) for _ in range(count)]
    return [(odds, chance.random() < probability(worth(odds))) for odds in said]


def error(calibration, pairs):
    return calibration_error((probability(calibration.corrected(o)), same) for o, same in pairs)


def too_sure(said):
    """Return what is true of somebody who says everything three times as surely as it is."""
    return said / 3 - 0.5


def test_whoever_is_too_sure_is_corrected_also_on_pairs_that_were_not_learned_from():
    others = judged(4000, 2, worth=too_sure)

    trial = tried(judged(1500, 1, worth=too_sure))

    assert trial.is_better
    assert (trial.pairs, trial.same < 1500) == (1500, True)
    assert error(Calibration(), others) > 0.15
    assert error(trial.found, others) < 0.04
    assert missed(trial.found, others) / 4000 == pytest.approx(trial.after, abs=0.04)
    assert missed(Calibration(), others) / 4000 == pytest.approx(trial.before, abs=0.04)


@pytest.mark.parametrize("seed", range(5))
def test_whoever_is_right_already_is_left_alone(seed):
    assert not tried(judged(1500, seed)).is_better


def test_a_correction_that_still_holds_is_kept():
    present = fitted(judged(20_000, 3, worth=too_sure))

    assert not tried(judged(1500, 4, worth=too_sure), present).is_better


def test_a_few_decisions_teach_nothing():
    enough = judged(LEAST_DECIDED, 1, worth=too_sure)

    assert tried(enough) is not None
    assert tried(enough[1:]) is None
    assert tried([]) is None


@pytest.mark.parametrize("kind", [True, False])
def test_decisions_that_almost_all_agree_teach_nothing(kind):
    chance = random.Random(8)  # noqa: S311  # not for secrets
    odds = [chance.uniform(-4, 4) for _ in range(400)]

    assert tried([(one, kind == (n >= LEAST_EITHER - 1)) for n, one in enumerate(odds)]) is None
    assert tried([(one, kind == (n >= LEAST_EITHER)) for n, one in enumerate(odds)]) is not None


def test_more_that_is_said_is_never_worth_less():
    for calibration in (shipped().calibration, fitted(judged(800, 6, worth=lambda _said: 0.0))):
        worth = [calibration.corrected(odds / 20) for odds in range(-400, 401)]
        assert worth == sorted(worth)


def test_beyond_what_was_seen_the_distance_stays():
    calibration = Calibration(((-1.0, -2.0), (1.0, 0.5)))

    assert calibration.corrected(-3.0) == -4.0
    assert calibration.corrected(0.0) == -0.75
    assert calibration.corrected(1.0) == 0.5
    assert calibration.corrected(4.0) == 3.5


def test_decisions_that_all_agree_make_nothing_certain():
    found = fitted([(odds, True) for odds, _same in judged(400, 7)])

    assert 0.5 < probability(found.corrected(0.0)) < 1
