"""A quantity on its way to a figure: what is known of it so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.extract.cues import Cue
from pipeline.extract.quantities import Quantity
from pipeline.extract.sentences import TextSentence
from pipeline.models import Status


@dataclass
class Found:
    """A quantity on its way to a figure; `whole` is the found quantity that it is part of."""

    sentence: TextSentence
    quantity: Quantity
    known: Sequence[Cue]
    unit: str = ""
    clause: str = ""  # the words before it, back to the last figure of another clause
    label: str = ""  # what the words of its own clause say it counts
    subject: str = ""
    outside: str = ""  # what stands before the bracket that it stands in
    whole: Found | None = None
    as_of: dt.date | None = None
    period: str | None = None
    cumulative: bool | None = None
    status: Status = Status.RESULT
    in_words: Decimal | None = None
    footnote: str | None = None
    dimensions: dict[str, str] = field(default_factory=dict)
    plan: str = ""  # the word for the plan whose number it is, in a bracket behind a rate: "kế hoạch", "dự toán"
    flattened: bool = False  # it stands in a table row that was read as running text
