"""Series as SDMX-CSV 2.0 (SDMX 3.0, section 5 of the technical specification), for statistical systems.

Every observation has a key of its own, as SDMX demands. Where several documents state the value of one time, the one of
the latest document is given, and the comment names all; where they contradict each other its status says so.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.extract.catalogue import Dimension
from pipeline.language.unicode import strip_marks
from pipeline.models import Status
from pipeline.reconcile import wording
from pipeline.reconcile.times import Time
from pipeline.reconcile.timeseries import PART, Observation, Series

STRUCTURE_ID = "DOISOAT:INDICATORS(1.0)"
_NOT_CODE = re.compile(r"[^A-Z0-9]+")  # of what SDMX allows in a code, what every system takes
_ALL, _UNSPECIFIED = "_T", "_X"  # cross-domain codes of the SDMX guidelines
_UNITS = {"%": "PT", "đồng": "VND"}
_NORMAL, _ESTIMATED, _LOW_RELIABILITY = "A", "E", "U"  # CL_OBS_STATUS
_BROKEN_DOWN_BY = (*(dimension.value for dimension in Dimension), PART)

DIMENSIONS = (
    "FREQ", "REF_AREA", "INDICATOR", "STATUS", "CUMULATIVE", *(name.upper() for name in _BROKEN_DOWN_BY),
    "UNIT_MEASURE", "TIME_PERIOD",
)  # fmt: skip
ATTRIBUTES = ("UNIT_MULT", "DECIMALS", "OBS_STATUS", "TITLE", "COMMENT_OBS")
COLUMNS = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)


def sdmx_csv(found: Iterable[Series]) -> bytes:
    """Write series; values without a time are left out. ACTION is I (information): the file replaces nothing."""
    output = io.StringIO()
    writer = csv.DictWriter(output, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for series in found:
        by_time: dict[Time, list[Observation]] = defaultdict(list)
        for observed in series.observations:
            if observed.time:
                by_time[observed.time].append(observed)
        for time, stated in by_time.items():
            row = _row(series, time, stated)
            rows.setdefault(tuple(row[name] for name in DIMENSIONS), row)
    writer.writerows(rows.values())
    return output.getvalue().encode()


def code(text: str) -> str:
    """Return a text as a code of SDMX: "Hồ sơ trực tuyến" as HO_SO_TRUC_TUYEN; _X where nothing is left of it."""
    return _NOT_CODE.sub("_", strip_marks(text).upper()).strip("_") or _UNSPECIFIED


def _row(series: Series, time: Time, stated: Sequence[Observation]) -> dict[str, str]:
    latest = stated[-1]  # observations of one time stand in the order in which their documents were issued
    value = format(latest.value, "f")
    by = dict(series.dimensions)
    return {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": STRUCTURE_ID,
        "ACTION": "I",
        "FREQ": time.frequency.value,
        "REF_AREA": code(series.area),
        "INDICATOR": series.indicator.id.upper().replace(".", "_"),
        "STATUS": series.key.status.value.upper(),
        "CUMULATIVE": "Y" if series.key.cumulative else "N",
        **{name.upper(): code(by[name]) if name in by else _ALL for name in _BROKEN_DOWN_BY},
        "TIME_PERIOD": time.sdmx,
        "OBS_VALUE": value,
        "UNIT_MEASURE": _UNITS.get(series.unit) or code(series.unit),
        "UNIT_MULT": "0",
        "DECIMALS": str(len(value.partition(".")[2])),
        "OBS_STATUS": _status(series, stated),
        "TITLE": series.indicator.name,
        "COMMENT_OBS": "; ".join(map(_source, stated)),
    }


def _status(series: Series, stated: Sequence[Observation]) -> str:
    if any(observed.in_conflict for observed in stated):
        return _LOW_RELIABILITY
    return _ESTIMATED if series.key.status is Status.ESTIMATE else _NORMAL


def _source(observed: Observation) -> str:
    return f"{wording.with_unit(observed.figure)} ({wording.places([observed.figure.evidence]).vi})"
