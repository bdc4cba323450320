"""Blocks of passages: by them an index that finds all that match at once is asked for the latest alone.

A block holds the passages of a range of ids. Small ones lie in bigger ones, as hours in days, so that any range is made
of few. How far back to look next follows from how many were found so far: an index of frequent words is then not made
to find thousands of which a hundred are wanted.
"""

from __future__ import annotations

from collections.abc import Iterator

_SMALLEST = 2**12  # passages of a block
_WIDER = 4  # blocks of a bigger one
_BIGGEST = 5  # the size of the biggest
_FIRST = 2  # smallest blocks that are looked through first
_FARTHER = 4  # times as many passages as were looked through are looked through next, at most
_SPARE = 1.3  # times as many as should do: those that match do not lie evenly


def of_passage(passage: int) -> Iterator[str]:
    """Yield the tokens of the blocks that a passage lies in, one of each size."""
    for size in range(_BIGGEST + 1):
        yield _token(size, passage // _passages(size))


def between(first: int, end: int) -> Iterator[str]:
    """Yield the tokens of blocks that hold all passages from `first`, where one begins, to before `end`.

    The last of them may hold passages from `end` on.
    """
    while first < end:
        size = max(size for size in range(_BIGGEST + 1) if size == 0 or _fits(size, first, end))
        yield _token(size, first // _passages(size))
        first += _passages(size)


def back_from(end: int) -> int:
    """Return the first passage to look at where nothing was looked through so far: at a block's beginning."""
    return max(0, ((end - 1) // _SMALLEST - _FIRST + 1) * _SMALLEST)


def farther_back(end: int, looked: int, found: int, wanted: int) -> int:
    """Return the first passage to look at next, at the beginning of a block.

    Args:
        end: The passage before which to look.
        looked: How many passages were looked through.
        found: How many of them match.
        wanted: How many more are.
    """
    span = min(looked * _FARTHER, int(looked / max(found, 1) * wanted * _SPARE))
    size = max(size for size in range(_BIGGEST + 1) if size == 0 or _passages(size) <= span)
    return max(0, (end - span) // _passages(size) * _passages(size))


def _fits(size: int, first: int, end: int) -> bool:
    passages = _passages(size)
    return first % passages == 0 and first + passages <= end


def _passages(size: int) -> int:
    return int(_SMALLEST * _WIDER**size)


def _token(size: int, number: int) -> str:
    return f"%{size}.{number}"
