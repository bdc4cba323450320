"""Documents whose layout is told line by line: `python -m corpus.generator.verbatim --output DIR`.

The sources of `corpus/documents` are all set by one hand: the generator's. Those of `corpus/verbatim` print what stands
in them, as converters leave it: letterheads flattened in several ways, tables that fell apart, signatures beside their
recipients. A line of the body is a printed line, or a paragraph that is broken at `width` characters; `spacing: double`
puts an empty line after each. Marks of figures and citations, checks and tasks are as docs/CORPUS.md describes them.

    DIR/plain/    each document as plain text, with DIR/plain/gold and DIR/plain/index.jsonl, a pile of its own
    DIR/garbled/  the same lines printed and read by an English recogniser (only with --garbled)
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from corpus.generator import citation_marks, figure_marks, gold, task_marks
from corpus.generator.blocks import Align, Block, PageBreak, Paragraph
from corpus.generator.figure_marks import FOOTNOTE_CALL, MarkedFigure
from corpus.generator.forms import Arrival, Print, make, page_forms
from corpus.generator.layout import Sheet
from corpus.generator.render import set_blocks
from corpus.generator.source import (
    ACROSS,
    CHECKS,
    NEW_PAGE,
    TASKS,
    Check,
    Source,
    across,
    grounded,
    read_checks,
    read_head,
    words,
)
from pipeline.language.unicode import lowered, raised

DOCUMENTS = Path(__file__).resolve().parent.parent / "verbatim"
SECOND = DOCUMENTS / "second"  # written after the rules had been mended with the first in sight
# Rules have been mended with the misses of the others in sight; of these only the scores were looked at.
CONTROL = frozenset(
    {
        "bc-benhvien-dienbien",
        "bc-bo-noivu",
        "bc-datdai-laocai",
        "bc-dtc-quangngai",
        "bc-giaoduc-bacninh",
        "bc-sapnhap-thainguyen",
        "bc-xa-hungyen",
        "kh-yte-khanhhoa",
        "tb-giaoban-tuyenquang",
        "ttr-khcn-camau",
    }
)
HALVES = ("open", "control", "all")
WIDTH = "88"
_LINES_ABOVE = 12  # headings, the heads of a table that fell apart, the sentence that leads a list in
PRINTED_SIZE = 11.5  # the longest lines just fit between the margins


@dataclass(frozen=True)
class VerbatimSource:
    """A document with all that is true of it, and its printed lines page by page, footnote calls as `[^1]`."""

    source: Source
    pages: tuple[tuple[str, ...], ...]

    def text(self) -> str:
        """What is printed, marks of footnotes raised, pages parted by form feeds."""
        return gold.PAGE_BREAK.join(_raised("\n".join(page) + "\n") for page in self.pages)


class VerbatimPrint(Print):
    """A verbatim document set on paper, each of its lines one."""

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The pages."""
        return set_blocks(self.source.blocks, self.family)


def read(path: Path) -> VerbatimSource:
    """The document that a source file tells.

    Raises:
        SourceError: something in it cannot be understood.
    """
    head_text, _, rest = path.read_text(encoding="utf-8").partition("\n---\n")
    stated, _, tasks = rest.partition(TASKS)
    body, _, checks = stated.partition(CHECKS)
    head, layout = _parted(head_text)
    pages = tuple(tuple(_printed(page, layout)) for page in body.strip("\n").split(f"{NEW_PAGE}\n"))
    source = Source(
        name=path.stem,
        head=read_head(head, path),
        blocks=tuple(_blocks(pages)),
        footnotes={},
        figures=tuple(_figures(body.splitlines())),
        citations=tuple(citation_marks.find(figure_marks.printed(body))),
        checks=tuple(read_checks(checks)),
        tasks=tuple(task_marks.read(tasks)),
    )
    return VerbatimSource(source, pages)


def read_all(folder: Path = DOCUMENTS, half: str = "all") -> list[VerbatimSource]:
    """The documents of a folder by name: all, the control half, or the open one."""
    paths = sorted(folder.glob("*.txt"))
    return [read(path) for path in paths if half == "all" or (path.stem in CONTROL) == (half == "control")]


def _raised(text: str) -> str:
    return FOOTNOTE_CALL.sub(lambda call: raised(call[1]), text)


