"""Whether a page's own text is believed: decisions against what is known of the pages, with the scores.

    python -m corpus.generator.build --output corpus/rendered --forms all
    DOISOAT_SHARED=FOLDER python -m benchmarks.bench_trust corpus/rendered

Three sets: the pages of the corpus's PDFs; pages that are no prose (contents with dotted leaders, lists of names, of
communes of the highlands, tables, formulas, abbreviations), which must not be called garbled; and the real documents,
where they are at hand. A page that is abstained on costs a recognition where it has a picture, and nothing otherwise.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pipeline.evaluation.pile import open_pile
from pipeline.models import Trust, TrustDecision
from pipeline.ocr import pdf, pdfpages
from pipeline.ocr.trust import PageEvidence, decide
from pipeline.settings import Settings

# What the page's own text is, by how it was made (docs/CORPUS.md) or found (real documents, kinds a to c).
_BY_FORM = {"digital": "clean", "layer": "garbled", "scan": "without text"}
_BY_KIND = {"a": "without text", "b": "garbled", "c": "clean"}
_RIGHT = {
    "clean": {Trust.TRUSTED},
    "no prose": {Trust.TRUSTED, Trust.ABSTAINED},
    # A page with a line or two of such text under its scan counts as one without text: it is recognised either way.
    "garbled": {Trust.GARBLED, Trust.MISSING},
    "without text": {Trust.MISSING},
}
_FAMILY = ("Nguyễn", "Trần", "Lò", "Y", "H’", "Vàng", "K’")
_GIVEN = ("Văn Páo", "Thị Bích", "Blô Niê", "A Dính", "Brêm Êban", "Thị Sương")
_COMMUNES = ("Ea Kiết", "Krông Nô", "Đăk Tờ Re", "Chư Prông", "Ia Pếch", "Mường Lống", "Pờ Ê", "Ngọk Bay", "Kon Đào")


def no_prose() -> Iterator[tuple[str, str]]:
    """Yield pages that are no prose, by what they are."""
    heads = ("Tình hình chung", "Kết quả thực hiện", "Tồn tại, hạn chế", "Nhiệm vụ", "Kiến nghị", "Tổ chức thực hiện")
    yield "contents", "\n".join(f"{n}. {head} {'.' * 60} {n * 3}" for n, head in enumerate(heads * 4, 1))
    names = [f"{a} {b}" for a, b in itertools.product(_FAMILY, _GIVEN)]
    yield "names", "\n".join(f"{n} {name} {1960 + n} Tổ {n % 7 + 1}" for n, name in enumerate(names, 1))
    yield "communes", "\n".join(f"{n}. Xã {name}" for n, name in enumerate(_COMMUNES * 4, 1))
    rows = (f"{n} Xã {name} {n * 137:,} {n * 41:,} {n / 3:.1f}" for n, name in enumerate(_COMMUNES * 4, 1))
    yield "table", "\n".join(["TT Đơn vị Số hộ Đã cấp Tỷ lệ (%)", *rows])
    formula = "Trong đó: T = (A + B × 0,25)/n; E(x) = Σ p(i)·x(i); k = 1,2; Q = m·c·Δt"
    yield "formulas", "\n".join(f"({n}) {formula}" for n in range(1, 15))
    short = "UBND HĐND UBMTTQVN BCĐ KHCN&ĐMST CNTT-TT QLVB&ĐH TTHC DVCTT LGSP NDXP IOC CSDL ATTT BTS VNeID"
    yield "abbreviations", "\n".join([short] * 8)
    yield "one word a cell", "\n".join(["x", "Đạt", "12", "x", "Không", "-"] * 15)
    yield "leaders of a form", "\n".join(f"{head}: {'…' * 30}" for head in ("Họ và tên", "Ngày sinh", "Nơi ở") * 8)


def of_pile(folder: Path) -> Iterator[tuple[str, TrustDecision]]:
    """Yield what is known of each page of the corpus's PDFs, and the decision."""
    for entry in open_pile(folder).entries:
        if entry.path.suffix != ".pdf":
            continue
        for form, decision in zip(entry.page_forms, _decisions(entry.path), strict=True):
            known = next((kind for name, kind in _BY_FORM.items() if form.startswith(name)), None)
            if known:
                yield known, decision


def of_real(shared: Path) -> Iterator[tuple[str, TrustDecision]]:
    """Yield the same of the real documents."""
    with (shared / "real" / "index.tsv").open(encoding="utf-8") as index:
        for row in csv.DictReader(index, delimiter="\t"):
            path = shared / "real" / row["file"]
            if path.suffix == ".pdf":
                yield from ((_BY_KIND[row["kind"]], decision) for decision in _decisions(path))


def _decisions(path: Path) -> Iterator[TrustDecision]:
    with pdf.opened(path, path.name, Settings()) as document:
        for page in document:
            yield pdfpages.judge(page).decision


def show(title: str, found: Iterator[tuple[str, TrustDecision]]) -> None:
    """Print how often each decision was made on each kind of page, and the worst scores."""
    print(title)
    counts: dict[str, Counter[Trust]] = defaultdict(Counter)
    scores: dict[str, list[float]] = defaultdict(list)
    for known, decision in found:
        counts[known][decision.trust] += 1
        scores[known].append(decision.score)
    for known, decided in counts.items():
        right = sum(count for trust, count in decided.items() if trust in _RIGHT[known])
        each = ", ".join(f"{trust.value} {count}" for trust, count in decided.most_common())
        low, high = min(scores[known]), max(scores[known])
        print(f"  {known:14} {right:4} of {decided.total():4} right; score {low:.2f} to {high:.2f}; {each}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pile", type=Path, help="folder that corpus.generator.build made")
    arguments = parser.parse_args()
    show("corpus", of_pile(arguments.pile))
    pages = [(name, decide(PageEvidence(text=text))) for name, text in no_prose()]
    show("no prose", (("no prose", decision) for _, decision in pages))
    for name, decision in pages:
        print(f"    {name:18} {decision.trust.value:10} {decision.score:.2f} {decision.reasons[-1]}")
    shared = Path(os.environ.get("DOISOAT_SHARED", "../shared"))
    if (shared / "real" / "index.tsv").is_file():
        show("real documents", of_real(shared))
    else:
        print(f"no real documents at {shared} (DOISOAT_SHARED)")


if __name__ == "__main__":
    main()
