"""A big archive: how fast it is filled, what it weighs, how long searches and the desk's pages take.

    python -m benchmarks.bench_archive FOLDER PAGES [postgresql://…]

An archive that stands in FOLDER already is measured as it is. Searches are words of sentences that it holds (two
to four in a row, with marks and without), single words by how frequent they are, words in quotation marks, mistyped and
begun ones, fields and comparisons. Each is asked once; times are of the search alone.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from benchmarks.synthetic_archive import PAGES_OF_A_DOCUMENT, Drawn, fill, sentences
from pipeline.archive import terms
from pipeline.archive.accounts import Role
from pipeline.archive.connection import DATABASE, backend
from pipeline.archive.store import Archive
from pipeline.archive.tokens import Spelling
from pipeline.desk import passwords
from pipeline.desk.app import desk
from pipeline.desk.visits import FORM_FIELD
from pipeline.settings import Settings

_SEARCHES = 60
_TIMES = 5
_PASSWORD = "một câu để đo thời gian"
_ADDRESS = "http://127.0.0.1:8765"


def main() -> None:
    """Fill and measure."""
    folder, pages = Path(sys.argv[1]), int(sys.argv[2])
    database = sys.argv[3] if len(sys.argv) > 3 else None
    drawn = sentences(random.Random(7))
    if not (folder / "filled").exists():
        started, working = time.perf_counter(), time.process_time()
        fill(folder, database, pages, drawn, lambda done: _tell(done, pages, time.perf_counter() - started))
        _after_loading(folder, database)
        spent = f"{time.perf_counter() - started:.0f} s, {time.process_time() - working:.0f} s of CPU in this process"
        print(f"filled: {pages} pages in {spent}", flush=True)
        (folder / "filled").touch()
    with Archive.open(folder, database) as archive:
        _searches(archive, drawn)
        _pages(archive, Settings(archive=folder, database=database), pages)


def _tell(done: int, pages: int, seconds: float) -> None:
    if done % 50_000 == 0 or done == pages:
        print(f"  {done} pages, {done / seconds:.0f} a second", flush=True)


def _after_loading(folder: Path, database: str | None) -> None:
    """Let PostgreSQL take stock, as it does by itself some minutes after such a load, and tell what it all weighs."""
    chosen = backend(folder, database)
    if database is None:
        weight = (folder / DATABASE).stat().st_size
        print(f"database {weight / 2**30:.2f} GiB", flush=True)
        return
    with create_engine(chosen.reading.url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
        sizes = "SELECT pg_database_size(current_database()), pg_total_relation_size('passage_index')"
        whole, index = connection.exec_driver_sql(sizes).one()
    print(f"database {whole / 2**30:.2f} GiB, of it the search index {index / 2**30:.2f} GiB", flush=True)


def _searches(archive: Archive, drawn: Sequence[Drawn]) -> None:
    dice = random.Random(11)
    every: list[float] = []
    for kind, queries in _queries(drawn, dice).items():
        taken = [_timed(lambda query=query: archive.search(query, 20)) for query in queries]  # type: ignore[misc]
        every += taken
        print(_told(kind, taken), flush=True)
    print(_told("all searches", every), flush=True)


def _queries(drawn: Sequence[Drawn], dice: random.Random) -> dict[str, list[str]]:
    texts = [dice.choice(drawn).text.split() for _ in range(_SEARCHES * 8)]
    parts = iter(texts)
    counted: dict[str, int] = {}
    for sentence in drawn:
        for word in set(sentence.words[Spelling.FOLDED]):
            counted[word] = counted.get(word, 0) + 1
    by_frequency = sorted(counted, key=counted.__getitem__, reverse=True)

    def some(make: Callable[[list[str]], str]) -> list[str]:
        return [make(next(parts)) for _ in range(_SEARCHES)]

    def run(words: list[str], size: int) -> str:
        first = dice.randrange(len(words) - size)
        return " ".join(words[first : first + size])

    def mistyped(words: str) -> str:
        at = dice.randrange(1, len(words) - 1)
        return terms.folded(words[: at - 1] + words[at] + words[at - 1] + words[at + 1 :])

    return {
        "words in a row, with marks": some(lambda words: run(words, dice.randint(2, 4))),
        "words in a row, without marks": some(lambda words: terms.folded(run(words, dice.randint(2, 4)))),
        "words apart, without marks": some(lambda words: terms.folded(" ".join(dice.sample(words, 3)))),
        "in quotation marks": some(lambda words: f'"{run(words, 3)}"'),
        "the most frequent words": by_frequency[:_SEARCHES],
        "rare words": by_frequency[-_SEARCHES:],
        "words of one type since a day": some(lambda words: f"{run(words, 2)} loai:báo-cáo tu:6/2025"),
        "words and a figure": some(lambda words: f"hồ sơ {run(words, 1)} > 9.000.000"),
        "a figure alone": [f"= {value:_}".replace("_", ".") for value in dice.sample(range(10**6, 10**7), _SEARCHES)],
        "figures above one": [f"> 9.{tenth}00.000" for tenth in range(10)],
        "words mistyped": some(lambda words: mistyped(run(words, 2))),
        "words begun": some(lambda words: f"{run(words, 1)[:3]}*"),
    }


def _pages(archive: Archive, settings: Settings, pages: int) -> None:
    if not archive.accounts.all():
        archive.accounts.add("an", Role.OFFICER, passwords.hashed(_PASSWORD))
    browser = TestClient(desk(archive, settings), base_url=_ADDRESS, follow_redirects=False)
    form = browser.get("/sign-in").text.split(f'name="{FORM_FIELD}" value="')[1].split('"')[0]
    browser.post("/sign-in", data={FORM_FIELD: form, "name": "an", "password": _PASSWORD})
    every = []
    for address in _addresses(pages // PAGES_OF_A_DOCUMENT):
        taken = [_timed(lambda: _answered(browser, address)) for _ in range(_TIMES)]  # noqa: B023 - called at once
        every += taken
        print(_told(address, taken), flush=True)
    print(_told("all pages", every), flush=True)


def _addresses(documents: int) -> Iterator[str]:
    yield from (
        "/documents",
        "/documents?q=bao+cao+000123",
        "/documents?type=Báo+cáo&sort=date",
        "/documents?sort=grade",
    )
    yield from (
        f"/documents/{documents // 2}",
        f"/documents/{documents // 2}/pages/7",
        "/findings",
        "/findings?code=sum.text",
    )
    yield from ("/indicators", "/indicators/chu-ky-so.da-cap", "/tasks", "/tasks/calendar", "/citations")
    yield from ("/search?q=thu+tuc+hanh+chinh", "/search?q=công+việc", "/tray")


def _answered(browser: TestClient, address: str) -> None:
    answer = browser.get(address, follow_redirects=True)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _told(kind: str, taken: Sequence[float]) -> str:
    ordered = sorted(taken)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"{kind:40} median {statistics.median(ordered):8.1f} ms   p95 {p95:8.1f} ms   most {ordered[-1]:8.1f} ms"


if __name__ == "__main__":
    main()
