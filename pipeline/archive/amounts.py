"""What the search index holds of a passage's figures: how large they are, what they count, and of which indicators.

How large is told by tokens of the first two digits and their place: 9,250,000 is "#6", "#6.9" and "#6.92", so that
"more than 9,000,000" is a few tokens; what it is exactly by one more, "#=9250000". Of the passages that have one the
database compares figures (`pipeline.archive.narrowing.of_figures`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.archive import terms
from pipeline.archive.matching import NOWHERE, AnyOf, Token
from pipeline.archive.narrowing import Comparison

_ZERO, _BELOW_ZERO = "#zero", "#below"
_SMALLEST, _LARGEST = -9, 21  # places of the first digit that are told apart


def of_counted(text: str) -> Iterator[str]:
    """Yield the tokens of what a figure counts or measures: its subject and its unit."""
    yield from map(_counted, terms.words(terms.folded(text)))


def asked_of(words: Iterable[str]) -> Iterator[Token]:
    """Yield what holds of every passage with a figure of words, which have no marks and may be open."""
    yield from (Token(_counted(word)) for word in words)


def of_indicator(name: str) -> str:
    """Return the token of the indicator that a figure states."""
    return f"@indicator.{'.'.join(terms.words(terms.folded(name)))}"


def asked_of_indicators(names: Iterable[str]) -> AnyOf:
    """Return what holds of every passage with a figure of one of some indicators."""
    return AnyOf((*(Token(of_indicator(name)) for name in names), NOWHERE))


def of_value(value: Decimal) -> tuple[str, ...]:
    """Return the tokens of a figure's value."""
    if value == 0:
        return (_ZERO,)
    if value < 0:
        return (_BELOW_ZERO,)
    place, first, second = _first_digits(value)
    return (_place(place), _digit(place, first), _digits(place, first, second), f"#={value.normalize():f}")


def asked(comparison: Comparison) -> AnyOf:
    """Return what holds of every passage that has a figure which compares so, and of few others."""
    if comparison.operator == "=":
        return AnyOf((Token(of_value(comparison.value)[-1]),))
    larger = comparison.operator.startswith(">")
    return AnyOf(tuple(map(Token, _from(comparison.value) if larger else _until(comparison.value))))


def _counted(word: str) -> str:
    return f"@counted.{word}"


def _from(value: Decimal) -> Iterator[str]:
    """Yield the tokens that some value of at least this one has; it is not below zero."""
    if value == 0:
        yield from (_ZERO, *(_place(place) for place in range(_SMALLEST, _LARGEST + 1)))
        return
    place, first, second = _first_digits(value)
    yield from (_digits(place, first, digit) for digit in range(second, 10))
    yield from (_digit(place, digit) for digit in range(first + 1, 10))
    yield from (_place(larger) for larger in range(place + 1, _LARGEST + 1))


def _until(value: Decimal) -> Iterator[str]:
    """Yield the tokens that some value of at most this one has; it is not below zero."""
    yield from (_BELOW_ZERO, _ZERO)
    if value == 0:
        return
    place, first, second = _first_digits(value)
    yield from (_place(smaller) for smaller in range(_SMALLEST, place))
    yield from (_digit(place, digit) for digit in range(1, first))
    yield from (_digits(place, first, digit) for digit in range(second + 1))


def _first_digits(value: Decimal) -> tuple[int, int, int]:
    """Return the place of the first digit of a value above zero, that digit, and the next."""
    place = value.adjusted()
    if place < _SMALLEST:
        return _SMALLEST, 1, 0
    if place > _LARGEST:
        return _LARGEST, 9, 9
    first, second, *_ = (*value.as_tuple().digits, 0)
    return place, first, second


def _place(place: int) -> str:
    return f"#{place}" if place >= 0 else f"#.{-place}"


def _digit(place: int, digit: int) -> str:
    return f"{_place(place)}.{digit}"


def _digits(place: int, first: int, second: int) -> str:
    return f"{_digit(place, first)}{second}"
