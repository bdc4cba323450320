"""Repair of a document as the `ocr` stage hands it on: pages that were misread are repaired, others only tidied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from pipeline.language.unicode import lowered, vietnamese_nfc
from pipeline.models import Line, Page, Reading, TextSource, Trust
from pipeline.normalize.celltexts import with_cell_texts
from pipeline.normalize.doubtful import doubts_of
from pipeline.normalize.footnotes import raise_marks
from pipeline.normalize.grading import with_grades
from pipeline.normalize.list_marks import with_dash
from pipeline.normalize.lost_marks import recover_marks
from pipeline.normalize.mark_signs import Reader
from pipeline.normalize.recognised import RecognisedRepairer, SeenLine
from pipeline.normalize.repair import Repairer
from pipeline.normalize.repaired import RepairedLine
from pipeline.normalize.roles import with_roles
from pipeline.normalize.table_problems import with_table_problems


def repair_reading(reading: Reading, local: Path | None = None) -> Reading:
    """Return the reading with its lines' `text` repaired; `raw`, boxes and everything else stay.

    Pages whose own text is not trusted go through the noisy channel, and so do, through that of their readers, pages
    read from their picture; all others are brought to NFC. Marks that were read as other signs are found again. Then
    glued footnote marks (chỉ số chú thích) are set as superscript digits, save on pages with a trusted layer: there the
    `ocr` stage saw by size and baseline which digits are raised, and no other digit may be touched. At last every line
    is given its role, every table its problem if it has one, and every page its grade.

    Args:
        reading: The document.
        local: Folder of a model of the office's own texts, if one is to be used.

    Raises:
        ConfigurationError: The folder does not hold such a model.
    """
    known = _by_number([page for page in reading.pages if _is_wrong(page)], _repaired, local)
    known |= _by_number([page for page in reading.pages if _is_recognised(page)], _recovered, local)
    unraised = [page for page in reading.pages if page.source is not TextSource.LAYER]
    texts = [
        known[line.number].text if line.number in known else vietnamese_nfc(line.text)
        for page in unraised
        for line in page.lines
    ]
    raised = iter(raise_marks(texts))
    pages = tuple(
        _with_texts(page, [vietnamese_nfc(line.text) for line in page.lines], known)
        if page.source is TextSource.LAYER
        else _with_texts(page, [next(raised) for _ in page.lines], known)
        for page in reading.pages
    )
    return with_grades(with_roles(reading.model_copy(update={"pages": pages})))


def _by_number(
    pages: Sequence[Page], repair: Callable[[Sequence[Page], Path | None], list[RepairedLine]], local: Path | None
) -> dict[int, RepairedLine]:
    """Repair the lines of some pages; returns them by their numbers."""
    lines = [line.number for page in pages for line in page.lines]
    return dict(zip(lines, repair(pages, local), strict=True)) if lines else {}


def _repaired(pages: Sequence[Page], local: Path | None) -> list[RepairedLine]:
    """Return the lines of pages that the wrong reader read, repaired."""
    lines = [_as_read(line) for page in pages for line in page.lines]
    return Repairer.load(local).repair(lines, _starts(pages))


def _recovered(pages: Sequence[Page], local: Path | None) -> list[RepairedLine]:
    """Return the lines of pages read from their picture, decided between the readers, footnote marks found again."""
    lines = [line for page in pages for line in page.lines]
    read = [with_dash(vietnamese_nfc(line.text)) for line in lines]
    texts = recover_marks(read, _starts(pages), Reader.VIETNAMESE)
    seen = [SeenLine.of(line, text) for line, text in zip(lines, texts, strict=True)]
    return RecognisedRepairer.load(local).repair(seen)


def _starts(pages: Sequence[Page]) -> list[int]:
    """Return at which of all lines each page begins."""
    return list(accumulate((len(page.lines) for page in pages), initial=0))[:-1]


def _is_recognised(page: Page) -> bool:
    return page.source is TextSource.RECOGNISED


def _is_wrong(page: Page) -> bool:
    garbled = page.decision is not None and page.decision.trust is Trust.GARBLED
    # A page read again from its picture was garbled before that, and is not any more.
    return page.source is TextSource.REPAIRED_LAYER or (garbled and page.source is not TextSource.RECOGNISED)


def _as_read(line: Line) -> str:
    """Return the reading to repair: `raw`, save where the `ocr` stage turned it into Unicode from a legacy code."""
    is_converted = lowered(vietnamese_nfc(line.text)).split() != lowered(vietnamese_nfc(line.raw)).split()
    return lowered(line.text) if is_converted else line.raw


def _with_texts(page: Page, texts: Sequence[str], known: Mapping[int, RepairedLine]) -> Page:
    lines = (
        line.model_copy(update={"text": text, **_certainty(known.get(line.number))})
        for line, text in zip(page.lines, texts, strict=True)
    )
    repaired = page.model_copy(update={"lines": tuple(lines)})
    return with_table_problems(with_cell_texts(repaired) if page.source is TextSource.RECOGNISED else repaired)


def _certainty(repaired: RepairedLine | None) -> dict[str, object]:
    """Say how sure the words of a line are; nothing is said of lines that were taken as they were read."""
    if repaired is None or not repaired.words:
        return {}
    confidences = tuple(round(confidence, 2) for confidence in repaired.confidences)
    return {"confidences": confidences, "doubts": doubts_of(repaired)}
