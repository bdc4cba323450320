"""Tesseract, called by pytesseract: one process for each call, so that a crash costs a page and not the batch."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.ocr import refusals


@contextmanager
def _as_if_not_installed(package: str) -> Iterator[None]:
    """Have an import find a package missing that it can do without; one that is loaded already stays."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # as Python's own import system documents it
    try:
        yield
    finally:
        del sys.modules[package]


# pytesseract imports pandas for an output that is not asked for here: a fifth of what a command takes to start.
with _as_if_not_installed("pandas"):
    import pytesseract

_NO_MODEL = "Failed loading language"
_LISTED = re.compile(r'languages in "(?P<folder>.+)"')


class PageTimeoutError(Exception):
    """The reader did not finish the page in the time given."""


class UnreadableImageError(Exception):
    """The reader could not take the image."""


def version() -> str:
    """Return the program's version ("5.3.0").

    Raises:
        MissingDependencyError: It is not installed.
    """
    with _explained():
        return str(pytesseract.get_tesseract_version())


def models() -> Path | None:
    """Return the folder of the program's models, None where it names none.

    Raises:
        MissingDependencyError: The program is not installed.
    """
    with _explained():
        command = [pytesseract.pytesseract.tesseract_cmd, "--list-langs"]
        # Some versions say it on the one stream, some on the other.
        said = subprocess.run(command, capture_output=True, text=True, check=False)
    folder = _LISTED.search(said.stdout + said.stderr)
    return Path(folder["folder"]) if folder else None


def table(path: Path, dpi: int, language: str, options: Sequence[str], seconds: float) -> str:
    """Read a picture, or those that a text file lists.

    Returns:
        TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.

    Raises:
        PageTimeoutError: It took longer than `seconds`.
        UnreadableImageError: The program could not take the image.
        MissingDependencyError: It is not installed, or has no model of the language.
    """
    # What `image_to_data` does, less the question which version this is: an engine's start for every command.
    config = " ".join(["--dpi", str(dpi), *options, "-c", "tessedit_create_tsv=1"])
    try:
        with _explained():
            found: str = pytesseract.run_and_get_output(str(path), "tsv", language, config, timeout=seconds)
    except UnreadableImageError as error:
        if _NO_MODEL in str(error):
            raise refusals.no_vietnamese() from error
        raise
    return found


def degrees_to_turn(path: Path, dpi: int, seconds: float) -> int:
    """Return by how many degrees clockwise a picture must be turned to stand upright.

    Raises:
        PageTimeoutError: It took longer than `seconds`.
        UnreadableImageError: There is too little text, or the model for it (`osd`) is not installed.
        MissingDependencyError: The program is not installed.
    """
    with _explained():
        said = pytesseract.image_to_osd(
            str(path), config=f"--dpi {dpi}", timeout=seconds, output_type=pytesseract.Output.DICT
        )
    return int(said["rotate"])


@contextmanager
def _explained() -> Iterator[None]:
    """Run Tesseract on one thread, and say what goes wrong in our own terms."""
    # Its own threads cost more than they bring; documents run side by side instead.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        yield
    except (pytesseract.TesseractNotFoundError, FileNotFoundError) as error:
        raise refusals.no_tesseract() from error
    except pytesseract.TesseractError as error:
        raise UnreadableImageError(str(error)) from error
    except RuntimeError as error:  # all that pytesseract says of a timeout
        raise PageTimeoutError from error
