"""`doisoat search`: the passages that hold the words asked for, with or without marks."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from pipeline.archive.hits import Hit
from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import deliver, show
from pipeline.cli.snippet import snippet


class Form(StrEnum):
    """How hits are written; a table is for people."""

    TABLE = "table"
    JSONL = "jsonl"


@command
def search(
    reporting: Reporting,
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            show_default=False,
            help='Từ cần tìm, có dấu hoặc không; "trong ngoặc kép" là cụm liền nhau. / Words, with or without marks.',
        ),
    ],
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Số kết quả nhiều nhất. / At most so many hits.")] = 20,
    form: Annotated[Form, typer.Option("--format", metavar="table|jsonl", help="Định dạng. / Format.")] = Form.TABLE,
    archive: ArchiveOption = None,
) -> None:
    """Tìm trong kho: "chu ky so" thấy "chữ ký số"; gõ đủ dấu thì chỗ đúng dấu đứng trước. (?) là từ còn nghi ngờ.

    Thu hẹp bằng so:15 co-quan:sở-y-tế loai:báo-cáo tu:2025 den:30/6/2025, hoặc "chữ ký số > 10.000".
    Search the archive without marks or with them; with them, exact matches come first. (?) marks doubtful words.
    """
    known = settings(archive)
    with Archive.open(known.archive, known.database) as store:
        result = store.search(query, limit)
    if form is Form.JSONL:
        deliver("".join(f"{hit.model_dump_json()}\n" for hit in result.hits).encode(), None)
        return
    show(*(_described(number, hit) for number, hit in enumerate(result.hits, start=1)))
    shown = len(result.hits)
    if result.corrected is not None:
        reporting.note(
            f"Không có “{query}”; đây là kết quả của “{result.corrected}”. / Nothing has these words; these are of "
            f"“{result.corrected}”."
        )
    more, over = ("ít nhất ", "at least ") if result.is_more else ("", "")
    reporting.note(
        f"{shown} trong {more}{result.total} đoạn tìm thấy. / {shown} of {over}{result.total} passages found."
    )


def _described(number: int, hit: Hit) -> Group:
    where = Text.assemble(f"{number}. ", (f"{hit.document}, trang {hit.page}, dòng {hit.line}", "bold"))
    if hit.other_reading:
        where.append("  (chữ nghi ngờ, đọc cách khác / another reading of a doubtful word)", style="dim")
    elif not hit.exact:
        where.append("  (khác dấu / other marks)", style="dim")
    return Group(where, Padding(snippet(hit.text, hit.highlights, hit.doubts), (0, 0, 0, 3)))
