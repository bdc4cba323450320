"""The parts of an official document (thể thức văn bản), after Nghị định 30/2020/NĐ-CP, phụ lục I, and its Party form."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.printed import PrintedLine
from pipeline.models import Components


def extract(document: str, lines: Sequence[PrintedLine]) -> Components:
    """Return the components of a document from its printed lines."""
    return Components(document=document)
