"""What a command says beside its results: errors and notes, all on stderr, as loud as it was asked to be."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

from rich.console import Console

from pipeline.errors import DoisoatError


@dataclass(frozen=True)
class Reporting:
    """How a command talks to its user (-q, --verbose, --json); results do not come through here."""

    quiet: bool = False
    verbose: bool = False
    as_json: bool = False

    def note(self, message: str) -> None:
        """Say something that is good to know; -q silences it."""
        if not self.quiet:
            Console(file=sys.stderr).print(message, highlight=False, markup=False, soft_wrap=True)

    def error(self, error: DoisoatError) -> None:
        """Say what went wrong and what to do, as text or as one JSON object on one line."""
        if self.as_json:
            sys.stderr.write(json.dumps(_fields(error), ensure_ascii=False) + "\n")
            return
        console = Console(file=sys.stderr)
        console.print("Lỗi / Error:", style="bold red", end=" ")
        console.print(error.message, highlight=False, markup=False, soft_wrap=True)
        if error.remedy:
            console.print(f"  → {error.remedy}", highlight=False, markup=False, soft_wrap=True)

    def trace(self, trace: str) -> None:
        """Show a traceback to those who asked for it."""
        if self.verbose and trace:
            sys.stderr.write(trace)


def _fields(error: DoisoatError) -> dict[str, str | int]:
    return {
        "error": type(error).__name__,
        "message": error.message,
        "remedy": error.remedy,
        "exit_code": error.exit_code.value,
    }
