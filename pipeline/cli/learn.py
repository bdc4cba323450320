"""`doisoat learn`: how the office itself writes, from its own clean texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.errors import FileAccessError, InputFileError
from pipeline.models import TextSource
from pipeline.normalize.learning import FEWEST_WORDS
from pipeline.normalize.learning import learn as learn_from

_CLEAN = (TextSource.LAYER, TextSource.PLAIN)


@command
def learn(
    reporting: Reporting,
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", show_default=False, help="Thư mục ghi mô hình. / Where the model is written."),
    ],
    archive: ArchiveOption = None,
) -> None:
    """Học cách viết của cơ quan từ các trang sạch trong kho, để sửa chữ sát hơn. Không gì rời khỏi máy.

    Learn how the office writes from the archive's clean pages, so that repair comes nearer. Nothing leaves the machine.
    Use it with the setting `language`, or `doisoat repair --language FOLDER`.
    """
    known = settings(archive)
    with Archive.open(known.archive, known.database) as store:
        model, words = learn_from(_clean_documents(store))
    if model is None:
        raise InputFileError(
            f"Kho chỉ có {words} từ sạch, cần ít nhất {FEWEST_WORDS}. / "
            f"The archive has {words} clean words only, {FEWEST_WORDS} are needed.",
            "Hãy nạp thêm văn bản gốc điện tử rồi chạy lại. / Ingest more digital documents, then run it again.",
        )
    try:
        model.save(folder)
    except OSError as error:
        raise FileAccessError(
            f"{folder}: không ghi được ({error.strerror}). / Cannot be written ({error.strerror}).",
            "Hãy chọn thư mục khác. / Choose another folder.",
        ) from error
    reporting.note(f"Đã học từ {words} từ vào {folder}. / Learned from {words} words, written to {folder}.")


def _clean_documents(store: Archive) -> Iterator[list[str]]:
    """Yield the lines of each document's pages whose own text was taken."""
    for document in store.documents():
        reading = store.reading(document.name)
        if reading is not None:
            yield [line.text for page in reading.pages if page.source in _CLEAN for line in page.lines]
