"""Documents of an archive with their words at their places: one hOCR or ALTO file for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from pipeline.export.alto import alto
from pipeline.export.fileformat import LayoutFormat
from pipeline.export.hocr import hocr
from pipeline.models import Reading

_WRITERS: dict[LayoutFormat, Callable[[Reading], bytes]] = {LayoutFormat.HOCR: hocr, LayoutFormat.ALTO: alto}
_NO_NAMES = ("..", "/")


def layout_files(readings: Iterable[Reading], forms: Sequence[LayoutFormat]) -> Iterator[tuple[str, bytes]]:
    """Yield the relative path ("alto/quy3/bao-cao.pdf.xml") and the content of each file; none for plain text."""
    for reading in readings:
        if any(page.width and page.height for page in reading.pages):
            for form in forms:
                yield str(Path(form.value) / _path(reading.document, form)), _WRITERS[form](reading)


def _path(document: str, form: LayoutFormat) -> Path:
    """Return a document's name as a path that stays inside its folder."""
    parts = [part for part in PurePosixPath(document.replace("\\", "/")).parts if part not in _NO_NAMES]
    path = Path(*(part.replace(":", "_") for part in parts))
    return path.with_name(f"{path.name}.{form.extension}")
