"""A window on a long list: some of its items, and how many there are in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Window:
    """Which part of a list is wanted: `number` counts windows of `size` items from 1."""

    number: int = 1
    size: int = 50

    @property
    def offset(self) -> int:
        """How many items come before it."""
        return (self.number - 1) * self.size


@dataclass(frozen=True)
class Listed(Generic[Item]):
    """The items of a window, and how many the whole list has."""

    items: tuple[Item, ...]
    total: int
    window: Window

    @property
    def windows(self) -> int:
        """How many windows the whole list fills; 1 at least."""
        return max(1, -(-self.total // self.window.size))
