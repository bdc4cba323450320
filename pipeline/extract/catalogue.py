"""The catalogue of indicators (danh mục chỉ tiêu): what reports count, under names that stay the same.

The shipped catalogue is `data/indicators/*.yaml`, a file for each field of government; docs/RECORDS.md describes the
format. A user's own file or folder adds entries, and an entry with the id of a shipped one takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import Field, StringConstraints, ValidationError, model_validator

from pipeline.errors import ConfigurationError
from pipeline.extract.phrases import words
from pipeline.models import Record

_ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$"
_ALTERNATIVE = "|"
_REMEDY = (
    "Hãy sửa tệp; mẫu ở docs/RECORDS.md, mục Indicators. / "
    "Mend the file; docs/RECORDS.md, section Indicators, has the form."
)

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class IndicatorKind(StrEnum):
    """How an indicator adds up over time.

    A stock (số thời điểm) holds at a moment, a flow (số thời kỳ) counts what happened in a period and may be summed up
    (lũy kế), a rate (tỷ lệ) is a percentage.
    """

    STOCK = "stock"
    FLOW = "flow"
    RATE = "rate"


class Dimension(StrEnum):
    """By what an indicator is broken down: the dimensions of `Figure.dimensions`."""

    CHANNEL = "channel"
    HOLDER = "holder"
    LEVEL = "level"
    DIRECTION = "direction"
    PLACE = "place"


class Indicator(Record):
    """One entry. Words are Vietnamese with their marks, in any case; an abbreviation stands for its full words.

    `required` are words of which each must be said of the figure itself (its subject and unit), `context` words of
    which each must be said there or above (headings, the paragraph before the figure, the document's subject);
    "a|b" means either. None of `forbidden` may be said of the figure. `optional` words make a match surer. Where
    nothing is required, nearly the whole name must be said. `units` are the nouns that are counted, "đồng" for money of
    any scale, "%" for percentages.
    """

    id: Annotated[str, StringConstraints(pattern=_ID)]
    name: Words
    name_en: Words
    kind: IndicatorKind
    units: Annotated[tuple[Words, ...], Field(min_length=1)]
    synonyms: tuple[Words, ...] = ()
    required: tuple[Words, ...] = ()
    context: tuple[Words, ...] = ()
    optional: tuple[Words, ...] = ()
    forbidden: tuple[Words, ...] = ()
    dimensions: tuple[Dimension, ...] = ()

    @model_validator(mode="after")
    def _rates_are_percentages(self) -> Self:
        if (self.kind is IndicatorKind.RATE) != (self.units == ("%",)):
            raise ValueError("kind: rate ⇔ units: ['%']")
        return self

    @model_validator(mode="after")
    def _phrases_say_something(self) -> Self:
        said = [*self.names, *self.optional, *self.forbidden]
        said += [part for item in (*self.required, *self.context) for part in alternatives(item) or [item]]
        for phrase in said:
            if not words(phrase, {}):
                raise ValueError(f"{phrase!r}: không có từ nào / no word in it")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its synonyms."""
        return (self.name, *self.synonyms)


def alternatives(words: str) -> tuple[str, ...]:
    """Return the alternatives of one entry of `required` or `context`: "cấp mới|phát sinh"."""
    return tuple(part.strip() for part in words.split(_ALTERNATIVE) if part.strip())


class _File(Record):
    title: Words
    abbreviations: Mapping[str, Words] = {}
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The indicators by their ids, and the abbreviations (as written, "TTHC") with their full words.

    `merged` says by which other indicator one is told, where a person merged the two. A catalogue equals itself alone,
    so that what is made of it once can be kept with it.
    """

    indicators: Mapping[str, Indicator]
    abbreviations: Mapping[str, str]
    merged: Mapping[str, str] = field(default_factory=dict)

    def with_merged(self, into: Mapping[str, str]) -> Catalogue:
        """Return this catalogue with indicators merged, by their ids; what it does not know is passed over."""
        known = {merged: kept for merged, kept in into.items() if {merged, kept} <= self.indicators.keys()}
        return replace(self, merged=known)

    def with_changes(self, other: Catalogue) -> Catalogue:
        """Return this catalogue with the entries of another, which replace those of the same id."""
        return Catalogue(
            {**self.indicators, **other.indicators},
            {**self.abbreviations, **other.abbreviations},
        )


@cache
def shipped() -> Catalogue:
    """Return the catalogue that comes with the software."""
    folder = resources.files("pipeline.extract").joinpath("data/indicators")
    return _joined([_read(source) for source in sorted(folder.iterdir(), key=lambda entry: entry.name)])


@cache
def catalogue(own: Path | None) -> Catalogue:
    """Return the shipped catalogue with a user's entries; `own` is a YAML file, a folder of them, or None.

    Raises:
        ConfigurationError: The file cannot be read, is no YAML, or an entry is not as the format has it; the message
            names file, line, entry and field.
    """
    if own is None:
        return shipped()
    sources = sorted(own.glob("*.yaml")) if own.is_dir() else [own]
    return shipped().with_changes(_joined([_read(source) for source in sources]))


def _joined(files: Sequence[tuple[str, _File]]) -> Catalogue:
    indicators: dict[str, Indicator] = {}
    abbreviations: dict[str, str] = {}
    for name, file in files:
        for indicator in file.indicators:
            if indicator.id in indicators:
                raise ConfigurationError(
                    f"{name}: mã {indicator.id} có hai lần. / The id {indicator.id} is there twice.", _REMEDY
                )
            indicators[indicator.id] = indicator
        abbreviations |= file.abbreviations
    return Catalogue(indicators, abbreviations)


def _read(source: Traversable | Path) -> tuple[str, _File]:
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{source}: không đọc được danh mục chỉ tiêu. / The catalogue of indicators cannot be read ({error}).",
            "Hãy kiểm tra cấu hình indicators. / Look at the setting indicators.",
        ) from error
    return str(source), parse(text, str(source))


def parse(text: str, name: str) -> _File:
    """Return the entries of one file of a catalogue.

    Raises:
        ConfigurationError: It is no YAML, or an entry is not as the format has it.
    """
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        content = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{name}: không phải YAML. / Not YAML: {error}.", _REMEDY) from error
    try:
        return _File.model_validate(content)
    except ValidationError as error:
        told = "; ".join(_told(node, problem) for problem in error.errors())
        raise ConfigurationError(
            f"{name}: danh mục chỉ tiêu có chỗ sai. / The catalogue of indicators is wrong: {told}.", _REMEDY
        ) from error


def _told(root: yaml.Node | None, problem: Any) -> str:
    """Say where a problem is, by line, entry and field, and what it is."""
    node, place = root, list(problem["loc"])
    entry = ""
    for step in place:
        below = next(_below(node, step), None)
        node = below or node
        entry = entry or _id(below)
    line = f"dòng / line {node.start_mark.line + 1}" if node else "tệp trống / an empty file"
    field = ".".join(str(step) for step in place if not isinstance(step, int))
    return ", ".join(part for part in (line, entry, f"{field}: {problem['msg']}" if field else problem["msg"]) if part)


def _below(node: yaml.Node | None, step: str | int) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        yield from (value for key, value in node.value if key.value == step)
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        yield node.value[step]


def _id(node: yaml.Node | None) -> str:
    return next((str(value.value) for value in _below(node, "id")), "") if isinstance(node, yaml.MappingNode) else ""
