"""Exceptions that nobody foresaw: what the user is told, and where the traceback goes."""

from __future__ import annotations

import tempfile
import traceback

from pipeline.cli.reporting import Reporting
from pipeline.errors import DoisoatError


class DefectError(DoisoatError):
    """The software has a defect."""


def explain(error: Exception, reporting: Reporting) -> DefectError:
    """Keep the traceback, on stderr with --verbose and in a file without, and say where it is."""
    trace = "".join(traceback.format_exception(error))
    where = "ở trên / above"
    if reporting.verbose:
        reporting.trace(trace)
    else:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="doisoat-", suffix=".log", delete=False) as log:
            log.write(trace)
            where = log.name
    return DefectError(
        f"Phần mềm gặp lỗi không lường trước ({type(error).__name__}). / An unforeseen defect of the software.",
        f"Hãy gửi báo lỗi kèm nhật ký: {where} / Please report it with this log.",
    )
