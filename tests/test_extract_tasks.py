"""Tasks: labelled lists, sentences that charge offices, headings that name them, tables; and what is no task."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from extract_reading import reading
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.extraction import extract
from pipeline.models import Box, Cell, Line, Page, Reading, Recurrence, Table, Task, TextSource, Word

DATED = "Bình Sơn, ngày 22 tháng 9 năm 2025"
HEAD = f"UBND TỈNH BÌNH SƠN\nSố: 12/KH-UBND                    {DATED}\n\nKẾ HOẠCH\nTrồng cây xanh\n\n"


def tasks(text: str) -> tuple[Task, ...]:
    return extract(reading(HEAD + text)).tasks


def said(task: Task) -> tuple[str, tuple[str, ...], tuple[str, ...], dt.date | None]:
    return task.task, task.lead, task.support, task.deadline


class TestLists:
    def test_labels_below_an_item_are_its_terms(self) -> None:
        first, second = tasks(
            "II. NHIỆM VỤ\n\n- Trồng cây hai bên đường tỉnh. Hoàn thành trong tháng 11/2025.\n\n"
            "+ Đơn vị chủ trì: Sở Xây dựng, UBND các xã.\n\n+ Đơn vị phối hợp: Đoàn Thanh niên.\n\n"
            "- Chăm sóc vườn ươm. Nhiệm vụ thường xuyên.\n\n+ Đơn vị thực hiện: Trung tâm Cây xanh.\n"
        )
        assert said(first) == (
            "Trồng cây hai bên đường tỉnh",
            ("Sở Xây dựng", "UBND các xã"),
            ("Đoàn Thanh niên",),
            dt.date(2025, 11, 30),
        )
        assert first.deadline_text == "Hoàn thành trong tháng 11/2025"
        assert said(second) == ("Chăm sóc vườn ươm", ("Trung tâm Cây xanh",), (), None)
        assert second.recurrence is Recurrence.CONTINUOUS

    def test_labels_in_one_row_with_their_items_belong_to_the_item_above_each(self) -> None:
        found = tasks(
            "II. NHIỆM VỤ\n\n1. Về cây xanh\n\n- Trồng cây.\n\n- Đơn vị chủ trì: Sở Xây dựng.\n\n"
            "- Tưới cây.\n\n- Đơn vị chủ trì: UBND các xã.\n"
        )
        assert [(task.task, task.lead) for task in found] == [
            ("Trồng cây", ("Sở Xây dựng",)),
            ("Tưới cây", ("UBND các xã",)),
        ]

    def test_labels_below_a_numbered_task_with_its_description_belong_to_the_number(self) -> None:
        (found,) = tasks(
            "II. NHIỆM VỤ\n\n1. Mở lớp chăm sóc cây\n\n- Đối tượng: Cán bộ các xã.\n\n- Số lượng: 02 lớp.\n\n"
            "- Đơn vị chủ trì: Sở Nội vụ.\n\n- Thời gian thực hiện: Quý IV/2025.\n\n"
            "- Sản phẩm: Báo cáo kết quả lớp học.\n"
        )
        assert said(found) == ("Mở lớp chăm sóc cây", ("Sở Nội vụ",), (), dt.date(2025, 12, 31))
        assert found.target == "Báo cáo kết quả lớp học"

    def test_items_of_a_field_share_the_labels_below_them(self) -> None:
        found = tasks(
            "II. NHIỆM VỤ\n\n1. Về cây giống\n\n- Ươm cây.\n\n- Ghép cành.\n\n- Đơn vị chủ trì: Trung tâm Giống.\n"
        )
        assert [(task.task, task.lead) for task in found] == [
            ("Ươm cây", ("Trung tâm Giống",)),
            ("Ghép cành", ("Trung tâm Giống",)),
        ]

    def test_lettered_labels_stand_below_a_numbered_sentence(self) -> None:
        (found,) = tasks(
            "II. NỘI DUNG\n\n1. Rà soát các vườn ươm trên địa bàn tỉnh, cụ thể:\n\na) Cơ quan chủ trì: Sở Xây dựng;\n\n"
            "b) Cơ quan phối hợp: Các cơ quan, đơn vị, địa phương;\n\nc) Thời gian thực hiện: Thường xuyên.\n"
        )
        assert said(found)[:3] == (
            "Rà soát các vườn ươm trên địa bàn tỉnh",
            ("Sở Xây dựng",),
            ("Các cơ quan, đơn vị, địa phương",),
        )
        assert found.recurrence is Recurrence.CONTINUOUS

    def test_labels_may_follow_in_the_same_paragraph(self) -> None:
        (found,) = tasks("II. NHIỆM VỤ\n\n- Đo vẽ vườn ươm; đơn vị chủ trì: Sở Xây dựng; thời hạn: tháng 12/2025.\n")
        assert said(found) == ("Đo vẽ vườn ươm", ("Sở Xây dựng",), (), dt.date(2025, 12, 31))

    @pytest.mark.parametrize("label", ["Đơn vị chù trì:", "Đơn vi chủ trì:", "Đơn vị chủ tri:", "Đơn vị chủ trì"])
    def test_a_label_with_a_wrong_letter_or_without_its_colon_is_known(self, label: str) -> None:
        (found,) = tasks(f"II. NHIỆM VỤ\n\n- Trồng cây.\n\n+ {label} Sở Xây dựng.\n")
        assert (found.task, found.lead) == ("Trồng cây", ("Sở Xây dựng",))

    def test_the_record_says_where_the_task_stands(self) -> None:
        (found,) = tasks("II. NHIỆM VỤ\n\n- Trồng cây.\n\n+ Đơn vị chủ trì: Sở Xây dựng.\n")
        assert (found.evidence.page, found.evidence.line, found.evidence.raw) == (1, 9, "- Trồng cây.")

    def test_items_that_name_nobody_are_tasks_beside_those_with_labels(self) -> None:
        first, second, third = tasks(
            "II. NHIỆM VỤ VÀ GIẢI PHÁP\n\n1. Nhiệm vụ chung\n\n- Từng bước thay cây già cỗi bằng cây mới.\n\n"
            "- Tuyên truyền về lợi ích của cây xanh.\n\n- Cây xanh là tài sản của cộng đồng.\n\n"
            "2. Nhiệm vụ cụ thể\n\n- Trồng cây hai bên đường tỉnh.\n\n+ Đơn vị chủ trì: Sở Xây dựng.\n"
        )
        assert said(first) == ("Từng bước thay cây già cỗi bằng cây mới", (), (), None)
        assert said(second) == ("Tuyên truyền về lợi ích của cây xanh", (), (), None)
        assert third.lead == ("Sở Xây dựng",)

    @pytest.mark.parametrize(
        "text",
        [
            "II. NHIỆM VỤ VÀ GIẢI PHÁP\n\n- Tuyên truyền về lợi ích của cây xanh.\n\n- Từng bước thay cây già cỗi.\n",
            "I. MỤC TIÊU\n\n- Từng bước thay cây già cỗi bằng cây mới.\n\n"
            "II. NHIỆM VỤ\n\n- Trồng cây.\n\n+ Đơn vị chủ trì: Sở Xây dựng.\n",
        ],
        ids=["a chapter without labels", "aims"],
    )
    def test_elsewhere_what_names_nobody_is_no_task(self, text: str) -> None:
        assert [task for task in tasks(text) if not task.lead] == []


class TestSentences:
    def test_an_office_as_heading_is_charged_with_the_items_below(self) -> None:
        first, second = tasks(
            "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Xây dựng\n\n- Theo dõi việc trồng cây. Định kỳ tổng hợp kết quả.\n\n"
            "- Chủ trì, phối hợp với Sở Tài chính và các cơ quan liên quan tổng kết, "
            "hoàn thành trước ngày 31/12/2025.\n"
        )
        assert (first.lead, first.support) == (("Sở Xây dựng",), ())
        assert first.task == "Theo dõi việc trồng cây. Định kỳ tổng hợp kết quả"
        assert (second.lead, second.support) == (("Sở Xây dựng",), ("Sở Tài chính", "các cơ quan liên quan"))
        assert second.deadline == dt.date(2025, 12, 31)

    def test_those_with_whom_others_are_to_work_together_are_no_support_of_the_office(self) -> None:
        first, second = tasks(
            "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Xây dựng\n\n"
            "- Phát huy vai trò của các tổ dân phố, các hội... phối hợp với các trường học trồng cây.\n\n"
            "- Phát huy vai trò của các hội. Phối hợp với Sở Y tế tổ chức vườn cây thuốc.\n"
        )
        assert (first.lead, first.support) == (("Sở Xây dựng",), ())
        assert (second.lead, second.support) == (("Sở Xây dựng",), ("Sở Y tế",))

    def test_each_sentence_that_charges_is_a_task(self) -> None:
        found = tasks(
            "III. TỔ CHỨC THỰC HIỆN\n\n- Sở Xây dựng chủ trì đôn đốc; báo cáo trước ngày 20 hằng tháng. "
            "Giao Sở Tài chính bố trí kinh phí.\n"
        )
        assert [(task.lead, task.recurrence) for task in found] == [
            (("Sở Xây dựng",), Recurrence.MONTHLY),
            (("Sở Tài chính",), None),
        ]

    def test_a_sentence_that_leads_on_to_a_list_says_who(self) -> None:
        found = tasks(
            "Chủ tịch UBND tỉnh yêu cầu các xã, phường:\n\n1. Trồng cây.\n\n2. Công an xã bảo vệ cây trồng.\n"
        )
        assert [task.lead for task in found] == [("các xã, phường",), ("Công an xã",)]

    def test_a_letter_that_names_no_one_charges_those_it_is_addressed_to(self) -> None:
        letter = (
            f"SỞ XÂY DỰNG\nSố: 15/SXD-CX                    {DATED}\nV/v trồng cây\n\n"
            "Kính gửi: Ủy ban nhân dân các xã\n\nSở Xây dựng đề nghị:\n\n"
            "- Gửi danh sách vườn ươm trước ngày 05/10/2025.\n"
        )
        (found,) = extract(reading(letter)).tasks
        assert (found.lead, found.deadline) == (("Ủy ban nhân dân các xã",), dt.date(2025, 10, 5))

    def test_a_heading_in_capitals_counts_though_its_number_was_misread(self) -> None:
        (found,) = tasks(
            "I. KẾT QUẢ\n\n- Đã trồng cây.\n\n_ HL TỔ CHỨC THỰC HIỆN\n\n- Phòng Kinh tế bố trí kinh phí.\n"
        )
        assert (found.task, found.lead) == ("Phòng Kinh tế bố trí kinh phí", ("Phòng Kinh tế",))

    def test_a_bracket_behind_a_task_says_who(self) -> None:
        (found,) = tasks(
            "II. NHIỆM VỤ\n\n- Mua máy cắt cỏ (Trung tâm Cây xanh chủ trì, phối hợp với Sở Tài chính; "
            "hoàn thành trong Quý I/2026).\n"
        )
        assert (found.lead, found.support, found.deadline) == (
            ("Trung tâm Cây xanh",),
            ("Sở Tài chính",),
            dt.date(2026, 3, 31),
        )

    @pytest.mark.parametrize(
        "text",
        [
            "I. KẾT QUẢ\n\n- Sở Xây dựng tổ chức 03 lễ phát động trồng cây.\n",
            "I. MỤC ĐÍCH, YÊU CẦU\n\n- Các cơ quan, đơn vị phải xác định rõ người chịu trách nhiệm.\n",
            "II. NHIỆM VỤ\n\n- Sở Xây dựng đã trồng 500 cây.\n",
            "II. NHIỆM VỤ\n\n- Các xã, phường đã tổ chức triển khai kế hoạch trồng cây.\n",
            "Chủ tịch UBND tỉnh yêu cầu các xã, phường:\n\n1. Công tác trồng cây\n",
            "II. NHIỆM VỤ\n\n- Nâng cao nhận thức của người dân.\n",
            "II. NHIỆM VỤ\n\nCác đơn vị nghiêm túc thực hiện Kế hoạch này.\n",
            "Điều 3. Giám đốc Sở Xây dựng, Chủ tịch UBND các xã chịu trách nhiệm thi hành Quyết định này.\n",
            "Nơi nhận:\n- Sở Xây dựng;\n- UBND các xã;\n",
            "II. NHIỆM VỤ\n\nNơi nhận: CHỦ TỊCH\n\n- Sở Xây dựng;\n\nUBND các xã: Bến Đò,\n",
            "II. NHIỆM VỤ\n\nĐơn vị: triệu đồng\n",
        ],
    )
    def test_what_only_tells_or_closes_is_no_task(self, text: str) -> None:
        assert tasks(text) == ()

    def test_what_a_report_asks_of_those_above_it_is_no_task(self) -> None:
        report = HEAD.replace("KẾ HOẠCH", "BÁO CÁO").replace("KH-UBND", "BC-UBND")
        text = "III. NHIỆM VỤ\n\nĐề nghị Ủy ban nhân dân tỉnh bố trí kinh phí trồng cây.\n"
        assert extract(reading(report + text)).tasks == ()

    @given(st.text(alphabet="ab đ.,;:()-+12\nGSởVY", max_size=80))
    def test_any_text_can_be_read(self, text: str) -> None:
        for task in tasks(f"II. NHIỆM VỤ\n\n{text}\n\nGiao Sở Xây dựng trồng cây.\n"):
            assert task.lead


def _ruled(rows: list[list[str | None]], page: int, first: int) -> tuple[Page, int]:
    """A page with a table: its rows one line each; None is a cell that the one above reaches over."""
    lines: list[Line] = []
    cells: list[Cell] = []
    width = len(rows[0])
    for number, row in enumerate(rows):
        text = " ".join(cell for cell in row if cell)
        lines.append(
            Line(
                number=first + number,
                raw=text,
                text=text,
                box=Box(x0=50, y0=100 + 20 * number, x1=550, y1=115 + 20 * number),
            )
        )
        for column, said_there in enumerate(row):
            if said_there is None:
                continue
            span = 1
            while number + span < len(rows) and rows[number + span][column] is None:
                span += 1
            box = Box(x0=100 * column, y0=100 + 20 * number, x1=100 * column + 100, y1=120 + 20 * number)
            cells.append(
                Cell(
                    row=number,
                    column=column,
                    row_span=span,
                    text=said_there,
                    box=box,
                    lines=(first + number,) if said_there else (),
                )
            )
    edges = tuple(100.0 * column for column in range(width + 1))
    table = Table(
        number=1, box=Box(x0=0, y0=100, x1=100 * width, y1=120 + 20 * len(rows)), columns=edges, cells=tuple(cells)
    )
    return Page(
        number=page, lines=tuple(lines), width=595, height=842, source=TextSource.LAYER, tables=(table,)
    ), first + len(rows)


def _boxed(text: str, left: float, top: float) -> Iterator[Word]:
    """The words of a text set from `left` on, five points a letter."""
    for word in text.split():
        yield Word(text=word, box=Box(x0=left, y0=top, x1=left + 5 * len(word), y1=top + 10))
        left += 5 * len(word) + 3


def _document(*pages: Page) -> Reading:
    return Reading(document="kh.pdf", digest="0" * 64, media_type="application/pdf", size=1, pages=pages)


class TestTables:
    HEADER = ("STT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn hoàn thành", "Sản phẩm")

    def test_columns_say_who_with_whom_by_when_and_what_comes_out(self) -> None:
        page, _ = _ruled(
            [
                list(self.HEADER),
                ["1", "Trồng cây", "Sở Xây dựng", "UBND các xã; Công an tỉnh", "Tháng 11/2025", "Báo cáo"],
            ],
            1,
            1,
        )
        (found,) = extract(_document(page)).tasks
        assert said(found) == ("Trồng cây", ("Sở Xây dựng",), ("UBND các xã", "Công an tỉnh"), dt.date(2025, 11, 30))
        assert found.target == "Báo cáo"

    def test_a_merged_cell_holds_for_all_its_rows_and_a_row_that_heads_others_is_none(self) -> None:
        page, _ = _ruled(
            [
                list(self.HEADER),
                ["I", "CÂY XANH", "", "", "", ""],
                ["1", "Trồng cây", "Sở Xây dựng", "-", "Thường xuyên", ""],
                ["2", "Tưới cây", None, "UBND các xã", "Hằng quý", ""],
            ],
            1,
            1,
        )
        found = extract(_document(page)).tasks
        assert [(task.task, task.lead, task.support, task.recurrence) for task in found] == [
            ("Trồng cây", ("Sở Xây dựng",), (), Recurrence.CONTINUOUS),
            ("Tưới cây", ("Sở Xây dựng",), ("UBND các xã",), Recurrence.QUARTERLY),
        ]

    def test_a_row_that_a_page_break_cuts_is_put_together(self) -> None:
        first, after = _ruled([list(self.HEADER), ["1", "Trồng cây ở", "Sở Xây dựng", "", "Tháng 11/2025", ""]], 1, 1)
        second, _ = _ruled(
            [["", "các công viên", "và Đô thị", "", "", ""], ["2", "Tưới cây", "UBND các xã", "", "Năm 2026", ""]],
            2,
            after,
        )
        found = extract(_document(first, second)).tasks
        assert [(task.task, task.lead, task.deadline) for task in found] == [
            ("Trồng cây ở các công viên", ("Sở Xây dựng và Đô thị",), dt.date(2025, 11, 30)),
            ("Tưới cây", ("UBND các xã",), dt.date(2026, 12, 31)),
        ]

    def test_a_table_of_bare_text_is_read_by_its_words(self) -> None:
        found = tasks(
            "II. NHIỆM VỤ\n\nTT Nhiệm vụ Đơn vị chủ trì Thời hạn\n1 Trồng cây ven đường Sở Xây dựng Tháng 6/2026\n"
            "2 Tưới cây trong công viên UBND các xã Thường xuyên\n3 Cắt cỏ Công an tỉnh Quý I/2026\n"
        )
        assert [(task.task, task.lead, task.deadline) for task in found] == [
            ("Trồng cây ven đường", ("Sở Xây dựng",), dt.date(2026, 6, 30)),
            ("Tưới cây trong công viên", ("UBND các xã",), None),
            ("Cắt cỏ", ("Công an tỉnh",), dt.date(2026, 3, 31)),
        ]

    def test_in_bare_text_a_name_known_elsewhere_is_put_together_from_two_lines(self) -> None:
        found = tasks(
            "II. NHIỆM VỤ\n\nTT Nhiệm vụ Đơn vị chủ trì Thời hạn\n1 Trồng cây dọc các tuyến Sở Xây dựng và Trước ngày\n"
            "đường mới Đô thị 30/4/2026\n2 Tưới cây Công an tỉnh Thường xuyên\n\nIII. TỔ CHỨC THỰC HIỆN\n\n"
            "- Sở Xây dựng và Đô thị theo dõi, đôn đốc.\n"
        )
        assert (found[0].task, found[0].lead, found[0].deadline) == (
            "Trồng cây dọc các tuyến đường mới",
            ("Sở Xây dựng và Đô thị",),
            dt.date(2026, 4, 30),
        )

    def test_where_words_have_boxes_the_columns_of_a_flat_table_are_seen(self) -> None:
        rows = [
            (("TT", 50), ("Nhiệm vụ", 100), ("Đơn vị chủ trì", 300), ("Thời hạn", 450)),
            (("1", 55), ("Trồng cây ven", 80), ("Sở Xây dựng và", 300), ("Trước ngày", 450)),
            (("đường tỉnh", 80), ("Đô thị", 300), ("30/4/2026", 450)),
            (("2", 55), ("Tưới cây", 80), ("UBND các xã", 300), ("Thường xuyên", 450)),
        ]
        lines = []
        for number, row in enumerate(rows, 1):
            words = tuple(word for text, left in row for word in _boxed(text, left, 20 * number))
            text = " ".join(word.text for word in words)
            lines.append(Line(number=number, raw=text, text=text, words=words))
        page = Page(number=1, lines=tuple(lines), width=595, height=842, source=TextSource.REPAIRED_LAYER)
        found = extract(_document(page)).tasks
        assert [(task.task, task.lead, task.deadline) for task in found] == [
            ("Trồng cây ven đường tỉnh", ("Sở Xây dựng và Đô thị",), dt.date(2026, 4, 30)),
            ("Tưới cây", ("UBND các xã",), None),
        ]


class TestUnseenForms:
    def test_articles_of_a_decision_charge_the_offices_that_they_name(self) -> None:
        decision = HEAD.replace("KẾ HOẠCH", "QUYẾT ĐỊNH").replace("KH-UBND", "QĐ-UBND")
        text = (
            "Điều 1. Phê duyệt danh mục cây trồng.\n"
            "Điều 2. Giao Sở Tài chính thông báo dự toán; Kho bạc Nhà nước tỉnh kiểm soát chi theo quy định.\n"
            "Điều 3. Các đơn vị được phân bổ kinh phí có trách nhiệm quyết toán trước ngày 31/12/2025.\n"
            "Điều 4. Chánh Văn phòng UBND tỉnh; Giám đốc Sở Tài chính; Chủ tịch UBND các xã chịu trách nhiệm thi hành "
            "Quyết định này./.\n"
        )
        found = extract(reading(decision + text)).tasks
        assert [(task.lead, task.deadline) for task in found] == [
            (("Sở Tài chính",), None),
            (("Kho bạc Nhà nước tỉnh",), None),
            (("Các đơn vị được phân bổ kinh phí",), dt.date(2025, 12, 31)),
        ]

    def test_parts_of_a_figure_in_a_report_are_no_tasks_of_whom_it_is_sent_to(self) -> None:
        report = HEAD.replace("KẾ HOẠCH", "BÁO CÁO").replace("KH-UBND", "BC-UBND")
        text = (
            "Kính gửi: Sở Xây dựng\n\nSố thu đạt 74% dự toán giao (120 triệu đồng), trong đó:\n\n"
            "- Thu phí: 50 triệu đồng.\n\n- Thu khác: 38 triệu đồng.\n"
        )
        assert extract(reading(report + text)).tasks == ()

    def test_what_a_report_plans_for_the_next_quarter_are_tasks(self) -> None:
        report = HEAD.replace("KẾ HOẠCH", "BÁO CÁO").replace("KH-UBND", "BC-UBND")
        text = (
            "I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ QUÝ III\n\n1. Phòng Kinh tế tổ chức phiên chợ.\n\n"
            "II. NHIỆM VỤ QUÝ IV\n\n1. Phòng Kinh tế rà soát hộ nghèo, xong trước 15/12/2025.\n"
        )
        (task,) = extract(reading(report + text)).tasks
        assert (task.lead, task.deadline) == (("Phòng Kinh tế",), dt.date(2025, 12, 15))

    @pytest.mark.parametrize(
        "office",
        ["Ban An toàn giao thông tỉnh", "Trung tâm Dịch vụ việc làm tỉnh", "Vụ Thị trường trong nước"],
    )
    def test_the_syllable_of_a_verb_within_a_name_does_not_end_it(self, office: str) -> None:
        (task,) = tasks(f"II. TỔ CHỨC THỰC HIỆN\n\n1. {office} tổng hợp tình hình, báo cáo UBND tỉnh hằng tháng.\n")
        assert task.lead == (office,)

    def test_what_closes_a_letter_is_no_task(self) -> None:
        text = "II. TỔ CHỨC THỰC HIỆN\n\nVăn phòng UBND tỉnh thông báo để các đơn vị biết, thực hiện./.\n"
        assert tasks(text) == ()
        (task,) = tasks("II. TỔ CHỨC THỰC HIỆN\n\n1. Giao Văn phòng UBND tỉnh theo dõi việc thực hiện Kế hoạch này.\n")
        assert task.lead == ("Văn phòng UBND tỉnh",)


class TestDutiesOfOtherGenres:
    """Papers of the Party, notices that charge persons, reports with the last months ahead."""

    def test_the_party_numbers_with_a_dash(self) -> None:
        first, second = tasks(
            "IV- TỔ CHỨC THỰC HIỆN\n1- Ban Tổ chức Tỉnh ủy hướng dẫn kiện toàn chi bộ trước ngày 10-12-2025.\n"
            "2- Ủy ban Kiểm tra Tỉnh ủy giám sát việc thực hiện.\n"
        )
        assert said(first)[1:] == (("Ban Tổ chức Tỉnh ủy",), (), dt.date(2025, 12, 10))
        assert second.lead == ("Ủy ban Kiểm tra Tỉnh ủy",)

    def test_a_duty_may_stand_behind_its_topic_and_be_a_persons(self) -> None:
        (found,) = tasks(
            "II. NHIỆM VỤ\n1. Về trồng cây: giao đồng chí Lê Văn Tám, Phó Chủ tịch UBND xã chủ trì, phối hợp với "
            "Công an xã kiểm tra vườn ươm trong ngày 28/11/2025.\n"
        )
        assert said(found)[1:] == (
            ("đồng chí Lê Văn Tám, Phó Chủ tịch UBND xã",),
            ("Công an xã",),
            dt.date(2025, 11, 28),
        )

    def test_a_report_charges_offices_with_the_months_that_are_left(self) -> None:
        (found,) = tasks(
            "BÁO CÁO\nKết quả trồng cây\nB. NHIỆM VỤ 2 THÁNG CUỐI NĂM\n"
            "1. Hạt Quản lý cây xanh kiểm kê vườn ươm; hằng tuần báo cáo Sở Xây dựng.\n"
        )
        assert found.lead == ("Hạt Quản lý cây xanh",)
        assert found.recurrence is Recurrence.WEEKLY

    def test_brackets_say_who_leads_and_who_helps(self) -> None:
        (found,) = tasks("II. NHIỆM VỤ\n1. Giao Sở Xây dựng (chủ trì) và Công an tỉnh (phối hợp) kiểm tra vườn ươm.\n")
        assert said(found)[1:3] == (("Sở Xây dựng",), ("Công an tỉnh",))
