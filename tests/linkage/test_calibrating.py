"""Corrected log-odds: what is said to be 0.9 is right nine times in ten."""

import random

import pytest

from ifn.linkage.calibrating import LEAST_DECIDED, Calibration, fitted, probability, recalibrated
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

    found = recalibrated(judged(1500, 1, worth=too_sure))

    assert error(Calibration(), others) > 0.15
    assert error(found, others) < 0.04


@pytest.mark.parametrize("seed", range(5))
def test_whoever_is_right_already_is_left_alone(seed):
    assert recalibrated(judged(1500, seed)) == Calibration()


def test_a_correction_that_still_holds_is_kept():
    present = fitted(judged(20_000, 3, worth=too_sure))

    assert recalibrated(judged(1500, 4, worth=too_sure), present) == present


def test_a_few_decisions_change_nothing():
    few = judged(LEAST_DECIDED - 1, 1, worth=too_sure)

    assert recalibrated(few) == Calibration()
    assert recalibrated([]) == Calibration()


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
    found = recalibrated([(odds, True) for odds, _same in judged(400, 7)])

    assert 0.5 < probability(found.corrected(0.0)) < 1
