"""How well the study texts are understood: figures, citations, components, tasks, against the gold of their readers.

    DOISOAT_SHARED=FOLDER python -m benchmarks.score_seeds [--misses N]

The texts are not part of the project; without them nothing is scored. 003 is scored twice: as it came, garbled, and as
its transcription has it. corpus/gold/seeds/README.md says what the gold is.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.evaluation import figures, letters, tasks
from pipeline.evaluation.evaluation import run_one
from pipeline.evaluation.figures import Found, StatedFigure
from pipeline.evaluation.pile import PileEntry
from pipeline.models import Extraction
from pipeline.settings import Settings

GOLD = Path(__file__).resolve().parents[1] / "corpus" / "gold" / "seeds"
_TRANSCRIBED = "003"


def texts(shared: Path, workspace: Path) -> Iterator[tuple[str, Path]]:
    """Yield each text with the number of its gold."""
    for path in sorted((shared / "seeds").glob("*.txt")):
        yield path.name[:3], path
    clean = workspace / f"{_TRANSCRIBED}-transcribed.txt"
    rows = (shared / "gold" / f"{_TRANSCRIBED}_repair.tsv").read_text(encoding="utf-8").splitlines()
    clean.write_text("\n".join(row.split("\t")[2] for row in rows), encoding="utf-8")
    yield _TRANSCRIBED, clean


def extraction(path: Path) -> Extraction:
    """Process one text as the product does.

    Raises:
        RuntimeError: It was refused.
    """
    outcome = run_one(PileEntry("seeds", path.stem, path, "text", None, ()), Settings())
    if outcome.processed is None:
        raise RuntimeError(outcome.problem)
    return outcome.processed.extraction


def gold(name: str) -> list[Mapping[str, Any]] | None:
    """Return the gold's records, None where the document has none of that kind."""
    path = GOLD / name
    if not path.is_file():
        return None
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def score_one(number: str, found: Extraction, misses: int) -> None:
    """Print the scores of one text."""
    stated = gold(f"{number}.figures.jsonl")
    if stated is not None:
        true, predicted = [figures.from_json(r) for r in stated], [figures.from_record(f) for f in found.figures]
        score = figures.score(true, predicted)
        for name, of in (("value", score.value), ("unit", score.unit), ("subject", score.subject)):
            show(f"figures by {name}", of)
        for name, of in score.aspects.items():
            show(f"  {name}", of)
        show_misses(true, predicted, misses)
    cited = gold(f"{number}.citations.jsonl")
    if cited is not None:
        for name, of in letters.score_mentions(cited, found.citations).items():
            show(f"citations by {name}", of)
    charged = gold(f"{number}.tasks.jsonl")
    if charged is not None:
        score = tasks.score([tasks.from_json(r) for r in charged], [tasks.from_record(t) for t in found.tasks])
        for name, of in vars(score).items():
            show(f"tasks, {name}", of)
    components = json.loads((GOLD / f"{number}.components.json").read_text(encoding="utf-8"))
    scores = letters.score_components(components, found.components)
    show("components", sum(scores.values(), Found()))
    wrong = [name for name, of in scores.items() if of.hits < of.true]
    if wrong:
        print(f"  {'not right':22} {', '.join(wrong)}")


def show(name: str, of: Found) -> None:
    """Print one score."""
    print(f"  {name:22} {of.hits:4}/{of.true:<4} P={of.precision:.3f} R={of.recall:.3f} F1={of.f1:.3f}")


def show_misses(true: list[StatedFigure], predicted: list[StatedFigure], most: int) -> None:
    """Print the first figures that were missed and the first that are none."""
    pairs = figures.match(true, predicted, lambda a, b: a.value == b.value)
    missed = [figure for i, figure in enumerate(true) if i not in pairs]
    extra = [figure for j, figure in enumerate(predicted) if j not in set(pairs.values())]
    for kind, those in (("missed", missed), ("extra", extra)):
        for figure in those[:most]:
            print(f"    {kind} {figure.value} {figure.unit} | {figure.subject[:80]}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", type=int, default=0, help="figures to show that were missed or are none")
    arguments = parser.parse_args()
    shared = Path(os.environ.get("DOISOAT_SHARED", "../shared"))
    if not (shared / "seeds").is_dir():
        print(f"no study texts at {shared} (DOISOAT_SHARED)")
        return
    with tempfile.TemporaryDirectory() as workspace:
        for number, path in texts(shared, Path(workspace)):
            print(path.stem)
            score_one(number, extraction(path), arguments.misses)


if __name__ == "__main__":
    main()
