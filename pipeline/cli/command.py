"""What all commands have in common: the options -q, --verbose and --json, and how their errors end the process."""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable
from typing import Annotated, Concatenate, ParamSpec

import typer

from pipeline.cli.reporting import Reporting
from pipeline.errors import DoisoatError, ExitCode

_P = ParamSpec("_P")

_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ báo lỗi. / Say nothing but errors.")]
_Verbose = Annotated[bool, typer.Option("--verbose", help="In cả vết lỗi. / Print tracebacks too.")]
_AsJson = Annotated[bool, typer.Option("--json", help="Lỗi dạng JSON ra stderr. / Errors as JSON lines on stderr.")]
COMMON_OPTIONS = {"quiet": _Quiet, "verbose": _Verbose, "as_json": _AsJson}


def command(function: Callable[Concatenate[Reporting, _P], ExitCode | None]) -> Callable[..., None]:
    """Make a command of a function that takes a `Reporting` first: it gets the common options and the error handling.

    The function may return an exit code. A `DoisoatError` is shown and ends the process with the error's own code.
    """

    @functools.wraps(function)
    def run(*, quiet: bool, verbose: bool, as_json: bool, **arguments: object) -> None:
        reporting = Reporting(quiet=quiet, verbose=verbose, as_json=as_json)
        try:
            code = function(reporting, **arguments)  # type: ignore[arg-type, call-arg]
        except DoisoatError as error:
            reporting.error(error)
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError as error:
            # Caught here, before typer sees it and ends with 1.
            stop_writing()
            raise typer.Exit(ExitCode.OK) from error
        raise typer.Exit(code or ExitCode.OK)

    _give_signature(run, function)
    return run


def stop_writing() -> None:
    """Let results go nowhere: the reader of the pipe has seen enough, and Python would complain at the last flush."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _give_signature(run: Callable[..., None], function: Callable[..., object]) -> None:
    """Show Typer the function's own parameters, less the `Reporting`, and the common ones after them."""
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    common = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=annotation)
        for name, annotation in COMMON_OPTIONS.items()
    ]
    parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own] + common
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    del run.__wrapped__  # type: ignore[attr-defined]
