"""Documents through the stages in several processes at once, in the order in which they finish.

A worker that dies (killed for memory, crashed in a C library) breaks the whole pool of `concurrent.futures`. Each
document that was being worked on is then tried once more in a process of its own, and a new pool does the rest: the
document that kills its process again is the culprit, and only it fails.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

from pipeline.batch.outcomes import Outcome, attempt, worker_died
from pipeline.batch.pool import WorkerPool
from pipeline.extract.catalogue import catalogue
from pipeline.ocr.intake import IncomingFile
from pipeline.settings import Settings

PageProgress = Callable[[str, int, int], None]
"""Called with a document's name, its pages done, and its pages in all."""

_POLL_SECONDS = 0.2


def process_all(
    files: Iterable[IncomingFile], settings: Settings, progress: PageProgress
) -> Generator[Outcome, None, None]:
    """Process documents, `settings.jobs` at a time, and yield each outcome as it comes.

    With one job, or one file, the work is done in this process. Closing the generator, or an exception such as
    KeyboardInterrupt, kills the workers.

    Args:
        files: The documents, under names that differ; each is asked for when its turn is near.
        settings: Limits, resolution, and `jobs`.
        progress: Called in this process as pages are read.

    Raises:
        ConfigurationError: The setting `indicators` names nothing that can be used: told once, not for each document.
    """
    catalogue(settings.indicators)
    waiting = iter(files)
    first = list(islice(waiting, settings.jobs))
    jobs, coming = len(first), chain(first, waiting)
    if jobs <= 1:
        # Tesseract's own threads gain nothing on one page and starve the other workers.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        return (_attempt_here(file, settings, progress) for file in coming)
    return _work(coming, jobs, settings, progress)


def _attempt_here(file: IncomingFile, settings: Settings, progress: PageProgress) -> Outcome:
    return attempt(file, settings, lambda done, total: progress(file.name, done, total))


def _work(
    files: Iterator[IncomingFile], jobs: int, settings: Settings, progress: PageProgress
) -> Generator[Outcome, None, None]:
    suspects: list[IncomingFile] = []
    while True:
        with WorkerPool(settings, jobs) as pool:
            yield from _until_broken(pool, files, jobs, suspects, progress)
        if not suspects:
            return
        for file in suspects:
            yield _alone(file, settings, progress)
        suspects.clear()


def _until_broken(
    pool: WorkerPool, files: Iterator[IncomingFile], jobs: int, suspects: list[IncomingFile], progress: PageProgress
) -> Iterator[Outcome]:
    """Work until no files are left or a worker dies; the documents that were in work then are the `suspects`."""
    running: dict[Future[Outcome], IncomingFile] = {}
    while not suspects:
        _fill(pool, files, jobs, running, suspects)
        if not running:
            return
        done, _ = wait(running, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
        _pass_on(pool, progress)
        for future in done:
            file = running.pop(future)
            if isinstance(future.exception(), BrokenProcessPool):
                suspects.append(file)
            else:
                yield future.result()
    suspects.extend(running.values())


def _fill(
    pool: WorkerPool,
    files: Iterator[IncomingFile],
    jobs: int,
    running: dict[Future[Outcome], IncomingFile],
    suspects: list[IncomingFile],
) -> None:
    """Give every free worker a document; no more, so that few are suspects when a worker dies."""
    while len(running) < jobs and (file := next(files, None)) is not None:
        try:
            running[pool.submit(file)] = file
        except BrokenProcessPool:
            suspects.append(file)
            return


def _alone(file: IncomingFile, settings: Settings, progress: PageProgress) -> Outcome:
    """Try a suspect in a process of its own."""
    with WorkerPool(settings, 1) as pool:
        future = pool.submit(file)
        while not wait([future], timeout=_POLL_SECONDS).done:
            _pass_on(pool, progress)
        if isinstance(future.exception(), BrokenProcessPool):
            return worker_died(file.name)
        return future.result()


def _pass_on(pool: WorkerPool, progress: PageProgress) -> None:
    for name, done, total in pool.reports():
        progress(name, done, total)
