"""The memory that a process takes with all that it has started, sampled while it works (Linux).

The kernel's own peak (`ru_maxrss`) is that of one process; a reader is several at once. What processes share is counted
once: proportional set size.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

_SECONDS_BETWEEN = 0.05
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class PeakMemory:
    """Watches a process while the context lasts; `megabytes` is then the most that was seen (10⁶ bytes).

    Args:
        process: Number of the process.
        with_itself: Count the process too, not only those that it started.
    """

    def __init__(self, process: int, with_itself: bool = True) -> None:
        self.megabytes = 0.0
        self._process, self._with_itself = process, with_itself
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._left.wait(_SECONDS_BETWEEN):
            started = list(_descendants(self._process))
            every = [self._process, *started] if self._with_itself else started
            self.megabytes = max(self.megabytes, sum(map(_kilobytes, every)) * 1024 / 1e6)


def _descendants(process: int) -> Iterator[int]:
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
    except OSError:  # it has just ended
        return
    for thread in threads:
        for child in _read(thread / "children").split():
            yield int(child)
            yield from _descendants(int(child))


def _kilobytes(process: int) -> int:
    found = _PSS.search(_read(Path(f"/proc/{process}/smaps_rollup")))
    return int(found[1]) if found else 0


def _read(path: Path) -> str:
    """Return what the kernel says; nothing of a process that has just ended."""
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
