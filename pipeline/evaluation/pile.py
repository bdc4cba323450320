"""A rendered pile with its gold, as `python -m corpus.generator.build` leaves it: which file is which document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import FileAccessError, InputFileError

INDEX = "index.jsonl"
PAGE_BREAK = "\f"
HOW_TO_MAKE = "Tạo bằng lệnh / make it with: python -m corpus.generator.build --output {folder} --forms all"


@dataclass(frozen=True)
class PileEntry:
    """One file: the document that it is, the set that it belongs to, and in which form each of its pages is."""

    set: str
    document: str
    path: Path
    form: str
    grade: str | None
    page_forms: tuple[str, ...]


@dataclass(frozen=True)
class DocumentGold:
    """What is true of one document. `pages` are lists of printed lines; the others have the contract's JSON keys."""

    document: str
    pages: tuple[tuple[str, ...], ...]
    figures: tuple[Mapping[str, Any], ...]
    components: Mapping[str, Any]
    citations: tuple[Mapping[str, Any], ...]
    tasks: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Pile:
    """The folder of a rendered pile."""

    folder: Path
    entries: tuple[PileEntry, ...]

    @property
    def findings(self) -> Path:
        """The gold of the reconcile stage."""
        return self.folder / "gold" / "findings.tsv"

    def of(self, name: str) -> list[PileEntry]:
        """The files of one set: "demo", "digital", "scan-good", ..., "garbled".

        Raises:
            FileAccessError: the pile was made without that set.
        """
        entries = [entry for entry in self.entries if entry.set == name]
        if not entries:
            raise FileAccessError(
                f"{self.folder}: không có bộ {name!r} / has no set {name!r}.", HOW_TO_MAKE.format(folder=self.folder)
            )
        return entries

    def sets(self) -> list[str]:
        """The sets that the pile has, in the order of its index."""
        return list(dict.fromkeys(entry.set for entry in self.entries))

    def gold(self, document: str) -> DocumentGold:
        """The gold of one document.

        Raises:
            FileAccessError: it is not there.
        """
        folder = self.folder / "gold" / document
        pages = _text(folder / "text.txt").split(PAGE_BREAK)
        return DocumentGold(
            document=document,
            pages=tuple(tuple(page.splitlines()) for page in pages),
            figures=tuple(_json_lines(folder / "figures.jsonl")),
            components=json.loads(_text(folder / "components.json")),
            citations=tuple(_json_lines(folder / "citations.jsonl")),
            tasks=tuple(_json_lines(folder / "tasks.jsonl")),
        )


def open_pile(folder: Path) -> Pile:
    """The pile in `folder`.

    Raises:
        FileAccessError: there is none; the remedy says how to make it.
        InputFileError: its index cannot be understood.
    """
    try:
        entries = tuple(_entry(folder, record) for record in _json_lines(folder / INDEX))
    except (KeyError, ValueError) as error:
        raise InputFileError(
            f"{folder / INDEX}: không phải mục lục của tập văn bản mẫu / not the index of a rendered corpus.",
            HOW_TO_MAKE.format(folder=folder),
        ) from error
    return Pile(folder, entries)


def _entry(folder: Path, record: Mapping[str, Any]) -> PileEntry:
    return PileEntry(
        set=record["set"],
        document=record["document"],
        path=folder / record["path"],
        form=record["form"],
        grade=record["grade"],
        page_forms=tuple(record["page_forms"]),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise FileAccessError(
            f"{path}: không mở được / cannot be opened.", HOW_TO_MAKE.format(folder=path.parent)
        ) from error


def _json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _text(path).splitlines() if line.strip()]
