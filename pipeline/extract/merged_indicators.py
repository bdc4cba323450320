"""Indicators that a person merged: what states the one is told as stating the other."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.models import Extraction, Figure


def with_merged(extraction: Extraction, into: Mapping[str, str]) -> Extraction:
    """Return an extraction whose figures state, for each merged indicator, the one that it was merged into."""
    if not any(figure.indicator in into for figure in extraction.figures):
        return extraction
    return extraction.model_copy(update={"figures": tuple(_merged(figure, into) for figure in extraction.figures)})


def _merged(figure: Figure, into: Mapping[str, str]) -> Figure:
    kept = into.get(figure.indicator or "")
    if kept is None:
        return figure
    reason = f"gộp từ {figure.indicator}; {figure.indicator_reason or ''}".rstrip("; ")
    return figure.model_copy(update={"indicator": kept, "indicator_reason": reason})
