"""A target against the result for the same indicator: information, never a conflict."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pipeline.language.unicode import fold
from pipeline.models import Figure, Finding, Kind, Severity, Status, Verdict
from pipeline.reconcile import units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

TARGET = "target.result"

_MOVES = re.compile(r"\b(?:giam|tang)\b(?:(?!\b(?:con|xuong|len|dat)\b)[^,;.:\d])*(?:tu )?$")
_BEHIND_RATE = re.compile(r"\d\s?%[^%()]*\(\s*$")


@check("target")
def target(context: Context) -> Iterable[Finding]:
    """Set each target beside the last result of the same catalogue indicator in documents of the same place."""
    known: dict[tuple[str, Kind, str, tuple[tuple[str, str], ...]], list[Figure]] = defaultdict(list)
    for figure in context.figures:
        # A part without dimensions is told apart by its whole alone: nothing says which target is its own.
        told_apart = figure.dimensions or not figure.whole
        if figure.indicator and figure.kind is not Kind.RANGE and told_apart:
            area = fold(context.area(figure.evidence.document))
            known[figure.indicator, figure.kind, area, tuple(sorted(figure.dimensions.items()))].append(figure)
    for group in known.values():
        results = [figure for figure in group if figure.status is Status.RESULT]
        for aim in group:
            alike = [result for result in results if _moves(context, result) is _moves(context, aim)]
            if aim.status is Status.TARGET and alike and not _is_base(context, aim):
                yield _beside(aim, max(reversed(alike), key=lambda result: _common(aim, result)))


def _moves(context: Context, figure: Figure) -> bool:
    """Say whether a figure says by how much something is to move or moved, and not what it is."""
    return bool(_MOVES.search(fold(context.sentence_text(figure)[: figure.place.start])))


def _is_base(context: Context, aim: Figure) -> bool:
    """Say whether a target only stands in the bracket behind the rate of its result: "đạt 81,5% kế hoạch (60.000)"."""
    return bool(_BEHIND_RATE.search(context.sentence_text(aim)[: aim.place.start]))


def _common(aim: Figure, result: Figure) -> int:
    """Return how many words the names of a target and a result have in common."""
    return len(set(fold(aim.subject).split()) & set(fold(result.subject).split()))


def _beside(aim: Figure, result: Figure) -> Finding:
    reached = aim.interval.low is not None and result.value * units.factor(result, aim) >= aim.interval.low
    shown = f"{wording.with_unit(aim)}, {wording.with_unit(result)}"
    return write(
        Claim(
            TARGET,
            Verdict.UNKNOWN,
            Severity.NONE,
            Message(
                f"Chỉ tiêu và kết quả ({'đạt' if reached else 'chưa đạt'}): {shown}",
                f"Target and result ({'reached' if reached else 'not reached'}): {shown}",
            ),
            figures=(aim, result),
            link=f"cùng chỉ tiêu ({aim.indicator})",
        )
    )
