"""How accuracy grows with the text that the language model of offices learns from.

    python -m corpus.training.learning_curve --shared ../shared --pairs work/held-out.tsv

`--pairs` are pages kept from learning (`make_pairs --mix held-out`); beside them the transcribed seed is read. One row
a model: what it learned from, syllables, word accuracy on both. About fifteen minutes and 8 GB; nothing is written.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.training.train_language_model import MIXTURES, Vocabulary, encoded
from pipeline.evaluation.texts import compare, total
from pipeline.language._ngrams import Trie
from pipeline.language.kneser_ney import KneserNey
from pipeline.language.mixture import Part, mix
from pipeline.language.unicode import nfc
from pipeline.normalize.models import OFFICIAL, load_channel, load_context, load_language
from pipeline.normalize.repair import Repairer

_STEPS: tuple[Mapping[str, int], ...] = (
    {"admin": 100_000},
    {"admin": 300_000},
    {"admin": 1_000_000},
    {"admin": 10_000_000},
    {"legal": 100_000_000},
    {"admin": 10_000_000, "legal": 100_000_000},
    {"admin": 10_000_000, "legal": 100_000_000, "wiki": 100_000_000, "news": 10_000_000},
    dict.fromkeys(MIXTURES[OFFICIAL].shares, 100000000),
)
_EVERY_ONE = (1, 1, 1, 1)
Pair = tuple[str, str]


def seed_pairs(shared: Path) -> list[Pair]:
    """Return the transcribed seed's lines, true and seen; the true one is empty where there is no transcription."""
    raw = next((shared / "seeds").glob("003_*.txt")).read_text(encoding="utf-8").split("\n")
    gold: dict[int, str] = {}
    for row in (shared / "gold" / "003_repair.tsv").read_text(encoding="utf-8").splitlines():
        number, status, *text = row.split("\t")
        if status == "ok" and text:
            gold[int(number)] = text[0]
    return [(gold.get(number, ""), line) for number, line in enumerate(raw, 1)]


def accuracy(repairer: Repairer, pairs: Sequence[Pair]) -> float:
    """Word accuracy over the lines that have a transcription."""
    repaired = repairer.repair_lines([seen for _, seen in pairs])
    known = (compare(nfc(true), text) for (true, _), text in zip(pairs, repaired, strict=True) if true)
    return total(known).word_accuracy


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    arguments = parser.parse_args()
    seed = seed_pairs(arguments.shared)
    with arguments.pairs.open(encoding="utf-8") as stream:
        kept: list[Pair] = [tuple(line.rstrip("\n").split("\t", 1)) for line in stream]  # type: ignore[misc]
    texts, words = encoded(arguments.shared, Vocabulary())
    mixture = MIXTURES[OFFICIAL]
    language = load_language()[0]
    if words != list(language.model.words):
        raise SystemExit("the lexicon that ships is another one: train the models first")
    for step in _STEPS:
        whole = sum(mixture.shares[name] for name in step)
        parts = [
            Part(
                KneserNey(texts[name][:most], len(words)),
                mixture.shares[name] / whole,
                mixture.least.get(name, _EVERY_ONE),
            )
            for name, most in step.items()
        ]
        model = mix(parts, words, mixture.most)
        repairer = Repairer([replace(language, model=model, trie=Trie(model))], load_channel(), load_context())
        size = sum(min(most, len(texts[name])) for name, most in step.items())
        scores = (accuracy(repairer, pairs) for pairs in (seed, kept))
        print(" + ".join(step), f"{size:,}", *(f"{100 * value:.2f}" for value in scores), sep="\t", flush=True)


if __name__ == "__main__":
    main()
