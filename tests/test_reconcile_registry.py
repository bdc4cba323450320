"""The registry of checks, and the promise that every code is documented."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from pipeline.reconcile import checks
from pipeline.reconcile.registry import check, registered

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "CHECKS.md"


def modules() -> list[str]:
    return [module.name for module in pkgutil.iter_modules(checks.__path__)]


def test_every_module_of_checks_is_imported_and_registers_its_check() -> None:
    assert sorted(checks.__all__) == sorted(modules())
    assert len(list(registered(checks.__all__))) == len(modules())


def test_every_code_is_documented_and_every_documented_code_exists() -> None:
    sources = [importlib.import_module(f"{checks.__name__}.{name}") for name in modules()]
    codes = {
        value
        for source in sources
        for name, value in vars(source).items()
        if name.isupper() and isinstance(value, str) and re.fullmatch(r"[a-z]+\.[a-z0-9-]+", value)
    }
    documented = set(re.findall(r"^\| `([a-z]+\.[a-z0-9-]+)`", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))
    assert codes == documented


def test_a_name_is_given_to_one_check_only() -> None:
    with pytest.raises(ValueError, match="footing"):
        check("footing")(lambda context: [])
