"""A small office for the tests of the desk: an archive of real files, people who may sign in, a browser of sorts."""

from __future__ import annotations

import datetime as dt
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from archive_documents import session_of
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx2 import Response
from ocr_samples import digital_pdf
from sqlalchemy import select

from pipeline.archive.accounts import Role
from pipeline.archive.schema import Base
from pipeline.archive.store import Archive
from pipeline.batch.ingestion import ingest
from pipeline.batch.outcomes import Failed
from pipeline.desk import passwords
from pipeline.desk.app import desk
from pipeline.desk.visits import FORM_FIELD
from pipeline.reconcile.reconciliation import reconcile
from pipeline.settings import Settings

ADDRESS = "http://127.0.0.1:8765"
PASSWORD = "một câu ngắn dễ nhớ"
READER, OFFICER, ADMINISTRATOR = "nguyen.doc", "tran.nap", "le.quantri"
PEOPLE = {READER: Role.READER, OFFICER: Role.OFFICER, ADMINISTRATOR: Role.ADMINISTRATOR}

PAGE_ONE = (
    "ỦY BAN NHÂN DÂN XÃ CỒN LÁ   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 47/BC-UBND   Cồn Lá, ngày 15 tháng 10 năm 2025",
    "BÁO CÁO",
    "Kết quả trồng rừng ngập mặn 9 tháng đầu năm 2025",
    "Kính gửi: Phòng Nông nghiệp và Môi trường.",
    "Thực hiện Kế hoạch số 31/KH-UBND ngày 12/3/2025 của Ủy ban nhân dân xã, kết quả như sau:",
    "Toàn xã đã trồng 1.250 cây đước (gồm: 730 cây tại ấp Một và 510 cây tại ấp Hai).",
    "Tổng số hộ nhận khoán là 300 hộ (gồm: 120 hộ tại ấp Một và 180 hộ tại ấp Hai).",
)
PAGE_TWO = (
    "Công tác chữ ký số được triển khai đến 12 ấp trong xã.",
    "Bộ phận Một cửa đã tiếp nhận 5.120 hồ sơ thủ tục hành chính.",
    "Đến ngày 30/9/2025, toàn xã có 9 trạm BTS 5G.",
    "II. TỔ CHỨC THỰC HIỆN",
    "- Giao Phòng Kinh tế kiểm tra cây chết, hoàn thành trước ngày 20/11/2025.",
    "- Giao Công an xã tuần tra rừng mới trồng, hoàn thành trước ngày 31/12/2025.",
)
SCRIPT = "<script>alert('chữ ký số')</script>"
HOSTILE_NAME = "<img src=x onerror=alert(1)>.txt"
HOSTILE_TEXT = f"""\
BÁO CÁO
{SCRIPT}
Trong năm, <b>huyện</b> đã cấp 150 giấy phép (gồm: 90 giấy phép xây dựng và 50 giấy phép "><svg onload=alert(2)>).
"""
REPORT_NAME = "quy3/bao-cao trồng rừng.pdf"


class Silent:
    """Hears how a batch goes on, and says nothing."""

    def planned(self, pages: dict[str, int]) -> None: ...

    def page_done(self, name: str, done: int, total: int) -> None: ...

    def document_done(self, name: str) -> None: ...

    def document_failed(self, failed: Failed) -> None: ...


def settled_archive(folder: Path) -> Path:
    """Make an archive of a report with two pages, a hostile text and a broken file, reconciled, with three accounts."""
    incoming = folder / "den"
    (incoming / "quy3").mkdir(parents=True)
    (incoming / REPORT_NAME).write_bytes(digital_pdf([PAGE_ONE, PAGE_TWO]))
    (incoming / HOSTILE_NAME).write_text(HOSTILE_TEXT, encoding="utf-8")
    (incoming / "hỏng.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    with Archive.create(folder / "kho") as archive:
        ingest([incoming], archive, Settings(jobs=1, archive=folder / "kho"), Silent())
        archive.replace_findings(reconcile(archive.extractions()))
        kept = passwords.hashed(PASSWORD)
        for name, role in PEOPLE.items():
            archive.accounts.add(name, role, kept)
    return folder / "kho"


@dataclass
class Clock:
    """A clock that stands still until it is told to go on."""

    now: float = dt.datetime(2025, 12, 1, 9, 0, tzinfo=dt.UTC).timestamp()

    def __call__(self) -> float:
        return self.now


class Visitor:
    """Somebody with a browser: keeps cookies, follows links, fills forms with the token of the page they stand on."""

    def __init__(self, app: FastAPI) -> None:
        # What goes wrong inside is to be seen as a visitor sees it.
        self.browser = TestClient(app, base_url=ADDRESS, raise_server_exceptions=False, follow_redirects=False)

    def get(self, address: str) -> Response:
        """Ask for a page."""
        return self.browser.get(address)

    def read(self, address: str) -> str:
        """Ask for a page that must be there, wherever it was moved to."""
        answer = self.browser.get(address, follow_redirects=True)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.text

    def form_token(self) -> str:
        """The token of the forms of this visit."""
        page = self.browser.get("/sign-in", follow_redirects=True).text
        found = re.search(rf'name="{FORM_FIELD}" value="(\w+)"', page)
        assert found
        return found.group(1)

    def send(self, address: str, **fields: str) -> Response:
        """Send a form of the desk."""
        return self.browser.post(address, data={FORM_FIELD: self.form_token(), **fields})

    def sign_in(self, name: str, password: str = PASSWORD) -> Response:
        """Sign in."""
        return self.send("/sign-in", name=name, password=password)


@dataclass(frozen=True)
class Office:
    """The desk of an archive."""

    archive: Archive
    settings: Settings
    app: FastAPI
    clock: Clock

    def stranger(self) -> Visitor:
        """Somebody who is not signed in."""
        return Visitor(self.app)

    def visitor(self, name: str) -> Visitor:
        """One of the people, signed in."""
        visitor = Visitor(self.app)
        assert visitor.sign_in(name).status_code == 303
        return visitor

    def set(self, **changes: int) -> Settings:
        """Its settings, save some."""
        return self.settings.model_copy(update=changes)

    def document(self, name: str) -> int:
        """The id of a document."""
        return self.archive.browsing.document_ids([name])[name]


def office(archive: Archive, database: str | None = None) -> Office:
    """Open the desk of an archive."""
    clock = Clock()
    settings = Settings(archive=archive.folder, database=database, page_cache=archive.folder / "unused", jobs=1)
    return Office(archive, settings, desk(archive, settings, clock), clock)


def everything_in(archive: Archive) -> str:
    """All that the database of an archive holds."""
    with session_of(archive) as session:
        return "\n".join(
            str(tuple(row)) for table in Base.metadata.sorted_tables for row in session.execute(select(table))
        )


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve a desk at a free port, and give its address, until the end of the block."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        running.join()


def routes(app: FastAPI) -> list[APIRoute]:
    """Every route of an application, whichever router it came by."""
    found: list[APIRoute] = []
    waiting = list(app.routes)
    while waiting:
        route = waiting.pop()
        if isinstance(route, APIRoute):
            found.append(route)
        else:
            waiting.extend(getattr(getattr(route, "original_router", None), "routes", []))
    return found
