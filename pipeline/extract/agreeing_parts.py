"""Parts of a document that say the same thing twice: a letter that was misread in one stands right in the other.

The symbol ends with the initials of the issuer (Nghị định 30/2020/NĐ-CP, phụ lục I, II.3) and begins with the type's
abbreviation; the letter of an office adds the unit that wrote it, which also keeps it ("Lưu: VT, …"); who signs for a
body (TM.) signs for the issuer; a letterhead's commune is called as the running text calls it, which is read better
than capitals. Only what differs in letters that look alike, or lost words, is mended: two names that merely resemble
each other both stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from pipeline.extract import office_words, recipient_words
from pipeline.extract.document_types import ABBREVIATIONS
from pipeline.language.letters import LOWER, UPPER
from pipeline.language.unicode import strip_marks
from pipeline.models import Components

_PART = re.compile(rf"[{UPPER}]+")
_FEWEST_LETTERS = 3
# Capitals that readers take for each other. The stroke of Đ is lost most, and may be so in every Đ.
_ALIKE = tuple(map(frozenset, ("ĐDPBO", "YVT", "CGOQ", "EF", "HNM", "ITL", "KX", "UV")))
_STROKE = frozenset("ĐD")
_FILED = re.compile(r"Lưu\b")
_ON_BEHALF = re.compile(rf"(?P<mark>T/?M\.?) (?P<body>[{UPPER}][{UPPER} ]*?)(?=\s+(?:KT\.|K/T)|$)")
_COMMUNE = re.compile(
    rf"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu)\s+(?P<name>[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+){{0,3}})"
)
_OF_A_COMMUNE = re.compile(r"(?<= )(?:XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU) (?P<name>.+)$")
_FEWEST_MENTIONS = 2
_NOT_SPELLED = frozenset({"VÀ", "-", "–"})


def mended(components: Components, texts: Sequence[str] = ()) -> Components:
    """Return the components of a misread document in agreement with each other and with what its text says.

    Args:
        components: The components as they were read.
        texts: The document's passages.
    """
    called = Counter(commune["name"] for text in texts for commune in _COMMUNE.finditer(text))
    issuer = components.issuer and _issuer(components.issuer, called)
    symbol = _symbol(components.symbol, components.type, issuer)
    return components.model_copy(
        update={
            "symbol": symbol,
            "issuer": issuer,
            "parent": components.parent and office_words.with_field(components.parent),
            "place": components.place and _commune(components.place, called),
            "authority": _authority(components.authority, issuer),
            "recipients": tuple(_filed(item, symbol) for item in components.recipients),
        }
    )


def _issuer(issuer: str, called: Mapping[str, int]) -> str:
    """Return the issuer with its field as ministries and departments have it, or its commune as the text calls it."""
    commune = _OF_A_COMMUNE.search(issuer)
    if commune is None:
        return office_words.with_field(issuer)
    return f"{issuer[: commune.start('name')]}{_commune(commune['name'].title(), called).upper()}"


def _commune(name: str, called: Mapping[str, int]) -> str:
    """Return what the text calls a commune of the same letters, where it does so more often than as it was read."""
    alike = [known for known in called if strip_marks(known) == strip_marks(name)]
    usual = max(alike, key=lambda known: called[known], default=name)
    return usual if called.get(usual, 0) >= max(_FEWEST_MENTIONS, called.get(name, 0) + 1) else name


def _symbol(symbol: str | None, kind: str | None, issuer: str | None) -> str | None:
    if symbol is None:
        return None
    initials = _initials(issuer or "")
    kinds = [short for short, name in ABBREVIATIONS.items() if name == kind and short.isupper()]
    return _PART.sub(
        lambda part: _likely(part[0], [initials[: len(part[0])]], kinds if not part.start() else []), symbol
    )


def _initials(issuer: str) -> str:
    """Return the initials of an office's name, as symbols have them: "SỞ KHOA HỌC VÀ CÔNG NGHỆ" is SKHCN."""
    words = [word for word in issuer.replace(",", " ").split() if word not in _NOT_SPELLED]
    return "".join(word[0] if word[0] == "Đ" else strip_marks(word[0]) for word in words)


def _likely(part: str, offices: Sequence[str], kinds: Sequence[str]) -> str:
    """Return what a part of a symbol is: itself, or the initials or the type's abbreviation that was read so."""
    if part in ABBREVIATIONS:
        return part
    meant = [known for known in offices if len(known) >= _FEWEST_LETTERS] + list(kinds)
    return next((known for known in meant if _is_read_as(known, part)), part)


def _is_read_as(printed: str, read: str) -> bool:
    """Say whether one row of capitals may have been read as another: a letter like it, or strokes of Đ lost."""
    if len(printed) != len(read):
        return False
    other = [{a, b} for a, b in zip(printed, read, strict=True) if a != b]
    return sum(pair != _STROKE for pair in other) <= 1 and all(any(pair <= row for row in _ALIKE) for pair in other)


def _authority(authority: str | None, issuer: str | None) -> str | None:
    """Return an authority with all words of the body that signs, where a seal left only some of them: "TM. BAN"."""
    signs = _ON_BEHALF.match(authority or "")
    sort = office_words.sort_of(issuer or "")
    if not (authority and signs and sort) or office_words.sort_of(signs["body"]):
        return authority
    rest = iter(sort.split())
    is_part = all(word in rest for word in signs["body"].split())
    return f"{signs['mark']} {sort}{authority[signs.end() :]}" if is_part else authority


def _filed(item: str, symbol: str | None) -> str:
    """Return the item of who keeps the document with the unit that the symbol names, where one letter differs."""
    if not _FILED.match(item):
        return item
    units = [unit for unit in _PART.findall(symbol or "") if len(unit) >= _FEWEST_LETTERS]

    def unit_of(part: re.Match[str]) -> str:
        if recipient_words.is_usual(part[0]) or len(part[0]) < _FEWEST_LETTERS:
            return part[0]
        return next((unit for unit in units if Levenshtein.distance(unit, part[0]) == 1), part[0])

    return _PART.sub(unit_of, item)
