"""What people decide about findings, figures and indicators: records that never change and can be replayed from a file.

A decision says what it is about so that it is found again in another archive and after a document was read anew by a
newer version, and so that a person understands it where it is not found again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, TypeAdapter, ValidationError

from pipeline.errors import InputFileError
from pipeline.models import Number, Record

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _in_utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)


class DecisionKind(StrEnum):
    """What can be decided."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    CORRECT = "correct"
    RESTORE = "restore"
    MERGE = "merge"
    SPLIT = "split"


class FindingTarget(Record):
    """The finding that a decision is about, as it was then: its id, and what it said of which values."""

    id: str
    code: str
    values: tuple[str, ...]
    message: str


class FigureTarget(Record):
    """The figure that a decision is about, as it was read then.

    `digest` is the SHA-256 of its file; `numeral` the number as printed, at the character `start` of the sentence
    `text`; `machine` what the machine made of it.
    """

    id: str
    digest: str
    document: str
    page: int
    line: int
    numeral: str
    text: str
    start: int
    machine: Number


class IndicatorTarget(Record):
    """The indicator that a decision is about, by its id in the catalogue."""

    id: Words


class _Decided(Record):
    by: Words
    at: Annotated[AwareDatetime, AfterValidator(_in_utc)]


class AcceptFinding(_Decided):
    """That it is as a finding says."""

    kind: Literal[DecisionKind.ACCEPT] = DecisionKind.ACCEPT
    target: FindingTarget
    reason: Words | None = None


class DismissFinding(_Decided):
    """That a finding is none, or does not matter; it has to be said why."""

    kind: Literal[DecisionKind.DISMISS] = DecisionKind.DISMISS
    target: FindingTarget
    reason: Words


class ReopenFinding(_Decided):
    """That what was decided about a finding no longer holds."""

    kind: Literal[DecisionKind.REOPEN] = DecisionKind.REOPEN
    target: FindingTarget
    reason: Words | None = None


class CorrectFigure(_Decided):
    """That a page has another number than the machine read there."""

    kind: Literal[DecisionKind.CORRECT] = DecisionKind.CORRECT
    target: FigureTarget
    number: Number
    reason: Words | None = None


class RestoreFigure(_Decided):
    """That the machine's reading of a figure is to hold again."""

    kind: Literal[DecisionKind.RESTORE] = DecisionKind.RESTORE
    target: FigureTarget
    reason: Words | None = None


class MergeIndicators(_Decided):
    """That an indicator is another one under a second name: what states it states `into`, an id of the catalogue."""

    kind: Literal[DecisionKind.MERGE] = DecisionKind.MERGE
    target: IndicatorTarget
    into: Words
    reason: Words | None = None


class SplitIndicators(_Decided):
    """That an indicator is one of its own again."""

    kind: Literal[DecisionKind.SPLIT] = DecisionKind.SPLIT
    target: IndicatorTarget
    reason: Words | None = None


FindingDecision = AcceptFinding | DismissFinding | ReopenFinding
FigureDecision = CorrectFigure | RestoreFigure
IndicatorDecision = MergeIndicators | SplitIndicators
Decision = FindingDecision | FigureDecision | IndicatorDecision

_ANY: TypeAdapter[Decision] = TypeAdapter(Annotated[Decision, Field(discriminator="kind")])


def identity(decision: Decision) -> str:
    """Return what tells a decision from every other one: the SHA-256 of all that it says."""
    return hashlib.sha256(to_json(decision).encode()).hexdigest()


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Return decisions in the order in which they were made, each once, whatever order they come in."""
    known = {identity(decision): decision for decision in decisions}
    return [known[key] for key in sorted(known, key=lambda key: (known[key].at, key))]


def to_json(decision: Decision) -> str:
    """Write a decision as one line of JSON."""
    return decision.model_dump_json()


def of_json(line: str) -> Decision:
    """Read what `to_json` wrote.

    Raises:
        ValidationError: It is no decision.
    """
    return _ANY.validate_json(line)


def of_file(content: bytes, name: str) -> Iterator[Decision]:
    """Yield the decisions of a file that has one on each line; empty lines are passed over.

    Raises:
        InputFileError: A line is none; the message names the file (`name`) and the line.
    """
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield of_json(line.decode("utf-8-sig"))
        except (ValidationError, UnicodeDecodeError) as error:
            raise InputFileError(
                f"{name}, dòng {number}: không phải một quyết định. / Line {number} is no decision ({error}).",
                "Hãy dùng tệp do doisoat decisions export ghi ra. / Use a file that doisoat decisions export wrote.",
            ) from error
