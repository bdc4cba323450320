"""One catalogue indicator in the documents of one place: spans inside spans, totals, jumps."""

from __future__ import annotations

import datetime as dt

from reconcile_documents import document

from pipeline.models import Extraction, Finding, Sentence, Verdict
from pipeline.reconcile.context import Context
from pipeline.reconcile.reconciliation import reconcile

AUGUST, OCTOBER = dt.date(2025, 8, 20), dt.date(2025, 10, 20)
RECEIVED = "subject=hệ thống tiếp nhận; indicator=tthc.ho-so-tiep-nhan"
TEAMS = "subject=toàn tỉnh hiện có; indicator=to-cong-nghe-so.to"
JULY_ON, THIRD_QUARTER = "period=2025-07-01/2025-08-18", "period=2025-07-01/2025-09-30"


def of(code: str, *documents: Extraction) -> list[Finding]:
    return [finding for finding in reconcile(list(documents)) if finding.code == code]


def received(name: str, number: str, span: str, place: str = "Hòa Giang") -> Extraction:
    return document(name, f"Hệ thống tiếp nhận {{{number} hồ sơ|{RECEIVED}; {span}}}.", issued=OCTOBER, place=place)


def teams(name: str, number: str, issued: dt.date | None, *more: str) -> Extraction:
    return document(name, f"Toàn tỉnh hiện có {{{number} tổ|{TEAMS}}}.", *more, issued=issued)


def test_a_span_cannot_count_more_than_the_longer_one_around_it() -> None:
    (finding,) = of("series.contained", received("a", "5.120", JULY_ON), received("b", "3.480", THIRD_QUARTER))
    assert finding.verdict is Verdict.CONFLICT
    assert finding.values == ("5120", "3480")
    assert "từ 01/07/2025 đến 18/08/2025" in finding.message
    assert finding.link.startswith("cùng chỉ tiêu “")


def test_a_span_within_the_longer_one_holds() -> None:
    (finding,) = of("series.contained", received("a", "3.480", JULY_ON), received("b", "5.120", THIRD_QUARTER))
    assert finding.verdict is Verdict.CONSISTENT


def test_a_span_is_part_of_the_total_up_to_a_later_day_whatever_its_name() -> None:
    aspects = "subject=một cửa; indicator=tthc.ho-so-tiep-nhan; cum; as_of=2025-09-30"
    total = f"Lũy kế đến ngày 30/9/2025 có {{3.480 hồ sơ|{aspects}}}."
    (finding,) = of("series.contained", received("a", "5.120", JULY_ON), document("b", total, issued=OCTOBER))
    assert finding.verdict is Verdict.CONFLICT


def test_spans_that_only_overlap_and_other_places_say_nothing() -> None:
    june = "period=2025-06-01/2025-07-31"
    assert of("series.contained", received("a", "5.120", june), received("b", "3.480", THIRD_QUARTER)) == []
    elsewhere = received("b", "3.480", THIRD_QUARTER, place="An Khê")
    assert of("series.contained", received("a", "5.120", JULY_ON), elsewhere) == []


def test_over_the_reform_of_2025_a_span_that_exceeds_is_asked_about() -> None:
    half, nine_months = "period=2025-01-01/2025-06-30", "period=2025-01-01/2025-09-30"
    (finding,) = of("series.contained", received("a", "5.120", half), received("b", "3.480", nine_months))
    assert finding.verdict is Verdict.UNKNOWN
    assert "địa giới" in finding.message


def test_a_total_of_unknown_beginning_is_asked_about_only_where_it_is_near_a_later_span() -> None:
    def total(number: str) -> Extraction:
        stated = f"Lũy kế {{{number} hồ sơ|{RECEIVED}; cum; as_of=2025-09-15}}."
        return document("a", stated, issued=AUGUST)

    (finding,) = of("series.contained", total("3.600"), received("b", "3.480", THIRD_QUARTER))
    assert finding.verdict is Verdict.UNKNOWN
    assert of("series.contained", total("36.000"), received("b", "3.480", THIRD_QUARTER)) == []


def test_a_total_of_unknown_beginning_began_where_another_one_of_its_document_did() -> None:
    looked_up = "subject=lượt tra cứu; indicator=dan-cu.luot-tra-cuu"
    sums = (
        f"Lũy kế {{9.310 lượt|{looked_up}; cum; as_of=2025-09-15}}.",
        f"Lũy kế {{%s hồ sơ|{RECEIVED}; cum; as_of=2025-09-15}}.",
    )
    spans = (f"Có {{9.120 lượt|{looked_up}; {THIRD_QUARTER}}}.", f"Có {{3.480 hồ sơ|{RECEIVED}; {THIRD_QUARTER}}}.")

    def claimed(received_before: str) -> list[Verdict]:
        before = document("a", sums[0], sums[1] % received_before, issued=AUGUST)
        found = of("series.contained", before, document("b", *spans, issued=OCTOBER))
        return [finding.verdict for finding in found if "9310" in finding.values]

    assert claimed("3.210") == [Verdict.CONFLICT]
    assert claimed("310") == [Verdict.UNKNOWN]  # so few began later
    assert claimed("8.210") == [Verdict.UNKNOWN]  # so many began before


