"""The tasks of all documents: who must do what by when, what is overdue first; as a list and as a calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from pipeline.archive.task_list import SOON_DAYS, Due, TaskFilter
from pipeline.desk.asked_days import AskedDay
from pipeline.desk.paging import Page as Paging
from pipeline.desk.rendering import show
from pipeline.desk.visits import Reader
from pipeline.desk.workplace import Work

router = APIRouter()

_MOST_A_DAY = 4  # tasks in a field of the calendar; the day's list has all
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MONTH = r"^((19|20|21)\d\d-(0[1-9]|1[0-2]))?$"
_MONTHS = 12


@dataclass(frozen=True)
class Month:
    """A month of the calendar. `before` and `after` are its neighbours ("2025-10"), None where the calendar ends."""

    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, written: str, today: dt.date) -> Month:
        """Return the month that is written "2025-11"; that of today where nothing is."""
        first = dt.date.fromisoformat(f"{written}-01") if written else today.replace(day=1)
        return cls(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))

    @property
    def name(self) -> str:
        """The month as an address names it."""
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> str | None:
        """The month before."""
        return self._moved(-1)

    @property
    def after(self) -> str | None:
        """The month after."""
        return self._moved(1)

    @property
    def weeks(self) -> list[list[dt.date]]:
        """Its weeks from Monday on, with the days of the neighbouring months that fill them."""
        return calendar.Calendar().monthdatescalendar(self.first.year, self.first.month)

    def _moved(self, by: int) -> str | None:
        year, month = divmod(_MONTHS * self.first.year + self.first.month - 1 + by, _MONTHS)
        return f"{year}-{month + 1:02d}" if _FIRST_YEAR <= year <= _LAST_YEAR else None


@dataclass(frozen=True)
class Asked:
    """What an address asks of the tasks, whatever their deadlines."""

    today: dt.date
    text: str
    lead: str | None

    @property
    def chosen(self) -> TaskFilter:
        """The tasks that are asked for."""
        return TaskFilter(today=self.today, text=self.text, lead=self.lead)


def _asked(
    work: Work,
    q: Annotated[str, Query(max_length=200)] = "",
    lead: Annotated[str, Query(max_length=500)] = "",
) -> Asked:
    return Asked(dt.datetime.fromtimestamp(work.clock()).astimezone().date(), q, lead or None)


Chosen = Annotated[Asked, Depends(_asked)]


@router.get("/tasks")
def tasks(
    request: Request,
    visitor: Reader,
    work: Work,
    asked: Chosen,
    window: Paging,
    due: str = "",
    since: Annotated[AskedDay, Query(alias="from")] = None,
    until: Annotated[AskedDay, Query(alias="to")] = None,
) -> Response:
    """List the tasks by deadline."""
    chosen = asked.chosen.model_copy(
        update={"due": Due(due) if due in set(Due) else None, "since": since, "until": until}
    )
    told = work.archive.browsing.task_list(chosen, window)
    return show(
        request,
        visitor,
        "tasks.html",
        listed=told.listed,
        counts=told.counts,
        offices=_with_chosen(told.offices, chosen),
        chosen=chosen,
        dues=list(Due),
        today=asked.today,
        soon=asked.today + dt.timedelta(days=SOON_DAYS),
    )


@router.get("/tasks/calendar")
def month_of_tasks(
    request: Request,
    visitor: Reader,
    work: Work,
    asked: Chosen,
    month: Annotated[str, Query(pattern=_MONTH)] = "",
) -> Response:
    """Show the tasks of a month on the days of their deadlines."""
    shown = Month.of(month, asked.today)
    chosen = asked.chosen.model_copy(update={"since": shown.first, "until": shown.last})
    told = work.archive.browsing.task_calendar(chosen, _MOST_A_DAY)
    return show(
        request,
        visitor,
        "task-calendar.html",
        month=shown,
        days=told.days,
        total=sum(day.total for day in told.days.values()),
        counts=told.counts,
        offices=_with_chosen(told.offices, chosen),
        chosen=chosen,
        overdue=Due.OVERDUE,
        today=asked.today,
    )


def _with_chosen(offices: Mapping[str, int], chosen: TaskFilter) -> Mapping[str, int]:
    """Return the offices to choose from; the one that is chosen is there even if it has no task."""
    return offices if chosen.lead is None else {chosen.lead: 0, **offices}
