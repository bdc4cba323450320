"""Train the language models of syllables from the study texts and lists of names.

    python -m corpus.training.train_language_model --shared ../shared

About eight minutes and 8 GB. Only counts turned into weights are written (pipeline/language/data). Two models come of
it: one of the language of offices, one of everything else. Words are counted in one spelling ("hóa", not "hoá").
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.training.texts import training_lines
from pipeline.language.kneser_ney import KneserNey
from pipeline.language.mixture import Part, mix
from pipeline.language.spelling import one_spelling
from pipeline.language.stream import CLASSES, END, UNKNOWN, words_of
from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import nfc
from pipeline.normalize.models import GENERAL, OFFICIAL

OUT = Path(__file__).resolve().parents[2] / "pipeline" / "language" / "data"
_RANK = re.compile(r"^(?:Xã|Phường|Thị trấn|Đặc khu)\s+")
_LISTED = 12  # communes in a list
_LISTINGS = 3  # how often every commune is listed, each time beside others
_AMOUNTS = 20_000
_WITH_COMMAS = 0.5  # share of the amounts whose groups are parted by commas
_NAMES = 30_000  # names of people that are made up from their parts
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Source:
    """A text: how much one of its words weighs when the lexicon is chosen."""

    name: str
    weight: float


SOURCES = (
    Source("admin", 4.0),
    Source("legal", 1.0),
    Source("news", 1.0),
    Source("wiki", 0.34),
    Source("places", 0.5),
    Source("names", 0.5),
    Source("amounts", 0.1),
)


@dataclass(frozen=True)
class Mixture:
    """A model: the share of each source in it, from how many occurrences on its n-grams count, and how many are kept.

    Counts and limits are by order, from single words on.
    """

    shares: Mapping[str, float]
    least: Mapping[str, Sequence[int]]
    most: Sequence[int]


MIXTURES = {
    OFFICIAL: Mixture(
        {"admin": 0.57, "legal": 0.2, "news": 0.04, "wiki": 0.14, "places": 0.03, "names": 0.01, "amounts": 0.01},
        {"legal": (1, 1, 1, 2), "news": (1, 1, 1, 2), "wiki": (1, 2, 2, 3)},
        (0, 800_000, 1_600_000, 2_200_000),
    ),
    GENERAL: Mixture(
        {"admin": 0.03, "legal": 0.03, "news": 0.38, "wiki": 0.53, "places": 0.015, "names": 0.015},
        {"admin": (1, 1, 2), "legal": (1, 1, 2)},
        (0, 1_200_000, 4_700_000),
    ),
}
_EVERY_ONE = (1, 1, 1, 1)
_LEAST_SHARE = 1e-8


def gazetteer_lines() -> Iterator[str]:
    """Yield "commune, district, province" of both sides of 1 July 2025, and lists of a province's communes.

    Footnotes name communes one after the other, without their rank ("Phú Quới, Vĩnh Xuân, Song Phú"). Package
    vietnamadminunits, MIT.
    """
    package = importlib.util.find_spec("vietnamadminunits")
    if package is None or package.origin is None:
        raise SystemExit("pip install vietnamadminunits")
    with sqlite3.connect(Path(package.origin).parent / "data" / "dataset.db") as database:
        legacy = database.execute("select ward, district, province from admin_units_legacy").fetchall()
        units = [*legacy, *database.execute("select ward, province from admin_units")]
    yield from (", ".join(part for part in unit if part) for unit in units)
    communes: dict[str, list[str]] = {}
    for ward, *_, province in units:
        if name := _RANK.sub("", ward or ""):
            communes.setdefault(province, []).append(name)
    chance = random.Random(3)
    for names in communes.values():
        for _ in range(_LISTINGS):
            chance.shuffle(names)
            yield from (", ".join(names[at : at + _LISTED]) for at in range(0, len(names), _LISTED))


def name_lines(shared: Path) -> Iterator[str]:
    """Yield names of people made up from parts (họ, đệm, tên) as often as the parts are met, and names of agencies."""
    parts: dict[str, Counter[str]] = {}
    with (shared / "data" / "person_names_vi.txt").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            parts.setdefault(row["kind"], Counter())[row["name"]] += int(row["count"])
    chance = random.Random(1)
    drawn = [chance.choices(list(parts[k]), list(parts[k].values()), k=_NAMES) for k in ("ho", "dem", "ten")]
    yield from (" ".join(name) for name in zip(*drawn, strict=True))
    with (shared / "data" / "agencies_vi.tsv").open(encoding="utf-8") as stream:
        yield from (row["name"] for row in csv.DictReader(stream, delimiter="\t"))


def amount_lines() -> Iterator[str]:
    """Yield amounts of money written out (bằng chữ), which no text has enough of (package num2words, LGPL)."""
    if importlib.util.find_spec("num2words") is None:
        raise SystemExit("pip install num2words")
    from num2words import num2words  # noqa: PLC0415 - an extra that only training needs

    chance = random.Random(2)
    for _ in range(_AMOUNTS):
        amount = chance.randrange(1, 1000) * 1000 ** chance.randrange(4)
        amount += chance.choice([0, chance.randrange(1000) * 1000 ** chance.randrange(3)])
        groups = num2words(amount, lang="vi")
        if chance.random() < _WITH_COMMAS:
            groups = re.sub(r"(tỷ|triệu|nghìn) (?=\w)", r"\1, ", groups)
        yield f"Bằng chữ: {groups.capitalize()} {chance.choice(['đồng', 'đồng', 'đồng chẵn', 'Việt Nam đồng'])}"


def source_lines(shared: Path, source: Source) -> Iterator[str]:
    """Yield the lines of one source in NFC and in one spelling."""
    lists = {"places": gazetteer_lines, "names": lambda: name_lines(shared), "amounts": amount_lines}
    lines = lists[source.name]() if source.name in lists else training_lines(shared, source.name)
    return (one_spelling(nfc(line)) for line in lines)


class Vocabulary:
    """Gives every word met an id, and counts it with its weight and as it is written."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {word: number for number, word in enumerate(CLASSES)}
        self.counts: Counter[str] = Counter()
        self.written: dict[str, Counter[str]] = {}
        self.inside: dict[str, Counter[str]] = {}  # as written elsewhere than at the beginning of a sentence

    def encode(self, lines: Iterator[str], weight: float) -> Ids:
        """Return the ids of the text, sentence ends between lines."""
        out: list[int] = []
        surfaces: tuple[Counter[str], Counter[str]] = Counter(), Counter()
        end = self.ids[END]
        for line in lines:
            out.append(end)
            for word, written in words_of(line):
                surfaces[out[-1] != end][written] += 1
                out.append(self.ids.setdefault(word, len(self.ids)))
        out.append(end)
        for is_inside, counted in enumerate(surfaces):
            for written, count in counted.items():
                if written.isalpha():
                    self._add(written, count * weight, inside=bool(is_inside))
        return np.array(out, dtype=np.int64)

    def _add(self, written: str, weight: float, inside: bool) -> None:
        word = written.lower()
        self.counts[word] += weight
        for known in (self.written, self.inside) if inside else (self.written,):
            known.setdefault(word, Counter())[written] += weight


