"""A day that an address asks for, or none: a form sends an empty field where nothing was chosen."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BeforeValidator


def _none_where_empty(value: object) -> object:
    return None if value == "" else value


AskedDay = Annotated[dt.date | None, BeforeValidator(_none_where_empty)]
"""A parameter of lists: a day (ISO 8601)."""
