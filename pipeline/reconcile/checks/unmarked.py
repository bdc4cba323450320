"""A list of names of which no mark says what it counts: on scans the small raised figure of a footnote is lost first.

"06 bệnh viện" in the text, and at the foot of the page nothing but "Bệnh viện An Phú, Bệnh viện Minh Đức, …". What is
counted is what the names open with. A count that is just as long is the list's; of what is left, one that is near is,
where it is the only one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.models import Extraction, Figure, Finding, Kind
from pipeline.reconcile import wording
from pipeline.reconcile.checks.listing import NAMES, SURE_ITEMS, are_of_its_kind, is_near, names_of, report
from pipeline.reconcile.context import Context
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

# What is left of a mark that was misread: "' Xã An Bình", "b Xã An Bình".
_REMNANT = re.compile(r"^(?:[^\w(\-–+•]|\b\w\b\s)*")

_Lists = list[tuple[int, list[str]]]  # the page and the names


@check("unmarked")
def unmarked(context: Context) -> Iterable[Finding]:
    """Compare lists without a mark with the counts of their page that have no other list."""
    for extraction in context.extractions:
        lists = list(_lists(context, extraction))
        if lists:
            yield from _compared(lists, list(_counts(context, extraction)))


def _lists(context: Context, extraction: Extraction) -> Iterator[tuple[int, list[str]]]:
    notes = list(context.unmarked_notes(extraction.document))
    alone = [(sentence,) for sentence in extraction.sentences if sentence.footnote is None]
    for sentences in (*notes, *alone):
        names = names_of(_REMNANT.sub("", " ".join(sentence.text for sentence in sentences)))
        if len(names) >= SURE_ITEMS:
            yield sentences[0].page, names


def _counts(context: Context, extraction: Extraction) -> Iterator[tuple[int, Figure]]:
    pages = {sentence.number: sentence.page for sentence in extraction.sentences if sentence.footnote is None}
    for figure in extraction.figures:
        plain = figure.kind is Kind.COUNT and not figure.qualifier and not context.footnotes_at(figure)
        if plain and figure.place.sentence in pages:
            yield pages[figure.place.sentence], figure


def _compared(lists: _Lists, counts: list[tuple[int, Figure]]) -> Iterator[Finding]:
    """Give each list its count, those that are just as long first."""
    left = []
    for page, names in lists:
        near = [figure for at, figure in counts if at == page and _may_count(figure, names)]
        same = [figure for figure in near if figure.value == len(names)]
        if same:
            yield _found(same[0], names)
            counts = [(at, figure) for at, figure in counts if figure not in same]
        elif near:
            left.append((page, names))
    for page, names in left:
        near = [figure for at, figure in counts if at == page and _may_count(figure, names)]
        if len({figure.value for figure in near}) == 1:
            yield _found(near[0], names)


def _may_count(figure: Figure, names: list[str]) -> bool:
    return is_near(figure, names) and are_of_its_kind(figure, names)


def _found(figure: Figure, names: list[str]) -> Finding:
    listed = f"{wording.with_unit(figure)} {'=' if len(names) == figure.value else '≠'} {len(names)}"
    message = Message(f"{listed} tên liệt kê cùng trang", f"{listed} names listed on the page")
    return report(NAMES, figure, len(names), message)
