"""What takes a look through the whole archive to tell, remembered until something happens to the archive."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.archive.schema import EventRow

T = TypeVar("T")

_MOST = 500  # answers


class Remembered:
    """Answers about one archive. Whatever changes what documents, findings or decisions tell is an event of it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._event = -1
        self._answers: dict[Hashable, Any] = {}

    def get(self, session: Session, asked: Hashable, answer: Callable[[Session], T]) -> T:
        """Return an answer, from the archive as the session sees it.

        Args:
            session: Of the archive.
            asked: What is asked; nothing else may be asked by an equal value.
            answer: Makes the answer, which nobody may change.
        """
        event = session.scalars(select(func.coalesce(func.max(EventRow.id), 0))).one()
        with self._lock:
            if event > self._event:
                self._event = event
                self._answers.clear()
            if event == self._event and asked in self._answers:
                known: T = self._answers[asked]
                return known
        made = answer(session)
        with self._lock:
            if event == self._event and len(self._answers) < _MOST:
                self._answers[asked] = made
        return made
