"""How many components of a letter (thể thức văn bản) and how many of its citations were read right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.evaluation.figures import Found
from pipeline.language.unicode import nfc
from pipeline.models import Citation, Components

SCALARS = (
    "type",
    "number",
    "symbol",
    "issuer",
    "parent",
    "place",
    "date",
    "subject",
    "authority",
    "signer_title",
    "signer",
    "urgency",
)
LISTS = ("to", "recipients")
MENTION_KEYS = ("date", "type", "issuer")
EDGES = " .,;:/-–"
# Authority over two lines ("TM. ỦY BAN NHÂN DÂN" / "KT. CHỦ TỊCH") may be joined in any way, and offices of the Party
# write K/T and T/M where state offices write KT. and TM.
SAME = {";": " ", "k/t ": "kt. ", "t/m ": "tm. "}


def plain(value: object) -> str:
    """Lower case, single spaces, one after each point, no punctuation at the ends; marks count, they make a name."""
    text = nfc(str(value)).casefold().replace(".", ". ")
    for written, meant in SAME.items():
        text = text.replace(written, meant)
    return " ".join(text.split()).strip(EDGES)


def score_components(gold: Mapping[str, Any], components: Components) -> dict[str, Found]:
    """For each field that the document has: whether it was read. Of lists, each entry counts."""
    found = components.model_dump(mode="json")
    scores = {}
    for field in SCALARS:
        if gold.get(field):
            scores[field] = _one(plain(gold[field]), found[field])
    for field in LISTS:
        if gold.get(field):
            scores[field] = _sets(map(plain, gold[field]), map(plain, found[field]))
    return scores


def _one(wanted: str, got: object) -> Found:
    predicted = int(got is not None)
    return Found(int(predicted == 1 and plain(got) == wanted), 1, predicted)


def _sets(wanted: Iterable[str], got: Iterable[str]) -> Found:
    true, predicted = set(wanted), set(got)
    return Found(len(true & predicted), len(true), len(predicted))


def score_citations(gold: Sequence[Mapping[str, Any]], citations: Sequence[Citation]) -> tuple[Found, Found]:
    """Documents named (by their whole number, each once), and the dates of those that were found."""
    wanted = _dated((str(c["number"]), c["date"]) for c in gold)
    got = _dated((c.number, c.date.isoformat() if c.date else None) for c in citations if c.number)
    both = wanted.keys() & got.keys()
    dated = [number for number in both if wanted[number]]
    right = sum(bool(wanted[number] & got[number]) for number in dated)
    return Found(len(both), len(wanted), len(got)), Found(right, len(dated), len(dated))


def score_mentions(gold: Sequence[Mapping[str, Any]], citations: Sequence[Citation]) -> dict[str, Found]:
    """Every place where a document is named: by its number (a law without one: its title), then with one key more.

    A key that the gold does not state is the same as one that was not found, so a date too many is an error as well.
    """
    found = [citation.model_dump(mode="json") for citation in citations]
    scores = {"number": _multisets(map(_name, gold), map(_name, found))}
    for key in MENTION_KEYS:
        scores[key] = _multisets(
            ((_name(c), plain(c.get(key) or "")) for c in gold), ((_name(c), plain(c.get(key) or "")) for c in found)
        )
    return scores


def _name(citation: Mapping[str, Any]) -> str:
    return plain(citation["number"] or citation.get("title") or "")


def _multisets(wanted: Iterable[object], got: Iterable[object]) -> Found:
    true, predicted = Counter(wanted), Counter(got)
    return Found((true & predicted).total(), true.total(), predicted.total())


def _dated(citations: Iterable[tuple[str, str | None]]) -> dict[str, set[str]]:
    """Number to the dates given with it."""
    dates: dict[str, set[str]] = {}
    for number, date in citations:
        dates.setdefault(plain(number), set()).update({date} if date else ())
    return dates
