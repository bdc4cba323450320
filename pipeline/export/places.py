"""Where the figures stand that a record is told of: what a workbook links to."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.export.records import ExportRecord, FindingRecord, SeriesRecord

MOST = 8  # a sum of twenty parts does not get twenty columns


@dataclass(frozen=True)
class FigurePlace:
    """The id of a figure, and the place of its document for a person."""

    figure: str
    text: str


def places(record: ExportRecord) -> tuple[FigurePlace, ...]:
    """Return the figures that a record is told of, in its order, the first `MOST` of them."""
    if isinstance(record, SeriesRecord):
        return (FigurePlace(record.figure, f"{record.document}, trang {record.page}, dòng {record.line}"),)
    if isinstance(record, FindingRecord):
        stated = zip(record.figures, record.evidence, strict=False)  # what is no figure stands behind the figures
        told = ((figure, f"{at.document}, trang {at.page}, dòng {at.line}") for figure, at in stated)
        return tuple(FigurePlace(figure, text) for figure, text in told)[:MOST]
    return ()
