"""How near the repaired pages come to the texts that they were printed from, for pages that nothing was learned from.

    python -m corpus.training.make_pairs --shared ../shared --mix held-out --pages 14 --seed 7 --out work/held_out.tsv
    python -m benchmarks.score_held_out work/held_out.tsv [--differences]

Some of the texts came from scans and have words that are no words in their place ("thám quyèn"). Two scores are given:
against the texts as they are, and with the phrases put right that were found wrong by reading
(corpus/training/misspelt.tsv) or by counting (proofread.tsv, corpus.training.proofreading). `--differences` shows every
difference with the words around it.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.evaluation.texts import TextScore, compare_lines
from pipeline.language.unicode import nfc
from pipeline.normalize.repair import Repairer

_LISTS = Path(__file__).resolve().parents[1] / "corpus" / "training"
MISSPELT = (_LISTS / "misspelt.tsv", _LISTS / "proofread.tsv")
_AROUND = 5  # words shown on both sides of a difference


def misspellings(paths: Sequence[Path] = MISSPELT) -> dict[str, str]:
    """Read which phrases are wrong in the texts, and what they should be, in small letters."""
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def mended(line: str, wrong: Mapping[str, str]) -> str:
    """Put the phrases of a line right that are misspelt; their capitals stay."""
    for phrase, right in wrong.items():
        pattern = r"(?<!\w)" + re.escape(phrase) + (r"(?!\w)" if phrase[-1].isalpha() else "")
        line = re.sub(pattern, lambda found, right=right: _as_written(found[0], right), line, flags=re.IGNORECASE)
    return line


def _as_written(found: str, right: str) -> str:
    words = zip(found.split(), right.split(), strict=True)
    return " ".join(_word_as_written(word, new) for word, new in words)


def _word_as_written(found: str, right: str) -> str:
    if found.isupper():
        return right.upper()
    return right.capitalize() if found[:1].isupper() else right


def differences(truth: Sequence[str], repaired: Sequence[str]) -> Iterator[str]:
    """Yield what differs, with the words around it: line number, the text's words, ours."""
    for number, (true, got) in enumerate(zip(truth, repaired, strict=True), 1):
        left, right = nfc(true).split(), nfc(got).split()
        for edit in Levenshtein.opcodes(left, right):
            if edit.tag != "equal":
                before = " ".join(left[max(0, edit.src_start - _AROUND) : edit.src_start])
                wanted = " ".join(left[edit.src_start : edit.src_end])
                found = " ".join(right[edit.dest_start : edit.dest_end])
                after = " ".join(left[edit.src_end : edit.src_end + _AROUND])
                yield f"{number}: {before} [{wanted} → {found}] {after}"


def told(name: str, score: TextScore) -> str:
    """Tell a score in one line."""
    return (
        f"{name:24} words {100 * score.word_accuracy:.2f}  CER {100 * score.character_error_rate:.2f}  "
        f"numerals found {100 * score.numeral_recall:.2f}, right {100 * score.numeral_precision:.2f}  of {score.words}"
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path, help="what make_pairs wrote")
    parser.add_argument("--differences", action="store_true", help="show every difference")
    arguments = parser.parse_args()
    rows = [line.split("\t") for line in arguments.pairs.read_text(encoding="utf-8").splitlines()]
    texts, seen = [row[0] for row in rows], [row[1] for row in rows]
    repaired = Repairer.load().repair_lines(seen)
    wrong = misspellings()
    right = [mended(nfc(text), wrong) for text in texts]
    print(told("as they came", compare_lines(texts, seen)))
    print(told("repaired", compare_lines(texts, repaired)))
    print(told("repaired, texts mended", compare_lines(right, repaired)))
    if arguments.differences:
        print("\n".join(differences(right, repaired)))


if __name__ == "__main__":
    main()
