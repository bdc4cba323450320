"""Our measures say what the study material's own scorers say, on the same records."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.evaluation import figures, findings, texts

GOLD_FIGURES = [
    {"value": "1250", "kind": "count", "unit": "hồ sơ", "subject": "hồ sơ trực tuyến", "part_of": "2000"},
    {"value": "62.5", "kind": "percent", "unit": "%", "subject": "tỷ lệ trực tuyến", "as_of": "2025-09-30"},
    {"value": "1.2", "kind": "money", "unit": "tỷ đồng", "subject": "kinh phí"},
    {"value": "63/124", "kind": "fraction", "unit": "xã", "subject": "xã hoàn thành"},
    {"value": "5", "kind": "count", "unit": "xã", "subject": "xã được hỗ trợ", "cumulative": True},
    {"value": "5", "kind": "count", "unit": "phường", "subject": "phường được hỗ trợ"},
]
PREDICTED_FIGURES = [
    {"value": "1250", "kind": "count", "unit": "hồ sơ trực tuyến", "subject": "hồ sơ trực tuyến", "part_of": "2000"},
    {"value": "62.5", "kind": "percent", "unit": "", "subject": "đạt", "as_of": "2025-09-30"},
    {"value": "1200", "kind": "money", "unit": "triệu đồng", "subject": "kinh phí giao"},
    {"value": "63/124", "kind": "fraction", "unit": "xã", "subject": "xã, phường hoàn thành"},
    {"value": "5", "kind": "count", "unit": "xã", "subject": "xã hỗ trợ", "cumulative": False},
    {"value": "57", "kind": "count", "unit": "", "subject": "nghị quyết"},
]
GOLD_FINDINGS = """# id\tverdict\tkind\tdocuments\tvalues\tnote
a\tconflict\tsum\tbc-1\t4.122; 3.889; 46; 280\tsai tổng
b\tconsistent\trate\tbc-1\t86,0; 49; 57\t
c\tconflict\tlist\tbc-2\t5; 6\t
d\tconsistent\twords\tbc-2\t64.300\t
"""
PREDICTED_FINDINGS = [
    {"verdict": "conflict", "documents": ["bc-1.pdf"], "values": ["4122", "3889", "46", "280"]},
    {"verdict": "consistent", "documents": ["bc-1.pdf"], "values": ["86.0", "49/57"]},
    {"verdict": "conflict", "documents": ["bc-2.pdf"], "values": ["5", "9"]},
    {"verdict": "consistent", "documents": ["bc-2.pdf"], "values": ["64300", "64300"]},
]
TRUE_LINES = ["Tổng số hồ sơ là 2.161, đạt 86,01%¹⁴", "Sở Y tế chủ trì, phối hợp", "tháng 9 năm 2025"]
READ_LINES = ["Tổng s6 hồ sơ 13 2.161, đạt 86,01%14", "Sở Y tế chủ tri phối hợp", "tháng 9 năm 2025"]


def run(script: Path, *arguments: Path) -> str:
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def write_jsonl(path: Path, records: Sequence[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_figures_score_the_same(shared: Path, tmp_path: Path) -> None:
    printed = run(
        shared / "score" / "figures_score.py",
        write_jsonl(tmp_path / "gold.jsonl", GOLD_FIGURES),
        write_jsonl(tmp_path / "predicted.jsonl", PREDICTED_FIGURES),
    )
    ours = figures.score([*map(figures.from_json, GOLD_FIGURES)], [*map(figures.from_json, PREDICTED_FIGURES)])
    for name, found in (("value", ours.value), ("unit", ours.unit), ("subject", ours.subject)):
        line = f"P={found.precision:.3f} R={found.recall:.3f} F1={found.f1:.3f}"
        assert re.search(rf"^{name}\s+{re.escape(line)}", printed, re.MULTILINE)
    for name, found in ours.aspects.items():
        assert re.search(rf"^aspect {name}\s+{found.hits}/{found.true}$", printed, re.MULTILINE)


def test_findings_score_the_same(shared: Path, tmp_path: Path) -> None:
    gold = tmp_path / "findings.tsv"
    gold.write_text(GOLD_FINDINGS, encoding="utf-8")
    printed = run(
        shared / "score" / "findings_score.py", gold, write_jsonl(tmp_path / "found.jsonl", PREDICTED_FINDINGS)
    )
    predicted = [findings.stated(f["verdict"], f["documents"], f["values"]) for f in PREDICTED_FINDINGS]
    ours = findings.score(findings.read_gold(gold), predicted)
    assert f"conflict   recall {ours.conflicts.hits}/{ours.conflicts.true} " in printed
    assert f"consistent recall {ours.consistent.hits}/{ours.consistent.true} " in printed
    assert f"answering no gold row {len(ours.false_alarms)}" in printed


def test_repaired_text_scores_the_same(shared: Path, tmp_path: Path) -> None:
    gold, read = tmp_path / "gold.tsv", tmp_path / "read.txt"
    gold.write_text("".join(f"{n}\tok\t{line}\n" for n, line in enumerate(TRUE_LINES, 1)), encoding="utf-8")
    read.write_text("\n".join(READ_LINES), encoding="utf-8")
    printed = run(shared / "score" / "repair_score.py", gold, read)
    ours = texts.compare_lines(TRUE_LINES, READ_LINES)
    for name, value in (
        ("word_acc", ours.word_accuracy),
        ("cer", ours.character_error_rate),
        ("num_recall", ours.numeral_recall),
        ("num_prec", ours.numeral_precision),
    ):
        assert f"{name}={value:.4f}" in printed
