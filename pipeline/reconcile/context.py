"""What every check may ask about the documents at hand: sentences, their figures, parts, footnotes, dates.

Everything is indexed once, so that no check needs to walk all figures for each figure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.language.letters import UPPER
from pipeline.language.unicode import SUPERSCRIPTS, lowered
from pipeline.models import Extraction, Figure, Sentence, Status
from pipeline.reconcile.editions import editions
from pipeline.reconcile.items import Item, items_of
from pipeline.reconcile.mergers import REFORM, Unit, bare, units_called

_MARK = re.compile(f"[{SUPERSCRIPTS}]+")
# Names of provinces have two syllables, "Hồ Chí Minh" three; of longer ones two will do.
_PROVINCE = re.compile(rf"\b(?:[Tt]ỉnh|[Tt]hành phố|[Tt][Pp]\.?)\s+(Hồ Chí Minh|Huế|[{UPPER}]\w*\s[{UPPER}]\w*)")
_RANK = re.compile(r"^(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[;.:?!](?=\s)")
_LONGEST_UNIT = 30  # characters
_LONGEST_NOTE = 12  # sentences
# Below it a figure's meaning is not known: the extract stage gives such confidence to rows of flattened tables.
_LEAST_CONFIDENCE = 0.5
_NO_FIGURES: tuple[Figure, ...] = ()


class Context:
    """The documents to reconcile and the indexes over them. Documents are told apart by their names.

    Of copies of one document one is reconciled; `present` has the others, too. Figures whose meaning is not known take
    no part: a number of which nobody knows what it counts contradicts nothing.
    """

    def __init__(self, extractions: Sequence[Extraction]) -> None:
        self.present = tuple(extractions)
        self.editions = editions(extractions)
        reconciled = [item for item in extractions if item.document not in self.editions.left_out]
        self.extractions = tuple(_understood(extraction) for extraction in reconciled)
        self._unsure_parts: dict[str, list[Figure]] = defaultdict(list)
        for figure in (figure for extraction in reconciled for figure in extraction.figures):
            if figure.whole and figure.confidence < _LEAST_CONFIDENCE:
                self._unsure_parts[figure.whole].append(figure)
        self._extraction = {extraction.document: extraction for extraction in self.extractions}
        self._figure: dict[str, Figure] = {}
        self._sentences: dict[tuple[str, int], Sentence] = {}
        self._footnotes: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
        self._marked: dict[tuple[str, str], int] = {}
        self._items: dict[tuple[str, int], Item] = {}
        in_sentence: dict[tuple[str, int], list[Figure]] = defaultdict(list)
        parts: dict[str, list[Figure]] = defaultdict(list)
        for extraction in self.extractions:
            self._items |= {(extraction.document, number): item for number, item in items_of(extraction.sentences)}
            for sentence in extraction.sentences:
                for mark in _MARK.findall(sentence.text):
                    self._marked.setdefault((extraction.document, lowered(mark)), sentence.number)
                self._sentences[extraction.document, sentence.number] = sentence
                if sentence.footnote:
                    self._footnotes[extraction.document, sentence.footnote].append(sentence)
            for figure in extraction.figures:
                self._figure[figure.id] = figure
                in_sentence[extraction.document, figure.place.sentence].append(figure)
                if figure.whole:
                    parts[figure.whole].append(figure)
        self._areas = {
            item.document: without_rank(item.components.place or _province(item.sentences)) for item in self.extractions
        }
        self._not_before = {item.document: _earliest(item) for item in self.extractions}
        order = _position
        self._denominators = {item.document: _totals(item.figures) for item in self.extractions}
        self._in_sentence = {key: tuple(sorted(value, key=order)) for key, value in in_sentence.items()}
        self._parts = {key: tuple(sorted(value, key=order)) for key, value in parts.items()}

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, document by document, in reading order."""
        return tuple(self._figure.values())

    def figure(self, identity: str) -> Figure | None:
        """Return the figure with this id, where its document is here."""
        return self._figure.get(identity)

    def parts_of(self, figure: Figure) -> tuple[Figure, ...]:
        """Return the figures that the text gives as parts of this one (trong đó, gồm), in reading order."""
        return self._parts.get(figure.id, _NO_FIGURES)

    def unsure_parts_of(self, figure: Figure) -> tuple[Figure, ...]:
        """Return the parts of a figure that take no part in checks, because their reading is not sure enough."""
        return tuple(self._unsure_parts.get(figure.id, ()))

    def denominators(self, document: str) -> tuple[Figure, ...]:
        """Return the fractions of a document, one for each unit and whole: the totals that it names ("55/124 xã")."""
        return self._denominators.get(document, _NO_FIGURES)

    def wholes(self) -> list[tuple[Figure, tuple[Figure, ...]]]:
        """Return every figure that has parts, with its parts."""
        return [(self._figure[key], parts) for key, parts in self._parts.items() if key in self._figure]

    def in_sentence(self, document: str, number: int) -> tuple[Figure, ...]:
        """Return the figures of a sentence in reading order."""
        return self._in_sentence.get((document, number), _NO_FIGURES)

    def beside(self, figure: Figure) -> tuple[Figure, ...]:
        """Return the figures of the same sentence, the figure itself among them."""
        return self.in_sentence(figure.evidence.document, figure.place.sentence)

    def sentence(self, figure: Figure) -> Sentence | None:
        """Return the sentence in which a figure stands."""
        return self._sentences.get((figure.evidence.document, figure.place.sentence))

    def item(self, figure: Figure) -> Item | None:
        """Return the list item in which a figure stands."""
        return self._items.get((figure.evidence.document, figure.place.sentence))

    def sentence_text(self, figure: Figure) -> str:
        """Return the text to which the offsets of `figure.place` refer."""
        sentence = self.sentence(figure)
        return sentence.text if sentence else figure.evidence.text

    def sentences_after(self, document: str, number: int, count: int) -> Iterator[Sentence]:
        """Yield up to `count` sentences of a document behind the one with this number."""
        for later in range(number + 1, number + 1 + count):
            if (document, later) in self._sentences:
                yield self._sentences[document, later]

    def footnotes_at(self, figure: Figure) -> tuple[Sentence, ...]:
        """Return the sentences of the footnote (chú thích) whose mark stands at a figure or right behind its unit."""
        text = self.sentence_text(figure)[figure.place.end :]
        return self._noted(figure, _MARK.search(re.split(r"[;:.()]|\d", text)[0][:_LONGEST_UNIT]))

    def footnotes_behind(self, figure: Figure) -> tuple[Sentence, ...]:
        """Return the footnote of a figure, or the first one marked behind it before any other figure.

        "bằng 185% so với cùng kỳ năm 2024³": the mark stands behind the clause, not at the number.
        """
        text = self.sentence_text(figure)
        later = [item.place.start for item in self.beside(figure) if item.place.start >= figure.place.end]
        return self._noted(figure, _MARK.search(text, figure.place.end, min(later, default=len(text))))

    def notes_of(self, figure: Figure) -> tuple[Sentence, ...]:
        """Return the footnotes marked anywhere in the sentence of a figure."""
        marks = _MARK.finditer(self.sentence_text(figure))
        return tuple(note for mark in marks for note in self._noted(figure, mark))

    def unmarked_notes(self, document: str) -> Iterator[tuple[Sentence, ...]]:
        """Yield the footnotes of a document whose mark stands nowhere in its text: a reader lost it."""
        for (name, mark), notes in self._footnotes.items():
            if name == document and (document, mark) not in self._marked:
                yield tuple(notes)

    def home(self, figure: Figure) -> int:
        """Return the number of the sentence that a figure belongs to: in a footnote, the one that carries its mark."""
        sentence = self.sentence(figure)
        if sentence is None or sentence.footnote is None:
            return figure.place.sentence
        return self._marked.get((figure.evidence.document, sentence.footnote), figure.place.sentence)

    def marks(self, figure: Figure) -> frozenset[str]:
        """Return the footnote marks that stand anywhere in the sentence of a figure."""
        return frozenset(lowered(mark) for mark in _MARK.findall(self.sentence_text(figure)))

    def _noted(self, figure: Figure, mark: re.Match[str] | None) -> tuple[Sentence, ...]:
        """Return the note with a mark that is nearest at or after the figure: numbering may restart on a page."""
        if mark is None:
            return ()
        notes = self._footnotes.get((figure.evidence.document, lowered(mark[0])), [])
        after = [note for note in notes if note.number >= figure.place.sentence]
        if not after:
            return ()
        first = min(after, key=lambda note: note.number)
        return tuple(note for note in after if note.number - first.number < _LONGEST_NOTE)

    def issued(self, document: str) -> dt.date | None:
        """Return the date of a document (ngày, tháng, năm ban hành), where it is known."""
        extraction = self._extraction.get(document)
        return extraction.components.date if extraction else None

    def not_before(self, document: str) -> dt.date | None:
        """Return the earliest day that a document can be of: its date, else the latest that it cites or tells of."""
        return self._not_before.get(document)

    def place(self, document: str) -> str:
        """Return the place that a document's letterhead names (địa danh), or nothing."""
        extraction = self._extraction.get(document)
        return without_rank(extraction.components.place or "") if extraction else ""

    def units(self, document: str) -> tuple[Unit, ...]:
        """Return the province, or the communes of that name, for which a document speaks, if it was made of several."""
        return units_called(self.area(document))

    def since_reform(self, document: str) -> bool | None:
        """Say whether a document is of days after the mergers of 1 July 2025; None where its unit was not merged.

        A document without a date is as late as what it cites.
        """
        day = self.issued(document) or self.not_before(document)
        return day >= REFORM if day and self.units(document) else None

    def former_units(self, figure: Figure) -> frozenset[str]:
        """Return the former units of which a figure is told: "Vĩnh Long (cũ) có 35 xã"; none where it is of all.

        Units are named bare (`pipeline.reconcile.mergers`); in a document from before the mergers none is former.
        """
        document = figure.evidence.document
        if self.since_reform(document) is not True:
            return frozenset()
        stated = bare(figure.dimensions.get("place", ""))
        clause = _CLAUSE_END.split(self.sentence_text(figure)[: figure.place.start])[-1]
        for unit in self.units(document):
            meant = frozenset({stated}) if stated in unit.former else unit.meant(clause)
            if meant:
                return meant
        return frozenset()

    def area(self, document: str) -> str:
        """Return the place for which a document speaks: its địa danh, else the province it mostly names, or nothing."""
        return self._areas.get(document, "")


