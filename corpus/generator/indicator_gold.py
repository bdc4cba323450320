"""Which indicator of the catalogue each figure of the corpus states, as a person read it: `documents/indicators.tsv`.

A line names the document, the figure as printed, which of the document's figures printed so it is (1 is the first), and
the indicator's id.
Figures that are not there state no indicator of the catalogue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.generator.figure_marks import MarkedFigure, SourceError

NAME = "indicators.tsv"
HELD_BACK = (
    "bc-cchc-quangtri-q3",
    "bc-giaoduc-camau",
    "cv-daklak-dondoc",
    "cv-laocai-baolu",
    "hd-sonla-bcd",
    "kh-cds-phutho-2026",
    "qd-angiang-bangkhen",
    "tb-danang-tuyendung",
)
"""The documents on which the linking was first measured before any of its errors there were looked at."""

_Key = tuple[str, int]


def told(path: Path, figures: Sequence[MarkedFigure]) -> Iterator[MarkedFigure]:
    """The figures of a document with their indicators.

    Raises:
        SourceError: an indicator is told of a figure that the document does not have.
    """
    known = _of_document(path)
    seen: Counter[str] = Counter()
    for figure in figures:
        seen[figure.printed] += 1
        yield replace(figure, indicator=known.pop((figure.printed, seen[figure.printed]), None))
    if known:
        raise SourceError(f"{path.name}: {NAME} tells of figures that are not there: {sorted(known)}")


def _of_document(path: Path) -> dict[_Key, str]:
    table = path.parent / NAME
    if not table.is_file():
        return {}
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {(printed, int(time)): indicator for name, printed, time, indicator in rows if name == path.stem}
