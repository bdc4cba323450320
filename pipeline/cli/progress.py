"""How a batch goes on: a bar with the remaining time for a person at a terminal, a line now and then for a log."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.batch.outcomes import Failed
from pipeline.cli.reporting import Reporting

_SECONDS_BETWEEN_LINES = 30
_LONGEST_NAME = 40


class BatchProgress:
    """Counts a batch in pages, because a file may have one or a thousand of them."""

    def __init__(self, reporting: Reporting) -> None:
        self._reporting = reporting
        self._expected: dict[str, int] = {}
        self._read: dict[str, int] = {}
        self._last_line = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("trang / pages, còn / left"),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            # A bar is for a person who watches; in a log it would be a thousand lines.
            disable=reporting.quiet or not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def planned(self, pages: dict[str, int]) -> None:
        """Take the documents of the batch with the pages of each."""
        self._expected = dict(pages)
        self._update("")

    def page_done(self, name: str, done: int, total: int) -> None:
        """Count a page; a text file, however many pages it has, counts as it was planned."""
        planned = self._expected.get(name, total)
        self._read[name] = min(done, planned) if planned < total else done
        self._expected[name] = planned
        self._update(name)

    def document_done(self, name: str) -> None:
        """Count a document as read whole."""
        self._read[name] = self._expected.get(name, 1)
        self._update(name)

    def document_failed(self, failed: Failed) -> None:
        """Say at once what failed; the rest of its pages is no longer work to be done."""
        self._read[failed.name] = self._expected.get(failed.name, 0)
        self._reporting.error(failed.error)
        self._reporting.trace(failed.trace)
        self._update(failed.name)

    def _update(self, name: str) -> None:
        read, expected = sum(self._read.values()), sum(self._expected.values())
        self._bar.update(self._task, completed=read, total=expected, description=name[-_LONGEST_NAME:])
        if self._bar.disable and time.monotonic() - self._last_line >= _SECONDS_BETWEEN_LINES:
            self._last_line = time.monotonic()
            self._reporting.note(f"Đã đọc {read}/{expected} trang. / {read} of {expected} pages read.")
