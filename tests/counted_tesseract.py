"""Tesseract as it is, with each of its runs counted: a script of its name stands before it on the PATH."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class CountedTesseract:
    """How often Tesseract was asked to read a picture, by this process and all that it starts."""

    log: Path

    @property
    def readings(self) -> int:
        return self.log.read_text(encoding="utf-8").count("--psm") if self.log.exists() else 0


def counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> CountedTesseract:
    """Put the counting script into a folder of the PATH."""
    real = shutil.which("tesseract")
    assert real is not None
    log, script = folder / "tesseract.log", folder / "bin" / "tesseract"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\necho "$*" >> "{log}"\nexec "{real}" "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")
    return CountedTesseract(log)
