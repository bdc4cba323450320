"""The rules of the house that a machine can check."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
VAGUE = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
LIMIT_BYTES = 60_000_000


def tracked_files() -> list[Path]:
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=False)
    if answer.returncode:
        pytest.skip("not a git checkout")
    return [REPOSITORY / name for name in answer.stdout.decode().split("\0") if name]


def test_stages_import_only_downwards() -> None:
    answer = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [path for path in (REPOSITORY / "pipeline").rglob("*") if path.stem in VAGUE]
    assert vague == []


def test_the_repository_stays_small() -> None:
    assert sum(path.stat().st_size for path in tracked_files() if path.is_file()) < LIMIT_BYTES


def test_the_package_ships_its_models_and_its_type_marker() -> None:
    assert (REPOSITORY / "pipeline" / "py.typed").is_file()
    assert any((REPOSITORY / "pipeline").rglob("data/*"))
