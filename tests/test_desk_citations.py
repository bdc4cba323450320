"""The documents that are cited: which, how often, by whom, and whether the archive has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest
from archive_documents import processed, written
from desk_office import PASSWORD, READER, Office, Visitor, office
from desk_page import Page

from pipeline.archive.accounts import Role
from pipeline.archive.cited import CitedDocument, CitedFilter, CitedKey, CitedKind, CitedOrder, Holding
from pipeline.archive.store import Archive
from pipeline.archive.windows import Window
from pipeline.desk import passwords
from pipeline.desk.api import PREFIX
from pipeline.models import Citation, Components, Evidence

pytestmark = pytest.mark.usefixtures("either_database")

HOSTILE = "<img src=x onerror=alert(1)>"
CENTRAL, PLAN = "88-NQ/TW", "31/KH-UBND"


def cites(
    number: str | None,
    date: str | None = None,
    kind: str | None = None,
    issuer: str | None = None,
    title: str | None = None,
) -> Citation:
    return Citation(
        type=kind,
        number=number,
        date=dt.date.fromisoformat(date) if date else None,
        issuer=issuer,
        title=title,
        evidence=Evidence(document="", page=1, line=1, text=f"Thực hiện {number or title} và Chỉ thị của Tỉnh ủy."),
    )


RESOLUTION = cites(CENTRAL, "2024-12-22", "Nghị quyết", "Bộ Chính trị", "về trồng rừng ven biển")


def head(kind: str, number: str, symbol: str, subject: str, issued: str | None = None) -> Components:
    date = dt.date.fromisoformat(issued) if issued else None
    return Components(document="", type=kind, number=number, symbol=symbol, date=date, subject=subject)


DOCUMENTS: dict[str, tuple[Components, tuple[Citation, ...]]] = {
    "ke-hoach.txt": (
        head("Kế hoạch", "31", "KH-UBND", "Trồng rừng", "2025-03-12"),
        (RESOLUTION, RESOLUTION, cites(None, "2024-01-18", "Luật", title="Luật Đất đai")),
    ),
    "quy-1.txt": (
        head("Báo cáo", "07", "BC-UBND", "Quý I", "2025-04-05"),
        (
            cites(CENTRAL),
            cites(PLAN, "2025-03-12", "Kế hoạch", "UBND tỉnh"),
            cites(None, None, "Luật", title="Luật đất đai"),
        ),
    ),
    "quy-2.txt": (
        head("Báo cáo", "9", "BC-UBND", HOSTILE, "2025-07-05"),
        (
            cites(PLAN, "2024-02-01", "Kế hoạch", "UBND huyện"),
            cites(PLAN),
            cites("7/BC-UBND", "2025-04-05", "Báo cáo"),
            cites("02-HD/BCĐ", "2025-05-01", "Hướng dẫn"),
            cites(None, None, "Luật", title="Luật Lâm nghiệp"),
        ),
    ),
    "huong-dan.txt": (head("Hướng dẫn", "2", "HD/BCĐ", "Ươm cây"), ()),
}


@pytest.fixture(scope="module")
def library(either_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A desk whose documents cite each other and others; it is only read."""
    folder = tmp_path_factory.mktemp("library")
    with Archive.create(folder / "kho") as archive:
        for name, (components, citations) in DOCUMENTS.items():
            path = written(folder, name, [name])
            made = processed(path, [name])
            extraction = made.extraction.model_copy(
                update={
                    "components": components.model_copy(update={"document": name}),
                    "citations": tuple(
                        each.model_copy(update={"evidence": each.evidence.model_copy(update={"document": name})})
                        for each in citations
                    ),
                }
            )
            archive.add([made.model_copy(update={"extraction": extraction})], path, name)
        archive.accounts.add(READER, Role.READER, passwords.hashed(PASSWORD))
        yield office(archive)


@pytest.fixture
def reader(library: Office) -> Visitor:
    return library.visitor(READER)


def listed(
    library: Office, order: CitedOrder = CitedOrder.TIMES, window: Window | None = None, **asked: object
) -> Sequence[CitedDocument]:
    chosen = CitedFilter.model_validate(asked)
    return library.archive.browsing.cited_documents(chosen, order, window or Window()).items


def told(cited: Sequence[CitedDocument]) -> list[tuple[str | None, str | None, int, int]]:
    return [
        (each.key.number or each.key.title, each.key.date and f"{each.key.date:%d/%m/%Y}", each.times, each.documents)
        for each in cited
    ]


