"""A page too short to judge follows the pages around it."""

from __future__ import annotations

from ocr_samples import GARBLED, REPORT

from pipeline.models import Box, Page, Table, TextSource, Trust
from pipeline.ocr.neighbours import follow_neighbours
from pipeline.ocr.plaintext import pages

SHORT = "KT. CHU TICH\nTran Van B\n"


def read(*texts: str) -> tuple[Page, ...]:
    return follow_neighbours(pages("\f".join(texts)))


def prose(lines: tuple[str, ...]) -> str:
    return "\n".join(lines) + "\n"


def test_a_signature_page_after_garbled_pages_is_left_for_repair_with_the_reason() -> None:
    last = read(prose(GARBLED), SHORT)[-1]
    assert last.source is TextSource.REPAIRED_LAYER
    assert last.decision is not None
    assert last.decision.trust is Trust.ABSTAINED
    assert "nearest" in last.decision.reasons[-1]


def test_the_same_page_after_good_pages_is_taken_as_it_is() -> None:
    assert read(prose(REPORT), SHORT)[-1].source is TextSource.PLAIN


def test_the_nearest_judged_page_counts() -> None:
    sources = [page.source for page in read(prose(GARBLED), prose(REPORT), SHORT, SHORT)]
    assert sources == [TextSource.REPAIRED_LAYER, TextSource.PLAIN, TextSource.PLAIN, TextSource.PLAIN]


def test_alone_it_is_taken_as_it_is() -> None:
    assert read(SHORT)[0].source is TextSource.PLAIN


def test_a_page_left_for_repair_has_no_ruled_tables() -> None:
    garbled, short = pages("\f".join((prose(GARBLED), SHORT)))
    box = Box(x0=60, y0=60, x1=260, y1=100)
    ruled = short.model_copy(update={"tables": (Table(number=1, box=box, columns=(60, 160, 260), cells=()),)})
    assert follow_neighbours((garbled, ruled))[1].tables == ()
