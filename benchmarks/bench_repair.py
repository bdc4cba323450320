"""How fast text is repaired, on one core: cold (no token seen before) and warm, the best of a few runs.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.bench_repair [FILE ...]

Without files, our own sample is used; numpy is kept to one thread, as `doisoat` keeps it. Beside it: a plain restorer
of marks (the likeliest marked form of each word, no context, nothing learned of misreadings), the least that any repair
costs.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.language.unicode import fold
from pipeline.normalize.models import load_channel, load_context, load_language
from pipeline.normalize.repair import Repairer

_SAMPLE = [
    "Uy ban nhan dan tinh bao cao két qua thuc hién nhiém vu phat trién kinh té - xd hoi",
    "trong 9 thang dau nam 2024, phuong huéng, nhiém vu trong tam 3 thang cudi nam nhu sau:",
    "Tong s6 hd so thi tuc hanh chinh da tiép nhan 1a 12.408 hd so, giai quyét ding han 12.115",
    "hd so, dat ty 1é 97,6%; con lai 293 hd so dang dugc cac co quan, don vi xem xét, xir ly.",
    "Cac sé, ban, nganh va Uy ban nhan dan cac xa, phudng da chu déng trién khai ké hoach.",
] * 200
_RUNS = 4


def plain_restorer() -> Callable[[Sequence[str]], list[str]]:
    """Make a restorer that gives each word its most frequent marked form."""
    lexicon = load_language()[0].lexicon
    best: dict[str, tuple[float, str]] = {}
    for word, weight in zip(lexicon.words, lexicon.unigram, strict=True):
        best[fold(word)] = max(best.get(fold(word), (-99.0, word)), (float(weight), word))
    return lambda lines: [" ".join(best.get(fold(w), (0.0, w))[1] for w in line.split()) for line in lines]


def words_per_second(work: Callable[[Sequence[str]], list[str]], lines: Sequence[str]) -> float:
    """Time one run in CPU seconds."""
    start = time.process_time()
    work(lines)
    return sum(len(line.split()) for line in lines) / (time.process_time() - start)


def fresh() -> Repairer:
    """Make a repairer that remembers no token."""
    return Repairer(load_language(), load_channel(), load_context())


def main() -> None:
    """Run from the command line."""
    gc.set_threshold(50_000)  # as `doisoat` does
    start = time.process_time()
    repairer = Repairer.load()
    print(f"{'loading the models':30} {time.process_time() - start:13.2f} s")
    repairer.repair_lines(_SAMPLE)
    files = {Path(name).name: Path(name).read_text(encoding="utf-8").split("\n") for name in sys.argv[1:]}
    restore = plain_restorer()
    for name, lines in (files or {"sample": _SAMPLE}).items():
        cold = max(words_per_second(fresh().repair_lines, lines) for _ in range(_RUNS))
        repairer.repair_lines(lines)
        warm = max(words_per_second(repairer.repair_lines, lines) for _ in range(_RUNS))
        print(f"{name[:30]:30} cold       {cold:10,.0f} words/s")
        print(f"{name[:30]:30} warm       {warm:10,.0f} words/s")
        print(f"{name[:30]:30} marks only {words_per_second(restore, lines):10,.0f} words/s")


if __name__ == "__main__":
    main()
