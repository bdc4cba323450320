"""Tesseract's command line: one process for each call, so that a crash costs a page and not the batch."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from pipeline.ocr import refusals

PROGRAM = "tesseract"
_TO_STDOUT = "-"
_LISTED = re.compile(r'languages in "(?P<folder>.+)"')
_VERSION = re.compile(r"tesseract v?(\S+)")
_ROTATE = re.compile(r"^Rotate: (\d+)", re.MULTILINE)


class PageTimeoutError(Exception):
    """The reader did not finish the page in the time given."""


class UnreadableImageError(Exception):
    """The reader could not take the image."""


def version() -> str:
    """Return the program's version ("5.3.0").

    Raises:
        MissingDependencyError: It is not installed.
    """
    found = _VERSION.search(_asked("--version"))
    return found[1] if found else "?"


def models() -> tuple[Path | None, list[str]]:
    """Return the folder of the program's models, None where it names none, and the languages that they are for.

    Raises:
        MissingDependencyError: The program is not installed.
    """
    said = _asked("--list-langs")
    folder = _LISTED.search(said)
    names = [line.strip() for line in said.splitlines() if " " not in line.strip()]
    return (Path(folder["folder"]) if folder else None), [name for name in names if name]


def table(path: Path, dpi: int, language: str, options: Sequence[str], seconds: float) -> str:
    """Read a picture, or those that a text file lists.

    Returns:
        TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.

    Raises:
        PageTimeoutError: It took longer than `seconds`.
        UnreadableImageError: The program could not take the image.
        MissingDependencyError: It is not installed.
    """
    return _run([str(path), _TO_STDOUT, "-l", language, "--dpi", str(dpi), *options, "tsv"], seconds)


def degrees_to_turn(path: Path, dpi: int, seconds: float) -> int:
    """Return by how many degrees clockwise a picture must be turned to stand upright.

    Raises:
        PageTimeoutError: It took longer than `seconds`.
        UnreadableImageError: There is too little text, or the model for it (`osd`) is not installed.
        MissingDependencyError: The program is not installed.
    """
    said = _run([str(path), _TO_STDOUT, "-l", "osd", "--psm", "0", "--dpi", str(dpi)], seconds)
    found = _ROTATE.search(said)
    return int(found[1]) if found else 0


def _asked(option: str) -> str:
    """Return what the program says about itself, on whichever stream."""
    try:
        done = subprocess.run([PROGRAM, option], capture_output=True, check=False)
    except OSError as error:
        raise refusals.no_tesseract() from error
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def _run(arguments: Sequence[str], seconds: float) -> str:
    # Its own threads cost more than they bring; documents run side by side instead.
    alone = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, check=False, env=alone, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise PageTimeoutError from error
    except OSError as error:
        raise refusals.no_tesseract() from error
    if done.returncode:
        raise UnreadableImageError(done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}")
    return done.stdout.decode("utf-8", "replace")