def test_citations_of_one_number_and_date_are_one_document(library: Office) -> None:
    assert told(listed(library)) == [
        (CENTRAL, "22/12/2024", 3, 2),
        ("02-HD/BCĐ", "01/05/2025", 1, 1),
        (PLAN, "01/02/2024", 1, 1),
        (PLAN, "12/03/2025", 1, 1),
        (PLAN, None, 1, 1),
        ("7/BC-UBND", "05/04/2025", 1, 1),
    ]


def test_a_citation_without_a_date_is_of_the_only_document_with_its_number(library: Office) -> None:
    (resolution, *_) = listed(library)
    assert resolution.times == 3  # one of them without its date
    assert [each.key.date for each in listed(library) if each.key.number == PLAN].count(None) == 1


def test_a_cited_document_is_called_as_most_citations_call_it(library: Office) -> None:
    (resolution, *_) = listed(library)
    assert (resolution.type, resolution.issuer, resolution.title) == (
        "Nghị quyết",
        "Bộ Chính trị",
        "về trồng rừng ven biển",
    )


def test_what_the_archive_has_is_known_by_number_and_date(library: Office) -> None:
    here = {
        (each.key.number, each.key.date): [(library_name(library, held.id), held.certain) for held in each.held]
        for each in listed(library)
    }
    assert here[PLAN, dt.date(2025, 3, 12)] == [("ke-hoach.txt", True)]
    assert here[PLAN, dt.date(2024, 2, 1)] == []
    assert here[PLAN, None] == [("ke-hoach.txt", False)]
    assert here["7/BC-UBND", dt.date(2025, 4, 5)] == [("quy-1.txt", True)]  # 07/BC-UBND of its own head
    assert here["02-HD/BCĐ", dt.date(2025, 5, 1)] == [("huong-dan.txt", False)]  # whose own date is not known
    assert here[CENTRAL, dt.date(2024, 12, 22)] == []


def library_name(library: Office, document: int) -> str:
    opened = library.archive.browsing.document(document)
    assert opened
    return opened.item.name


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"text": "bo chinh tri"}, [CENTRAL]),
        ({"text": "RỪNG ven"}, [CENTRAL]),
        ({"text": "31/kh"}, [PLAN, PLAN, PLAN]),
        ({"text": "chỉ thị"}, []),  # of the sentence around it, not of the document
        ({"text": "number"}, []),
        ({"text": "%"}, []),
        ({"type": "Báo cáo"}, ["7/BC-UBND"]),
        ({"type": "Kế hoạch"}, [PLAN, PLAN, PLAN]),  # one of them told without its type
        ({"year": 2024}, [CENTRAL, PLAN]),
        ({"holding": Holding.HELD}, ["02-HD/BCĐ", PLAN, PLAN, "7/BC-UBND"]),
        ({"holding": Holding.MISSING}, [CENTRAL, PLAN]),
        ({"holding": Holding.HELD, "year": 2025, "text": "ubnd tinh"}, [PLAN]),
    ],
)
def test_cited_documents_are_filtered(library: Office, asked: dict[str, object], numbers: list[str]) -> None:
    assert [each.key.number for each in listed(library, **asked)] == numbers


def test_all_places_of_a_document_count_whatever_finds_it(library: Office) -> None:
    (found,) = listed(library, text="bo chinh tri")
    assert (found.times, found.documents) == (3, 2)


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (CitedOrder.TIMES, CENTRAL),
        (CitedOrder.DOCUMENTS, CENTRAL),
        (CitedOrder.DATE, "02-HD/BCĐ"),
        (CitedOrder.NUMBER, "02-HD/BCĐ"),
    ],
)
def test_cited_documents_are_sorted(library: Office, order: CitedOrder, first: str) -> None:
    assert listed(library, order)[0].key.number == first
    assert len(listed(library, order)) == 6


def test_the_list_comes_part_by_part_and_knows_its_length(library: Office) -> None:
    browsing = library.archive.browsing
    parts = [browsing.cited_documents(CitedFilter(), CitedOrder.TIMES, Window(page, 4)) for page in (1, 2, 3)]
    assert [(len(part.items), part.total) for part in parts] == [(4, 6), (2, 6), (0, 6)]


def test_laws_that_are_cited_by_name_are_listed_apart(library: Office) -> None:
    assert told(listed(library, kind=CitedKind.NAMED)) == [
        ("Luật đất đai", "18/01/2024", 2, 2),
        ("Luật Lâm nghiệp", None, 1, 1),
    ]
    assert told(listed(library, kind=CitedKind.NAMED, text="dat")) == [("Luật đất đai", "18/01/2024", 2, 2)]
    assert told(listed(library, kind=CitedKind.NAMED, year=2024, holding=Holding.HELD)) == []
    by_name = listed(library, CitedOrder.NUMBER, kind=CitedKind.NAMED)
    assert [each.title for each in by_name] == ["Luật đất đai", "Luật Lâm nghiệp"]


