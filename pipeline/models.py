"""The records that one stage hands to the next: frozen, typed, serialisable.

Nothing here computes: the stages do. Every record keeps a way back to the ink (document, page, line, box,
raw reading, repaired reading). Vietnamese terms are those of Nghị định 30/2020/NĐ-CP.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Base of all records: immutable, and unknown keys are an error, not a surprise later."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- ocr: pages and words -------------------------------------------------------------------------------------


class Box(Record):
    """A rectangle on a page in PDF points (1/72 inch), origin at the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


class Word(Record):
    """One word as it was read. `confidence` runs from 0 to 1; None where the source states none.

    `second` is what a second, independent reader made of it; None where none read it.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None
    second: str | None = None


class TextSource(StrEnum):
    """Where the text of a page came from."""

    PLAIN = "plain"  # a text file
    LAYER = "layer"  # the page's own digital text, trusted
    REPAIRED_LAYER = "repaired_layer"  # the page's own text, not trusted, and no picture to read again
    RECOGNISED = "recognised"  # read from the page's picture
    NONE = "none"  # nothing could be read


class Trust(StrEnum):
    """What the evidence says of a page's own text."""

    TRUSTED = "trusted"
    GARBLED = "garbled"
    MISSING = "missing"
    ABSTAINED = "abstained"  # too little text to judge


class TrustDecision(Record):
    """Whether a page's own text can be believed, with the score (0 garbled to 1 Vietnamese) and its reasons."""

    trust: Trust
    score: float
    reasons: tuple[str, ...] = ()


class LineRole(StrEnum):
    """What a printed line is on its page."""

    BODY = "body"
    NOTE = "note"  # first line of a footnote (chú thích cuối trang)
    NOTE_MORE = "note_more"  # its further lines, on its own page and on the next
    RUNNING_HEAD = "running_head"  # header or footer that repeats from page to page
    PAGE_NUMBER = "page_number"
    NOISE = "noise"  # rules, specks, what a reader made of a seal or a signature


class Doubt(Record):
    """A repaired word that may be another one: characters [start, end) of the text that it stands in.

    `confidence` is how sure the word is, from 0 to 1; `others` are the next best readings, best first.
    """

    start: int
    end: int
    confidence: float
    others: tuple[str, ...]


