"""The tasks of all documents: who must do what by when, what is overdue first."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from pipeline.archive.task_list import SOON_DAYS, Due, TaskFilter
from pipeline.desk.paging import Page as Paging
from pipeline.desk.rendering import show
from pipeline.desk.visits import Reader
from pipeline.desk.workplace import Work

router = APIRouter()


@router.get("/tasks")
def tasks(
    request: Request,
    visitor: Reader,
    work: Work,
    window: Paging,
    due: str = "",
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """List the tasks by deadline."""
    today = dt.datetime.fromtimestamp(work.clock()).astimezone().date()
    chosen = TaskFilter(today=today, due=Due(due) if due in set(Due) else None, text=q)
    browsing = work.archive.browsing
    return show(
        request,
        visitor,
        "tasks.html",
        listed=browsing.tasks(chosen, window),
        counts=browsing.task_counts(chosen),
        chosen=chosen,
        dues=list(Due),
        today=today,
        soon=today + dt.timedelta(days=SOON_DAYS),
    )
