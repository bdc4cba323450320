"""What the evaluation counts, on cases small enough to count by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation import figures, findings, letters, tasks, texts
from pipeline.evaluation.figures import Found, StatedFigure
from pipeline.models import Citation, Components, Evidence


def figure(value: str, unit: str = "", subject: str = "", **aspects: str) -> StatedFigure:
    return figures.from_json({"value": value, "unit": unit, "subject": subject, **aspects})


class TestTexts:
    def test_a_wrong_mark_is_one_word_and_one_character(self) -> None:
        score = texts.compare("tiếp nhận hồ sơ", "tiếp nhân hồ sơ")
        assert (score.word_edits, score.character_edits) == (1, 1)
        assert score.word_accuracy == pytest.approx(0.75)
        assert score.character_error_rate == pytest.approx(1 / 15)

    def test_a_digit_read_into_a_word_is_a_false_numeral(self) -> None:
        score = texts.compare("tổng số là 2.161", "t6ng s6 13 2.161")
        assert score.numeral_recall == 1
        assert score.numeral_precision == pytest.approx(1 / 4)

    def test_raised_marks_are_no_numerals(self) -> None:
        assert texts.numerals("đạt 86,01%¹⁴ và 9.880¹⁰ hồ sơ") == ["86,01", "9.880"]

    def test_composed_and_decomposed_letters_are_the_same(self) -> None:
        assert texts.compare("kế hoạch", "kế hoạch").character_edits == 0

    def test_lines_are_compared_one_by_one_where_there_are_as_many(self) -> None:
        assert texts.compare_lines(["a b", "c"], ["a b", "c"]).word_edits == 0
        assert texts.compare_lines(["a b", "c"], ["c", "a b"]).word_edits == 4
        assert texts.compare_lines(["a b", "c"], ["a b c"]).word_edits == 0

    def test_scores_add_up(self) -> None:
        parts = [texts.compare("một hai", "một"), texts.compare("ba", "ba")]
        assert texts.total(parts).word_error_rate == pytest.approx(1 / 3)

    @given(st.text(alphabet="ab 1,.\n", max_size=40))
    def test_a_text_has_no_errors_against_itself(self, text: str) -> None:
        score = texts.compare(text, text)
        assert (score.word_edits, score.character_edits) == (0, 0)
        assert score.shared_numerals == score.true_numerals == score.read_numerals


class TestFigures:
    def test_money_is_compared_in_dong(self) -> None:
        score = figures.score([figure("1.2", "tỷ đồng")], [figure("1200", "triệu đồng")])
        assert score.unit.f1 == 1

    def test_the_subject_needs_six_words_of_ten(self) -> None:
        wanted = figure("12", "xã", "xã chưa có đường truyền dự phòng")
        assert figures.score([wanted], [figure("12", "xã", "xã chưa có đường truyền")]).subject.hits == 1
        assert figures.score([wanted], [figure("12", "xã", "xã chưa")]).subject.hits == 0

    def test_a_figure_answers_one_figure_only(self) -> None:
        score = figures.score([figure("5"), figure("5")], [figure("5")])
        assert (score.value.hits, score.value.recall, score.value.precision) == (1, 0.5, 1)

    def test_the_pairing_is_the_largest_possible(self) -> None:
        true = [figure("5", "", "xã"), figure("5", "", "hồ sơ")]
        predicted = [figure("5", "", "xã hồ sơ"), figure("5", "", "xã")]
        assert figures.score(true, predicted).subject.hits == 2

    def test_aspects_count_only_where_the_gold_states_them(self) -> None:
        score = figures.score([figure("5", as_of="2025-09-30"), figure("6")], [figure("5"), figure("6", as_of="2025")])
        assert score.aspects["as_of"] == Found(0, 1, 1)
        assert score.aspects["period"].true == 0

    def test_the_whole_is_compared_as_a_number(self) -> None:
        score = figures.score([figure("5", part_of="7.0")], [figure("5", part_of="7")])
        assert score.aspects["part_of"].hits == 1

    def test_an_indicator_that_should_not_be_there_costs_precision(self) -> None:
        true = [figure("5", indicator="a.b"), figure("6"), figure("7", indicator="a.c")]
        predicted = [figure("5", indicator="a.b"), figure("6", indicator="a.b"), figure("7")]
        assert figures.score(true, predicted).indicator == Found(hits=1, true=2, predicted=2)

    def test_the_same_value_twice_is_told_apart_by_its_whole(self) -> None:
        true = [figure("5", "xã", part_of="9", indicator="a.b"), figure("5", "xã", indicator="a.c")]
        predicted = [figure("5", "xã", indicator="a.c"), figure("5", "xã", part_of="9", indicator="a.b")]
        assert figures.score(true, predicted).indicator.hits == 2

    def test_a_fraction_keeps_its_denominator(self) -> None:
        assert figures.score([figure("63/124")], [figure("63/128")]).value.hits == 0


class TestFindings:
    GOLD = findings.GoldFinding(
        "a", "conflict", "sum", frozenset({"bc-1"}), findings.numbers("4.122; 3.889; 46; 280"), ""
    )

    def test_numbers_of_a_cell_are_read_as_vietnamese_writes_them(self) -> None:
        assert findings.numbers("4.122; 91,67; 0,5") == {Decimal(4122), Decimal("91.67"), Decimal("0.5")}

    def test_two_common_numbers_answer_a_row(self) -> None:
        told = findings.stated("conflict", ["bc-1.pdf"], ["4122", "3889"])
        score = findings.score([self.GOLD], [told])
        assert (score.conflicts.recall, score.false_alarms) == (1, ())

    @pytest.mark.parametrize(
        ("verdict", "document", "values"),
        [
            ("consistent", "bc-1.pdf", ["4122", "3889"]),
            ("conflict", "bc-2.pdf", ["4122", "3889"]),
            ("conflict", "bc-1.pdf", ["4122", "77"]),
        ],
    )
    def test_another_verdict_document_or_number_does_not(self, verdict: str, document: str, values: list[str]) -> None:
        score = findings.score([self.GOLD], [findings.stated(verdict, [document], values)])
        assert score.conflicts.recall == 0
        assert [row.id for row in score.missed] == ["a"]

    def test_the_right_figures_with_the_wrong_verdict_are_linked_all_the_same(self) -> None:
        score = findings.score([self.GOLD], [findings.stated("consistent", ["bc-1"], ["4122", "3889"])])
        assert (score.linked.recall, score.conflicts.recall) == (1, 0)

    def test_an_implied_conflict_is_neither_owed_nor_a_false_alarm(self) -> None:
        implied = findings.GoldFinding("b", "implied", "rate", frozenset(), findings.numbers("30; 118.040"), "")
        assert findings.score([implied], []).missed == ()
        assert findings.score([implied], [findings.stated("conflict", [], ["30", "118040"])]).false_alarms == ()

    def test_a_conflict_that_answers_nothing_is_a_false_alarm(self) -> None:
        told = findings.stated("conflict", ["bc-1"], ["1", "2"])
        assert findings.score([self.GOLD], [told]).false_alarms == (told,)


class TestLetters:
    def test_case_spacing_and_final_points_do_not_matter_but_marks_do(self) -> None:
        gold = {"issuer": "SỞ Y TẾ", "signer": "Trần Văn Á", "to": ["Bộ Y tế;", "Ủy ban nhân dân tỉnh"]}
        read = Components(document="a", issuer="Sở  Y tế", signer="Trần Văn A", to=("Bộ Y tế.",))
        scores = letters.score_components(gold, read)
        assert scores["issuer"].hits == 1
        assert scores["signer"].hits == 0
        assert scores["to"] == Found(1, 2, 1)
        assert "place" not in scores

    def test_a_space_after_a_point_does_not_matter(self) -> None:
        read = Components(document="a", authority="KT. CHỦ TỊCH")
        assert letters.score_components({"authority": "KT.CHỦ TỊCH"}, read)["authority"].hits == 1

    def test_every_place_that_names_a_document_counts(self) -> None:
        gold = [mention("12/KH-UBND", date="2025-09-05"), mention("12/KH-UBND"), mention("7/NQ-HĐND")]
        read = [citation("12/KH-UBND", date="2025-09-05"), citation("7/NQ-HĐND", date="2025-01-01")]
        scores = letters.score_mentions(gold, read)
        assert scores["number"] == Found(2, 3, 2)
        assert scores["date"] == Found(1, 3, 2)

    def test_a_law_without_a_number_is_known_by_its_title(self) -> None:
        gold = [mention(None, type="Luật", title="Luật Đấu thầu"), mention(None, type="Luật", title="Luật Giá")]
        scores = letters.score_mentions(gold, [citation(None, type="Luật", title="Luật Đấu thầu")])
        assert scores["number"] == scores["type"] == Found(1, 2, 1)


def mention(number: str | None, **stated: str) -> dict[str, str | None]:
    return {"number": number, **stated}


def citation(number: str | None, **stated: str) -> Citation:
    record = {"type": None, **stated, "number": number, "evidence": Evidence(document="a", page=1, line=1)}
    return Citation.model_validate(record)


class TestTasks:
    GOLD: ClassVar[Mapping[str, Any]] = {
        "task": "trồng cây hai bên đường",
        "lead": ["Sở Xây dựng"],
        "support": ["UBND các xã", "Công an tỉnh"],
        "deadline": "2025-11-30",
        "recurrence": None,
    }

    def score(self, **changes: Any) -> tasks.TaskScore:
        return tasks.score([tasks.from_json(self.GOLD)], [tasks.from_json({**self.GOLD, **changes})])

    def test_a_task_is_matched_by_its_words_and_judged_by_offices_and_deadline(self) -> None:
        score = self.score(task="Giao Sở Xây dựng trồng cây ở hai bên đường", support=["Công an tỉnh.", "UBND các xã"])
        assert (score.task.f1, score.whole.f1) == (1.0, 1.0)

    def test_a_wrong_deadline_costs_the_deadline_and_the_whole_alone(self) -> None:
        score = self.score(deadline="2025-12-31")
        hits = (score.task.hits, score.lead.hits, score.support.hits, score.deadline.hits, score.whole.hits)
        assert hits == (1, 1, 1, 0, 0)

    def test_another_task_is_false_and_scores_add_up(self) -> None:
        false = self.score(task="sửa cầu")
        both = (false + self.score()).task
        assert (false.task.f1, both.hits, both.true, both.predicted) == (0.0, 1, 2, 2)
