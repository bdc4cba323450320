"""What the pages of the desk work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from pipeline.archive.store import Archive
from pipeline.desk.attempts import Attempts
from pipeline.desk.page_images import PageImages
from pipeline.desk.tray import Tray
from pipeline.settings import Settings


@dataclass(frozen=True)
class Workplace:
    """The archive and what goes with it; `clock` gives seconds since 1970."""

    archive: Archive
    settings: Settings
    images: PageImages
    tray: Tray
    attempts: Attempts
    clock: Callable[[], float]


def workplace(request: Request) -> Workplace:
    """Return the workplace of the running application."""
    found: Workplace = request.app.state.workplace
    return found


Work = Annotated[Workplace, Depends(workplace)]
"""A parameter of pages: the workplace."""
