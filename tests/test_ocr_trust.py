"""The one decision whether a page's own text can be believed."""

from __future__ import annotations

import pytest
from ocr_samples import GARBLED, REPORT

from pipeline.models import Trust
from pipeline.ocr.trust import PageEvidence, decide, encoding_problem

PROSE = "\n".join(REPORT)
WRONG_LANGUAGE = "\n".join(GARBLED)


def trust_of(text: str, **evidence: object) -> Trust:
    return decide(PageEvidence(text=text, **evidence)).trust  # type: ignore[arg-type]


def test_vietnamese_is_trusted_and_says_why() -> None:
    decision = decide(PageEvidence(text=PROSE))
    assert decision.trust is Trust.TRUSTED
    assert decision.score > 0.95
    assert any("possible Vietnamese" in reason for reason in decision.reasons)


def test_what_a_wrong_language_ocr_made_is_garbled() -> None:
    decision = decide(PageEvidence(text=WRONG_LANGUAGE))
    assert decision.trust is Trust.GARBLED
    assert decision.score < 0.9


def test_a_garbled_passage_under_a_typed_note_is_garbled() -> None:
    assert trust_of(PROSE * 6 + "\n" + WRONG_LANGUAGE) is Trust.GARBLED


def test_vietnamese_that_lost_its_marks_is_garbled() -> None:
    bare = "Uy ban nhan dan tinh de nghi cac phong ban thuc hien tot cong tac nay trong nam " * 8
    assert trust_of(bare) is Trust.GARBLED


COURSES = (
    "Học phần: Machine Learning, Cloud Computing, Software Testing, Blockchain, Deep Learning, Internet of Things."
)


def test_foreign_names_do_not_make_a_vietnamese_page_garbled() -> None:
    decision = decide(PageEvidence(text=PROSE + "\n" + "\n".join([COURSES] * 4)))
    assert decision.score < 0.9
    assert decision.trust is Trust.TRUSTED


def test_a_page_in_another_language_is_not_judged_as_vietnamese() -> None:
    english = (
        "The province reported steady growth of exports during the first quarter, and foreign investors remained. "
    )
    assert trust_of(english * 5) is Trust.ABSTAINED


TABLE = "\n".join(f"{n} Xã Tân {name} 1.{n}50 9{n},5 12/{n}0 TTHC BVHXH" for n, name in enumerate(["Phú", "An", "Lộc"]))
NAMES = "\n".join(["1. Nguyễn Thị Hồng Nhung", "2. Trần Văn Đức", "3. Lê Hoàng Khuê", "4. Võ Thị Kim Ngân"] * 6)
LEADERS = "\n".join(f"Chương {n}. Quy định chung {'.' * 60} {n}" for n in range(1, 15))


@pytest.mark.parametrize("text", [TABLE, NAMES, LEADERS], ids=["table", "names", "dotted leaders"])
def test_what_is_not_prose_is_not_called_garbled(text: str) -> None:
    assert trust_of(text) in (Trust.TRUSTED, Trust.ABSTAINED)


def test_too_little_text_abstains() -> None:
    assert trust_of("Trang 3/12") is Trust.ABSTAINED


def test_a_page_without_text_is_missing_its_layer() -> None:
    assert trust_of("  \n ") is Trust.MISSING


def test_a_line_of_digital_text_over_a_scan_is_not_the_pages_text() -> None:
    stamp = "Người ký: Sở Nông nghiệp và Môi trường. Thời gian ký: 12/03/2024 08:15:22. Ký số bởi văn thư của cơ quan."
    assert trust_of(stamp, picture_coverage=0.98) is Trust.MISSING
    assert trust_of(stamp) is not Trust.MISSING


@pytest.mark.parametrize("character", ["\ufffd", "\ue012", "\x01"], ids=["U+FFFD", "private use", "control"])
def test_characters_without_a_meaning_condemn_the_layer(character: str) -> None:
    assert trust_of(PROSE.replace("ô", character).replace("n", character)) is Trust.GARBLED


@pytest.mark.parametrize("font", [".VnTime", "ABCDEF+.VnTimeH", "VNI-Times", "VnArial"])
def test_a_font_of_a_legacy_encoding_condemns_only_what_is_not_vietnamese_in_it(font: str) -> None:
    fonts = ((font, 40), ("TimesNewRoman", 3))
    assert trust_of(PROSE, fonts=fonts) is Trust.TRUSTED
    evidence = PageEvidence(text=WRONG_LANGUAGE, fonts=fonts)
    assert decide(evidence).trust is Trust.GARBLED
    assert any("legacy" in reason for reason in decide(evidence).reasons)
    assert encoding_problem(evidence)


def test_text_converted_from_a_legacy_encoding_is_judged_like_any_other_and_says_so() -> None:
    decision = decide(PageEvidence(text=PROSE, converted_from="VNI by the font VNI-Times"))
    assert decision.trust is Trust.TRUSTED
    assert "converted to Unicode from VNI by the font VNI-Times" in decision.reasons
    assert trust_of(WRONG_LANGUAGE, converted_from="VNI by the font VNI-Times") is Trust.GARBLED


def test_a_legacy_font_in_one_line_is_no_reason() -> None:
    assert encoding_problem(PageEvidence(text=PROSE, fonts=((".VnTime", 1), ("TimesNewRoman", 60)))) is None
