"""The application: every page of the desk, behind strict headers, with a checked token on every form."""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import ip_address

from fastapi import Depends, FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from pipeline.archive.store import Archive
from pipeline.desk import (
    account_pages,
    citation_pages,
    correcting_pages,
    document_pages,
    finding_pages,
    indicator_pages,
    search_pages,
    settling_pages,
    sign_in_pages,
    task_pages,
    tray_pages,
)
from pipeline.desk.api import PREFIX, api
from pipeline.desk.attempts import Attempts
from pipeline.desk.errors import tell_errors
from pipeline.desk.headers import StrictHeaders
from pipeline.desk.page_images import PageImages
from pipeline.desk.rendering import STATIC
from pipeline.desk.tray import Tray
from pipeline.desk.visits import checked_form
from pipeline.desk.workplace import Workplace
from pipeline.extract.catalogue import catalogue
from pipeline.settings import Settings

_PAGES = (
    sign_in_pages,
    document_pages,
    finding_pages,
    settling_pages,
    correcting_pages,
    search_pages,
    task_pages,
    indicator_pages,
    citation_pages,
    account_pages,
)
_MOST_BYTES = 64_000  # of a form that carries no file
_OWN_NAMES = ["localhost", "127.0.0.1", "[::1]"]


def desk(archive: Archive, settings: Settings, clock: Callable[[], float] = time.time) -> FastAPI:
    """Make the application for an archive, which must stay open as long as it is used.

    Args:
        archive: What is worked on.
        settings: Limits for drawing pages, and the address at which the desk listens.
        clock: Gives seconds since 1970.

    Raises:
        ConfigurationError: The setting `indicators` names nothing that can be used.
    """
    app = FastAPI(
        title="Đối soát",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(checked_form)],
        max_body_size=_MOST_BYTES,
        # Nothing leaves the machine, whatever the environment says of collectors.
        telemetry={"auto_configure": False},
    )
    catalogue(settings.indicators)  # takes a moment to read, for which nobody who opens a page shall wait
    tray = Tray(archive.folder, settings.max_bytes)
    app.state.workplace = Workplace(archive, settings, PageImages(archive, settings), tray, Attempts(clock), clock)
    for pages in _PAGES:
        app.include_router(pages.router)
    app.include_router(tray_pages.router, max_body_size=settings.max_bytes + _MOST_BYTES)
    app.mount(PREFIX, api(app.state.workplace), name="api")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    tell_errors(app)
    if _is_own_machine(settings.host):
        # A name that an attacker's server gives to this machine must not reach the desk (DNS rebinding).
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*_OWN_NAMES, settings.host])
    app.add_middleware(StrictHeaders)
    return app


def _is_own_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
