"""Matches and exclusions in both languages."""

import pytest
from django.utils import translation

from ifn.connections.matching import wording
from ifn.connections.matching.conditions import exclusions
from ifn.connections.matching.facts import Answering, Exclusion, Reason
from ifn.connections.matching.scoring import NOT_STATED, WEIGHTS, match
from tests.connections.test_matching import EXCLUDED, GROUND, MAKER, NEED, TODAY, replace

NAMES = wording.Names({"SNEAKER": "sneakers", "PR_MAKLON": "maklon"})


def test_a_match_is_said_in_indonesian_and_english():
    found = match(NEED, replace(MAKER, monthly_capacity=None, process_pairs=()), GROUND)

    with translation.override("id"):
        indonesian = wording.reasons(found, NAMES)
    with translation.override("en"):
        english = wording.reasons(found, NAMES)

    assert english[0].startswith("makes or sells sneakers (+")
    assert any(line.startswith("capacity not stated") for line in english)
    assert any(line.startswith("minimum order 100 pairs, you ask 200") for line in english)
    assert indonesian[0].startswith("membuat atau menjual sneakers (+")
    assert any(line.startswith("kapasitas belum disebut") for line in indonesian)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("asked", "stated", "said"), EXCLUDED, ids=lambda one: str(one)[:40])
def test_every_exclusion_is_said_in_full(asked, stated, said, language):
    found = exclusions(replace(NEED, **asked), replace(MAKER, **stated), GROUND)

    with translation.override(language):
        told = wording.excluded(found[0], NAMES)

    assert told
    assert "%(" not in told


def test_a_minimum_above_what_is_asked_is_said_with_both_numbers():
    exclusion = Exclusion("minimum_order", (1500, 200.0))

    with translation.override("en"):
        assert wording.excluded(exclusion, NAMES) == "minimum order 1,500 pairs, you ask 200"
    with translation.override("id"):
        told = wording.excluded(exclusion, NAMES)
    assert told == "pesanan minimum 1.500 pasang, Anda meminta 200"


def test_an_answering_habit_is_said_as_one():
    found = match(NEED, replace(MAKER, answering=Answering(0.9, 2, 10)), GROUND)

    with translation.override("en"):
        told = [line.split(" (+")[0] for line in wording.reasons(found, NAMES)]

    assert "answers 90% of enquiries, usually within 2 days" in told


def test_every_part_has_its_words():
    assert set(WEIGHTS) == set(wording.REASONS)
    assert set(NOT_STATED) <= set(wording.NOT_STATED)
    for code, texts in (("fresh", (TODAY,)), ("lead_time", (90, 60)), ("text", ())):
        assert wording.said(Reason(code, 0.0, 0.0, texts), NAMES)
