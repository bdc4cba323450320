"""The documentation of the command line says what the command line does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from pipeline.cli.lazy import COMMANDS
from pipeline.cli.main import app
from pipeline.cli.reference import updated
from pipeline.errors import ExitCode
from pipeline.export.records import (
    CitationRecord,
    ComponentsRecord,
    DoubtRecord,
    ExportRecord,
    FigureRecord,
    FindingRecord,
    SeriesRecord,
    TaskRecord,
)

PAGE = Path(__file__).resolve().parent.parent / "docs" / "CLI.md"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_reference_is_up_to_date(page: str) -> None:
    assert page == updated(page), "run: python -m pipeline.cli.reference docs/CLI.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_described_in_both_languages(name: str, page: str) -> None:
    command = get_command(app).get_command(None, name)  # type: ignore[attr-defined, arg-type]
    assert f"### `doisoat {name}" in page
    for parameter in command.params:
        assert "/" in parameter.help, f"{name} {parameter.name}: Vietnamese / English"
        for option in parameter.opts:
            assert not option.startswith("-") or f"`{option}" in page


def test_every_exit_code_is_documented(page: str) -> None:
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    assert documented == {code.value for code in ExitCode}


@pytest.mark.parametrize(
    "kind", [FigureRecord, ComponentsRecord, CitationRecord, FindingRecord, TaskRecord, SeriesRecord, DoubtRecord]
)
def test_every_key_of_the_records_is_documented(kind: type[ExportRecord], page: str) -> None:
    for key in kind.model_fields:
        assert f"`{key}`" in page
