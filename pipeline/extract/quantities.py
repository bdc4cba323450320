"""Quantities in a sentence: numeral, qualifier, scale and unit, before anything is known of what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.extract import cues, names, numerals
from pipeline.extract.cues import Cue
from pipeline.extract.numerals import Numeral
from pipeline.language.unicode import SUPERSCRIPTS
from pipeline.models import Kind

_SCALES = {
    "thousand": Decimal(10**3), "million": Decimal(10**6), "billion": Decimal(10**9),
    "thousand_billion": Decimal(10**12),
}  # fmt: skip
SIGNS = {"≥": "at_least", ">": "more_than", "≤": "at_most", "<": "less_than", "~": "about", "≈": "about"}
_SIGN = re.compile(r"([≥>≤<~≈]=?)\s*$")
_MARK = re.compile(rf"[{SUPERSCRIPTS}]+")
# Typewriters and readers without the sign write per mille as a percent sign and an o.
_PER_MILLE = re.compile(r"\s?(?:‰|%[oO0](?!\w)|phần nghìn\b)")
_PERCENT = re.compile(r"\s?(?:%(?![oO0](?!\w))|phần trăm\b)")
_LETTER = rf"(?:(?![{SUPERSCRIPTS}])[^\W\d_])"
_WORD = re.compile(rf"\s*({_LETTER}+(?:[/-]{_LETTER}+)*)")
_MONEY_NOUN = re.compile(
    r"\s*(đồng(?!\s+chí)|đ\b|VNĐ|VND|tr\.?đ\b|USD\b|EUR\b|đô la(?:\s+Mỹ)?\b|nhân dân tệ\b)", re.IGNORECASE
)
_MONEY_SIGN = re.compile(r"(?<!\w)(VNĐ|VND|VN\$)\s?$")
_MINUS = re.compile(r"(?:\bâm\s+|−)$", re.IGNORECASE)
# A hyphen is a list mark or parts a name from its number; a rate that fell has it glued on: "đạt -2,5%".
_HYPHEN_AS_MINUS = re.compile(r"(?:^|[\s(:;])-$")
_ONWARD = re.compile(r"\s+(trở (?:lên|xuống))\b", re.IGNORECASE)
_POINTS = re.compile(r"\s+(?:%|phần trăm\b)")
_PER = re.compile(rf"/{_LETTER}+(?:/{_LETTER}+)*")
_BASES = frozenset(Decimal(10) ** power for power in range(1, 7))
# "22/24 (91,67%) dịch vụ": the unit stands behind the rate.
_RATE_BETWEEN = re.compile(r"\s*\([^()]{0,20}\d\s?%\)(?=\s*[^\W\d])")
# So long a number is grouped by points wherever it counts something.
_CODE = 10**6
_UNIT_WORDS = 3
_OF_WHOLE = re.compile(r"\s*trên\s+(?:tổng số\s+)?", re.IGNORECASE)
# What introduces a bare number: without it, and without a noun behind it, a small number belongs to a name.
_INTRODUCES = re.compile(
    r"(?:[:(=]|\b(?:là|đạt|có|được|cấp|gồm|còn|tăng|giảm|lên|xuống|tổng số|kế|mới|đổi|hồi|thêm|nhận|gửi|thành|"
    r"chiếm|bằng|cả|hiện|nay|với|từ|đến|cộng|cùng|chỉ|lý|quyết|hạn|trên|dưới|gần|hơn|khoảng|nhất|quá|thiểu|đa|ước|"
    r"hoàn thành|tiếp|giao|tổng|cho|giữa))\s*[:,]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quantity:
    """A quantity at [start, end) of a sentence, qualifier and unit included; the numeral is at [at, numeral_end)."""

    start: int
    end: int
    at: int
    numeral_end: int
    value: Decimal
    step: Decimal
    kind: Kind
    unit: str = ""
    denominator: Decimal | None = None
    upper: Decimal | None = None
    qualifier: str | None = None
    bound: str | None = None  # the lexicon's label: more_than, less_than, at_least, at_most, about
    exact: bool = True  # a whole count, not rounded to a scale
    depth: int = 0  # how many brackets it stands in
    mark: str | None = None  # footnote mark behind it


def depths(text: str) -> list[int]:
    """Return for each character of a text how many brackets are open before it."""
    depth, result = 0, []
    for character in text:
        if character in ")]":
            depth = max(0, depth - 1)
        result.append(depth)
        if character in "([":
            depth += 1
    return result


def find(text: str, known: Sequence[Cue] | None = None) -> list[Quantity]:
    """Return the quantities of a sentence in order; `known` are its cues, where they were sought already."""
    if not any(character.isdigit() for character in text):
        return []
    known = cues.find(text) if known is None else known
    hidden = names.spans(text)
    level = depths(text)
    found: list[Quantity] = []
    for numeral in numerals.find(text):
        if any(start < numeral.end and numeral.start < end for start, end in hidden) or _per(text, numeral):
            continue
        quantity = _quantity(text, numeral, known)
        if quantity and not _part_of_name(text, quantity, numeral):
            found.append(replace(quantity, depth=level[numeral.start]))
    return _ranges_in_words(text, _of_wholes(text, found))


def _of_wholes(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Take the bound from a number that is what the one before it is counted of: "158.200 ha trên 172.000 ha"."""
    kept: list[Quantity] = []
    for quantity in found:
        last = kept[-1] if kept else None
        of_whole = last and quantity.qualifier and _OF_WHOLE.fullmatch(text, last.end, quantity.at)
        if last and of_whole and _may_be_of(last, quantity):
            quantity = replace(quantity, start=quantity.at, qualifier=None, bound=None)  # noqa: PLW2901
        kept.append(quantity)
    return kept


