"""Learn the noisy channel from pairs of true and seen lines, by expectation maximisation over chunks of letters.

    python -m corpus.training.train_channel --pairs work/pairs.tsv

Under a minute. Writes pipeline/normalize/data/channel.npz.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from pipeline.language.unicode import nfc, strip_marks, strip_tones
from pipeline.normalize.channel import MOST_SEEN, STRANGE, Channel, Pairs

OUT = Path(__file__).resolve().parents[2] / "pipeline" / "normalize" / "data" / "channel.npz"
_EDGE = "\"'“”‘’.,;:!?()[]{}<>…–—-/*•+|"
_ROUNDS = 5
# Occurrences that what a letter's likes are read as is worth. Readers that know Vietnamese tell the marks apart.
_SMOOTHING, _SMOOTHING_OF_MARKS_READ = 18.0, 1.8
_ANY = 0.001  # occurrences of a letter read as any one character
_KIN_SHARE = 0.05  # of what a letter's kin are read as on the average
_FLOOR = 3e-6
_AS_SMALL = 100.0  # occurrences
# Digits and signs that letters are read as; rendered pages show too few of them.
_LOOKALIKE = {
    "l": "1|I",
    "i": "1|l",
    "t": "1",
    "o": "06",
    "a": "43",
    "b": "6",
    "s": "5",
    "g": "9",
    "q": "9",
    "n": "m",
}
_LOOKALIKE_SHARE = 0.006
_ONE = 0.05  # I read as one of its likes, in Roman numerals, which rendered pages have too few of
_BARRED_D = {"P": 0.1, "B": 0.03}  # scans lose the bar of Đ in the bowl
# With their marks, o and u are as tall as capitals, and of the same shape: "HO trợ", "Uy ban".
_TALL = ("oôốồổỗộơớờởỡợóòỏõọ", "uưứừửữựúùủũụ")
_AS_CAPITAL = 0.01
# Small a and e are no smaller capitals, but readers that take a mark for the top of a letter read one: "du An".
_UNDER_A_MARK = ("aáàảãạăắằẳẵặâấầẩẫậ", "eéèẻẽẹêếềểễệ")
_AS_OTHER_CAPITAL = 0.003
_E_LIKE = 0.02  # "tỷ 16", "tỷ 1&" for "tỷ lệ"
_SPECK = -7.5
Floats = npt.NDArray[np.float32]


def word_pairs(lines: Iterator[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Align the words of the lines; only words that stand alone against one word are kept."""
    pairs: Counter[tuple[str, str]] = Counter()
    for true, seen in lines:
        left, right = nfc(true).split(), nfc(seen).split()
        for word, token in _aligned(left, right):
            pairs[word.strip(_EDGE), token.strip(_EDGE)] += 1
    return Counter({p: n for p, n in pairs.items() if p[0].isalpha() and p[1] and len(p[1]) <= 2 * len(p[0]) + 2})


def _aligned(left: list[str], right: list[str]) -> Iterator[tuple[str, str]]:
    """Align two lists of words of about the same length by the least sum of distances."""
    distance = [[_distance(a.lower(), b.lower()) for b in right] for a in left]
    cost = np.full((len(left) + 1, len(right) + 1), np.inf)
    cost[0] = np.arange(len(right) + 1) * 4.0
    cost[:, 0] = np.arange(len(left) + 1) * 4.0
    for i in range(1, len(left) + 1):
        for j in range(1, len(right) + 1):
            cost[i, j] = min(cost[i - 1, j - 1] + distance[i - 1][j - 1], cost[i - 1, j] + 4, cost[i, j - 1] + 4)
    i, j = len(left), len(right)
    while i and j:
        if cost[i, j] == cost[i - 1, j - 1] + distance[i - 1][j - 1]:
            if distance[i - 1][j - 1] <= max(2, 0.7 * len(left[i - 1])):
                yield left[i - 1], right[j - 1]
            i, j = i - 1, j - 1
        elif cost[i, j] == cost[i - 1, j] + 4:
            i -= 1
        else:
            j -= 1


def _distance(word: str, token: str) -> int:
    """Return how far a reading is from a word, for readers that lose all marks and for those that read them."""
    return min(Levenshtein.distance(strip_marks(word), token), Levenshtein.distance(word, token))