def _earliest(extraction: Extraction) -> dt.date | None:
    if extraction.components.date:
        return extraction.components.date
    cited = [citation.date for citation in extraction.citations if citation.date]
    told = [item.as_of for item in extraction.figures if item.as_of and item.status is Status.RESULT]
    return max(cited + told, default=None)


def without_rank(place: str) -> str:
    """Return the name of a place alone: "Hồ Chí Minh" for "Thành phố Hồ Chí Minh" and "TP. Hồ Chí Minh"."""
    return _RANK.sub("", place)


def _province(sentences: Sequence[Sentence]) -> str:
    """Return the province or city that a document without letterhead names in most of the places that name one."""
    named = Counter(match[1] for sentence in sentences for match in _PROVINCE.finditer(sentence.text))
    ((name, times),) = named.most_common(1) or [("", 0)]
    return name if times * 2 > named.total() else ""


def _understood(extraction: Extraction) -> Extraction:
    kept = tuple(figure for figure in extraction.figures if figure.confidence >= _LEAST_CONFIDENCE)
    return extraction.model_copy(update={"figures": kept})


def _totals(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    known = {(figure.unit, figure.denominator): figure for figure in figures if figure.denominator}
    return tuple(known.values())


def _position(figure: Figure) -> tuple[int, int]:
    return figure.place.sentence, figure.place.start