def test_a_stock_that_halves_between_two_documents_is_a_question() -> None:
    (finding,) = of("series.jump", teams("a", "412", AUGUST), teams("b", "64", OCTOBER))
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.values == ("412", "64")


def test_a_stock_that_moves_in_proportion_or_is_stated_twice_in_a_document_is_no_jump() -> None:
    assert of("series.jump", teams("a", "412", AUGUST), teams("b", "420", OCTOBER)) == []
    second = f"Trong xã có {{30 tổ|{TEAMS}}}."
    assert of("series.jump", teams("a", "412", AUGUST, second), teams("b", "64", OCTOBER)) == []


def test_what_comes_in_may_double() -> None:
    one = received("a", "1.200", "period=2025-07-01/2025-07-31")
    assert of("series.jump", one, received("b", "9.400", "period=2025-08-01/2025-08-31")) == []


def test_of_two_fractions_the_denominators_are_followed() -> None:
    (finding,) = of("series.jump", teams("a", "12/13", AUGUST), teams("b", "49/75", OCTOBER))
    assert "mẫu" in finding.message
    assert of("series.jump", teams("a", "12/75", AUGUST), teams("b", "49/75", OCTOBER)) == []


def test_a_rate_that_loses_five_points_is_a_question_and_one_that_loses_less_is_none() -> None:
    def covered(name: str, rate: str, issued: dt.date) -> Extraction:
        stated = f"Người dân có hồ sơ đạt {{{rate} %|subject=tỷ lệ; indicator=y-te.ty-le-ho-so-suc-khoe}}."
        return document(name, stated, issued=issued)

    (finding,) = of("series.jump", covered("a", "88,4", AUGUST), covered("b", "80", OCTOBER))
    assert finding.verdict is Verdict.UNKNOWN
    assert of("series.jump", covered("a", "84,4", AUGUST), covered("b", "80", OCTOBER)) == []
    assert of("series.jump", covered("a", "40,4", AUGUST), covered("b", "90", OCTOBER)) == []


def test_a_total_of_one_indicator_that_falls_is_found_under_two_names() -> None:
    def total(name: str, number: str, subject: str, day: str) -> Extraction:
        stated = f"Lũy kế {{{number} hồ sơ|subject={subject}; indicator=tthc.ho-so-tiep-nhan; cum; as_of={day}}}."
        return document(name, stated, issued=OCTOBER)

    earlier = total("a", "9.300", "một cửa điện tử", "2025-08-01")
    (finding,) = of("series.falls", earlier, total("b", "9.150", "bộ phận trả kết quả", "2025-09-01"))
    assert finding.verdict is Verdict.CONFLICT


def test_a_document_without_date_is_dated_by_what_it_tells_and_its_fall_is_asked_about() -> None:
    def total(name: str, number: str, *more: str, issued: dt.date | None = None) -> Extraction:
        return document(name, f"Lũy kế {{{number} hồ sơ|{RECEIVED}; cum}}.", *more, issued=issued)

    day = "Kết quả đến ngày 20/8/2025: {37 cầu|subject=sửa chữa cầu nông thôn; as_of=2025-08-20}."
    (finding,) = of("series.falls", total("a", "9.300", day), total("b", "9.150", issued=OCTOBER))
    assert finding.verdict is Verdict.UNKNOWN
    assert "sớm nhất 20/08/2025" in finding.message


def test_a_document_without_letterhead_speaks_for_the_province_that_it_names_most() -> None:
    texts = ("Ủy ban nhân dân tỉnh Hòa Giang báo cáo.", "Trên địa bàn tỉnh Hòa Giang.", "Trước đây là tỉnh An Khê.")
    sentences = tuple(Sentence(number=n, text=text, page=1, lines=(n,)) for n, text in enumerate(texts, start=1))
    nameless = document("a", issued=OCTOBER, place="").model_copy(update={"sentences": sentences})
    assert Context([nameless]).area("a") == "Hòa Giang"


def test_the_rank_of_a_place_is_no_part_of_its_name() -> None:
    assert Context([document("a", place="Thành phố Hồ Chí Minh")]).area("a") == "Hồ Chí Minh"


def test_a_document_that_names_provinces_alike_speaks_for_none() -> None:
    texts = ("Đoàn tỉnh Hòa Giang thăm.", "Đoàn tỉnh An Khê thăm.")
    sentences = tuple(Sentence(number=n, text=text, page=1, lines=(n,)) for n, text in enumerate(texts, start=1))
    nameless = document("a", issued=OCTOBER, place="").model_copy(update={"sentences": sentences})
    assert Context([nameless]).area("a") == ""


def test_a_question_about_a_figure_that_already_contradicts_another_is_not_told() -> None:
    span = received("a", "51.200", JULY_ON)
    early = document("b", f"Lũy kế {{90.000 hồ sơ|{RECEIVED}; cum; as_of=2025-09-10}}.", issued=OCTOBER)
    late = document("c", f"Lũy kế {{3.480 hồ sơ|{RECEIVED}; cum; as_of=2025-09-30}}.", issued=OCTOBER)
    assert next(finding.code for finding in reconcile([span, early, late])) == "series.contained"
    assert of("series.falls", span, early, late) == []