def choose(vocabulary: Vocabulary) -> list[str]:
    """Choose the words of the lexicon: legal syllables seen a few times, other words when they are frequent."""
    chosen = []
    for word, count in vocabulary.counts.items():
        upper = sum(c for w, c in vocabulary.written[word].items() if w[1:] != w[1:].lower()) / count
        if is_syllable(word):
            needed = 4.0
        elif len(word) == 1:
            needed = 400.0
        elif upper > 0.8 and len(word) <= 9:
            needed = 16.0
        elif word.isascii():
            needed = 60.0
        else:
            needed = 400.0
        if count >= needed:
            chosen.append(word)
    return sorted(chosen, key=lambda w: (-vocabulary.counts[w], w))


def written_forms(vocabulary: Vocabulary, words: list[str]) -> tuple[npt.NDArray[np.float16], list[str]]:
    """Return the shares of each word in small letters, capitalised and in capitals, and its own form if it has one.

    The beginnings of sentences do not count: any word has a capital there.
    """
    shares = np.full((len(words), 3), 1 / 3, dtype=np.float32)
    own = []
    for number, word in enumerate(words):
        forms = vocabulary.inside.get(word) or vocabulary.written.get(word, Counter())
        seen = sum(forms.values()) + 1.5
        modes = (word, word.capitalize(), word.upper())
        shares[number] = [(forms[mode] + 0.5) / seen for mode in modes]
        best = max(forms, key=lambda form: forms[form]) if forms else word
        own.append(best if best not in modes else "")
    return shares.astype(np.float16), own


def encoded(shared: Path, vocabulary: Vocabulary) -> tuple[dict[str, Ids], list[str]]:
    """Return the sources as ids of the lexicon's words, and the lexicon."""
    met = {s.name: vocabulary.encode(source_lines(shared, s), s.weight) for s in SOURCES}
    words = [*CLASSES, *choose(vocabulary)]
    place = {word: number for number, word in enumerate(words)}
    renumber = np.array([place.get(word, place[UNKNOWN]) for word in vocabulary.ids], dtype=np.int64)
    return {name: renumber[ids] for name, ids in met.items()}, words


def log_frequencies(texts: Mapping[str, Ids], size: int) -> npt.NDArray[np.float16]:
    """Return the share of each word in the texts of offices and the others, mixed as in the model of offices (log)."""
    shares = MIXTURES[OFFICIAL].shares.items()
    counted = [share * np.bincount(texts[name], minlength=size) / len(texts[name]) for name, share in shares]
    return np.log(np.maximum(np.sum(counted, axis=0), _LEAST_SHARE)).astype(np.float16)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/ and the texts")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    vocabulary = Vocabulary()
    texts, words = encoded(arguments.shared, vocabulary)
    models = {name: KneserNey(ids, len(words)) for name, ids in texts.items()}
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, mixture in MIXTURES.items():
        parts = [Part(models[s], share, mixture.least.get(s, _EVERY_ONE)) for s, share in mixture.shares.items()]
        model = mix(parts, words, mixture.most)
        model.save(arguments.out / name)
        print(f"{name}: {len(words)} words, {len(model.bigram)}, {len(model.trigram)}, {len(model.fourgram)} n-grams")
    shares, own = written_forms(vocabulary, words)
    np.save(arguments.out / "case_shares.npy", shares)
    np.save(arguments.out / "frequency.npy", log_frequencies(texts, len(words)))
    (arguments.out / "own_forms.txt").write_text("\n".join(own), encoding="utf-8")


if __name__ == "__main__":
    main()
