"""Which part of a list an address asks for."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from pipeline.archive.windows import Window

_MOST_WINDOWS = 1_000_000


def _window(page: Annotated[int, Query(ge=1, le=_MOST_WINDOWS)] = 1) -> Window:
    return Window(number=page)


Page = Annotated[Window, Depends(_window)]
"""A parameter of lists: which page of them."""
