"""`doisoat repair`: text in, text out, the same number of lines."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import command
from pipeline.cli.options import OutputOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import deliver
from pipeline.errors import BadArgumentsError, FileAccessError, InputFileError
from pipeline.language.legacy.evidence import encoding_of, in_unicode
from pipeline.language.legacy.tables import windows_text
from pipeline.normalize.repair import Repairer

_STDIN = Path("-")
_MOST_CANDIDATES = 8
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
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="WORD",
            help="Không sửa mà giải thích: mỗi chỗ đọc ra từ này có thể là những từ nào, với điểm của từng từ. / "
            "Repair nothing; say for each place where this word was read what it may be, with the scores.",
        ),
    ] = None,
    language: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            show_default=False,
            help="Mô hình riêng do doisoat learn tạo. / A model of your own texts, made by doisoat learn.",
        ),
    ] = None,
    output: OutputOption = None,
) -> None:
    """Sửa chữ tiếng Việt bị nhận dạng sai; văn bản đã đúng thì giữ nguyên. Số dòng vào bằng số dòng ra.

    Repair Vietnamese that was recognised wrongly; text that is right is left alone. As many lines come out as go in.
    """
    repairer = Repairer.load(language or settings().language)
    # A legacy code is told by the whole text, so it is looked for before the lines are parted.
    pieces = _BREAKS.split(in_unicode(_read(file)))
    # Splitting by a group puts the breaks at the odd places.
    if explain is not None:
        deliver(_explained(repairer, pieces[::2], explain).encode(), output)
        return
    page_starts = [place + 1 for place, mark in enumerate(pieces[1::2]) if mark == "\f"]
    pieces[::2] = repairer.repair_lines(pieces[::2], page_starts)
    deliver("".join(pieces).encode(), output)


def _explained(repairer: Repairer, lines: list[str], word: str) -> str:
    """Write the candidates of a word at each of its places, tab separated, the likeliest first.

    Raises:
        BadArgumentsError: The word is nowhere among what would be repaired.
    """
    found = repairer.explain(lines, word)
    if not found:
        raise BadArgumentsError(
            f"Không có từ “{word}” trong phần cần sửa. / “{word}” is not a word of the lines that need repair.",
            "Hãy viết từ đúng như trong văn bản gốc, bỏ dấu câu hai đầu. / "
            "Write the word as it stands in the raw text, without the punctuation around it.",
        )
    rows = ["dòng\ttừ đọc được\tứng viên\tđiểm kênh\tđiểm ngôn ngữ\txác suất\tchọn\n"]
    rows += [
        f"{e.line + 1}\t{e.token}\t{c.text}\t{c.channel:.1f}\t{c.language:.1f}\t{c.probability:.4f}"
        f"\t{'x' if c.chosen else ''}\n"
        for e in found
        for c in e.candidates[:_MOST_CANDIDATES]
    ]
    return "".join(rows)


def _read(file: Path) -> str:
    """Read the text.

    Raises:
        FileAccessError: The file is not there or may not be read.
        InputFileError: It is neither UTF-8 nor clearly in a legacy code.
    """
    try:
        content = sys.stdin.buffer.read() if file == _STDIN else file.read_bytes()
    except OSError as error:
        raise FileAccessError(
            f"{file}: không đọc được ({error.strerror}). / Cannot be read ({error.strerror}).",
            "Hãy kiểm tra lại đường dẫn. / Check the path.",
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = windows_text(content)
        if encoding_of(text) is not None:
            return text
        raise InputFileError(
            f"{file}: không phải văn bản UTF-8, cũng không rõ là TCVN3, VNI, VISCII hay Windows-1258. / "
            "Not UTF-8 text, nor clearly TCVN3, VNI, VISCII or Windows-1258.",
            "Với PDF và ảnh, dùng doisoat ingest hoặc extract. / For PDFs and pictures use doisoat ingest or extract.",
        ) from error
