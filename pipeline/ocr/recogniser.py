"""The recognition of one document's pages: several at once, each in a thread that waits for Tesseract's process.

What was read before is taken from the cache. Nothing is put there before the document's first page was judged, and what
was put there goes if a later document of the file is refused: of a secret document no page may stay on the disk.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from pipeline.errors import SecretDocumentError
from pipeline.models import Page
from pipeline.ocr import refusals
from pipeline.ocr.pagecache import PageCache
from pipeline.ocr.pagekey import page_key
from pipeline.ocr.picturedpage import PicturedPage, recognise_page
from pipeline.ocr.recognition import PageImage
from pipeline.ocr.tesseract import PageTimeoutError, UnreadableImageError

Finish = Callable[[int], Page]
"""What waits for a page that was begun and finishes it, given the number that its first line has in the document."""

# A further reading is not tried in less than a second: who needed more than all but one may have gone without it.
_SECONDS_LEFT = 1


@dataclass(frozen=True)
class _Answer:
    """A page as it was recognised; `key` is the digest under which it is still to be kept, None where it is not."""

    page: PicturedPage
    key: str | None = None


@dataclass(frozen=True)
class BegunPage:
    """A page that is being recognised; `where` names it in messages."""

    seen: Future[_Answer]
    where: str
    recogniser: Recogniser

    def wait(self) -> PicturedPage:
        """Return what was read, and keep it for another time.

        Raises:
            InputFileError: The engine could not take the picture, or needed too long.
            MissingDependencyError: The engine is not installed.
        """
        try:
            answer = self.seen.result()
        except PageTimeoutError as error:
            raise refusals.too_slow(self.where, self.recogniser.seconds) from error
        except UnreadableImageError as error:
            raise refusals.damaged(self.where, str(error)) from error
        self.recogniser.keep(answer)
        return answer.page


class Recogniser:
    """Recognises the pages of one document. Leaving the context drops the pages that nobody has waited for."""

    def __init__(self, seconds: int, cache: PageCache | None, at_once: int = 1) -> None:
        """Start no page yet.

        Args:
            seconds: The time that one page may take.
            cache: Where pages are kept from one time to another; None keeps none.
            at_once: Pages that are read side by side.
        """
        self.seconds = seconds
        self._cache = cache
        # One more than are read side by side: while Tesseract reads the next page, this process works on those before.
        self._at_once = at_once + 1 if at_once > 1 else 1
        self._threads = ThreadPoolExecutor(self._at_once, "doisoat-page")
        self._may_keep = False
        self._held_back: list[_Answer] = []
        self._kept: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)
        if self._cache and kind is not None and issubclass(kind, SecretDocumentError):
            for key in self._kept:
                self._cache.drop(key)

    def begin(self, picture: PageImage, where: str) -> BegunPage:
        """Have a page read; `where` names it in messages."""
        return BegunPage(self._threads.submit(self._look_up_or_read, picture), where, self)

    def ahead(self, begun: Iterable[Finish]) -> Iterator[Finish]:
        """Yield pages in their order, with as many of the next ones begun as are read at once."""
        waiting: deque[Finish] = deque()
        for page in begun:
            waiting.append(page)
            if len(waiting) >= self._at_once:
                yield waiting.popleft()
        yield from waiting

    def allow_keeping(self) -> None:
        """Say that the document was judged and may be kept: what was held back is, and so is what follows."""
        self._may_keep = True
        for answer in self._held_back:
            self.keep(answer)
        self._held_back.clear()

    def keep(self, answer: _Answer) -> None:
        """Put a page that was read into the cache, as soon as that is allowed."""
        if not self._may_keep:
            self._held_back.append(answer)
        elif self._cache and answer.key:
            self._cache.put(answer.key, answer.page)
            self._kept.append(answer.key)

    def _look_up_or_read(self, picture: PageImage) -> _Answer:
        key = page_key(picture) if self._cache else None
        if self._cache and key and (known := self._cache.get(key)):
            return _Answer(known)
        started = time.monotonic()
        page = recognise_page(picture, self.seconds)
        had_time = time.monotonic() - started < self.seconds - _SECONDS_LEFT
        return _Answer(page, key if had_time else None)
