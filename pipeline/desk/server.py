"""Running the desk until it is told to stop."""

from __future__ import annotations

import uvicorn

from pipeline.archive.store import Archive
from pipeline.desk.app import desk
from pipeline.desk.tray_workers import TrayWorkers
from pipeline.settings import Settings


def serve(archive: Archive, settings: Settings) -> None:
    """Answer requests at `settings.host` and `settings.port` until Ctrl-C or SIGTERM."""
    workers = TrayWorkers(archive, settings)
    workers.start()
    try:
        uvicorn.run(
            desk(archive, settings),
            host=settings.host,
            port=settings.port,
            log_level="warning",
            server_header=False,
        )
    finally:
        workers.stop()