def first_channel(pairs: Counter[tuple[str, str]]) -> Channel:
    """Make a channel that knows all chunks of the pairs and only that a letter likes to keep its shape."""
    letters = sorted({c for word, _ in pairs for c in word})
    seen_characters = sorted({c for _, token in pairs for c in token} | set("|!"))
    doubles = Counter(word[i : i + 2] for (word, _), n in pairs.items() for i in range(len(word) - 1) for _ in range(n))
    true = [None, "", *letters, *sorted(d for d, n in doubles.items() if n >= 60)]
    runs = Counter(
        token[i : i + size]
        for (_, token), n in pairs.items()
        for size in range(2, MOST_SEEN + 1)
        for i in range(len(token) - size + 1)
        for _ in range(n)
    )
    seen = [None, "", STRANGE, *seen_characters, *sorted(r for r, n in runs.items() if n >= 30)]
    table = np.full((len(true), len(seen)), -14.0, dtype=np.float32)
    for i, chunk in enumerate(true[1:], 1):
        bare = strip_marks(chunk or "")
        for j, read in enumerate(seen[1:], 1):
            edits = _distance(chunk or "", read or "")
            table[i, j] = -0.5 - 3.0 * edits - (2.0 if len(bare) == 2 else 0.0)
    channel = Channel(_index(true), _index(seen), table)
    return _with_specks(channel)


def _with_specks(channel: Channel) -> Channel:
    """Set what characters that come from no letter cost, and letters read as characters that were never met."""
    table = channel.table
    singles = [number for chunk, number in channel.seen_chunks.items() if len(chunk) == 1]
    speck, strange = channel.true_chunks[""], channel.seen_chunks[STRANGE]
    table[speck] = -30.0
    table[speck, singles] = _SPECK
    for chunk, number in channel.true_chunks.items():
        table[number, strange] = -9.0 if len(chunk) == 1 else -30.0
    return channel


def _index(chunks: list[str | None]) -> dict[str, int]:
    return {chunk: number for number, chunk in enumerate(chunks) if chunk is not None}


def maximise(channel: Channel, counts: Floats, occurrences: Floats, knows_vietnamese: bool) -> Channel:
    """Turn counts into probabilities, backed off to the letters of the same shape, then to a floor.

    To readers of other languages letters with as many marks look alike ("ẵ" is rare, "ẩ" and "ặ" are not). Readers that
    know Vietnamese misread the marks of capitals as they do those of small letters, and pages show few
    capitals: what small letters are read as counts for them as well. They take next to no letter for a digit.
    """
    names = {number: chunk for chunk, number in channel.true_chunks.items()}
    one_letter = np.array([len(names.get(i, "")) == 1 for i in range(len(counts))])
    at_most_one = np.zeros(counts.shape[1], dtype=bool)
    for chunk, number in channel.seen_chunks.items():
        at_most_one[number] = len(chunk) <= 1
    shapes: dict[str, list[int]] = {}
    for number in np.flatnonzero(one_letter):
        shape = strip_marks(names[number]) if knows_vietnamese else _look(names[number])
        shapes.setdefault(shape, []).append(int(number))
    prior = np.zeros_like(counts)
    for members in shapes.values():
        pooled = counts[members].sum(axis=0) + 0.2 * np.exp(channel.table[members[0]]) * at_most_one
        prior[members] = pooled / max(pooled.sum(), 1e-9)
    anything = _ANY * (one_letter[:, None] & at_most_one)
    alike = _of_small_letters(channel, counts, occurrences) if knows_vietnamese else np.zeros_like(counts)
    smoothing = _SMOOTHING_OF_MARKS_READ if knows_vietnamese else _SMOOTHING
    met = occurrences + smoothing + alike.sum(axis=1)
    share = (counts + smoothing * prior + anything + alike) / met[:, None]
    for members in _families(names, one_letter):
        # Tones change little: what ố is read as, ổ may be read as, met with it or not.
        share[members] = np.maximum(share[members], _KIN_SHARE * share[members].mean(axis=0) * at_most_one)
    if not knows_vietnamese:
        _with_likenesses(share, channel, shapes)
    floor = np.where(one_letter[:, None] & at_most_one, 20 * _FLOOR, 0)
    table = np.log(np.maximum(share, np.maximum(floor, 1e-13))).astype(np.float32)
    table = np.where(share < _FLOOR / 3, np.where(floor > 0, np.log(np.maximum(floor, 1e-13)), -30.0), table)
    table[0], table[:, 0] = -30.0, -30.0
    return _with_specks(Channel(channel.true_chunks, channel.seen_chunks, table.astype(np.float32)))


