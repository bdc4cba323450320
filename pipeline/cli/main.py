"""The `doisoat` command: one module a command, errors as messages with a remedy, documented exit codes."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli import defects
from pipeline.cli.command import stop_writing
from pipeline.cli.lazy import LazyGroup
from pipeline.cli.reporting import Reporting
from pipeline.errors import BadArgumentsError, ExitCode

_NEW_OBJECTS = 50_000

app = typer.Typer(
    name="doisoat",
    cls=LazyGroup,
    add_completion=False,
    # Plain help reads the same in a terminal, a pipe and docs/CLI.md.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    # Read here as well as by the commands: what goes wrong before a command runs must be told in the same way.
    reporting = Reporting(verbose="--verbose" in given, as_json="--json" in given)
    _collect_seldom()
    _calculate_on_one_thread()
    _speak_utf8()
    _end_in_order()
    try:
        code = app(given, prog_name="doisoat", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        reporting.error(_usage(error))
        return ExitCode.BAD_ARGUMENTS
    except (KeyboardInterrupt, typer.Abort):
        reporting.note("Đã dừng; việc đã xong được giữ lại. / Stopped; what was done stays.")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        stop_writing()
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - the last place where a defect can be told to a person
        reporting.error(defects.explain(error, reporting))
        return ExitCode.OTHER
    return int(code or ExitCode.OK)


def _usage(error: typer.TyperException) -> BadArgumentsError:
    return BadArgumentsError(
        f"Tham số không đúng. / {error.format_message()}",
        "Xem cách dùng / See: doisoat --help, doisoat COMMAND --help",
    )


def _collect_seldom() -> None:
    """Look for cycles of objects after 50,000 new ones, not 700, and not at the end, when all memory is given back.

    For a short command both are a tenth of its time: what was imported is looked through again and again.
    """
    gc.set_threshold(_NEW_OBJECTS)
    atexit.register(gc.freeze)


def _calculate_on_one_thread() -> None:
    """Keep numpy, which is imported later, from threads of its own: pages and documents are worked on side by side."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _end_in_order() -> None:
    """Let SIGTERM end the process as Ctrl-C does, so that workers stop and unpacked ZIPs are removed."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says: results are Vietnamese, and a server's locale is often C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
