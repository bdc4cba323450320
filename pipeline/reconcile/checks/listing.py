"""A count against the list it counts.

The list is a footnote's names ("66 xã" with the names below), or items numbered (1) to (n) behind the count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.language.letters import LOWER, UPPER
from pipeline.language.unicode import fold
from pipeline.models import Figure, Finding, Kind, Severity, Verdict
from pipeline.reconcile import units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

NAMES = "list.names"
ITEMS = "list.items"

_LEAST_NAMES = 2
_LEAST_ITEMS = 2
SURE_ITEMS = 3
_MANY_NAMES = 5  # a list of so many names that is short of few is the list that was meant
_LONGEST_NAME = 9  # words; a longer piece is a clause, not a name
# A point before a small letter is a comma that was misread.
_BETWEEN_NAMES = re.compile(
    rf"[,;]|(?<=[^\W\d_]{{2}})\.(?=\s[{LOWER}])|\bvà\b|\(\d+\)[^,;:]*:|\b\w[^,;:]* các [^,;:]*:"
)
_END_OF_NAMES = re.compile(rf"[;()]|\.\s(?![{LOWER}])")
# A group's head ("(6) Tổ 6:", "UBND các xã:") parts names too.
_HEAD = re.compile(rf"([{UPPER}][^\d:;,.()]{{2,60}}):\s+\S")
_COLON = re.compile(r"\s*[^\d,;.:()]{0,30}:\s")
_NUMBERED = re.compile(r"\((\d{1,2}|[ivx]+)\)\s*\w", re.IGNORECASE)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_ANNOUNCED = re.compile(r"\b(?:gom|cu the|bao gom|nhu sau|la)\b|[:(]")


@check("listing")
def listing(context: Context) -> Iterable[Finding]:
    """Compare counts with the lists that the text gives for them."""
    for figure in context.figures:
        if figure.kind in (Kind.COUNT, Kind.FRACTION) and figure.value == figure.value.to_integral_value():
            yield from _names(context, figure)
            yield from _headed(context, figure)
            yield from _named_inline(context, figure)
            if not figure.qualifier:
                yield from _items(context, figure)


def _names(context: Context, figure: Figure) -> Iterator[Finding]:
    text = " ".join(note.text for note in context.footnotes_at(figure))
    if not text:
        return
    names = names_of(text)
    holds = len(names) == figure.value
    ended = not text.rstrip().endswith((",", ";"))
    meant = (len(names) >= _MANY_NAMES and is_near(figure, names)) or are_of_its_kind(figure, names)
    if len(names) < _LEAST_NAMES or not (holds or (ended and meant)):
        return
    listed = f"{wording.with_unit(figure)} {'=' if holds else '≠'} {len(names)}"
    message = Message(f"{listed} tên trong chú thích", f"{listed} names in the footnote")
    yield report(NAMES, figure, len(names), message)


def _headed(context: Context, figure: Figure) -> Iterator[Finding]:
    """Compare with the heads of a footnote that tells of each thing counted: "Văn phòng: 19 biên chế; Phòng A: 15 …".

    Whether all that it tells of was meant is not sure, so that a difference is asked about. Heads before numbers of
    what is counted are what these are of, and no names of it.
    """
    notes = context.footnotes_at(figure)
    heads = _heads(" ".join(note.text for note in notes))
    told = {
        units.bare(item.unit) for note in notes for item in context.in_sentence(figure.evidence.document, note.number)
    }
    if len(heads) < SURE_ITEMS or not is_near(figure, heads) or units.bare(figure.unit) in told:
        return
    listed = f"{wording.with_unit(figure)} {'=' if len(heads) == figure.value else '≠'} {len(heads)}"
    finding = report(NAMES, figure, len(heads), Message(f"{listed} mục trong chú thích", f"{listed} in the footnote"))
    asked = {"verdict": Verdict.UNKNOWN, "severity": Severity.LOW}
    yield finding if finding.verdict is Verdict.CONSISTENT else finding.model_copy(update=asked)


def _heads(text: str) -> list[str]:
    """Return what stands before the colon of each part of a list, or nothing where a part has no such head."""
    parts = [part.strip() for part in text.split(";")]
    heads = [match[1] for part in parts if (match := _HEAD.match(part))]
    return heads if len(heads) == len(parts) else []


def _named_inline(context: Context, figure: Figure) -> Iterator[Finding]:
    """Compare with names behind a colon right after the count: "09 cá nhân: ông A, bà B, …"."""
    text = context.sentence_text(figure)[figure.place.end :]
    opened = _COLON.match(text)
    if opened is None or figure.qualifier:
        return
    names = names_of(_END_OF_NAMES.split(text[opened.end() :])[0].rstrip("./ "))
    holds = len(names) == figure.value
    if len(names) < (_LEAST_NAMES if holds else SURE_ITEMS) or not is_near(figure, names):
        return
    listed = f"{wording.with_unit(figure)} {'=' if holds else '≠'} {len(names)}"
    yield report(NAMES, figure, len(names), Message(f"{listed} tên liệt kê", f"{listed} names listed"))


def names_of(text: str) -> list[str]:
    """Return the names of a list separated by commas and semicolons, or nothing where it is not a list of names."""
    pieces = [piece.strip(" .\"“”'") for piece in _BETWEEN_NAMES.split(text)]
    named = [piece for piece in pieces if piece]
    fits = all(len(piece.split()) <= _LONGEST_NAME and piece[0].isalpha() for piece in named)
    proper = sum(any(word[0].isupper() for word in piece.split()) for piece in named)
    return named if fits and proper == len(named) else []


def is_near(figure: Figure, names: list[str]) -> bool:
    """Say whether a count is so near to a list's length that the list is the one that was meant."""
    return abs(figure.value - len(names)) <= max(1, len(names) // _MANY_NAMES)


def are_of_its_kind(figure: Figure, names: list[str]) -> bool:
    """Say whether most names open with the word that is counted ("66 xã": "Xã Phú Quới"), so that a gap is an error."""
    kinds = {word for word in re.findall(r"\w+", units.bare(figure.unit)) if len(word) > 1}
    opening = sum(fold(name).split()[0] in kinds for name in names)
    return opening * 2 > len(names)


def _items(context: Context, figure: Figure) -> Iterator[Finding]:
    """Compare with items numbered (1), (2), … behind the figure in its sentence.

    Where several figures stand before the list, one that has its number is the one it belongs to; none is wrong.
    """
    text = context.sentence_text(figure)
    first = _NUMBERED.search(text, figure.place.end)
    if first is None or not _ANNOUNCED.search(fold(text[figure.place.end : first.start()])):
        return
    count = _run(text[figure.place.end :])
    before = [item for item in context.beside(figure) if item.place.start < first.start()]
    alone = len(before) == 1 and count >= SURE_ITEMS
    if count >= _LEAST_ITEMS and (count == figure.value or alone):
        listed = f"{wording.with_unit(figure)} {'=' if count == figure.value else '≠'} {count}"
        yield report(ITEMS, figure, count, Message(f"{listed} mục được liệt kê", f"{listed} items listed"))


def _run(text: str) -> int:
    """Return how far the numbering (1), (2), … or (i), (ii), … runs without a gap."""
    marks = [match[1].lower() for match in _NUMBERED.finditer(text)]
    reached = 0
    for mark in marks:
        number = int(mark) if mark.isdigit() else _ROMAN.index(mark) + 1 if mark in _ROMAN else 0
        if number == reached + 1:
            reached = number
    return reached


def report(code: str, figure: Figure, counted: int, message: Message) -> Finding:
    """Report a count with the length of its list; `message` is their equation."""
    gap = abs(figure.value - counted)
    holds = not gap
    vi = f"Số lượng {'khớp' if holds else 'không khớp'} với danh sách: {message.vi}"
    en = f"The count {'agrees' if holds else 'disagrees'} with the list: {message.en}"
    if not holds:
        vi, en = f"{vi}; chênh lệch {wording.number(gap)}", f"{en}; difference {wording.number(gap)}"
    return write(
        Claim(
            code,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.MEDIUM,
            Message(vi, en),
            figures=(figure,),
            numbers=(Decimal(counted),),
            difference=None if holds else gap,
            link="danh sách đứng ngay sau số, hoặc trong chú thích của số",
        )
    )
