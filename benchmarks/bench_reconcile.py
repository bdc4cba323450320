"""Figures a second of reconciliation, and how its time grows with the number of figures.

    python -m benchmarks.bench_reconcile [FIGURES ...]

Documents are synthetic: each repeats the indicators of its province with sums, rates and repeated facts, some of them
wrong. CPU time of this process, one core; peak memory of the process.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.models import Components, Evidence, Extraction, Figure, Interval, Kind, Place, Sentence
from pipeline.reconcile.reconciliation import reconcile

FIGURES_PER_DOCUMENT = 200
PROVINCES = tuple(f"Tỉnh {number}" for number in range(34))
VERBS = ("cấp phát", "triển khai", "kiểm tra", "hỗ trợ", "tiếp nhận", "số hóa", "đào tạo", "sửa chữa", "kết nối")
THINGS = ("tài khoản", "hồ sơ", "chữ ký số", "camera", "trạm phát sóng", "giấy phép", "công trình", "lượt tra cứu")
INDICATORS = {
    "tài khoản": "van-ban.tai-khoan",
    "hồ sơ": "tthc.ho-so-tiep-nhan",
    "chữ ký số": "chu-ky-so.da-cap",
    "lượt tra cứu": "dan-cu.luot-tra-cuu",
}
PLACES = ("vùng ven biển", "khu công nghiệp", "trường học", "trạm y tế", "trung tâm hành chính", "cảng cá", "chợ")


def main(sizes: list[int]) -> None:
    """Print one line for each size."""
    print(f"{'figures':>8} {'documents':>9} {'CPU s':>7} {'figures/s':>10} {'findings':>9} {'peak MB':>8}")
    for size in sizes:
        documents = list(pile(size))
        start = time.process_time()
        found = reconcile(documents)
        spent = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{size:8} {len(documents):9} {spent:7.2f} {size / spent:10.0f} {len(found):9} {peak:8}")


def pile(size: int, provinces: Sequence[str] = PROVINCES) -> Iterator[Extraction]:
    """Yield documents of the provinces in turn that hold about `size` figures together."""
    draw = random.Random(size)
    for number in range(max(1, size // FIGURES_PER_DOCUMENT)):
        yield document(f"bao-cao-{number:04}.txt", provinces[number % len(provinces)], draw)


def document(name: str, province: str, draw: random.Random) -> Extraction:
    """Make one document: breakdowns in three figures, and a rate in two."""
    sentences: list[Sentence] = []
    figures: list[Figure] = []
    while len(figures) < FIGURES_PER_DOCUMENT:
        number = len(sentences) + 1
        text, found = breakdown(name, number, draw)
        sentences.append(Sentence(number=number, text=text, page=1 + number // 20, lines=(number,)))
        figures += found
    issued = dt.date(2025, draw.randint(1, 12), 28)
    components = Components(document=name, place=province, date=issued)
    return Extraction(document=name, components=components, sentences=tuple(sentences), figures=tuple(figures))


def breakdown(name: str, number: int, draw: random.Random) -> tuple[str, list[Figure]]:
    """Make a sentence with a whole, its two parts and the rate of the first part; one in fifty does not add up."""
    thing = draw.choice(THINGS)
    subject = f"{draw.choice(VERBS)} {thing} tại {draw.choice(PLACES)} đợt {draw.randint(1, 40)}"
    part, rest = draw.randint(10, 9000), draw.randint(10, 9000)
    whole = part + rest + (1 if draw.random() < 0.02 else 0)
    rate = round(Decimal(part) / Decimal(whole) * 100, 2)
    values = ((Decimal(whole), "lượt"), (Decimal(part), "lượt"), (Decimal(rest), "lượt"), (rate, "%"))
    pieces = (f"Đã {subject} được ", " lượt, gồm: ", " lượt trực tuyến, ", " lượt trực tiếp, đạt ", ".")
    text, figures = pieces[0], []
    for (value, unit), behind in zip(values, pieces[1:], strict=True):
        start = len(text)
        text += f"{value}" + ("%" if unit == "%" else "")
        figures.append((value, unit, start, len(text)))
        text += behind
    whole_id = f"{name}#{number}.{figures[0][2]}"
    evidence = Evidence(document=name, page=1, line=number, text=text)
    return text, [
        Figure(
            id=f"{name}#{number}.{start}",
            value=value,
            kind=Kind.PERCENT if unit == "%" else Kind.COUNT,
            unit=unit,
            interval=Interval(low=value, high=value),
            subject=subject,
            indicator=INDICATORS.get(thing) if place == 0 else None,
            whole=whole_id if place in (1, 2) else None,
            place=Place(sentence=number, start=start, end=end),
            evidence=evidence,
        )
        for place, (value, unit, start, end) in enumerate(figures)
    ]


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [2_000, 20_000, 100_000])
