"""The workers of the tray: as many processes as there is work for, started by the desk and ended with it."""

from __future__ import annotations

import logging
import multiprocessing
import threading
from multiprocessing.context import SpawnProcess

from pipeline.archive.store import Archive
from pipeline.archive.uploads import UploadState
from pipeline.desk.tray_worker import work
from pipeline.errors import DoisoatError
from pipeline.settings import Settings

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0


class TrayWorkers:
    """Watches the tray from a thread of its own. A worker that dies costs its file one attempt, and nothing else."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._settings = settings
        self._ending = threading.Event()
        self._workers: list[SpawnProcess] = []
        self._some_died = False
        self._watch = threading.Thread(target=self._run, name="tray", daemon=True)

    def start(self) -> None:
        """Begin with what was left when the desk was last stopped."""
        self._archive.uploads.recover()
        self._watch.start()

    def pids(self) -> list[int]:
        """Return the process ids of the workers."""
        return [worker.pid for worker in self._workers if worker.pid is not None]

    def stop(self) -> None:
        """End the workers; what they were at is taken up when the desk starts again."""
        self._ending.set()
        self._watch.join()
        for worker in self._workers:
            worker.terminate()
            worker.join()

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                self._look()
            except DoisoatError as error:  # the archive may be locked for a while
                _log.warning("%s", error)
            self._ending.wait(_LOOK_SECONDS)

    def _look(self) -> None:
        died = any(worker.exitcode not in (None, 0) for worker in self._workers)
        self._some_died |= died
        self._workers = [worker for worker in self._workers if worker.is_alive()]
        if self._some_died:
            if self._workers:
                return  # which files the dead ones were at can be told when no other is at work
            self._archive.uploads.recover()
            self._some_died = False
        wanted = min(self._settings.jobs, self._archive.uploads.count(UploadState.WAITING))
        while len(self._workers) < wanted:
            self._workers.append(self._started())

    def _started(self) -> SpawnProcess:
        # Several workers are at work already; each does the documents of a ZIP one after the other.
        settings = self._settings.model_copy(update={"jobs": 1})
        worker = multiprocessing.get_context("spawn").Process(target=work, args=(settings,), daemon=True)
        worker.start()
        return worker
