"""What search finds of a document's lines, by what they are on their page."""

from __future__ import annotations

from pipeline.archive.passages import passages
from pipeline.extract.extraction import extract
from tests.extract_reading import reading


def found(text: str) -> list[str]:
    read = reading(text)
    return [passage.text for passage in passages(read, extract(read))]


def page(number: int, head: str, thing: str) -> str:
    return f"{head}\nCác xã của huyện đã sửa xong {thing} cho người dân\ntrong quý này.\n- {number} -"


def test_page_numbers_and_rules_are_not_indexed() -> None:
    text = "\f".join(page(number, f"Tổ {thing}", thing) for number, thing in enumerate(("cầu treo", "đường làng"), 4))
    assert "- 4 -" not in " ".join(found(f"{text}\n_____"))
    assert "_____" not in " ".join(found(f"{text}\n_____"))


def test_a_running_head_is_indexed_once_however_its_repetitions_were_misread() -> None:
    heads = ("Báo cáo nông thôn huyện Ba Tơ", "Bảo cáo nông thôn huyên Ba Tơ", "Báo cáo nông thôn huyện Ba To")
    things = ("cầu treo", "đường làng", "nhà rông")
    texts = found("\f".join(page(number, heads[number], things[number]) for number in range(3)))
    assert [text for text in texts if "nông thôn" in text] == [heads[0]]


def test_footnotes_and_body_are_indexed_whole() -> None:
    texts = found("Các xã đã sửa xong cầu treo¹ cho người dân.\n¹ Theo báo cáo của Phòng Kinh tế.")
    assert any("cầu treo" in text for text in texts)
    assert any("Phòng Kinh tế" in text for text in texts)
