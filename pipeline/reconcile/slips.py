"""Slips of pen, keyboard and OCR that turn one number into another: a digit confused, two swapped, a unit, a mark."""

from __future__ import annotations

from decimal import Decimal

WRONG_YEAR = "nhầm năm"
TRANSPOSED = "đảo hai chữ số liền nhau"
_CONFUSED = frozenset(map(frozenset, ("17", "38", "56", "06", "08", "14", "49", "69")))
_SLIPS = (Decimal(10) ** 3, Decimal(10) ** 6, Decimal(10) ** 9)
_MARK_DIGITS = 2


def slip(stated: Decimal, wanted: Decimal) -> str:
    """Name the one small slip that turns `wanted` into `stated`, or nothing: "nhầm chữ số 3/8"."""
    if wanted > 0 and any(stated in (wanted * step, wanted / step) for step in _SLIPS):
        return "nhầm đơn vị (nghìn, triệu, tỷ)"
    seen, meant = _digits(stated), _digits(wanted)
    if len(seen) == len(meant):
        return _slip_in_place(seen, meant)
    if len(meant) >= 1 and seen.startswith(meant) and len(seen) - len(meant) <= _MARK_DIGITS:
        return "số chú thích dính vào số liệu"
    if len(seen) >= 1 and meant.startswith(seen) and len(meant) - len(seen) == 1:
        return "mất một chữ số cuối"
    return ""


def _slip_in_place(seen: str, meant: str) -> str:
    places = [place for place, (one, other) in enumerate(zip(seen, meant, strict=True)) if one != other]
    if len(places) == 1:
        pair = frozenset((seen[places[0]], meant[places[0]]))
        shown = "/".join(sorted(pair))
        return f"nhầm chữ số {shown}" if pair in _CONFUSED else ""
    if len(places) == 2 and places[1] == places[0] + 1:
        first, second = places
        if seen[first] == meant[second] and seen[second] == meant[first]:
            return TRANSPOSED
    return ""


def _digits(value: Decimal) -> str:
    return f"{value:f}".replace(".", "")
