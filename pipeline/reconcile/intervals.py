"""Decimal interval arithmetic: a stated figure allows a range of values, and statements are compared as ranges.

After XBRL Calculations 1.1 (REC-2023-02-22): a value stands for all values that round to it, two statements
contradict each other only when their intervals are disjoint, and three or more statements of one fact agree only
when all of them share a point. Reports also truncate where they should round, so a rate is right both ways.
Ends are included; None is an open end. Decimal throughout: 1.1 - 1.0 <= 0.1 is false in binary floating point.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext

from pipeline.models import Figure, Interval, Kind

PRECISION = 50
_SCALED_UNITS = ("nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ")


def point(value: Decimal) -> Interval:
    """Return the interval that holds `value` alone."""
    return Interval(low=value, high=value)


def step_of(value: Decimal) -> Decimal:
    """Return one unit of the last stated digit: 0.01 for 8.46, 1 for 1234."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)


def is_counted(figure: Figure) -> bool:
    """Say whether a figure counts things one by one, so that its last digit is not a rounding.

    "4.122 văn bằng" is exact; "1,2 triệu người", "231.456 triệu đồng", "98,5%" and "hơn 81.000" are not.
    """
    whole_number = figure.value == figure.value.to_integral_value()
    scaled = figure.unit.lower().startswith(_SCALED_UNITS)
    plain = figure.kind in (Kind.COUNT, Kind.FRACTION, Kind.MONEY) and not figure.qualifier
    return whole_number and plain and not scaled and figure.upper is None


def stated(figure: Figure) -> Interval:
    """Return the values that a figure allows, in its own unit: a point for what is counted one by one."""
    return point(figure.value) if is_counted(figure) else figure.interval


def stated_rate(figure: Figure) -> Interval:
    """Return the values that a percentage allows, rounded or truncated to its last digit, in percent."""
    interval = figure.interval
    if figure.qualifier or figure.upper is not None or interval.high is None:
        return interval
    return Interval(low=interval.low, high=max(interval.high, figure.value + step_of(figure.value)))


def total(intervals: Iterable[Interval]) -> Interval:
    """Return the interval of the sum; an open end stays open."""
    low: Decimal | None = Decimal(0)
    high: Decimal | None = Decimal(0)
    with localcontext() as context:
        context.prec = PRECISION
        for interval in intervals:
            low = None if low is None or interval.low is None else low + interval.low
            high = None if high is None or interval.high is None else high + interval.high
    return Interval(low=low, high=high)


def difference(left: Interval, right: Interval) -> Interval:
    """Return the interval of `left` minus `right`."""
    with localcontext() as context:
        context.prec = PRECISION
        low = None if left.low is None or right.high is None else left.low - right.high
        high = None if left.high is None or right.low is None else left.high - right.low
    return Interval(low=low, high=high)


def quotient(part: Interval, whole: Interval) -> Interval:
    """Return the interval of `part` divided by `whole`, both from zero up; open where `whole` can be zero.

    Raises:
        ValueError: an interval reaches below zero.
    """
    if _least(part) < 0 or _least(whole) < 0:
        raise ValueError("the quotient of intervals is defined here for quantities from zero up")
    with localcontext() as context:
        context.prec = PRECISION
        low = Decimal(0) if whole.high is None or whole.high == 0 else _least(part) / whole.high
        high = None if part.high is None or _least(whole) == 0 else part.high / _least(whole)
    return Interval(low=low, high=high)


def scaled(interval: Interval, factor: Decimal) -> Interval:
    """Return the interval times a positive number (a unit slip, a percentage)."""
    with localcontext() as context:
        context.prec = PRECISION
        low = None if interval.low is None else interval.low * factor
        high = None if interval.high is None else interval.high * factor
    return Interval(low=low, high=high)


def intersection(intervals: Iterable[Interval]) -> Interval | None:
    """Return what all intervals share, or None: pairs may overlap where three of them share no point."""
    low: Decimal | None = None
    high: Decimal | None = None
    for interval in intervals:
        if interval.low is not None and (low is None or interval.low > low):
            low = interval.low
        if interval.high is not None and (high is None or interval.high < high):
            high = interval.high
    return None if low is not None and high is not None and low > high else Interval(low=low, high=high)


def agree(left: Interval, right: Interval) -> bool:
    """Say whether two statements can both be true."""
    return intersection((left, right)) is not None


def _least(interval: Interval) -> Decimal:
    """Return the lower end; a quantity without one starts at zero."""
    return Decimal(0) if interval.low is None else interval.low