def _may_be_of(part: Quantity, whole: Quantity) -> bool:
    same = part.unit == whole.unit or not part.unit
    return same and part.kind is whole.kind and part.value <= whole.value


def _per(text: str, numeral: Numeral) -> bool:
    """Say whether a number is what a rate is stated for: "96 thuê bao/100 dân"."""
    return text[: numeral.start].endswith("/") and numeral.value in _BASES


def _quantity(text: str, numeral: Numeral, known: Sequence[Cue]) -> Quantity | None:
    mark = _MARK.match(text, numeral.end)
    after = mark.end() if mark else numeral.end
    sign = _minus(text, numeral)
    currency = _MONEY_SIGN.search(text[: numeral.start])
    before = sign or currency
    said, bound, start = qualifier(text, before.start() if before else numeral.start, known)
    base = Quantity(
        start, after, numeral.start, numeral.end, -numeral.value if sign else numeral.value, numeral.step, Kind.COUNT,
        qualifier=said, bound=bound, exact=numeral.step == 1, mark=mark[0] if mark else numeral.mark or None,
    )  # fmt: skip
    if numeral.sign == "/":
        if numeral.second == 0:
            return None
        base = replace(base, kind=Kind.FRACTION, denominator=numeral.second)
    elif numeral.sign == "-":
        base = replace(base, kind=Kind.RANGE, upper=numeral.second)
    if currency:
        return replace(base, kind=_money_kind(base.kind), unit=currency[1])
    return _onward(text, _with_unit(text, base, after, known))


def _minus(text: str, numeral: Numeral) -> re.Match[str] | None:
    if numeral.sign:
        return None
    before = text[: numeral.start]
    rate = _PERCENT.match(text, numeral.end) and _HYPHEN_AS_MINUS.search(before)
    return rate or _MINUS.search(before)


def _onward(text: str, stated: Quantity) -> Quantity:
    """Read what stands behind a bound: "từ 7.000 đồng trở xuống", "15 lớp trở lên"."""
    if stated.bound or not (match := _ONWARD.match(text, stated.end)):
        return stated
    bound = "at_least" if match[1].lower().endswith("lên") else "at_most"
    return replace(stated, qualifier=match[1], bound=bound, end=match.end())


def qualifier(text: str, start: int, known: Sequence[Cue]) -> tuple[str | None, str | None, int]:
    """Return what qualifies the number at `start` as printed, the lexicon's label of it, and where it begins."""
    sign = _SIGN.search(text[:start])
    if sign:
        return sign[1], SIGNS[sign[1][0]], sign.start()
    for cue in known:
        if cue.kind == "qualifier" and cue.end <= start and not text[cue.end : start].strip():
            return cue.text, cue.label, cue.start
    return None, None, start


def _with_unit(text: str, base: Quantity, after: int, known: Sequence[Cue]) -> Quantity:
    if percent := _PERCENT.match(text, after):
        mark = _MARK.match(text, percent.end())
        end, called = (mark.end(), mark[0]) if mark else (percent.end(), base.mark)
        kind = base.kind if base.kind is Kind.FRACTION else Kind.PERCENT
        return replace(base, kind=kind, unit="%", exact=False, end=end, mark=called)
    if per_mille := _PER_MILLE.match(text, after):
        return replace(base, unit="‰", exact=False, end=per_mille.end())
    scale, position = _scale(text, after, known)
    money = _MONEY_NOUN.match(text, position)
    unit, end = (text[after : money.end()].strip(), money.end()) if money else _noun(text, position, known)
    if not unit and (rate := _RATE_BETWEEN.match(text, after)):
        return replace(base, unit=_noun(text, rate.end(), known)[0])
    if unit == "điểm" and (points := _POINTS.match(text, end)):
        unit, end = f"{unit}{points[0]}", points.end()
    if (unit or money) and (rate := _PER.match(text, end)):
        unit, end = unit + rate[0], rate.end()
    if money or (scale and not unit):
        unit = unit if money else f"{text[after:position].strip()} đồng"
        base = replace(
            base,
            kind=_money_kind(base.kind),
            unit=unit,
            end=end if money else position,
            exact=base.exact and scale is None,
        )
    elif scale:
        base = replace(
            base, value=base.value * scale, step=base.step * scale, unit=unit, end=end, exact=False,
            upper=base.upper * scale if base.upper is not None else None,
        )  # fmt: skip
    else:
        base = replace(base, unit=unit, end=end if unit else base.end)
    mark = _MARK.match(text, base.end)
    return replace(base, end=mark.end(), mark=mark[0]) if mark and not base.mark else base