def _figures(lines: Sequence[str]) -> Iterator[MarkedFigure]:
    """Yield the figures, their subjects in words that their own line or those above it print."""
    shown = [citation_marks.printed(figure_marks.printed(line)) for line in lines]
    for number, line in enumerate(lines):
        passage = words(" ".join(shown[max(0, number - _LINES_ABOVE) : number + 1]))
        yield from (grounded(figure, passage) for figure in figure_marks.find(line))


def _parted(head: str) -> tuple[str, Mapping[str, str]]:
    """The head without the keys of the layout, and these."""
    lines = head.splitlines()
    layout = dict(line.split(": ", 1) for line in lines if re.match(r"(?:width|spacing): ", line))
    return "\n".join(line for line in lines if line.partition(":")[0] not in layout), layout


def _printed(page: str, layout: Mapping[str, str]) -> Iterator[str]:
    for line in page.splitlines():
        shown = citation_marks.printed(figure_marks.printed(line))
        width = int(layout.get("width", WIDTH))
        for part in textwrap.wrap(shown, width, break_on_hyphens=False, drop_whitespace=True) or [""]:
            yield part
            if layout.get("spacing") == "double":
                yield ""


def _blocks(pages: Sequence[Sequence[str]]) -> Iterator[Block]:
    plain = Paragraph("", Align.LEFT, PRINTED_SIZE, space_after=3)
    for number, page in enumerate(pages):
        if number:
            yield PageBreak()
        for line in filter(None, page):
            yield replace(plain, text=_raised(line).replace("*", r"\*"))


def build(output: Path, half: str, *, garbled: bool, folder: Path = DOCUMENTS) -> int:
    """Make the pile of plain texts, and that of garbled ones if asked for; answers how many files there are."""
    documents = read_all(folder, half)
    for name in ("plain", "garbled"):
        shutil.rmtree(output / name, ignore_errors=True)
    entries = [_plain(document, output / "plain") for document in documents]
    across_checks = _across(folder, documents)
    _finish(output / "plain", documents, across_checks, entries)
    if garbled:
        read_wrong = [_garbled(document, output / "garbled") for document in documents]
        _finish(output / "garbled", documents, across_checks, read_wrong)
        entries += read_wrong
    return len(entries)


def _plain(document: VerbatimSource, pile: Path) -> dict[str, object]:
    path = pile / "text" / f"{document.source.name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lowered(document.text()), encoding="utf-8")
    gold.write_records(pile / "gold" / document.source.name, document.source, document.text())
    return _entry(document, "plain", path.relative_to(pile), ["text"] * len(document.pages))


def _garbled(document: VerbatimSource, pile: Path) -> dict[str, object]:
    paper, arrival = VerbatimPrint(document.source), Arrival("garbled")
    path = make(paper, arrival, pile / "text")
    gold.write_records(pile / "gold" / document.source.name, document.source, gold.text(paper.sheets))
    return _entry(document, "garbled", path.relative_to(pile), page_forms(paper, arrival))


def _entry(document: VerbatimSource, name: str, path: Path, forms: Sequence[str]) -> dict[str, object]:
    form = forms[0]
    return {
        "set": name,
        "document": document.source.name,
        "path": path.as_posix(),
        "form": form,
        "grade": None,
        "page_forms": list(forms),
    }


def _across(folder: Path, documents: Sequence[VerbatimSource]) -> list[Check]:
    """The checks between documents of the folder that are all in the pile; a folder may have none."""
    if not (folder / ACROSS).exists():
        return []
    names = {document.source.name for document in documents}
    return [check for check in across(folder) if {operand.split("/")[0] for operand in check.operands} <= names]


def _finish(
    pile: Path,
    documents: Sequence[VerbatimSource],
    across_checks: Sequence[Check],
    entries: Sequence[Mapping[str, object]],
) -> None:
    gold.write_findings(pile / "gold" / "findings.tsv", [document.source for document in documents], across_checks)
    lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    (pile / "index.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Makes piles of the documents whose lines are told one by one.")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--documents", type=Path, default=DOCUMENTS, help="the folder of the sources")
    parser.add_argument("--half", choices=HALVES, default="all")
    parser.add_argument("--garbled", action="store_true", help="also as an English recogniser reads them (minutes)")
    arguments = parser.parse_args()
    count = build(arguments.output, arguments.half, garbled=arguments.garbled, folder=arguments.documents)
    print(f"{arguments.output}: {count} tệp / files")


if __name__ == "__main__":
    main()
