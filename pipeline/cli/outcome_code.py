"""The exit code of a command that works on many documents."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.batch.outcomes import Failed
from pipeline.errors import ExitCode


def of(failed: Sequence[Failed], succeeded: int) -> ExitCode:
    """Return 0 where nothing failed, the one reason where all failed for it, and 20 (some failed) otherwise."""
    if not failed:
        return ExitCode.OK
    reasons = {failure.error.exit_code for failure in failed}
    if succeeded == 0 and len(reasons) == 1:
        return reasons.pop()
    return ExitCode.SOME_FAILED
