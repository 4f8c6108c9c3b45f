from decimal import Decimal

from ifn.assessments.scoring import Level, applies, levels, need, total_need
from tests.assessments.documents import document


def test_a_level_is_the_weighted_mean_of_what_was_answered():
    cut, market = levels(
        document(), {"CUT_1": 2, "CUT_2": True, "CUT_3": 1, "MARKET_1": "shop", "WORKERS": "7"}
    )

    # Nine points of weight four.
    assert cut == Level("CUT", Decimal("2.25"), Decimal("1.00"), Decimal("0.7500"))
    assert market == Level("MARKET", Decimal("2.00"), Decimal("1.00"), Decimal("0.2500"))


def test_what_is_not_asked_counts_nowhere_even_if_it_was_answered():
    (cut,) = levels(document(), {"CUT_1": 2, "CUT_2": False, "CUT_3": 4})

    # Four points of weight three: all that is asked was answered.
    assert cut == Level("CUT", Decimal("1.33"), Decimal("1.00"), Decimal("0.7500"))


def test_what_is_unanswered_lowers_the_share_and_not_the_level():
    (cut,) = levels(document(), {"CUT_1": 3})

    assert cut == Level("CUT", Decimal("3.00"), Decimal("0.67"), Decimal("0.7500"))


def test_nothing_answered_gives_no_level():
    assert levels(document(), {"STORY": "Sejak 1987"}) == []


def test_a_condition_on_a_question_that_is_not_asked_does_not_hold():
    asked = applies(document(), {"CUT_2": True})

    assert "CUT_3" in asked
    assert "CUT_3" not in applies(document(), {})


def test_a_need_is_what_is_missing_times_its_share():
    assert need(Decimal(4), Decimal("0.75")) == 0
    assert need(Decimal(0), Decimal("0.75")) == Decimal("0.7500")
    assert need(Decimal("2.25"), Decimal("0.75")) == Decimal("0.3281")


def test_the_whole_need_leaves_out_what_nobody_answered():
    half = Level("CUT", Decimal(2), Decimal(1), Decimal("0.7500"))
    none = Level("MARKET", Decimal(0), Decimal(1), Decimal("0.2500"))

    assert total_need([half]) == Decimal("0.5000")
    assert total_need([half, none]) == Decimal("0.6250")
    assert total_need([]) == 0
