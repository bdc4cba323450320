"""Interval arithmetic: what two statements allow, and when they contradict each other."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconcile_documents import document

from pipeline.models import Interval
from pipeline.reconcile import intervals

numbers = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False)
positive = st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2, allow_nan=False)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval and a value in it."""
    low, middle, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return Interval(low=low, high=high), middle


def holds(interval: Interval, value: Decimal) -> bool:
    return (interval.low is None or interval.low <= value) and (interval.high is None or value <= interval.high)


@given(st.lists(spans(), max_size=6))
def test_a_sum_of_values_lies_in_the_sum_of_their_intervals(terms: list[tuple[Interval, Decimal]]) -> None:
    assert holds(intervals.total(span for span, _ in terms), sum((value for _, value in terms), Decimal(0)))


@given(spans(), spans())
def test_differences_lie_in_their_intervals(left: tuple[Interval, Decimal], right: tuple[Interval, Decimal]) -> None:
    assert holds(intervals.difference(left[0], right[0]), left[1] - right[1])


@given(positive, positive)
def test_a_quotient_of_points_holds_the_exact_ratio_up_to_precision(part: Decimal, whole: Decimal) -> None:
    ratio = intervals.quotient(intervals.point(part), intervals.point(whole))
    assert ratio.low is not None
    assert abs(ratio.low * whole - part) < Decimal("1e-20")


@given(spans(), spans(), spans())
def test_a_value_in_all_intervals_lies_in_their_intersection(
    one: tuple[Interval, Decimal], two: tuple[Interval, Decimal], three: tuple[Interval, Decimal]
) -> None:
    all_three = [one[0], two[0], three[0]]
    shared = intervals.intersection(all_three)
    for value in (one[1], two[1], three[1]):
        assert (shared is not None and holds(shared, value)) == all(holds(span, value) for span in all_three)


@given(spans())
def test_an_open_end_stays_open(span: tuple[Interval, Decimal]) -> None:
    more_than = Interval(low=span[1], high=None)
    assert intervals.total([span[0], more_than]).high is None
    assert intervals.agree(more_than, intervals.point(span[1] + 1))
    assert not intervals.agree(more_than, intervals.point(span[1] - 1))


def test_three_statements_may_overlap_in_pairs_and_share_no_point() -> None:
    one, two, three = (Interval(low=Decimal(a), high=Decimal(b)) for a, b in ((0, 2), (1, 4), (3, 5)))
    assert intervals.agree(one, two)
    assert intervals.agree(two, three)
    assert intervals.intersection([one, two, three]) is None


def test_nothing_below_zero_is_divided() -> None:
    below = Interval(low=Decimal(-1), high=Decimal(1))
    with pytest.raises(ValueError, match="zero"):
        intervals.quotient(below, intervals.point(Decimal(2)))


def test_what_is_counted_one_by_one_is_exact_and_what_is_rounded_is_not() -> None:
    figures = document(
        "a.txt", "{4.122 văn bằng}, {231.456 triệu đồng}, {hơn 81.000 tài khoản}, {8.992.896 đồng}"
    ).figures
    assert [intervals.is_counted(figure) for figure in figures] == [True, False, False, True]
    assert intervals.stated(figures[1]).high == Decimal("231456.5")


def test_a_rate_may_be_rounded_or_truncated() -> None:
    (figure,) = document("a.txt", "đạt {53,22%}").figures
    allowed = intervals.stated_rate(figure)
    assert holds(allowed, Decimal("53.2258"))
    assert holds(allowed, Decimal("53.216"))
    assert not holds(allowed, Decimal("53.24"))
