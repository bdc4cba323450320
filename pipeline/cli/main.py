"""The `doisoat` command: one module a command, errors as messages with a remedy, documented exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli.lazy import LazyGroup
from pipeline.cli.reporting import Reporting
from pipeline.errors import BadArgumentsError, ExitCode

app = typer.Typer(name="doisoat", cls=LazyGroup, no_args_is_help=True, add_completion=False, rich_markup_mode=None)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"doisoat {__version__}")
        raise typer.Exit


@app.callback()
def doisoat(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="In phiên bản. / Print the version."),
    ] = False,
) -> None:
    """Đối soát: báo cáo hành chính vào, chữ đúng, số liệu có dẫn chứng và mâu thuẫn ra.

    Vietnamese official reports in; correct text, figures with evidence, and contradictions out.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code (`pipeline.errors.ExitCode`)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    try:
        code = app(given, prog_name="doisoat", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        usage = BadArgumentsError(
            f"Tham số không đúng: {error.format_message()}", "Xem cách dùng / See: doisoat --help, doisoat LỆNH --help"
        )
        Reporting(as_json="--json" in given).error(usage)
        return usage.exit_code
    except (KeyboardInterrupt, typer.Abort):
        Reporting().note("Đã dừng; việc đã xong được giữ lại. / Stopped; what was done stays.")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of the pipe has seen enough. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    return int(code or ExitCode.OK)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: results are Vietnamese, and a server's locale is often C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