def _with_likenesses(share: Floats, channel: Channel, shapes: Mapping[str, list[int]]) -> None:
    """Give what readers of other languages take letters for, and rendered pages show too rarely, a least share."""
    for shape, members in shapes.items():
        for digit in _LOOKALIKE.get(shape[0].lower(), ""):
            column = channel.seen_chunks.get(digit, 0)
            share[members, column] = np.maximum(share[members, column], _LOOKALIKE_SHARE)
    known = [("Đ", character, least) for character, least in _BARRED_D.items()] + [("I", c, _ONE) for c in "1|l"]
    known += [(e, c, _E_LIKE) for e in "ẹêếềểễệ" for c in "68&"]
    known += [(letter, letters[0].upper(), _AS_CAPITAL) for letters in _TALL for letter in letters[1:]]
    known += [(m, letters[0].upper(), _AS_OTHER_CAPITAL) for letters in _UNDER_A_MARK for m in letters[1:]]
    for letter, character, least in known:
        row, column = channel.true_chunks[letter], channel.seen_chunks[character]
        share[row, column] = max(share[row, column], least)


def _look(letter: str) -> str:
    """Return a letter's shape with as many strokes behind it as it has marks."""
    return strip_marks(letter) + "'" * (len(unicodedata.normalize("NFD", letter)) - 1)


def _of_small_letters(channel: Channel, counts: Floats, occurrences: Floats) -> Floats:
    """Return for the rows of capitals what the small letters are read as, in capitals, `_AS_SMALL` times in all."""
    out = np.zeros_like(counts)
    seen = {chunk: number for chunk, number in channel.seen_chunks.items() if len(chunk) == 1}
    columns = np.array([[number, seen[chunk.upper()]] for chunk, number in seen.items() if chunk.upper() in seen])
    for chunk, row in channel.true_chunks.items():
        small = channel.true_chunks.get(chunk.lower(), row)
        if len(chunk) == 1 and small != row and occurrences[small]:
            np.add.at(out[row], columns[:, 1], _AS_SMALL * counts[small, columns[:, 0]] / occurrences[small])
    return out


def _families(names: dict[int, str], one_letter: npt.NDArray[np.bool_]) -> list[list[int]]:
    """Group the letters that differ in their tone only."""
    families: dict[str, list[int]] = {}
    for number in np.flatnonzero(one_letter):
        families.setdefault(strip_tones(names[int(number)]), []).append(int(number))
    return list(families.values())


def train(pairs: Counter[tuple[str, str]], knows_vietnamese: bool = False) -> Channel:
    """Run a few rounds of hard expectation maximisation."""
    channel = first_channel(pairs)
    words, tokens = [p[0] for p in pairs], [p[1] for p in pairs]
    weight = np.array(list(pairs.values()), dtype=np.float32)
    everyone = np.arange(len(words), dtype=np.int64)
    known = Pairs(everyone, everyone, weight)
    cut = channel.cut_words(words).chunk
    occurrences = np.zeros(len(channel.table), dtype=np.float32)
    for size in (1, 2):
        np.add.at(occurrences, cut[:, :, size], weight[:, None] * np.ones(cut.shape[1], dtype=np.float32))
    occurrences[0] = 1
    for number in range(_ROUNDS):
        _, counts = channel.align(words, tokens, known)
        channel = maximise(channel, counts, occurrences, knows_vietnamese)
        score, _ = channel.align(words, tokens, known)
        print(f"round {number + 1}: log-likelihood a word {np.average(score, weights=weight):.3f}")
    return channel


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--reading", type=int, default=1, help="column of the reading: 2 for the second reader's")
    parser.add_argument("--knows-vietnamese", action="store_true", help="the reader knows Vietnamese letters")
    arguments = parser.parse_args()
    with arguments.pairs.open(encoding="utf-8") as stream:
        columns = (line.rstrip("\n").split("\t") for line in stream)
        pairs = word_pairs((row[0], row[arguments.reading]) for row in columns)
    channel = train(pairs, knows_vietnamese=arguments.knows_vietnamese)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        arguments.out,
        true_chunks=np.array("\n".join(channel.true_chunks)),
        seen_chunks=np.array("\n".join(channel.seen_chunks)),
        table=channel.table.astype(np.float16),
    )
    print(f"{sum(pairs.values())} word pairs, {len(pairs)} different, table {channel.table.shape}")


if __name__ == "__main__":
    main()
