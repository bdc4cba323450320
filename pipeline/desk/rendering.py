"""Pages from templates. Whatever a document says reaches a page as text: everything is escaped, without exception."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline import __version__
from pipeline.archive.accounts import Role
from pipeline.desk import labels
from pipeline.desk.visits import FORM_FIELD, Language, Visit, hold_token
from pipeline.models import Finding
from pipeline.reconcile import wording

DATA = Path(__file__).parent / "data"
STATIC = DATA / "static"

_environment = Environment(
    loader=FileSystemLoader(DATA / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def show(request: Request, visitor: Visit, template: str, *, status: int = 200, **content: Any) -> HTMLResponse:
    """Answer with a page.

    Args:
        request: What is answered.
        visitor: Who looks.
        template: Name of the template.
        status: HTTP status.
        content: What the template shows.
    """
    language = visitor.language
    page = _environment.get_template(template).render(
        **content,
        visitor=visitor,
        account=visitor.account,
        language=language.value,
        t=partial(_translated, language),
        label=lambda value: labels.label(value, language),
        check=lambda code: labels.check(code, language),
        statement=partial(_statement, language),
        path=request.url.path,
        here=_here(request),
        form_field=FORM_FIELD,
        Role=Role,
        version=__version__,
    )
    response = HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})
    if visitor.is_new:
        hold_token(response, request, visitor.token)
    return response


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _translated(language: Language, vi: str, en: str) -> str:
    return en if language is Language.EN else vi


def _statement(language: Language, finding: Finding) -> str:
    """Return what a finding says, without the places that it ends with: a page names them as links."""
    places = wording.places(finding.evidence)
    if language is Language.EN:
        return finding.message_en.removesuffix(f" ({places.en}).")
    return finding.message.removesuffix(f" ({places.vi}).")


def day(value: dt.date | None) -> str:
    """Write a date as Vietnamese documents do: 05/09/2025."""
    return f"{value:%d/%m/%Y}" if value else ""


def period(value: str | None) -> str:
    """Write a period (ISO 8601 interval) by its first and last day."""
    return " – ".join(day(dt.date.fromisoformat(end)) for end in value.split("/")) if value else ""


def moment(value: str) -> str:
    """Write a UTC time (ISO 8601) as the machine's own: 05/09/2025 14:30."""
    return f"{dt.datetime.fromisoformat(value).astimezone():%d/%m/%Y %H:%M}"


def number(value: Decimal | int | None) -> str:
    """Write a number with points between thousands and a decimal comma."""
    return "" if value is None else wording.number(Decimal(value))


def size(octets: int) -> str:
    """Write a size of a file: 1,2 MB."""
    for unit, bytes_of in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if octets >= bytes_of:
            return f"{wording.number((Decimal(octets) / bytes_of).quantize(Decimal('0.1'))).removesuffix(',0')} {unit}"
    return f"{octets} B"


def query(values: Mapping[str, object]) -> str:
    """Write what an address asks for, less what is not given: `?type=K%E1%BA%BF&page=2`."""
    given = {
        name: value.value if isinstance(value, Enum) else value
        for name, value in values.items()
        if value not in (None, "", ())
    }
    return f"?{urlencode(given, doseq=True)}" if given else ""


def either(both: str, language: str) -> str:
    """Take the half of a "Vietnamese / English" sentence that is asked for; the whole where it has not two halves."""
    for between, kept in ((". / ", "."), (" / ", "")):
        halves = both.split(between)
        if len(halves) == 2:
            return halves[1] if language == Language.EN else halves[0] + kept
    return both


_environment.filters.update(
    either=either,
    day=day,
    period=period,
    moment=moment,
    number=number,
    size=size,
    query=query,
    figure=wording.with_unit,
)
