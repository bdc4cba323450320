"""Ten people at the desk at once, while a batch comes in: nobody meets an error, and no decision is lost."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
from desk_office import PASSWORD, REPORT_NAME, Office

from pipeline.archive.accounts import Role
from pipeline.desk import passwords
from pipeline.desk.visits import FORM_FIELD

PEOPLE = 10
ROUNDS = 12
FILES = 40
READ = (
    "/documents",
    "/documents?q=rung&sort=grade",
    "/documents/{report}/pages/1",
    "/documents/{report}/pages/2",
    "/findings",
    "/findings?verdict=conflict",
    "/indicators",
    "/tasks",
    "/tasks/calendar",
    "/citations",
    "/search?q=chu+ky+so",
    "/search?q=TTHC",
)


class Person:
    """Somebody with a browser at the served desk."""

    def __init__(self, address: str, name: str) -> None:
        self.name = name
        self.browser = httpx2.Client(base_url=address, timeout=120)
        self.answers: list[int] = []
        self.reasons: list[str] = []
        self._token = self._read("/sign-in")
        self._send("/sign-in", name=name, password=PASSWORD)
        self._token = self._read("/account")

    def work(self, report: int, findings: list[str]) -> None:
        """Read pages, and settle findings in between."""
        dice = random.Random(self.name)
        for number in range(ROUNDS):
            self.answers.append(self._get(dice.choice(READ).format(report=report)))
            reason = f"{self.name}, lần {number}"
            address = f"/findings/{dice.choice(findings)}/settle"
            self.answers.append(self._send(address, settlement="dismiss", reason=reason))
            self.reasons.append(reason)

    def _read(self, address: str) -> str:
        found = re.search(rf'name="{FORM_FIELD}" value="(\w+)"', self.browser.get(address).text)
        assert found
        return found[1]

    def _get(self, address: str) -> int:
        return self.browser.get(address, follow_redirects=True).status_code

    def _send(self, address: str, **fields: str) -> int:
        return self.browser.post(address, data={FORM_FIELD: self._token, **fields}).status_code


def test_ten_people_read_and_settle_while_a_batch_comes_in(office: Office, address: str, tmp_path: Path) -> None:
    kept = passwords.hashed(PASSWORD)
    names = [f"can.bo.{number}" for number in range(PEOPLE)]
    for name in names:
        office.archive.accounts.add(name, Role.OFFICER, kept)
    report = office.document(REPORT_NAME)
    findings = [finding.id for finding in office.archive.findings()]
    people = [Person(address, name) for name in names]
    with _ingest(office, tmp_path / "den") as coming_in, ThreadPoolExecutor(PEOPLE) as crowd:
        list(crowd.map(lambda person: person.work(report, findings), people))
        assert coming_in.wait() == 0
    assert {status for person in people for status in person.answers} <= {200, 303}
    kept_reasons = [standing.decision.reason for standing in office.archive.decisions()]
    assert sorted(kept_reasons) == sorted(reason for person in people for reason in person.reasons)
    assert len(kept_reasons) == PEOPLE * ROUNDS
    assert sum(document.name.startswith("xa-") for document in office.archive.documents()) == FILES


def _ingest(office: Office, pile: Path) -> subprocess.Popen[bytes]:
    pile.mkdir()
    for number in range(FILES):
        text = f"BÁO CÁO\nKết quả tháng 5\n\nXã số {number} đã cấp {number + 150} giấy phép xây dựng.\n"
        (pile / f"xa-{number:03}.txt").write_text(text, encoding="utf-8")
    program = "import sys; from pipeline.cli.main import main; sys.exit(main())"
    environment = os.environ | {"DOISOAT_ARCHIVE": str(office.settings.archive)}
    if office.settings.database:
        environment["DOISOAT_DATABASE"] = office.settings.database
    return subprocess.Popen([sys.executable, "-c", program, "ingest", str(pile), "--jobs", "1", "-q"], env=environment)
