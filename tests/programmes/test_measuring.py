"""Waves and intervals against cases worked out by hand, and what must hold of every case."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from math import comb
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifn.programmes.measuring.changes import (
    Finding,
    change_of,
    changes_between,
    compare,
    counted,
)
from ifn.programmes.measuring.intervals import (
    _orders,
    difference_interval,
    median_interval,
    share_interval,
    shift,
    shift_interval,
)
from ifn.programmes.measuring.measures import BANDS, Answers, Measure, both
from ifn.programmes.measuring.waves import (
    Stage,
    Wave,
    earlier,
    last_begun,
    months_after,
    still_taken,
    window_of,
)

STARTS, ENDS = date(2024, 4, 22), date(2024, 4, 26)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
levels = st.floats(0, 4).map(lambda one: round(one, 2))


class TestWaves:
    def test_they_are_due_before_at_the_end_and_three_six_and_twelve_months_after(self):
        due = {wave: window_of(wave, STARTS, ENDS).due_on for wave in Wave}

        assert due == {
            Wave.BEFORE: date(2024, 4, 15),
            Wave.END: ENDS,
            Wave.M3: date(2024, 7, 26),
            Wave.M6: date(2024, 10, 26),
            Wave.M12: date(2025, 4, 26),
        }

    @given(today=days, wave=st.sampled_from(list(Wave)))
    def test_the_earliest_batch_that_still_takes_answers(self, today, wave):
        first = still_taken(wave, today)

        assert window_of(wave, first, first).ends_on >= today
        before = first - timedelta(days=1)
        assert window_of(wave, before, before).ends_on < today

    def test_a_month_without_that_day_ends_on_its_last(self):
        assert months_after(date(2023, 11, 30), 3) == date(2024, 2, 29)
        assert months_after(date(2024, 8, 31), 6) == date(2025, 2, 28)
        assert months_after(date(2024, 12, 31), 12) == date(2025, 12, 31)

    @pytest.mark.parametrize(
        ("day", "stage"),
        [
            (date(2024, 7, 11), Stage.COMING),
            (date(2024, 7, 12), Stage.OPEN),
            (date(2024, 8, 25), Stage.OPEN),
            (date(2024, 8, 26), Stage.LATE),
            (date(2024, 10, 11), Stage.LATE),
            (date(2024, 10, 12), Stage.OVER),
        ],
    )
    def test_an_answer_is_in_time_then_late_then_of_the_next_wave(self, day, stage):
        assert window_of(Wave.M3, STARTS, ENDS).stage(day) == stage

    def test_what_was_before_is_not_told_on_the_last_day(self):
        window = window_of(Wave.BEFORE, STARTS, ENDS)

        assert window.stage(ENDS - timedelta(days=1)) == Stage.LATE
        assert window.stage(ENDS) == Stage.OVER
        assert window_of(Wave.END, STARTS, ENDS).stage(ENDS) == Stage.OPEN

    def test_a_day_that_is_too_late_is_marked_so(self):
        window = window_of(Wave.M12, STARTS, ENDS)

        assert [window.is_late(window.until + timedelta(days=n)) for n in (0, 1)] == [False, True]

    @given(days, st.integers(0, 30), st.integers(-60, 1200))
    def test_every_day_belongs_to_one_wave_at_most(self, starts, length, after):
        ends = starts + timedelta(days=length)
        day = starts + timedelta(days=after)
        taking = [
            wave
            for wave in Wave
            if window_of(wave, starts, ends).stage(day) in {Stage.OPEN, Stage.LATE}
        ]

        assert len(taking) <= 1

    @given(days, st.integers(0, 30), st.integers(1, 400))
    def test_a_batch_that_moves_takes_its_waves_along(self, starts, length, by):
        ends, moved = starts + timedelta(days=length), timedelta(days=by)

        for wave in (Wave.BEFORE, Wave.END):
            first = window_of(wave, starts, ends)
            later = window_of(wave, starts + moved, ends + moved)
            assert (later.opens_on - first.opens_on, later.due_on - first.due_on) == (moved, moved)
            assert first.opens_on <= first.due_on
            assert first.until <= first.ends_on

    def test_which_come_before_and_which_was_the_last(self):
        assert earlier(Wave.M3) == [Wave.END, Wave.BEFORE]
        assert last_begun(STARTS, ENDS, date(2024, 1, 1)) == Wave.BEFORE
        assert last_begun(STARTS, ENDS, date(2024, 11, 1)) == Wave.M6
        assert last_begun(STARTS, ENDS, date(2030, 1, 1)) == Wave.M12


class TestIntervals:
    def test_a_share_by_wilson(self):
        """8 of 10: (0.8 + 0.19207 ± 1.96 √(0.016 + 0.0096)) / 1.38415."""
        found = share_interval(8, 10)

        assert found is not None
        assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)

    def test_none_and_all_reach_the_bounds(self):
        none, everybody = share_interval(0, 10), share_interval(10, 10)

        assert none is not None
        assert everybody is not None
        assert (none.low, round(none.high, 4)) == (0.0, 0.2775)
        assert (round(everybody.low, 4), everybody.high) == (0.7225, 1.0)

    @given(st.integers(6, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_a_share_lies_in_its_interval(self, case):
        part, of = case
        found = share_interval(part, of)

        assert found is not None
        assert 0 <= found.low <= part / of <= found.high <= 1

    @pytest.mark.parametrize(
        ("number", "low", "high"),
        [(6, 1, 6), (8, 1, 8), (9, 2, 8), (12, 3, 10), (15, 4, 12), (20, 6, 15)],
    )
    def test_a_median_between_the_values_that_tables_of_the_sign_test_name(self, number, low, high):
        found = median_interval(list(range(number, 0, -1)))

        assert found is not None
        assert (found.low, found.high) == (low, high)

    def test_of_fewer_than_six_nothing_is_said(self):
        assert median_interval([1, 2, 3, 4, 5]) is None
        assert share_interval(5, 5) is None
        assert shift_interval([1] * 5, [2] * 9) is None
        assert difference_interval(1, 5, 2, 9) is None

    @given(st.integers(6, 60))
    def test_it_holds_in_95_of_100_and_one_step_narrower_would_not(self, number):
        found = median_interval(list(range(1, number + 1)))
        assert found is not None
        k = int(found.low)

        def missed(rank):
            return 2 * Fraction(sum(comb(number, n) for n in range(rank)), 2**number)

        assert missed(k) <= Fraction(5, 100) < missed(k + 1)

    @given(st.lists(levels, min_size=6, max_size=40))
    def test_a_median_lies_in_its_interval(self, values):
        found = median_interval(values)

        assert found is not None
        assert found.low <= median(values) <= found.high

    def test_orders_of_two_groups_are_counted_as_they_are(self):
        """Every way in which 3 of one group and 4 of another can stand in one order."""
        seen = [0] * 13
        for places in combinations(range(7), 3):
            seen[sum(places) - 3] += 1

        assert list(_orders(3, 4)) == seen
        assert sum(_orders(6, 9)) == comb(15, 6)

    def test_two_groups_by_the_rank_sum(self):
        """For 6 and 6 tables give U = 5 at 2.5 % a side, so the 6th of the 36 differences."""
        first, second = [11, 12, 13, 14, 15, 16], [1, 2, 3, 4, 5, 6]
        differences = sorted(a - b for a in first for b in second)

        found = shift_interval(first, second)

        assert found is not None
        assert (found.low, found.high) == (differences[5], differences[-6])
        assert shift(first, second) == 10

    def test_many_firms_are_counted_by_the_normal_distribution(self):
        first, second = [n / 10 for n in range(60)], [n / 10 - 1 for n in range(60)]

        found = shift_interval(first, second)

        assert found is not None
        assert found.low <= 1 <= found.high
        assert found.low > 0

    @given(st.lists(levels, min_size=6, max_size=15), st.lists(levels, min_size=6, max_size=15))
    def test_the_other_way_round_it_is_the_same_with_the_other_sign(self, first, second):
        one, other = shift_interval(first, second), shift_interval(second, first)

        assert one is not None
        assert other is not None
        assert (one.low, one.high) == (-other.high, -other.low)
        assert one.low <= shift(first, second) <= one.high

    def test_two_shares_by_newcombe(self):
        """56 of 70 and 48 of 80: method 10 of the paper gives 0.0524 to 0.3339."""
        found = difference_interval(56, 70, 48, 80)

        assert found is not None
        assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)


class TestChanges:
    def test_seven_firms_by_hand(self):
        pairs = [(1.0, 2.0), (1.0, 3.0), (2.0, 2.0), (2.0, 3.0), (1.0, 2.5), (3.0, 4.0), (2.0, 1.0)]

        found = change_of(pairs)

        assert (found.pairs, found.before, found.after, found.change) == (7, 2.0, 2.5, 1.0)
        assert (found.better, found.same, found.worse) == (5, 1, 1)
        assert found.interval is not None
        assert (found.interval.low, found.interval.high) == (-1.0, 2.0)
        assert found.finding == Finding.UNCLEAR

    def test_fewer_defects_are_better(self):
        found = change_of([(10.0, 5.0)] * 6, less_is_better=True)

        assert (found.better, found.worse, found.finding) == (6, 0, Finding.DOWN)

    def test_too_few_say_nothing(self):
        assert change_of([(1.0, 4.0)] * 5).finding == Finding.TOO_FEW
        assert change_of([]).change is None

    def test_only_firms_that_said_both_are_counted(self):
        before = {1: Answers(workers=3), 2: Answers(workers=4), 3: Answers()}
        after = {1: Answers(workers=5), 3: Answers(workers=9), 4: Answers(workers=1)}

        found = changes_between(before, after)[Measure.WORKERS]

        assert (found.pairs, found.before, found.after) == (1, 3, 5)

    def test_exports_are_a_month_and_of_one_unit(self):
        year = Answers(exports=1200, exports_unit="usd", exports_period="year")
        month = Answers(exports=150, exports_unit="usd", exports_period="month")
        pairs = Answers(exports=40, exports_unit="pairs", exports_period="month")
        nothing = Answers(exports=0)

        assert both(year, month, Measure.EXPORTS) == (100, 150)
        assert both(year, pairs, Measure.EXPORTS) is None
        assert both(nothing, pairs, Measure.EXPORTS) == (0, 40)
        assert both(Answers(), pairs, Measure.EXPORTS) is None

    def test_bands_are_in_order(self):
        assert list(BANDS.values()) == sorted(BANDS.values())
        values = [Answers(turnover=band).value(Measure.TURNOVER) for band in BANDS]
        assert values == [0, 1, 2, 3, 4, 5, 6]
        assert Answers(turnover="").value(Measure.TURNOVER) is None

    def test_what_is_new_is_added_up(self):
        found = counted([0, 3, 1, 0, 2, 0])

        assert (found.firms, found.with_any, found.total) == (6, 3, 6)
        assert found.share == share_interval(3, 6)

    def test_mentored_beside_others(self):
        mentored = [(1.0, 2.0 + n / 10) for n in range(6)]
        others = [(2.0, 2.0 + n / 10) for n in range(6)]

        found = compare(mentored, others)

        assert found.difference == pytest.approx(1.0)
        assert found.finding == Finding.UP
        assert found.began_apart
        assert compare(mentored, others[:5]).finding == Finding.TOO_FEW
        assert compare([], others).difference is None
        assert not compare([], others).began_apart

    @given(st.lists(st.tuples(levels, levels), max_size=30))
    def test_better_the_same_and_worse_are_all(self, pairs):
        found = change_of(pairs)

        assert found.better + found.same + found.worse == found.pairs == len(pairs)
