"""Why a word was read as it was: the candidates, and the two scores that decide between them."""

from __future__ import annotations

import pytest

from pipeline.cli.main import main
from pipeline.normalize.repair import Repairer

LINES = [
    "Uy ban nhan dan xa bao cao két qua thuc hién nhiém vu trong thang 10 nam 2025.",
    "Hé théng théng tin dién tir hoat dong tir ngay 01/7/2025.",
]


def test_context_decides_where_the_channel_does_not() -> None:
    first, second = Repairer.load().explain(LINES, "tir")
    assert (first.line, first.token) == (second.line, second.token) == (1, "tir")
    for explained, word, other in ((first, "tử", "từ"), (second, "từ", "tử")):
        by_text = {candidate.text: candidate for candidate in explained.candidates}
        assert explained.candidates[0].text == word
        assert by_text[word].chosen
        assert not by_text[other].chosen
        assert by_text[word].language > by_text[other].language
        assert by_text[word].channel == pytest.approx(by_text[other].channel, abs=5)


def test_the_candidates_probabilities_are_those_of_one_choice() -> None:
    for explained in Repairer.load().explain(LINES, "tir"):
        assert sum(candidate.probability for candidate in explained.candidates) == pytest.approx(1.0, abs=0.02)


def test_the_token_itself_is_always_a_candidate() -> None:
    (explained,) = Repairer.load().explain(LINES, "hoat")
    assert "hoat" in [candidate.text for candidate in explained.candidates]


def test_a_line_that_is_right_explains_nothing() -> None:
    assert Repairer.load().explain(["Ủy ban nhân dân xã báo cáo kết quả thực hiện nhiệm vụ."], "xã") == []


def test_the_command_prints_the_candidates(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("\n".join(LINES), encoding="utf-8")
    assert main(["repair", str(file), "--explain", "tir"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.startswith("dòng\ttừ đọc được\tứng viên")
    assert rows[0].split("\t")[:3] == ["2", "tir", "tử"]
    assert rows[0].endswith("\tx")


def test_a_word_that_is_nowhere_is_named(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("\n".join(LINES), encoding="utf-8")
    assert main(["repair", str(file), "--explain", "khongco"]) == 1
    assert "khongco" in capsys.readouterr().err
