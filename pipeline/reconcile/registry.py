"""The registry of checks: each is a component with one call signature, found by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pipeline.models import Finding
from pipeline.reconcile.context import Context

Check = Callable[[Context], Iterable[Finding]]
_CHECKS: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Register a check under its name.

    Raises:
        ValueError: the name is taken.
    """

    def register(component: Check) -> Check:
        if name in _CHECKS:
            raise ValueError(f"two checks are called {name!r}")
        _CHECKS[name] = component
        return component

    return register


def registered(names: Iterable[str]) -> Iterator[Check]:
    """Yield the checks with these names in the order of the names, so that a run is the same every time.

    Raises:
        KeyError: no check of that name was registered.
    """
    for name in sorted(names):
        yield _CHECKS[name]
