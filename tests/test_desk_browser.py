"""The desk in a real browser: the whole way from signing in to a figure on its page, a finding, and a search."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_selenium_python import Axe
from desk_office import ADMINISTRATOR, OFFICER, PASSWORD, READER, REPORT_NAME, Office
from ocr_samples import digital_pdf
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from pipeline.desk.tray_workers import TrayWorkers

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE_SECONDS = 30
CITED = "/citations/document?number=31%2FKH-UBND"
INDICATOR = "/indicators/vien-thong.tram-bts-5g"


@pytest.fixture
def browser() -> Iterator[webdriver.Chrome]:
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("no Chromium with its driver (`make test` installs them on Debian)")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1366,768"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield opened
    opened.quit()


class Person:
    """Somebody who looks for things on the page and clicks or types."""

    def __init__(self, browser: webdriver.Chrome, address: str) -> None:
        self.browser = browser
        self.address = address

    def see(self, selector: str) -> WebElement:
        """Wait until something is there."""
        return WebDriverWait(self.browser, _PATIENCE_SECONDS).until(
            lambda browser: browser.find_element(By.CSS_SELECTOR, selector)
        )

    def click(self, text: str) -> None:
        """Click on a link or button by its words."""
        sought = f"//*[self::a or self::button][contains(normalize-space(.), '{text}')]"
        WebDriverWait(self.browser, _PATIENCE_SECONDS).until(
            lambda browser: browser.find_element(By.XPATH, sought)
        ).click()

    def type(self, field: str, text: str) -> None:
        """Type into a field by its id."""
        self.see(f"#{field}").send_keys(text)

    def sign_in(self, name: str = READER) -> None:
        """Sign in."""
        self.browser.get(self.address)
        self.type("name", name)
        self.type("password", PASSWORD + Keys.ENTER)
        self.see("table.documents")

    def is_in_sight(self, element: WebElement) -> bool:
        """Say whether an element stands within the window and within what it scrolls in."""
        inside: bool = self.browser.execute_script(
            "const a = arguments[0].getBoundingClientRect();"
            "const b = arguments[0].closest('.paper, .panel').getBoundingClientRect();"
            "return a.top >= b.top && a.bottom <= Math.min(b.bottom, innerHeight) && a.width > 0;",
            element,
        )
        return inside

    def barriers(self) -> list[str]:
        """What axe finds on the page."""
        axe = Axe(self.browser)
        axe.inject()
        return [f"{found['id']}: {found['nodes'][0]['html']}" for found in axe.run()["violations"]]

    def complaints(self) -> list[str]:
        """What the browser complained of: blocked scripts and styles, files that are missing."""
        return [entry["message"] for entry in self.browser.get_log("browser")]


@pytest.fixture
def person(browser: webdriver.Chrome, address: str) -> Person:
    return Person(browser, address)


def test_from_signing_in_to_a_figure_on_its_page_to_a_search(person: Person) -> None:
    person.sign_in()
    person.click("Kết quả trồng rừng")
    person.click("Số liệu")
    assert person.see("svg image").rect["height"] > 300

    person.click("510 cây")
    (box,) = person.browser.find_elements(By.CSS_SELECTOR, ".figure-box.is-chosen")
    assert box.get_attribute("class") == "box figure-box in-conflict is-chosen"
    assert person.is_in_sight(box)
    assert 8 < box.rect["width"] < 80

    person.see("body").send_keys(Keys.ARROW_RIGHT)
    WebDriverWait(person.browser, _PATIENCE_SECONDS).until(lambda browser: "/pages/2" in browser.current_url)
    person.see("body").send_keys("/")
    person.browser.switch_to.active_element.send_keys("chu ky so" + Keys.ENTER)
    assert person.see(".snippet mark").text == "chữ ký số"
    person.click(REPORT_NAME)
    line = person.see("li.is-chosen")
    assert "chữ ký số" in line.text
    assert person.is_in_sight(line)
    assert person.is_in_sight(person.see(".line-box.is-chosen"))
    assert person.complaints() == []


def test_a_line_and_its_place_on_the_picture_lead_to_each_other(person: Person) -> None:
    person.sign_in()
    person.click("Kết quả trồng rừng")
    last = person.browser.find_elements(By.CSS_SELECTOR, ".lines li")[-1]
    place = person.see(f"#{last.get_attribute('data-for')}")
    person.browser.execute_script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", place)
    assert "is-chosen" in (last.get_attribute("class") or "")
    first = person.see(".lines li .number")
    first.click()
    assert person.browser.find_elements(By.CSS_SELECTOR, ".line-box.is-chosen")[0].get_attribute("id") == "box-line-1"


def test_a_finding_shows_the_digits_in_their_places(person: Person) -> None:
    person.sign_in()
    person.click("Phát hiện")
    person.click("1.250 ≠ 730 + 510")
    crops = person.browser.find_elements(By.CSS_SELECTOR, ".crop")
    boxes = person.browser.find_elements(By.CSS_SELECTOR, ".crop .figure-box")
    assert len(crops) == len(boxes) == 3
    for crop, box in zip(crops, boxes, strict=True):
        assert crop.rect["x"] < box.rect["x"] < crop.rect["x"] + crop.rect["width"]
        assert crop.rect["y"] < box.rect["y"] < crop.rect["y"] + crop.rect["height"]
    assert person.complaints() == []


def test_the_calendar_is_used_with_keys_alone(person: Person) -> None:
    person.sign_in()
    person.browser.get(f"{person.address}/tasks/calendar")
    assert "Tháng 12 năm 2025" in person.see("main").text  # where the clock of the office stands
    person.see("body").send_keys(Keys.ARROW_LEFT)
    WebDriverWait(person.browser, _PATIENCE_SECONDS).until(lambda browser: "month=2025-11" in browser.current_url)
    assert "kiểm tra cây chết" in person.see(".calendar .late").text
    person.see(".calendar .late .date a").send_keys(Keys.ENTER)
    assert "quá hạn 11 ngày" in person.see("table.tasks").text
    assert person.complaints() == []


def test_a_mark_of_the_chart_leads_to_the_figure(person: Person) -> None:
    person.sign_in()
    person.browser.get(person.address + INDICATOR)
    assert person.complaints() == []
    person.see(".chart a").click()
    assert person.see("h1").text.startswith("9 trạm BTS")


def test_the_desk_speaks_english_when_asked(person: Person) -> None:
    person.sign_in()
    person.click("English")
    assert person.see("html[lang=en] h1").text.startswith("Documents")


def test_nothing_that_a_document_says_runs(person: Person, office: Office) -> None:
    person.sign_in()
    for document in office.archive.browsing.document_ids(each.name for each in office.archive.documents()).values():
        for view in ("text", "figures", "components", "file"):
            person.browser.get(f"{person.address}/documents/{document}/pages/1?view={view}")
            person.see("h1")  # an alert that had opened would stop this
    assert person.complaints() == []


def test_a_file_dropped_into_the_tray_becomes_a_document_while_one_watches(
    person: Person, office: Office, tmp_path: Path
) -> None:
    report = tmp_path / "trạm bơm.pdf"
    report.write_bytes(digital_pdf([("BÁO CÁO", "Toàn huyện có 90 trạm bơm (gồm: 40 trạm điện và 60 trạm dầu).")]))
    workers = TrayWorkers(office.archive, office.settings)
    workers.start()
    try:
        person.sign_in(OFFICER)
        person.browser.get(f"{person.address}/tray")
        person.type("files", str(report))
        person.see("form.drop button").click()
        person.see("#tray-list .state-done")
    finally:
        workers.stop()
    person.click("trạm bơm.pdf")
    assert "90 trạm bơm" in person.see(".lines").text
    person.click("1 mâu thuẫn")
    assert "90 ≠ 40 + 60 = 100" in person.see(".findings").text
    assert person.complaints() == []


def test_a_finding_vanishes_when_its_misread_figure_is_corrected(person: Person) -> None:
    person.sign_in(OFFICER)
    person.click("Phát hiện")
    person.click("1.250 ≠ 730 + 510")
    assert person.barriers() == []
    person.click("510 cây")
    person.type("value", "520" + Keys.ENTER)
    assert "510" in person.see(".settled").text
    assert person.barriers() == []
    person.click("Phát hiện")
    # The archive is reconciled behind the answer.
    WebDriverWait(person.browser, _PATIENCE_SECONDS).until(
        lambda browser: browser.refresh() or "1.250 ≠" not in person.see("main").text
    )
    assert person.complaints() == []


def test_who_cannot_see_or_has_no_mouse_can_work_with_every_page(person: Person, office: Office) -> None:
    """Axe finds nothing that breaks the Web Content Accessibility Guidelines or its own best practices."""
    (finding, *_) = office.archive.findings()
    report = f"/documents/{office.document(REPORT_NAME)}"
    views = ("text", "figures", "tables", "components", "citations", "tasks", "file")
    lists = (
        "/documents",
        "/findings",
        "/search?q=rung",
        "/tasks",
        "/tasks/calendar",
        "/citations",
        "/citations?kind=named",
        CITED,
        "/indicators",
        INDICATOR,
        "/account",
        "/failures",
        "/nowhere",
    )
    person.browser.get(f"{person.address}/sign-in")
    assert person.barriers() == []
    person.sign_in(ADMINISTRATOR)
    for page in (
        *lists,
        "/tray",
        "/accounts",
        *(f"{report}/pages/1?view={view}" for view in views),
        f"{report}/figures/{finding.figures[0]}",
        f"/findings/{finding.id}",
    ):
        person.browser.get(person.address + page)
        assert person.barriers() == [], page


def test_pages_fit_a_narrow_window(person: Person, tmp_path: Path) -> None:
    person.sign_in()
    person.browser.set_window_size(800, 700)
    for page in (
        "/documents",
        "/findings",
        "/tasks",
        "/tasks/calendar",
        "/indicators",
        INDICATOR,
        "/documents/2/pages/1",
    ):
        person.browser.get(person.address + page)
        person.see("h1")
        assert person.browser.execute_script("return document.documentElement.scrollWidth <= innerWidth"), page
