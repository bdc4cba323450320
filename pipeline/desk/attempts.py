"""How often somebody may try to sign in: passwords are not to be guessed by trying."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable

WITHIN_SECONDS = 300
MOST_FOR_A_NAME = 5  # failures from one address for one name
MOST_FROM_AN_ADDRESS = 30  # failures from one address for any names; an office may share one


class Attempts:
    """Failures of the last minutes by name and address, in memory: who restarts the desk forgives them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Count on a clock that gives seconds."""
        self._clock = clock
        self._failures: defaultdict[tuple[str, str | None], deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._failures)

    def wait(self, address: str, name: str) -> int:
        """Return for how many seconds this address may not try this name again; 0 where it may."""
        with self._lock:
            return max(
                self._wait((address, name), MOST_FOR_A_NAME),
                self._wait((address, None), MOST_FROM_AN_ADDRESS),
            )

    def failed(self, address: str, name: str) -> None:
        """Count a failure."""
        with self._lock:
            self._forget_old()
            for key in ((address, name), (address, None)):
                self._failures[key].append(self._clock())

    def succeeded(self, address: str, name: str) -> None:
        """Forgive the failures of this address with this name."""
        with self._lock:
            self._failures.pop((address, name), None)

    def _forget_old(self) -> None:
        """Drop those who have not failed for long: names and addresses could be made up without end."""
        since = self._clock() - WITHIN_SECONDS
        for key in [key for key, failures in self._failures.items() if failures[-1] <= since]:
            del self._failures[key]

    def _wait(self, key: tuple[str, str | None], most: int) -> int:
        failures = self._failures.get(key)
        if failures is None:
            return 0
        while failures and failures[0] <= self._clock() - WITHIN_SECONDS:
            failures.popleft()
        if not failures:
            del self._failures[key]
            return 0
        return 0 if len(failures) < most else int(failures[-most] + WITHIN_SECONDS - self._clock()) + 1
