"""`doisoat repair`: text in, text out, the same number of lines."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import command
from pipeline.cli.options import OutputOption
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import deliver
from pipeline.errors import FileAccessError, InputFileError
from pipeline.normalize.repair import Repairer

_STDIN = Path("-")
# Line ends and page breaks pass through as they are; only what stands between them is language.
_BREAKS = re.compile(r"(\r\n|\n|\f)")


@command
def repair(
    reporting: Reporting,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            show_default=False,
            help="Tệp văn bản; bỏ trống hoặc - là stdin. / A text file; none, or -, is stdin.",
        ),
    ] = _STDIN,
    output: OutputOption = None,
) -> None:
    """Sửa chữ tiếng Việt bị nhận dạng sai; văn bản đã đúng thì giữ nguyên. Số dòng vào bằng số dòng ra.

    Repair Vietnamese that was recognised wrongly; text that is right is left alone. As many lines come out as go in.
    """
    pieces = _BREAKS.split(_read(file))
    # Splitting by a group puts the breaks at the odd places.
    page_starts = [place + 1 for place, mark in enumerate(pieces[1::2]) if mark == "\f"]
    pieces[::2] = Repairer.load().repair_lines(pieces[::2], page_starts)
    deliver("".join(pieces).encode(), output)


def _read(file: Path) -> str:
    """Read the text.

    Raises:
        FileAccessError: The file is not there or may not be read.
        InputFileError: It is not UTF-8.
    """
    try:
        content = sys.stdin.buffer.read() if file == _STDIN else file.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise FileAccessError(
            f"{file}: không đọc được ({error.strerror}). / Cannot be read ({error.strerror}).",
            "Hãy kiểm tra lại đường dẫn. / Check the path.",
        ) from error
    except UnicodeDecodeError as error:
        raise InputFileError(
            f"{file}: không phải văn bản UTF-8. / Not UTF-8 text.",
            "Với PDF và ảnh, dùng doisoat ingest hoặc extract. / For PDFs and pictures use doisoat ingest or extract.",
        ) from error
