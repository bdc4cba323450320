"""Extractions written by hand for the tests of reconciliation: sentences with their figures in braces.

`{8.000 hồ sơ|id=w; cum}` is a count of 8000 with unit "hồ sơ", id "w" and cumulative; the braces and what stands behind
the bar do not belong to the sentence.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from pipeline.models import Components, Evidence, Extraction, Figure, Interval, Kind, Place, Sentence, Status

_FIGURE = re.compile(r"\{(?P<stated>[^|}]*)(?:\|(?P<options>[^}]*))?\}")
_STATED = re.compile(r"(?P<qualifier>\D*?)\s*(?P<value>[\d.,]+)(?:/(?P<whole>[\d.]+))?\s*(?P<unit>.*)")


def document(name: str, *sentences: str, issued: dt.date | None = None, place: str = "Hòa Giang") -> Extraction:
    """Build an extraction; a sentence that opens with "[3] " is the footnote with mark 3."""
    texts: list[Sentence] = []
    figures: list[Figure] = []
    for number, marked in enumerate(sentences, start=1):
        note = re.match(r"\[(\d+)\] ", marked)
        text, found = _read(name, number, marked[note.end() :] if note else marked)
        texts.append(Sentence(number=number, text=text, page=1, lines=(number,), footnote=note[1] if note else None))
        figures += found
    components = Components(document=name, date=issued, place=place)
    return Extraction(document=name, components=components, sentences=tuple(texts), figures=tuple(figures))


def _read(name: str, number: int, marked: str) -> tuple[str, list[Figure]]:
    text, spans, last = "", [], 0
    for match in _FIGURE.finditer(marked):
        text += marked[last : match.start()]
        spans.append((match, len(text)))
        text += match["stated"]
        last = match.end()
    text += marked[last:]
    return text, [
        _figure(match, Evidence(document=name, page=1, line=number, text=text), start) for match, start in spans
    ]


def _figure(match: re.Match[str], evidence: Evidence, start: int) -> Figure:
    name, number = evidence.document, evidence.line
    stated = _STATED.fullmatch(match["stated"])
    assert stated, match["stated"]
    options = dict(option.strip().partition("=")[::2] for option in (match["options"] or "").split(";"))
    value, unit, qualifier = _number(stated["value"]), stated["unit"], stated["qualifier"] or None
    kind = Kind.FRACTION if stated["whole"] else Kind.PERCENT if unit == "%" else Kind.COUNT
    kind = Kind.MONEY if unit.endswith("đồng") else kind
    return Figure(
        id=f"{name}#{options.get('id') or f'{number}.{start}'}",
        value=value,
        denominator=_number(stated["whole"]) if stated["whole"] else None,
        kind=kind,
        unit=unit,
        qualifier=qualifier,
        interval=_interval(value, qualifier),
        subject=options.get("subject", ""),
        indicator=options.get("indicator"),
        dimensions=dict(pair.split(":") for pair in options["dim"].split(",")) if "dim" in options else {},
        as_of=dt.date.fromisoformat(options["as_of"]) if "as_of" in options else None,
        period=options.get("period"),
        cumulative=True if "cum" in options else None,
        status=Status(options.get("status", "result")),
        whole=f"{name}#{options['whole']}" if "whole" in options else None,
        in_words=Decimal(options["words"]) if "words" in options else None,
        place=Place(sentence=number, start=start, end=start + len(match["stated"])),
        evidence=evidence.model_copy(update={"raw": match["stated"]}),
    )


def _number(written: str) -> Decimal:
    return Decimal(written.replace(".", "").replace(",", "."))


def _interval(value: Decimal, qualifier: str | None) -> Interval:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    half = Decimal(1).scaleb(min(exponent, 0)) / 2
    if qualifier in ("hơn", "trên"):
        return Interval(low=value, high=None)
    if qualifier in ("gần", "dưới"):
        return Interval(low=value * Decimal("0.9"), high=value)
    if qualifier == "khoảng":
        return Interval(low=value * Decimal("0.95"), high=value * Decimal("1.05"))
    return Interval(low=value - half, high=value + half)
