"""Records as typed tables for analysts: pandas and Parquet."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pandas as pd
import pytest
from archive_documents import BOX, figure, finding

from pipeline.export import sheets
from pipeline.export.fileformat import FileFormat
from pipeline.export.folder import Contents, files, usual_formats
from pipeline.export.frames import frame
from pipeline.export.writing import write
from pipeline.models import Components, Evidence, Extraction, Figure, Kind

EVIDENCE = Evidence(document="bc.pdf", page=2, line=31, box=BOX, raw="12,50%", text="đạt hơn 12,50% kế hoạch")


def extraction(*figures: Figure) -> Extraction:
    return Extraction(document="bc.pdf", components=Components(document="bc.pdf"), figures=figures)


def table(**changes: object) -> pd.DataFrame:
    return frame(sheets.figures([extraction(figure(EVIDENCE).model_copy(update=changes))]))


def test_numbers_dates_and_truth_values_have_their_types() -> None:
    (row,) = table(cumulative=True, as_of=dt.date(2024, 9, 30), part_of=Decimal(1250)).to_dict("records")
    assert row["number"] == 12.5
    assert row["value"] == "12.50"
    assert row["part_of"] == 1250
    assert row["as_of"] == pd.Timestamp(2024, 9, 30)
    assert row["cumulative"] is True
    assert row["page"] == 2


def test_a_fraction_has_both_its_numbers() -> None:
    (row,) = table(kind=Kind.FRACTION, value=Decimal(63), denominator=Decimal(124)).to_dict("records")
    assert (row["value"], row["number"], row["denominator"]) == ("63/124", 63, 124)


def test_what_is_not_said_is_missing_and_not_false_or_nought() -> None:
    row = table(cumulative=None, part_of=None, as_of=None).iloc[0]
    assert row[["cumulative", "part_of", "as_of", "denominator"]].isna().all()


def test_figures_can_be_summed_by_subject() -> None:
    rows = [figure(EVIDENCE).model_copy(update={"id": f"f{n}", "value": Decimal(n)}) for n in (2, 3)]
    found = frame(sheets.figures([extraction(*rows)]))
    assert found.groupby("subject")["number"].sum().tolist() == [5]


def test_an_empty_sheet_keeps_its_columns() -> None:
    found = frame(sheets.figures([extraction()]))
    assert found.empty
    assert {"number", "value", "unit"} <= set(found.columns)


@pytest.mark.parametrize(
    "sheet", [sheets.figures([extraction(figure(EVIDENCE))]), sheets.findings([finding("bc.pdf")]), sheets.findings([])]
)
def test_parquet_gives_back_what_was_written(sheet: sheets.Sheet) -> None:
    back = pd.read_parquet(io.BytesIO(write(sheet, FileFormat.PARQUET)))
    assert list(back.columns) == list(frame(sheet).columns)
    assert len(back) == len(sheet.records)


def test_an_archive_is_exported_as_parquet_too() -> None:
    names = [name for name, _ in files(Contents([extraction(figure(EVIDENCE))], [finding("bc.pdf")]), usual_formats())]
    assert {"figures.parquet", "findings.parquet", "components.parquet", "doisoat.xlsx"} <= set(names)
