"""What is extracted from doubtful words says so: sentences carry them, and figures are no surer than their digits."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from extract_reading import reading

from pipeline.extract.extraction import extract
from pipeline.models import Doubt, Extraction, Line, Reading

Others = Mapping[str, tuple[str, ...]]


def _doubted(text: str, others: Others, confidence: float = 0.6) -> Reading:
    """Return the reading of a text in which each word of `others` is doubtful wherever it stands."""
    plain = reading(text)
    pages = (
        page.model_copy(update={"lines": tuple(_with_doubts(line, others, confidence) for line in page.lines)})
        for page in plain.pages
    )
    return plain.model_copy(update={"pages": tuple(pages)})


def _with_doubts(line: Line, others: Others, confidence: float) -> Line:
    places = [(word, line.text.find(word)) for word in others if word in line.text]
    return line.model_copy(
        update={
            "doubts": tuple(
                Doubt(start=at, end=at + len(word), confidence=confidence, others=others[word]) for word, at in places
            )
        }
    )


def _doubtful(found: Extraction) -> list[list[str]]:
    return [[sentence.text[d.start : d.end] for d in sentence.doubts] for sentence in found.sentences]


def test_a_sentence_has_the_doubtful_words_of_its_own_part_of_a_line() -> None:
    text = "Huyện đã hợp trực tuyến với các xã. Sở đã trình đề án lên tỉnh."
    assert _doubtful(extract(_doubted(text, {"hợp": ("họp",), "trình": ("trinh",)}))) == [["hợp"], ["trình"]]


def test_a_sentence_that_runs_over_lines_has_the_doubtful_words_of_all() -> None:
    text = (
        "Trong năm qua, Ủy ban nhân dân huyện đã tổ chức hợp trực tuyến với tất cả các\n"
        "xã và thị trấn trên địa bàn để trển khai kế hoạch cải cách hành chính."
    )
    (sentence,) = extract(_doubted(text, {"hợp": ("họp",), "trển": ("triển",)})).sentences
    assert [sentence.text[d.start : d.end] for d in sentence.doubts] == ["hợp", "trển"]
    assert [d.others for d in sentence.doubts] == [("họp",), ("triển",)]


def test_the_doubtful_words_of_a_footnote_stand_where_they_stand_without_its_mark() -> None:
    text = "Tỉnh đã cấp 35 tài khoản¹ cho các xã trong năm nay.\n¹ Sở Nội vụ đã cấp hợp đồng."
    found = extract(_doubted(text, {"hợp": ("họp",)}))
    assert [words for words in _doubtful(found) if words] == [["hợp"]]


def test_text_without_doubts_has_none() -> None:
    assert _doubtful(extract(reading("Huyện đã họp trực tuyến với các xã."))) == [[]]


@pytest.mark.parametrize("word", ["13", "hồ"], ids=["its digits", "its unit"])
def test_a_figure_is_no_surer_than_its_digits_and_its_unit(word: str) -> None:
    text = "Trong tháng, huyện đã tiếp nhận 13 hồ sơ của công dân."
    (sure,) = extract(reading(text)).figures
    (doubted,) = extract(_doubted(text, {word: ("là",)})).figures
    assert (sure.confidence, doubted.confidence) == (1.0, 0.6)


def test_a_doubtful_word_beside_a_figure_says_nothing_of_it() -> None:
    text = "Trong tháng, huyện đã tiếp nhận 13 hồ sơ của công dân."
    (figure,) = extract(_doubted(text, {"công": ("cồng",)})).figures
    assert figure.confidence == 1.0


@pytest.mark.parametrize(
    ("confidence", "others", "values"),
    [
        (0.37, ("lời",), []),
        (0.6, ("lời",), [1061]),
        (0.37, ("1067", "lời"), [1061]),
    ],
)
def test_a_numeral_that_is_rather_a_word_counts_nothing(
    confidence: float, others: tuple[str, ...], values: list[int]
) -> None:
    text = "Hệ thống tiếp nhận và trả 1061 phản ánh của người dân."
    found = extract(_doubted(text, {"1061": others}, confidence)).figures
    assert [int(figure.value) for figure in found] == values


def test_a_speck_behind_a_number_is_no_unit() -> None:
    found = extract(reading("Diện tích 120 m đường; tỷ lệ trang thông tin điện tử 5 v ở CONS.")).figures
    assert [(int(figure.value), figure.unit) for figure in found] == [(120, "m")]


@pytest.mark.parametrize(
    ("confidence", "counted", "values"),
    [
        (0.74, "Trung tâm Dữ liệu", []),
        (0.74, "trung tâm dữ liệu", [14]),
        (0.74, "UBND xã", [14]),
        (0.95, "Trung tâm Dữ liệu", [14]),
    ],
)
def test_before_a_name_a_numeral_that_may_be_a_copula_counts_nothing(
    confidence: float, counted: str, values: list[int]
) -> None:
    text = f"Sở giao bộ phận chuyên trách về công nghệ 14 {counted} theo dõi."
    found = extract(_doubted(text, {"14": ("là", "và")}, confidence)).figures
    assert [int(figure.value) for figure in found] == values


def test_a_letter_with_a_mark_behind_a_number_begins_a_unit() -> None:
    found = extract(reading("Toàn huyện ghi nhận 64 ổ dịch và 12 ô tô hỏng.")).figures
    assert [(int(figure.value), figure.unit) for figure in found] == [(64, "ổ dịch"), (12, "ô tô hỏng")]


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Ủy ban có 01 phòng chuyên trách dữ liệu 14 Trung tâm Dữ liệu xã.", [1]),
        ("Ủy ban có một phòng chuyên trách dữ liệu 13 Trung tâm Dữ liệu xã.", []),
        ("Ủy ban có 01 phòng phụ trách công nghệ thông tin 14 Trung tâm Dữ liệu xã.", [1]),
        ("Ủy ban có 01 phòng chuyên trách quản lý 14 Trung tâm Dữ liệu xã.", [1, 14]),
        ("Ủy ban có 01 phòng chuyên trách về dữ liệu của 14 Trung tâm Dữ liệu xã.", [1, 14]),
        ("Ủy ban có 01 phòng chuyên trách dữ liệu, 14 Trung tâm Dữ liệu xã.", [1, 14]),
        ("Ủy ban có 02 phòng chuyên trách dữ liệu 14 Trung tâm Dữ liệu xã.", [2, 14]),
        ("Ủy ban có 01 phòng chuyên trách dữ liệu 24 Trung tâm Dữ liệu xã.", [1, 24]),
        ("Ủy ban có 01 phòng chuyên trách dữ liệu 14 trung tâm.", [1, 14]),
    ],
    ids=[
        "named",
        "in words",
        "named behind what is no verb there",
        "verb",
        "preposition",
        "comma",
        "two things",
        "another numeral",
        "no name",
    ],
)
def test_in_garbled_text_what_is_one_is_named_behind_a_copula_not_a_number(sentence: str, values: list[int]) -> None:
    def repaired(line: Line) -> Line:
        return line.model_copy(update={"confidences": (1.0,) * len(line.text.split())})

    plain = reading(sentence)
    pages = (page.model_copy(update={"lines": tuple(map(repaired, page.lines))}) for page in plain.pages)
    found = extract(plain.model_copy(update={"pages": tuple(pages)}))
    assert [int(figure.value) for figure in found.figures] == values
    assert 14 in [int(figure.value) for figure in extract(plain).figures] or "14" not in sentence


def test_a_symbol_of_garbled_text_has_the_strokes_of_usual_abbreviations() -> None:
    def repaired(line: Line) -> Line:
        return line.model_copy(update={"confidences": (1.0,) * len(line.text.split())})

    plain = reading("Căn cứ Công văn số 12/BKHCN-CDSQG và Kế hoạch số 15/KH-VDS ngày 02/3/2025.")
    pages = (page.model_copy(update={"lines": tuple(map(repaired, page.lines))}) for page in plain.pages)
    garbled = plain.model_copy(update={"pages": tuple(pages)})
    assert [cited.number for cited in extract(garbled).citations] == ["12/BKHCN-CĐSQG", "15/KH-VDS"]
    assert [cited.number for cited in extract(plain).citations] == ["12/BKHCN-CDSQG", "15/KH-VDS"]


def test_a_unit_of_which_only_the_marks_are_in_doubt_makes_no_figure_unsure() -> None:
    text = "Mỗi dịch vụ phát sinh ít nhất 1.000 hồ sơ/năm/tỉnh."
    (sure,) = extract(_doubted(text, {"tỉnh": ("tính", "tình")}, confidence=0.4)).figures
    assert sure.confidence == 1.0
    (unsure,) = extract(_doubted(text, {"hồ": ("hộ", "bộ")}, confidence=0.4)).figures
    assert unsure.confidence == 0.4


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Phối hợp với Chi cục Kiểm 14m tuần tra 30 khu rừng.", [30]),
        ("Mở đường rộng 14m và trồng 30 cây.", [14, 30]),
    ],
)
def test_in_garbled_text_metres_without_anything_measured_are_a_word(sentence: str, values: list[int]) -> None:
    plain = reading(sentence)
    pages = (
        page.model_copy(update={"lines": tuple(line.model_copy(update={"confidences": (0.9,)}) for line in page.lines)})
        for page in plain.pages
    )
    found = extract(plain.model_copy(update={"pages": tuple(pages)}))
    assert [int(figure.value) for figure in found.figures] == values
    assert [int(figure.value) for figure in extract(plain).figures] == ([14, 30])
