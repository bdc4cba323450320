"""`doisoat ocr`: a scan in, a searchable PDF/A out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import command
from pipeline.cli.options import settings
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import deliver
from pipeline.errors import FileAccessError
from pipeline.export.alto import alto as as_alto
from pipeline.export.hocr import hocr as as_hocr
from pipeline.export.pagetext import page_text
from pipeline.export.searchable import make_searchable, refuse_the_original
from pipeline.ocr import refusals
from pipeline.ocr.intake import IncomingFile


@command
def ocr(
    reporting: Reporting,
    source: Annotated[
        Path, typer.Argument(metavar="IN", help="Bản quét: PDF, TIFF, JPEG, PNG. / The scan.", show_default=False)
    ],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="PDF tìm kiếm được. / The searchable PDF.", show_default=False)
    ],
    sidecar: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="Ghi cả chữ của mọi trang ra tệp văn bản này. / Write the text of all pages to this file as well.",
        ),
    ] = None,
    hocr: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="Ghi cả chữ, vị trí và độ tin cậy của từng từ ra tệp hOCR này. / "
            "Write the words with their places and confidences to this hOCR file as well.",
        ),
    ] = None,
    alto: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            show_default=False,
            help="Như trên, ra tệp ALTO XML 4.4, kèm cách đọc khác của từ còn nghi ngờ. / "
            "The same as ALTO XML 4.4, with the other readings of doubtful words.",
        ),
    ] = None,
    break_signatures: Annotated[
        bool,
        typer.Option(
            "--break-signatures",
            help="Vẫn ghi lại tệp có chữ ký số, dù chữ ký mất hiệu lực trong bản mới. / "
            "Rewrite a signed PDF though its signatures lose their force in the copy.",
        ),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            show_default=False,
            help="Số trang xử lý cùng lúc (mặc định: số nhân CPU). / Pages worked on at once (default: CPU cores).",
        ),
    ] = None,
) -> None:
    """Tạo PDF/A tìm kiếm được từ bản quét: chữ đã sửa nằm dưới ảnh, chọn và chép được. Bản gốc giữ nguyên.

    Make a searchable PDF/A of a scan: the repaired text lies under the picture and can be selected. The original stays.
    """
    if not source.exists():
        raise refusals.missing(str(source))
    if source.is_dir():
        raise FileAccessError(f"{source}: là thư mục. / It is a folder.", "Hãy nêu một tệp. / Name one file.")
    file = IncomingFile(source.name, source)
    beside = [(path, write) for path, write in ((sidecar, page_text), (hocr, as_hocr), (alto, as_alto)) if path]
    for path, _ in beside:
        refuse_the_original(file, path)
    made = make_searchable(file, target, settings(jobs=jobs), break_signatures=break_signatures)
    for path, write in beside:
        deliver(write(made.reading), path)
    kind = "PDF/A" if made.is_pdfa else "PDF (không đạt PDF/A / not PDF/A)"
    pages, count = len(made.reading.pages), len(made.recognised)
    reporting.note(f"{target}: {kind}, {pages} trang, {count} trang nhận dạng. / {pages} pages, {count} recognised.")
