"""Commands that are imported when they are called: reading pages takes seconds to import, searching must not."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command


@dataclass(frozen=True)
class Location:
    """Where a command's function is, and what the list of commands says of it."""

    module: str
    function: str
    summary: str


COMMANDS = MappingProxyType(
    {
        "ingest": Location("ingest", "ingest", "Nạp tài liệu vào kho / bring documents in"),
        "reprocess": Location("reprocess", "reprocess", "Đọc lại tài liệu trong kho / read documents anew"),
        "reconcile": Location("reconcile", "reconcile", "Tìm số liệu mâu thuẫn / find what contradicts what"),
        "decide": Location("decide", "decide", "Xác nhận, bác bỏ phát hiện, sửa số / settle a finding"),
        "decisions": Location("decisions", "decisions", "Quyết định đã có: xem, ghi ra, nạp lại / what was decided"),
        "search": Location("search", "search", "Tìm trong kho, có dấu hay không / search the archive"),
        "serve": Location("serve", "serve", "Mở bàn làm việc trên trình duyệt / open the desk in a browser"),
        "users": Location("users", "users", "Ai được dùng bàn làm việc / who may use the desk"),
        "status": Location("status", "status", "Kho có gì, tệp nào lỗi / what the archive holds"),
        "check": Location("check", "check", "Kho có còn nguyên vẹn không / whether the archive is whole"),
        "backup": Location("backup", "backup", "Sao lưu cả kho vào một tệp / the whole archive in one file"),
        "restore": Location("restore", "restore", "Khôi phục kho từ bản sao lưu / an archive out of a backup"),
        "originals": Location("originals", "originals", "Bản gốc lưu ở đâu / where the originals are kept"),
        "export": Location("export", "export", "Xuất cả kho ra CSV, XLSX, JSONL / export the archive"),
        "indicators": Location("indicators", "indicators", "Chỉ tiêu nào có số liệu / what is counted, and how often"),
        "series": Location("series", "series", "Chỉ tiêu qua thời gian, đồ thị, SDMX / indicators over time"),
        "extract": Location("extract", "extract", "Trích số liệu từ tệp, không cần kho / records of files"),
        "ocr": Location("ocr", "ocr", "Tạo PDF/A tìm kiếm được / scan to searchable PDF/A"),
        "repair": Location("repair", "repair", "Sửa chữ nhận dạng sai / repair recognised text"),
        "learn": Location("learn", "learn", "Học cách viết của cơ quan / learn how the office writes"),
        "eval": Location("eval_command", "evaluate", "Đo chất lượng từng công đoạn / measure every stage"),
    }
)
"""All commands by their names, in the order of the help."""


class LazyGroup(TyperGroup):
    """The group of all commands."""

    def list_commands(self, ctx: object) -> list[str]:
        """Name the commands in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | None:
        """Import a command; None where there is none of this name."""
        location = COMMANDS.get(cmd_name)
        if location is None:
            return None
        function = getattr(importlib.import_module(f"pipeline.cli.{location.module}"), location.function)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name)(function)
        command = get_command(alone)
        return command if isinstance(command, TyperCommand) else None

    def format_commands(self, ctx: object, formatter: Any) -> None:
        """List the commands without importing them."""
        with formatter.section("Lệnh / Commands"):
            formatter.write_dl([(name, location.summary) for name, location in COMMANDS.items()])