class Line(Record):
    """One printed line. `number` is 1-based and runs through the whole file, empty lines counted.

    `raw` is the reading as it came, `text` the Vietnamese after repair (equal to `raw` until then). Footnote marks
    (chỉ số chú thích) stand in `text` as superscript digits, as they are printed. `role` is decided by the
    `normalize` stage; `note` is the mark of the footnote that a line of role `note` or `note_more` belongs to.

    `confidences` says how sure each word of `text.split()` is, from 0 to 1 in hundredths; it is empty where the line
    was taken as it was read. `doubts` are the words that are not sure enough to be passed on without a sign.
    """

    number: int
    raw: str
    text: str
    box: Box | None = None
    words: tuple[Word, ...] = ()
    role: LineRole = LineRole.BODY
    note: int | None = None
    confidences: tuple[float, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Grade(StrEnum):
    """How well a page could be read, from best to worst."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class PageGrade(Record):
    """How far a page's reading can be relied on, and why.

    `low` is the confidence (0 to 1) that nine words in ten of the page exceed; `numerals` counts its numerals,
    `disputed` those on which two readers differ. `reasons` are for a person, Vietnamese / English.
    """

    grade: Grade
    low: float
    words: int
    numerals: int = 0
    disputed: int = 0
    reasons: tuple[str, ...] = ()


class DigitalSignature(Record):
    """A digital signature (chữ ký số) of a PDF, as far as it can be checked without a network.

    `intact` says that what was signed has not been changed, `covers_all` that nothing was added to the file after it.
    `trusted` says that the chain of certificates ends at one that the user named as trusted; whether a certificate was
    revoked is not asked. `problem` says why a signature could not be checked.
    """

    signer: str
    organisation: str | None = None
    issuer: str | None = None
    signed_at: dt.datetime | None = None
    intact: bool = False
    covers_all: bool = False
    trusted: bool = False
    problem: str | None = None


class Cell(Record):
    r"""One cell of a table: it begins in `row` and `column` (0-based) and reaches over so many of them.

    `text` has the cell's words in the order of its printed lines, one to a row of text ("\n" between them); `lines`
    has the document's line numbers in the same order. Other cells' words may stand in the same lines. `confidence` is
    that of its least sure word, from 0 to 1; None where it is empty or was taken as it was read.
    """

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str = ""
    box: Box
    lines: tuple[int, ...] = ()
    confidence: float | None = None


class Table(Record):
    """One table (bảng) as a page shows it. `number` is 1-based, from the top of the page.

    `columns` are the places of the rulings between columns, the outer ones included, in points from the page's left.
    Cells are in the order of rows, in a row from left to right. A table that a page break cuts is two tables here.
    `ruled` is false where no rulings enclose the cells: then `columns` are the middles of the white gutters between
    columns and the outer edges of the words, and cells meet half way between their words.
    `problem` says, for a person, why its cells may be wrong: places that are not ruled all round (`ocr`), cells read
    unsurely or with several numbers (`normalize`). None where nothing speaks against it.
    """

    number: int
    box: Box
    columns: tuple[float, ...]
    cells: tuple[Cell, ...]
    ruled: bool = True
    problem: str | None = None


class RegionKind(StrEnum):
    """What stands on a scanned page beside its print."""

    HANDWRITING = "handwriting"  # chữ viết tay: marked, never read
    SEAL = "seal"  # con dấu
    STAMP = "stamp"  # dấu chỉ độ khẩn, độ mật; dấu đến


class Region(Record):
    """A place of a scanned page that is not print. `text` is what a stamp says, where that is certain."""

    kind: RegionKind
    box: Box
    text: str = ""


class Page(Record):
    """One page: `number` is 1-based; `width` and `height` are PDF points, 0 for plain text.

    `tables` are those that rulings or white gutters show; their words stand in `lines` as well.
    `regions` are found on recognised pages only.
    """

    number: int
    lines: tuple[Line, ...] = ()
    width: float = 0
    height: float = 0
    source: TextSource = TextSource.PLAIN
    decision: TrustDecision | None = None
    problem: str | None = None  # why the page could not be read, for a person
    tables: tuple[Table, ...] = ()
    regions: tuple[Region, ...] = ()
    grade: PageGrade | None = None  # given by the `normalize` stage


class Part(Record):
    """Which pages of a file a document is, where the file holds several: 1-based, both ends included.

    `file` is the file's name.
    """

    file: str
    first_page: int
    last_page: int


class Reading(Record):
    """A document as the `ocr` stage hands it on. `document` is its name, `digest` the SHA-256 of its file (hex).

    `media_type`, `size` (bytes) and `signatures` are the file's as well. Where a file holds several documents, the
    `extract` stage parts them: `part` says which pages of the file a document is, and its pages and lines keep the
    numbers that they have in the file.
    """

    document: str
    digest: str
    media_type: str
    size: int
    pages: tuple[Page, ...]
    signatures: tuple[DigitalSignature, ...] = ()
    part: Part | None = None


# --- extract: figures, components, citations, tasks -------------------------------------------------------------


class Kind(StrEnum):
    """What a figure counts."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    FRACTION = "fraction"
    RANGE = "range"


class Status(StrEnum):
    """Whether a figure was reached, is aimed at, or is expected (kết quả, chỉ tiêu, ước)."""

    RESULT = "result"
    TARGET = "target"
    ESTIMATE = "estimate"


class Interval(Record):
    """The values that a statement allows, ends included; None is an open end. In the figure's own unit."""

    low: Decimal | None
    high: Decimal | None


class Evidence(Record):
    """Where a record stands: `page` and `line` as its file counts them, `raw` the reading, `text` the sentence."""

    document: str
    page: int
    line: int
    box: Box | None = None
    raw: str = ""
    text: str = ""


class Place(Record):
    """Where a figure stands in the text: sentence number in the document, and character offsets in that sentence."""

    sentence: int
    start: int
    end: int


class Number(Record):
    """A number as a figure states it: its value, of a fraction with the denominator, of a range with the upper end."""

    value: Decimal
    denominator: Decimal | None = None
    upper: Decimal | None = None


class Correction(Record):
    """That a person read a figure's number otherwise than the machine: what `machine` read; who, when (UTC), why."""

    machine: Number
    by: str
    at: dt.datetime
    reason: str | None = None


class Figure(Record):
    """One quantity that a document states.

    `value` is in `unit` as printed (1,2 with "tỷ đồng" is 1.2, not 1200000000). A fraction "63/124" has value 63 and
    `denominator` 124. A range has `upper`. `interval` is in the same unit as `value`: half a unit of the last stated
    digit either side, widened or opened by the qualifier. `whole` is the id of the figure of which this one is a
    part (trong đó, gồm). `in_words` is the amount that the text writes out beside the digits (bằng chữ), in the unit
    of `value`. `indicator` is the id of what it counts in the catalogue of indicators, None where that is not sure,
    with a score (0 to 1) and the reason, for a person. `correction` says that a person corrected value, denominator and
    upper end, and keeps what the machine had read; None where they are the machine's.
    """

    id: str
    value: Decimal
    denominator: Decimal | None = None
    upper: Decimal | None = None
    kind: Kind
    unit: str = ""
    qualifier: str | None = None
    interval: Interval
    subject: str = ""
    indicator: str | None = None
    indicator_score: float | None = None
    indicator_reason: str | None = None
    dimensions: dict[str, str] = {}
    as_of: dt.date | None = None
    period: str | None = None  # ISO 8601 interval, "2025-01-01/2025-09-30"
    cumulative: bool | None = None
    status: Status = Status.RESULT
    part_of: Decimal | None = None
    whole: str | None = None
    in_words: Decimal | None = None
    footnote: str | None = None
    confidence: float = 1.0
    place: Place
    evidence: Evidence
    correction: Correction | None = None


class Sentence(Record):
    """A sentence or list item, joined over its printed lines; `lines` says which. `heading` is the path above it.

    `doubts` are the doubtful words of its lines, at their places in `text`.
    """

    number: int
    text: str
    page: int
    lines: tuple[int, ...]
    heading: tuple[str, ...] = ()
    footnote: str | None = None  # the mark, where the sentence is a footnote's text (chú thích)
    doubts: tuple[Doubt, ...] = ()


class Components(Record):
    """The parts of an official document (thể thức văn bản), Nghị định 30/2020/NĐ-CP, phụ lục I."""

    document: str
    type: str | None = None  # tên loại: "Báo cáo"
    number: str | None = None  # số: "512"
    symbol: str | None = None  # ký hiệu: "BC-UBND"
    issuer: str | None = None  # cơ quan ban hành
    parent: str | None = None  # cơ quan chủ quản
    place: str | None = None  # địa danh
    date: dt.date | None = None
    subject: str | None = None  # trích yếu
    to: tuple[str, ...] = ()  # kính gửi
    authority: str | None = None  # TM., KT., TL., TUQ. with what follows
    signer_title: str | None = None
    signer: str | None = None
    recipients: tuple[str, ...] = ()  # nơi nhận
    urgency: str | None = None
    secrecy: str | None = None


class Citation(Record):
    """Another document that this one names. `number` is whole: "57-NQ/TW"."""

    type: str | None
    number: str | None
    date: dt.date | None = None
    issuer: str | None = None
    title: str | None = None
    evidence: Evidence


class Recurrence(StrEnum):
    """How often a task comes again."""

    CONTINUOUS = "continuous"  # thường xuyên
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class Task(Record):
    """What an office is charged with (nhiệm vụ): by a plan's list or table, or by a sentence.

    `lead` are the offices charged with it (đơn vị chủ trì), `support` those that are to help (đơn vị phối hợp), as
    printed. `deadline` is the last day in time: of "trước ngày 20/12/2025" the day named, of "tháng 11/2025" the last
    of the month; `deadline_text` is what is printed of it. A deadline by recurrence alone ("trước ngày 15 hằng
    tháng") and one relative to what is not dated ("sau khi được phê duyệt") have no day. `target` is the result or
    product that is to come out (sản phẩm, chỉ tiêu), as printed.
    """

    task: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: dt.date | None = None
    deadline_text: str | None = None
    recurrence: Recurrence | None = None
    target: str | None = None
    evidence: Evidence


class Abbreviation(Record):
    """A short name that a document gives (chữ viết tắt, "gọi tắt là"): in it, `short` stands for `full`."""

    short: str
    full: str
    evidence: Evidence


class DataCell(Record):
    """A cell below a table's header: what it says, and the id of the figure that it states, if it states one.

    `column` is its place among the table's columns, 0-based; a cell over several columns stands in the first.
    """

    column: int
    text: str
    figure: str | None = None


class DataRow(Record):
    """A row of a table: `head` is what its numbers are of (tên dòng); a cell over several rows is in each of them."""

    head: str
    page: int
    line: int
    cells: tuple[DataCell, ...]


class DataTable(Record):
    """A table (bảng, biểu) as data; one that page breaks cut is one table. `number` is 1-based in its document.

    `title` is the caption or heading above it, `unit` what is stated for all of it ("Đơn vị: triệu đồng"). `columns`
    are the names of all columns, those of a header of several rows joined from the top ("Năm 2026 / Kế hoạch").
    """

    number: int
    title: str | None = None
    unit: str | None = None
    columns: tuple[str, ...]
    rows: tuple[DataRow, ...]


class Extraction(Record):
    """Everything that the `extract` stage found in one document. `part` is that of its reading."""

    document: str
    components: Components
    part: Part | None = None
    sentences: tuple[Sentence, ...] = ()
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    tasks: tuple[Task, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    tables: tuple[DataTable, ...] = ()


# --- one document through its stages ------------------------------------------------------------------------------


class StageSeconds(Record):
    """How long each stage took, in seconds of wall time; where a file holds several documents, by their pages."""

    ocr: float
    normalize: float
    extract: float


class ProcessedDocument(Record):
    """A document as it leaves the stages that concern it alone, with the version of the software that made it."""

    reading: Reading
    extraction: Extraction
    seconds: StageSeconds
    version: str


# --- reconcile: findings -----------------------------------------------------------------------------------------


class Verdict(StrEnum):
    """What a check says."""

    CONFLICT = "conflict"
    CONSISTENT = "consistent"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How much a finding should worry its reader."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


class ReviewStatus(StrEnum):
    """What a person made of a finding."""

    OPEN = "open"
    ACCEPTED = "accepted"  # it is as the finding says
    DISMISSED = "dismissed"  # it is not, or does not matter


class Review(Record):
    """What a person made of a finding; who, when (UTC) and why, None where nobody has looked at it yet."""

    status: ReviewStatus = ReviewStatus.OPEN
    by: str | None = None
    at: dt.datetime | None = None
    reason: str | None = None


class Finding(Record):
    """What one check says of the figures that take part in it. `code` is stable and documented (docs/CHECKS.md).

    `values` are the numbers that take part, as decimal strings; `evidence` stands in the same order as `figures`.
    `review` is what people decided about it, as the archive knows.
    """

    id: str
    code: str
    verdict: Verdict
    severity: Severity
    documents: tuple[str, ...]
    figures: tuple[str, ...]
    values: tuple[str, ...]
    difference: Decimal | None = None
    link: str = ""  # why these figures were compared
    message: str  # Vietnamese
    message_en: str
    cause: str | None = None
    proposal: str | None = None
    evidence: tuple[Evidence, ...] = ()
    review: Review = Review()
