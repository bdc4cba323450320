"""Figures linked to the figure that they are parts of: in a sentence, across sentences and bullets, by a footnote.

`breakdowns` says which quantities of a text are parts of which; here it is applied to the sentences of a document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from pipeline.extract import breakdowns, cues
from pipeline.extract.found import Found
from pipeline.extract.passages import Level
from pipeline.extract.sentences import TextSentence
from pipeline.language.unicode import SUPERSCRIPTS, lowered
from pipeline.models import Kind

_ASIDE = re.compile(r"(?:\b(?:tăng|giảm)(?:\s+thêm)?|/)\s*$", re.IGNORECASE)


def within(items: Sequence[Found]) -> None:
    """Link the parts of each whole of one sentence."""
    if items:
        text, stated = items[0].sentence.text, [item.quantity for item in items]
        for part, whole in breakdowns.within(text, stated, items[0].known).items():
            items[part].whole = items[whole]


def across(by_sentence: Sequence[tuple[TextSentence, list[Found]]]) -> None:
    """Link parts to a whole in an earlier sentence: a sentence that begins with a cue, or bullets below a colon."""
    for index, (sentence, items) in enumerate(by_sentence):
        if not items:
            continue
        stated = [item.quantity for item in items]
        leading = breakdowns.leads(sentence.text, stated, items[0].known)
        if leading and index:
            wholes = _candidates(by_sentence[index - 1], sentence)
            _attach([items[i] for i in leading], _meant(sentence.text, items, wholes))
        elif index and not any(item.whole for item in items):
            states = [items[i] for i in breakdowns.in_states(stated, items[0].known)]
            _attach_if_exact(states, _candidates(by_sentence[index - 1], sentence))
    for index, (sentence, _) in enumerate(by_sentence):
        if sentence.text.rstrip().endswith(":"):
            _link_bullets(by_sentence, index)


def _candidates(before: tuple[TextSentence, list[Found]], sentence: TextSentence) -> list[Found]:
    """Return the wholes that the sentence before offers, nearest first."""
    earlier, items = before
    near = earlier.passage is sentence.passage or earlier.number + 1 == sentence.number
    return [i for i in reversed(items) if i.quantity.depth == 0 and i.quantity.kind is not Kind.PERCENT] if near else []


def _meant(text: str, items: Sequence[Found], wholes: Sequence[Found]) -> Sequence[Found]:
    """Return the wholes that a cue may mean: "Trong số hồ sơ đã giải quyết, …" says which."""
    cue = breakdowns.leading_cue(text, items[0].known)
    said = text[cue.end : items[0].quantity.start] if cue and cue.text.lower() == "trong số" else ""
    if not said:
        return wholes
    likeness = {id(whole): fuzz.token_set_ratio(said, whole.clause) for whole in wholes}
    return sorted(wholes, key=lambda whole: -likeness[id(whole)])[:1]


def _attach(parts: Sequence[Found], wholes: Sequence[Found], *, explicit: bool = True) -> None:
    if not parts or not wholes:
        return
    whole = _broken_down(parts, wholes)
    fitting = [
        part
        for part in parts
        if breakdowns.compatible(part.quantity, whole.quantity, unit=whole.unit, explicit=explicit)
        and part is not whole
    ]
    count = breakdowns.until_whole([part.quantity.value for part in fitting], whole.quantity.value)
    for part in fitting[:count]:
        part.whole = part.whole or whole


def _attach_if_exact(states: Sequence[Found], wholes: Sequence[Found]) -> None:
    """Link the states that a sentence tells to the figure before it that they make exactly, all in its unit."""
    made = sum(state.quantity.value for state in states)
    for whole in wholes if len(states) > 1 else ():
        alike = all(breakdowns.same_unit(state.unit, whole.unit) for state in states)
        if alike and whole.quantity.value == made:
            _attach(states, [whole])
            return


def _broken_down(parts: Sequence[Found], wholes: Sequence[Found]) -> Found:
    """Return the whole that parts are of: of their unit, and of several the nearest that they make exactly.

    "412 vụ; so với cùng kỳ giảm 57 vụ. Theo lĩnh vực gồm: …": a change, or what stands behind a stroke ("214 triệu
    đồng/289 triệu đồng"), is broken down only where nothing else is.
    """
    unit = next((part.quantity.unit for part in parts if part.quantity.unit), "")
    alike = [whole for whole in wholes if unit and breakdowns.same_unit(whole.unit, unit)]
    made = sum(part.quantity.value for part in parts)
    exact = next((whole for whole in alike if whole.quantity.value == made), None)
    counted = next((whole for whole in alike if not _is_aside(whole)), None)
    return exact or counted or (alike[0] if alike else wholes[0])


def _is_aside(item: Found) -> bool:
    return bool(_ASIDE.search(item.sentence.text[: item.quantity.start]))


def _link_bullets(by_sentence: Sequence[tuple[TextSentence, list[Found]]], index: int) -> None:
    """Link the first figure of each bullet below "Tổng kinh phí: 233.256 triệu đồng. Trong đó:"."""
    sentence, items = by_sentence[index]
    wholes = [i for i in reversed(items) if i.quantity.depth == 0 and i.quantity.kind is not Kind.PERCENT]
    if not wholes and index:
        wholes = _candidates(by_sentence[index - 1], sentence) if _begins_with_cue(sentence.text) else []
    if not wholes:
        return
    parts = _bullets(by_sentence, index)
    explicit = any(cue.kind == "whole" for cue in cues.find(sentence.text))
    if len(parts) > 1:
        _attach(parts, wholes, explicit=explicit)


def _bullets(by_sentence: Sequence[tuple[TextSentence, list[Found]]], index: int) -> list[Found]:
    """Return the first figures of the list items below a sentence.

    Money in a deeper list is taken for the parts of the item above it: budgets are set out so without a word.
    """
    parent = _bullet(by_sentence[index][0])
    parts: list[Found] = []
    deeper: list[Found] = []
    mark = ""
    for later, items in by_sentence[index + 1 :]:
        if later.passage.mark is not None or later.start:
            continue
        bullet = _bullet(later)
        if not bullet or bullet == parent:
            break
        mark = mark or bullet
        if bullet == mark:
            _attach_money(deeper, parts)
            deeper = []
        if items:
            (parts if bullet == mark else deeper).append(items[0])
    _attach_money(deeper, parts)
    return parts


def _attach_money(deeper: Sequence[Found], parts: Sequence[Found]) -> None:
    if len(deeper) > 1 and parts and all(d.quantity.kind is Kind.MONEY for d in (*deeper, parts[-1])):
        _attach(deeper, [parts[-1]], explicit=False)


def _bullet(sentence: TextSentence) -> str:
    """Return what marks a list item: its bullet, or the name of its numbering; empty for running text."""
    level = sentence.passage.level
    if level is Level.TEXT or level <= Level.ROMAN:
        return ""
    return sentence.passage.text[0] if level in (Level.DASH, Level.PLUS) else level.name


def _begins_with_cue(text: str) -> bool:
    return breakdowns.leading_cue(text, cues.find(text)) is not None


def by_footnotes(by_sentence: Sequence[tuple[TextSentence, list[Found]]]) -> None:
    """Join footnotes to the figures that call them, and break those figures down by them."""
    notes: dict[str, list[tuple[TextSentence, list[Found]]]] = {}
    for sentence, items in by_sentence:
        if sentence.passage.mark:
            notes.setdefault(sentence.passage.mark, []).append((sentence, items))
    for sentence, items in by_sentence:
        if sentence.passage.mark:
            continue
        for item, mark in _called(sentence.text, items):
            if note := notes.get(mark):
                item.footnote = note[0][0].passage.text
                _break_down(item, note)
        for item, mark in _announced(sentence.text, items):
            for _, parts in notes.get(mark, ()):
                same = [part for part in parts if part.whole is None and part.unit == item.unit]
                if len(same) > 1 and sum(part.quantity.value for part in same) == item.quantity.value:
                    _attach(same, [item])


def _break_down(item: Found, note: Sequence[tuple[TextSentence, list[Found]]]) -> None:
    """Make the figures that a footnote lists parts of the figure that calls it."""
    for sentence, parts in note:
        chosen = [parts[i] for i in breakdowns.listed(sentence.text, [part.quantity for part in parts])]
        labelled = re.findall(r"[^\W\d_]\s*:\s*(?=\d)|\(\d", sentence.text)
        if len(chosen) > 1 and (len(labelled) > 1 or all(not c.unit or c.unit == item.unit for c in chosen)):
            _attach([c for c in chosen if not c.unit or breakdowns.same_unit(c.unit, item.unit)], [item])


def _called(text: str, items: Sequence[Found]) -> list[tuple[Found, str]]:
    """Return the figures with the footnote marks behind them: on the number, its unit, or its noun phrase."""
    called = [(item, lowered(item.quantity.mark)) for item in items if item.quantity.mark]
    for match in re.finditer(rf"[{SUPERSCRIPTS}]+", text):
        before = [item for item in items if item.quantity.numeral_end <= match.start()]
        if before and not re.search(r"[,;:.()]\s", text[before[-1].quantity.numeral_end : match.start()]):
            called.append((before[-1], lowered(match[0])))
    return called


def _announced(text: str, items: Sequence[Found]) -> list[tuple[Found, str]]:
    """Return the figures that follow a noun with a footnote mark: "Hai nhóm thủ tục¹ phát sinh 89 hồ sơ"."""
    called: list[tuple[Found, str]] = []
    for match in re.finditer(rf"(?<=[^\W\d_])[{SUPERSCRIPTS}]+", text):
        following = next((item for item in items if item.quantity.start >= match.end()), None)
        if following and not re.search(r"[,;:.()]\s", text[match.end() : following.quantity.start]):
            called.append((following, lowered(match[0])))
    return called
