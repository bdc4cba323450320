"""The recognition of one document's pages: several at once, each in a thread that waits for Tesseract's process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from pipeline.models import Page
from pipeline.ocr import refusals
from pipeline.ocr.picturedpage import PicturedPage, recognise_page
from pipeline.ocr.recognise import PageTimeoutError, UnreadableImageError
from pipeline.ocr.recognition import PageImage

Finish = Callable[[int], Page]
"""What waits for a page that was begun and finishes it, given the number that its first line has in the document."""


@dataclass(frozen=True)
class BegunPage:
    """A page that is being recognised; `where` names it in messages."""

    seen: Future[PicturedPage]
    where: str
    seconds: int

    def wait(self) -> PicturedPage:
        """Return what was read.

        Raises:
            InputFileError: The engine could not take the picture, or needed longer than `seconds`.
            MissingDependencyError: The engine is not installed.
        """
        try:
            return self.seen.result()
        except PageTimeoutError as error:
            raise refusals.too_slow(self.where, self.seconds) from error
        except UnreadableImageError as error:
            raise refusals.damaged(self.where, str(error)) from error


class Recogniser:
    """Recognises the pages of one document. Leaving the context drops the pages that nobody has waited for."""

    def __init__(self, seconds: int, at_once: int = 1) -> None:
        """Start no page yet.

        Args:
            seconds: The time that one page may take.
            at_once: Pages that are read side by side.
        """
        self._seconds = seconds
        self._at_once = at_once
        self._threads = ThreadPoolExecutor(at_once, "doisoat-page")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)

    def begin(self, picture: PageImage, where: str) -> BegunPage:
        """Have a page read; `where` names it in messages."""
        return BegunPage(self._threads.submit(recognise_page, picture, self._seconds), where, self._seconds)

    def ahead(self, begun: Iterable[Finish]) -> Iterator[Finish]:
        """Yield pages in their order, with as many of the next ones begun as are read at once."""
        waiting: deque[Finish] = deque()
        for page in begun:
            waiting.append(page)
            if len(waiting) >= self._at_once:
                yield waiting.popleft()
        yield from waiting