def test_places_that_cite_a_document_stand_with_the_latest_first(library: Office) -> None:
    key = CitedKey(number=CENTRAL, title=None, date=dt.date(2024, 12, 22))
    found = library.archive.browsing.citation_places(key, Window())
    assert [place.name for place in found.items] == ["quy-1.txt", "ke-hoach.txt", "ke-hoach.txt"]
    law = CitedKey(number=None, title="LUẬT ĐẤT ĐAI", date=dt.date(2024, 1, 18))
    assert library.archive.browsing.citation_places(law, Window(size=1)).total == 2


# --- at the desk --------------------------------------------------------------------------------------------------


def test_the_page_leads_to_each_document_and_to_what_the_archive_has(library: Office, reader: Visitor) -> None:
    page = Page(reader.read("/citations"))
    assert "Nghị quyết 88-NQ/TW" in page.said
    assert page.all("a", href="/citations/document?number=88-NQ%2FTW&date=2024-12-22")
    assert page.all("a", href=f"/documents/{library.document('ke-hoach.txt')}", **{"class": "in-archive"})
    assert "có thể là văn bản này" in page.said
    assert "Luật Lâm nghiệp" in Page(reader.read("/citations?kind=named")).said
    assert "Không có văn bản nào như vậy" in Page(reader.read("/citations?q=khong+co")).said
    assert reader.get("/citations?sort=x").status_code == 400


def test_a_cited_document_shows_who_cites_it_where_and_as_what(library: Office, reader: Visitor) -> None:
    page = Page(reader.read("/citations/document?number=31%2FKH-UBND&date=2025-03-12"))
    assert "Kế hoạch 31/KH-UBND" in page.said
    assert "Quý I" in page.said
    assert page.all("a", href="/citations/document?number=31%2FKH-UBND&date=2024-02-01")
    report = library.document("quy-1.txt")
    assert page.all("a", href=f"/documents/{report}/pages/1?view=citations&line=1#box-line-1")
    assert "không ghi ngày" in Page(reader.read("/citations/document?number=88-NQ%2FTW")).said
    assert "Luật đất đai" in Page(reader.read("/citations/document?title=Lu%E1%BA%ADt+%C4%90%E1%BA%A5t+%C4%91ai")).said


@pytest.mark.parametrize(
    "asked", ["", "number=1%2FX", "number=88-NQ%2FTW&date=1999-01-01", "title=Lu%E1%BA%ADt+Kh%C3%B4ng"]
)
def test_what_nobody_cites_is_not_found(reader: Visitor, asked: str) -> None:
    assert reader.get(f"/citations/document?{asked}").status_code == 404


def test_a_document_shows_what_it_cites_and_what_cites_it(library: Office, reader: Visitor) -> None:
    page = Page(reader.read(f"/documents/{library.document('ke-hoach.txt')}/pages/1?view=citations"))
    assert page.said.count("Nghị quyết 88-NQ/TW") == 2
    assert "Quý I" in page.said
    assert HOSTILE in page.said  # it cites the number without the date
    assert "không ghi ngày, có thể là văn bản khác" in page.said
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    other = Page(reader.read(f"/documents/{library.document('quy-2.txt')}/pages/1?view=citations"))
    assert page.all("a", href=f"/documents/{library.document('quy-1.txt')}")
    assert other.all("a", href=f"/documents/{library.document('quy-1.txt')}", **{"class": "in-archive"})
    assert "Chưa có văn bản nào trong kho viện dẫn văn bản này" in other.said


def test_programs_are_told_citations_and_cited_documents(library: Office, reader: Visitor) -> None:
    def asked(address: str) -> dict[str, object]:
        answer = reader.get(f"{PREFIX}{address}")
        assert answer.status_code == 200, answer.text
        return answer.json()  # type: ignore[no-any-return]

    assert asked("/citations")["total"] == 11
    assert asked(f"/citations?document={library.document('quy-2.txt')}&type=Lu%E1%BA%ADt")["total"] == 1
    (place,) = asked("/citations?number=31%2FKH-UBND&from=2025-01-01&to=2025-12-31")["items"]  # type: ignore[misc]
    assert place["document"] == "quy-1.txt"
    (plan,) = asked("/cited-documents?q=ubnd+tinh")["items"]  # type: ignore[misc]
    held = {"document": library.document("ke-hoach.txt"), "name": "ke-hoach.txt", "certain": True}
    assert (plan["number"], plan["date"], plan["times"], plan["held"]) == (PLAN, "2025-03-12", 1, [held])
    assert asked("/cited-documents?kind=named&sort=date")["total"] == 2