def _money_kind(kind: Kind) -> Kind:
    return kind if kind is Kind.FRACTION else Kind.MONEY


def _scale(text: str, after: int, known: Sequence[Cue]) -> tuple[Decimal | None, int]:
    for cue in known:
        if cue.kind == "scale" and cue.start >= after and not text[after : cue.start].strip():
            return _SCALES[cue.label], cue.end
    return None, after


def _noun(text: str, position: int, known: Sequence[Cue]) -> tuple[str, int]:
    """Return the unit noun at a position and its end: from the lexicon, or the next few words up to a stop word."""
    for cue in known:
        if cue.kind == "unit" and cue.start >= position and not text[position : cue.start].strip():
            return cue.text, cue.end
    words: list[str] = []
    end, stops = position, cues.stop_words()
    # A letter alone is a unit only where the lexicon says so (m, đ): elsewhere it is a speck, but not one with a mark
    # ("ổ dịch", "ô tô").
    while len(words) < _UNIT_WORDS and (word := _WORD.match(text, end)) and word[1].lower() not in stops:
        if len(word[1]) == 1 and word[1].isascii() and not words:
            break
        if words and any(cue.kind == "state" and cue.start == word.start(1) for cue in known):
            break  # "41 đề xuất đủ điều kiện" counts đề xuất
        words.append(word[1])
        end = word.end()
    return " ".join(words), end


def _part_of_name(text: str, quantity: Quantity, numeral: Numeral) -> bool:
    """Say whether a number is a code, or a bare small one that closes a name ("bộ chỉ tiêu 766") and counts nothing."""
    if quantity.kind is not Kind.COUNT or numeral.grouped or numeral.step != 1:
        return False
    if numeral.value >= _CODE:
        return True
    if quantity.unit:
        return False
    is_qualified = quantity.start < quantity.at
    if numeral.value == 0 or quantity.mark or is_qualified or _INTRODUCES.search(text[: quantity.start]):
        return False
    return not (_listed(text, quantity))


def _listed(text: str, quantity: Quantity) -> bool:
    """Say whether a number stands in a bracket or list of labels and numbers: "(Tổ một 28, Tổ hai 11)"."""
    around = text[max(0, quantity.at - 60) : quantity.numeral_end + 60]
    return len(re.findall(r"[^\W\d_]\s+\d{1,4}(?=\s*(?:[,;)]|$))", around)) >= 2


def _ranges_in_words(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Join "từ 1.000 đến 2.000 hồ sơ" and "giữa 1.000 và 2.000 đồng" into one range."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if last and _goes_up_to(last, quantity) and _says_range(text, last, quantity):
            kind = Kind.RANGE if quantity.kind is Kind.COUNT else quantity.kind
            joined[-1] = replace(
                last, end=quantity.end, numeral_end=quantity.numeral_end, upper=quantity.value, kind=kind,
                unit=quantity.unit, step=quantity.step, exact=quantity.exact, mark=quantity.mark,
            )  # fmt: skip
            continue
        joined.append(quantity)
    return joined


def _goes_up_to(first: Quantity, second: Quantity) -> bool:
    """Say whether two quantities may be the ends of one range."""
    return (
        first.upper is None
        and first.kind not in (Kind.FRACTION, Kind.RANGE)
        and first.value < second.value
        and first.kind in (second.kind, Kind.COUNT)
        and (not first.unit or first.unit == second.unit or second.unit.startswith(f"{first.unit}/"))
    )


def _says_range(text: str, first: Quantity, second: Quantity) -> bool:
    """Say whether the words around two quantities make them the ends of a range."""
    between, before = text[first.end : second.at], text[: first.start]
    if re.fullmatch(r"\s*(?:đến|tới)\s*", between):
        return first.bound == "about" or re.search(r"\btừ\s*$", before, re.IGNORECASE) is not None
    return bool(re.fullmatch(r"\s*và\s*", between) and re.search(r"\bgiữa\s*$", before, re.IGNORECASE))
