"""Keys in batches: databases allow no more than so many values behind one "IN"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Key = TypeVar("_Key", int, str)
_AT_ONCE = 500


def in_batches(keys: Iterable[_Key]) -> Iterator[list[_Key]]:
    """Yield the keys in their order, so many at once as a query may name."""
    waiting = iter(sorted(keys))
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
