"""The gold of our own documents is true: every check that it calls consistent holds, every conflict does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.generator import gold, source, task_marks, verbatim
from corpus.generator.build import DOCUMENTS
from corpus.generator.figure_marks import MarkedFigure
from corpus.generator.source import Check

SOURCES = source.read_all(DOCUMENTS)
ACROSS = [*source.across(DOCUMENTS), *source.across(verbatim.SECOND)]
FOLDERS = (DOCUMENTS, verbatim.DOCUMENTS, verbatim.SECOND)
VERBATIM = [item.source for folder in FOLDERS[1:] for item in verbatim.read_all(folder)]
EVERY_SOURCE = [*SOURCES, *VERBATIM]
BODIES = {path.stem: path.read_text(encoding="utf-8") for folder in FOLDERS for path in folder.glob("*.txt")}
LABELLED = {item.name: item.labelled() for item in EVERY_SOURCE}
EVERYWHERE = {f"{name}/{label}": figure for name, figures in LABELLED.items() for label, figure in figures.items()}
CHECKS = [
    pytest.param(check, LABELLED[item.name], id=f"{item.name}-{number:02}")
    for item in EVERY_SOURCE
    for number, check in enumerate(item.checks, 1)
] + [pytest.param(check, EVERYWHERE, id=f"across-{number:02}") for number, check in enumerate(ACROSS, 1)]


def number(part: MarkedFigure | Decimal) -> Decimal:
    return part if isinstance(part, Decimal) else part.number


def near(stated: MarkedFigure, computed: Decimal) -> bool:
    """Within half a unit of the last printed digit, or cut off after it."""
    off = computed - stated.number
    return abs(off) <= stated.step / 2 or 0 <= off < stated.step


def ratio(part: MarkedFigure, whole: MarkedFigure) -> Decimal:
    if "/" in part.value and part is whole:
        top, bottom = (Decimal(n) for n in part.value.split("/"))
        return top / bottom
    return part.number / whole.number


def in_one_unit(parts: Sequence[MarkedFigure | Decimal]) -> list[MarkedFigure | Decimal]:
    """Amounts of money in đồng where the check compares several units."""
    units = {part.unit.split("/")[0] for part in parts if isinstance(part, MarkedFigure) and part.kind == "money"}
    if len(units) < 2:
        return list(parts)
    return [
        replace(part, value=str(part.number * gold.UNIT_SCALES[part.unit]))
        if isinstance(part, MarkedFigure) and part.unit in gold.UNIT_SCALES
        else part
        for part in parts
    ]


def holds(kind: str, stated: Sequence[MarkedFigure | Decimal]) -> bool:
    parts = in_one_unit(stated)
    first = parts[0]
    assert isinstance(first, MarkedFigure)
    numbers = [number(part) for part in parts[1:]]
    figures = [part for part in parts[1:] if isinstance(part, MarkedFigure)]
    meanings = {
        "sum": lambda: first.number == sum(numbers),
        "roll": lambda: first.number == sum(numbers),
        "diff": lambda: first.number == numbers[0] - numbers[1],
        "rate": lambda: near(first, 100 * ratio(figures[0], figures[1])),
        "average": lambda: near(first, ratio(figures[0], figures[1])),
        "growth": lambda: near(first, 100 * abs(numbers[0] - numbers[1]) / numbers[1]),
        "words": lambda: first.number == numbers[0],
        "list": lambda: first.number == numbers[0],
        "repeat": lambda: first.number == numbers[0],
        "across": lambda: first.number == numbers[0],
        "falling": lambda: first.number <= numbers[0],
        "rising": lambda: first.number <= numbers[0],
    }
    return meanings[kind]()


@pytest.mark.parametrize(("check", "figures"), CHECKS)
def test_a_check_says_what_the_figures_say(check: Check, figures: dict[str, MarkedFigure]) -> None:
    assert holds(check.kind, gold.operands(check, figures)) == (check.verdict == "consistent")


def test_there_are_conflicts_of_many_kinds_and_many_more_checks_that_hold() -> None:
    checks = [check for item in SOURCES for check in item.checks] + ACROSS
    verdicts = Counter(check.verdict for check in checks)
    kinds = {check.kind for check in checks if check.verdict == "conflict"}
    assert verdicts["conflict"] >= 20
    assert verdicts["consistent"] >= 60
    assert kinds >= {"sum", "rate", "words", "list", "repeat", "across", "falling"}


@pytest.mark.parametrize("item", EVERY_SOURCE, ids=lambda item: item.name)
def test_what_looks_like_a_figure_is_marked(item: source.Source) -> None:
    """Numerals with a unit behind them are quantities; each printed one is in the gold."""
    body = BODIES[item.name].partition("\n---\n")[2]
    body = body.partition(source.CHECKS)[0]
    unmarked = re.sub(r"\{[^{}]*\}|<[^<>]*>", "", body)
    prose = "\n".join(line for line in unmarked.splitlines() if not re.match(r"!?#?\S* .*\|", line))
    quantities = re.findall(
        r"\d+(?:[.,]\d+)*(?:%| (?:triệu|tỷ|nghìn) đồng| (?:hồ sơ|người|xã|lượt|trường|dự án)\b)", prose
    )
    assert quantities == []


@pytest.mark.parametrize("item", EVERY_SOURCE, ids=lambda item: item.name)
def test_amounts_in_words_stand_in_the_text(item: source.Source) -> None:
    text = BODIES[item.name].casefold()
    joined = " ".join(text.split())
    for check in item.checks:
        if check.kind == "words":
            assert re.search(rf"\((?:bằng chữ: )?{re.escape(check.note.casefold())}\)", joined)


@pytest.mark.parametrize("item", [item for item in EVERY_SOURCE if item.tasks], ids=lambda item: item.name)
def test_tasks_and_their_offices_stand_in_the_text(item: source.Source) -> None:
    text = BODIES[item.name].partition(source.TASKS)[0]
    shown = re.sub(r"\{([^|{}]*)\|[^{}]*\}", r"\1", text.partition("\n---\n")[2])
    printed = " ".join([*item.head.items("to"), *shown.split()]).casefold()
    for task in item.tasks:
        assert task.task.casefold() in printed
        for office in (*task.lead, *task.support):
            assert office.casefold() in printed


def test_the_gold_tasks_answer_the_marks() -> None:
    item = next(item for item in SOURCES if item.name == "kh-chayrung-thanhhoa")
    tasks = [gold.task(item.name, task) for task in item.tasks]
    assert {task["recurrence"] for task in tasks} == {None, "continuous", "monthly"}
    assert tasks[0]["support"] == ("Hạt Kiểm lâm khu vực", "Công an xã")
    assert tasks[2]["deadline"] == "2025-12-31"
    assert tasks[2]["target"] == "Bản đồ hiện trạng đường băng cản lửa"


@pytest.mark.parametrize("line", ["Việc | A | B | tháng sau", "Việc | A | B | 2025-01-01 | C | D"])
def test_a_task_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=r"task of more|neither a date"):
        list(task_marks.read(line))


def test_the_gold_figures_answer_the_marks() -> None:
    item = next(item for item in SOURCES if item.name == "bc-cds-lamdong-08")
    figures = {figure["text"]: figure for figure in gold.figures(item)}
    assert figures["3.846 trạm BTS"]["value"] == "3846"
    assert figures["3.846 trạm BTS"]["as_of"] == "2025-08-31"
    assert figures["3.412 trạm"]["part_of"] == "3846"
    assert figures["99,4%"]["kind"] == "percent"
    assert figures["41.286 hồ sơ"]["period"] == "2025-08-01/2025-08-31"
    assert figures["hơn 8.900 lượt người"]["qualifier"] == "hơn"
    assert figures["186,4 tỷ đồng"]["kind"] == "money"
