"""`doisoat ocr`: a scan in, a searchable PDF/A out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import command
from pipeline.cli.options import settings
from pipeline.cli.reporting import Reporting
from pipeline.errors import FileAccessError
from pipeline.export.searchable import make_searchable
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
            help="Ghi cả chữ ra tệp văn bản này. / Write the text to this file as well.",
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
    made = make_searchable(
        IncomingFile(source.name, source), target, settings(jobs=jobs), sidecar, break_signatures=break_signatures
    )
    kind = "PDF/A" if made.is_pdfa else "PDF (không đạt PDF/A / not PDF/A)"
    count = len(made.recognised)
    reporting.note(
        f"{target}: {kind}, {made.pages} trang, {count} trang nhận dạng. / {made.pages} pages, {count} recognised."
    )
