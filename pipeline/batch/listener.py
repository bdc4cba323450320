"""Who is told how a batch goes on."""

from __future__ import annotations

from typing import Protocol

from pipeline.batch.outcomes import Failed


class BatchListener(Protocol):
    """Who is told how the batch goes on."""

    def planned(self, pages: dict[str, int]) -> None:
        """Take the names of the documents that will be processed, with the pages of each."""

    def page_done(self, name: str, done: int, total: int) -> None:
        """Hear that a page of a document has been read."""

    def document_done(self, name: str) -> None:
        """Hear that a document is done."""

    def document_failed(self, failed: Failed) -> None:
        """Hear that a file could not become a document."""
