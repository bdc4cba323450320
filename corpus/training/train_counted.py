"""Learn what is counted: which words stand behind numerals in running text.

    python -m corpus.training.train_counted --shared ../shared

Ten seconds. The language models know numerals in running text and those of lists as one class, and "1. Họ và tên"
stands in every form: after them "57 họ" would be likelier than "57 hộ". What is written is how much likelier each word
is behind a numeral within a line than the model of offices says (pipeline/language/data/counted.npy, log ratios).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.training.texts import training_lines
from pipeline.language._ngrams import Trie
from pipeline.language.ngrams import NgramModel
from pipeline.language.spelling import one_spelling
from pipeline.language.stream import NUMBER
from pipeline.language.unicode import nfc
from pipeline.normalize.models import OFFICIAL

DATA = Path(__file__).resolve().parents[2] / "pipeline" / "language" / "data"
# A numeral that is not the first of its line, with the word before and the word behind it.
_COUNTED = re.compile(r"([^\W\d_]+)\W+\d+(?:[.,/]\d+)*\s+([^\W\d_]+)")
_NUMBERED = {
    *("điều", "khoản", "điểm", "mục", "chương", "phần", "phụ", "lục", "bảng", "mẫu", "số"),
    *("ngày", "tháng", "quý", "năm", "kỳ", "khóa"),
}
_WEIGHTS = {"admin": 4, "legal": 1, "news": 4}
_MODEL_IS_WORTH = 4000.0  # occurrences
_MOST = 3.0  # nats


def counts(lines: Iterable[str]) -> Counter[str]:
    """Count the words in small letters behind numerals within the lines that number nothing, in one spelling."""
    found = (match for line in lines for match in _COUNTED.finditer(nfc(line)))
    return Counter(one_spelling(m[2]) for m in found if m[2].islower() and m[1].lower() not in _NUMBERED)


def log_ratios(times: npt.NDArray[np.float64], model: NgramModel) -> npt.NDArray[np.float16]:
    """Return for each word of a model how much likelier it is behind a numeral than the model says, in nats."""
    pairs = np.column_stack([np.full(len(times), model.ids[NUMBER]), np.arange(len(times))]).astype(np.int32)
    known = np.exp(Trie(model).likelihood(pairs, 1).astype(np.float64))
    share = (times + _MODEL_IS_WORTH * known) / (times.sum() + _MODEL_IS_WORTH)
    return np.clip(np.log(share / known), -_MOST, _MOST).astype(np.float16)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/ and the texts")
    parser.add_argument("--out", type=Path, default=DATA / "counted.npy")
    arguments = parser.parse_args()
    model = NgramModel.load(DATA / OFFICIAL)
    times = np.zeros(len(model.words))
    for name, weight in _WEIGHTS.items():
        for word, count in counts(training_lines(arguments.shared, name)).items():
            if word in model.ids:
                times[model.ids[word]] += weight * count
    np.save(arguments.out, log_ratios(times, model))
    print(f"{times.sum():.0f} weighted occurrences")


if __name__ == "__main__":
    main()
