"""What a stated quantity allows: an interval, after XBRL Calculations 1.1 (a value stands for all that round to it)."""

from __future__ import annotations

from decimal import Decimal

from pipeline.extract.quantities import Quantity
from pipeline.models import Interval, Kind

_HALF = Decimal("0.5")


def interval(quantity: Quantity) -> Interval:
    """Return the values that a quantity allows, in its own unit.

    A whole count is a point. Percentages, decimals and amounts rounded to a scale ("2.044 triệu đồng") reach half of
    their last stated digit either side. A qualifier opens one side, "khoảng" widens both by the last digit that is
    not zero (khoảng 600.000: between 550.000 and 650.000).
    """
    slack = Decimal(0) if quantity.exact and quantity.kind is not Kind.PERCENT else quantity.step * _HALF
    low, high = quantity.value - slack, (quantity.upper or quantity.value) + slack
    if quantity.bound in ("more_than", "at_least"):
        return Interval(low=quantity.value, high=None)
    if quantity.bound in ("less_than", "at_most"):
        return Interval(low=None, high=quantity.upper or quantity.value)
    if quantity.bound == "about":
        slack = _last_digit(quantity.value) * _HALF
        return Interval(
            low=min(low, quantity.value - slack), high=max(high, (quantity.upper or quantity.value) + slack)
        )
    return Interval(low=low, high=high)


def _last_digit(value: Decimal) -> Decimal:
    """Return the value of one unit of the last digit that is not zero."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
