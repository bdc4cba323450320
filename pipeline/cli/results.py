"""The results of a command: to stdout, or to a file that appears only when it is whole."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rich.console import Console, RenderableType

from pipeline.errors import FileAccessError

_WIDTH_OF_FILES = 100  # columns of a table that goes to a file or a pipe


def deliver(content: bytes, output: Path | None) -> None:
    """Write the results to a file, or to stdout where none is named.

    Raises:
        FileAccessError: The file cannot be written.
    """
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        temporary = output.with_name(f".{output.name}.{os.getpid()}")
        try:
            temporary.write_bytes(content)
            temporary.replace(output)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise FileAccessError(
            f"{output}: không ghi được ({error.strerror}). / Cannot be written ({error.strerror}).",
            "Hãy chọn chỗ khác. / Choose another place.",
        ) from error


def show(*parts: RenderableType) -> None:
    """Print tables and texts on stdout, as wide as the terminal, or 100 columns in a file."""
    width = None if sys.stdout.isatty() else _WIDTH_OF_FILES
    console = Console(file=sys.stdout, width=width, highlight=False)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    # Not printed directly: Rich answers a closed pipe with an exit status of its own, and pads lines with spaces.
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in capture.get().splitlines())
    sys.stdout.flush()
