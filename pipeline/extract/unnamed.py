"""Figures that no indicator names, in groups, so that a person can give what is counted often a name of its own.

A group is what begins with the same words and has the same unit: coarse, but stable and fast. Each can be written as an
entry for a catalogue (`pipeline.extract.catalogue`) that links its figures as it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract import cues
from pipeline.extract.catalogue import IndicatorKind
from pipeline.extract.figures import FLATTENED
from pipeline.extract.phrases import words
from pipeline.language.unicode import fold
from pipeline.models import Figure, Kind

HEAD_WORDS = 6  # of a subject, behind those that say nothing of what is counted
_UNNAMED = "chua-dat-ten"


@dataclass(frozen=True)
class UnnamedGroup:
    """Figures of one unit whose subjects begin alike; `head` are those words."""

    head: str
    unit: str
    kind: IndicatorKind
    figures: tuple[Figure, ...]

    @property
    def documents(self) -> int:
        """In how many documents they stand."""
        return len({figure.evidence.document for figure in self.figures})

    @property
    def id(self) -> str:
        """An id for the catalogue."""
        slug = re.sub(r"[^a-z0-9]+", "-", fold(f"{self.head} {self.unit}")).strip("-")
        return f"{_UNNAMED}.{slug}"


def groups(figures: Iterable[Figure], abbreviations: Mapping[str, str]) -> list[UnnamedGroup]:
    """Group the figures without an indicator that have unit and subject, the biggest groups first."""
    together: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        head = _head(figure, abbreviations)
        if figure.indicator is None and head and figure.unit and figure.confidence > FLATTENED:
            together[head, _unit(figure)].append(figure)
    found = [UnnamedGroup(head, unit, _kind(same), tuple(same)) for (head, unit), same in together.items()]
    return sorted(found, key=lambda group: (-len(group.figures), -group.documents, group.head, group.unit))


def _head(figure: Figure, abbreviations: Mapping[str, str]) -> str:
    said = [word for word in words(figure.subject, abbreviations) if not word.isdigit()]
    first = next((i for i, word in enumerate(said) if word not in cues.of_everything()), len(said))
    return " ".join(said[first : first + HEAD_WORDS])


def _unit(figure: Figure) -> str:
    if figure.kind is Kind.MONEY:
        return "đồng"
    return "%" if figure.kind is Kind.PERCENT else figure.unit.lower()


def _kind(figures: Sequence[Figure]) -> IndicatorKind:
    """Guess: what is ever told of a period alone is a flow."""
    if figures[0].kind is Kind.PERCENT:
        return IndicatorKind.RATE
    flow = figures[0].kind is Kind.MONEY or any(figure.cumulative is False for figure in figures)
    return IndicatorKind.FLOW if flow else IndicatorKind.STOCK


def entry(group: UnnamedGroup) -> dict[str, object]:
    """Return a group as an entry of a catalogue, under a name that its finder may better."""
    return {
        "id": group.id,
        "name": group.head,
        "name_en": group.head,
        "kind": group.kind.value,
        "units": [group.unit],
    }
