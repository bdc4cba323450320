"""How a batch goes on: a bar with the remaining time for a person at a terminal, a line now and then for a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.batch.outcomes import Failed
from pipeline.cli.reporting import Reporting

_SECONDS_BETWEEN_LINES = 30
_LONGEST_NAME = 40


@contextmanager
def counting(reporting: Reporting, what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar for work whose steps are alike; what it gives is called with the steps done and the number of all."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("còn / left"),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        disable=reporting.quiet or not sys.stderr.isatty(),
    )
    task = bar.add_task(what, total=None)

    def seen(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)

    with bar:
        yield seen


class BatchProgress:
    """Counts a batch in pages, because a file may have one or a thousand of them."""

    def __init__(self, reporting: Reporting) -> None:
        self._reporting = reporting
        self._planned: dict[str, int] = {}
        self._all = 0
        self._read: dict[str, int] = {}
        self._done = 0
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
        self._planned = dict(pages)
        self._all = sum(pages.values())
        self._show("")

    def page_done(self, name: str, done: int, total: int) -> None:
        """Count a page. A text file counts as the one page that was planned, however many it has."""
        self._count(name, min(done, self._planned.get(name, total)))

    def document_done(self, name: str) -> None:
        """Count a document as read whole."""
        self._count(name, self._planned.get(name, 0))

    def document_failed(self, failed: Failed) -> None:
        """Say at once what failed; the rest of its pages is no longer work to be done."""
        self._count(failed.name, self._planned.get(failed.name, 0))
        self._reporting.error(failed.error)
        self._reporting.trace(failed.trace)

    def _count(self, name: str, read: int) -> None:
        self._done += read - self._read.get(name, 0)
        self._read[name] = read
        self._show(name)

    def _show(self, name: str) -> None:
        self._bar.update(self._task, completed=self._done, total=self._all, description=name[-_LONGEST_NAME:])
        if self._bar.disable and time.monotonic() - self._last_line >= _SECONDS_BETWEEN_LINES:
            self._last_line = time.monotonic()
            self._reporting.note(f"Đã đọc {self._done}/{self._all} trang. / {self._done} of {self._all} pages read.")
