"""One pool of worker processes: how they start, how they report pages, and how they end."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.context import BaseContext
from multiprocessing.queues import Queue
from types import TracebackType
from typing import Self

from pipeline.batch.outcomes import Outcome, attempt
from pipeline.ocr.intake import IncomingFile
from pipeline.settings import Settings

PageReport = tuple[str, int, int]
"""A document's name, its pages done, and its pages in all."""

_reports: Queue[PageReport] | None = None  # in a worker: where it reports its pages


class WorkerPool:
    """Some worker processes. Leaving the context by an exception kills them; otherwise they finish their work."""

    def __init__(self, settings: Settings, size: int) -> None:
        context = _context()
        self._settings = settings
        self._reports: Queue[PageReport] = context.Queue()
        self._others = set(multiprocessing.active_children())
        # A worker that is killed cannot clear up: what it put on the disk lies here, and goes with the pool.
        # A Tesseract that it leaves behind may still be writing then.
        self._workspace = tempfile.TemporaryDirectory(prefix="doisoat-", ignore_cleanup_errors=True)
        self._executor = ProcessPoolExecutor(size, context, _start, (self._reports, self._workspace.name))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            # Ctrl-C must not wait for a hundred pages that nobody will see.
            for process in set(multiprocessing.active_children()) - self._others:
                process.terminate()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._reports.close()
        self._workspace.cleanup()

    def submit(self, file: IncomingFile) -> Future[Outcome]:
        """Give a document to a free worker.

        Raises:
            BrokenProcessPool: A worker has died; the pool takes no more work.
        """
        return self._executor.submit(_work, file, self._settings)

    def reports(self) -> Iterator[PageReport]:
        """Yield what the workers have reported since the last time."""
        while True:
            try:
                yield self._reports.get_nowait()
            except queue.Empty:
                return


def _context() -> BaseContext:
    """Choose how processes start: never by a plain fork, which copies locks that other threads hold."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # Imported once in the server, the stages are there at once in every worker that it forks.
    context.set_forkserver_preload(["pipeline.run"])
    return context


def _start(reports: Queue[PageReport], workspace: str) -> None:
    """Set a worker up."""
    global _reports  # noqa: PLW0603 - a worker has no other place that lasts from one document to the next
    _reports = reports
    tempfile.tempdir = workspace
    # The rest of a queue must not hold a worker back that is told to end.
    reports.cancel_join_thread()
    # Ctrl-C reaches the whole process group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End when the parent is gone: workers of a parent that was killed would wait for work forever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(file: IncomingFile, settings: Settings) -> Outcome:
    return attempt(file, settings, lambda done, total: _report(file.name, done, total))


def _report(name: str, done: int, total: int) -> None:
    if _reports is not None:
        _reports.put((name, done, total))
