"""An indicator's series as a picture: a line for each, a mark for each value, a ring around what is contradicted."""

from __future__ import annotations

import io
from collections.abc import Sequence
from enum import StrEnum
from importlib.util import find_spec
from typing import Any

from pipeline.errors import MissingDependencyError
from pipeline.models import Status
from pipeline.reconcile import wording
from pipeline.reconcile.timeseries import Series

_INCHES = (10, 5.5)
_DPI = 150
_MARKERS = {Status.RESULT: "o", Status.TARGET: "^", Status.ESTIMATE: "s"}
_LINES = {Status.RESULT: "-", Status.TARGET: "--", Status.ESTIMATE: ":"}
_STATUSES = {Status.RESULT: "", Status.TARGET: "chỉ tiêu", Status.ESTIMATE: "ước"}
# The same series give the same file.
_SETTINGS = {"svg.hashsalt": "doisoat", "font.family": "DejaVu Sans", "svg.fonttype": "path"}
_CONTRADICTED = "#c00000"
_SHOWN_VALUES = 24  # more numbers beside their marks than that hide each other


class Picture(StrEnum):
    """A format of pictures; its value is also the file name's extension."""

    SVG = "svg"
    PNG = "png"


def plot(found: Sequence[Series], form: Picture) -> bytes:
    """Draw the series of one indicator; values without a time are left out.

    Raises:
        MissingDependencyError: matplotlib, of the extra `plot`, is not installed.
    """
    if find_spec("matplotlib") is None:
        raise MissingDependencyError(
            "Vẽ đồ thị cần matplotlib. / Drawing needs matplotlib.",
            'Hãy cài: pip install "doisoat[plot]". / Install it: pip install "doisoat[plot]".',
        )
    # Imported here: it takes half a second, and is not always installed.
    import matplotlib  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with matplotlib.rc_context(_SETTINGS):
        figure = Figure(figsize=_INCHES, layout="constrained")
        axes = figure.add_subplot()
        for series in found:
            _draw(axes, series)
        _describe(axes, found)
        output = io.BytesIO()
        figure.savefig(output, format=form.value, dpi=_DPI, metadata={"Date": None} if form is Picture.SVG else None)
    return output.getvalue()


def label(series: Series) -> str:
    """Name what tells a series from others of its indicator: "Vĩnh Long, trực tuyến, chỉ tiêu, lũy kế"."""
    told = [series.area, *(value for _, value in series.dimensions), _STATUSES[series.key.status]]
    told += ["lũy kế"] if series.key.cumulative else []
    return ", ".join(part for part in told if part) or series.indicator.name


def _draw(axes: Any, series: Series) -> None:
    """Draw every value, and a line through the values of the latest document for each time."""
    dated = [(observed.time.last, observed) for observed in series.observations if observed.time]
    if not dated:
        return
    latest = dict(dated)
    status = series.key.status
    (line,) = axes.plot(list(latest), [float(observed.value) for observed in latest.values()], _LINES[status])
    color = line.get_color()
    days, heights = [day for day, _ in dated], [float(observed.value) for _, observed in dated]
    axes.plot(days, heights, _MARKERS[status], color=color, label=label(series))
    contradicted = [(day, float(observed.value)) for day, observed in dated if observed.in_conflict]
    if contradicted:
        axes.scatter(*zip(*contradicted, strict=True), s=170, facecolors="none", edgecolors=_CONTRADICTED, zorder=3)
    if len(dated) <= _SHOWN_VALUES:
        for day, observed in dated:
            number, place = wording.number(observed.value), (day, float(observed.value))
            axes.annotate(number, place, (0, 9), textcoords="offset points", ha="center", fontsize=8, color=color)


def _describe(axes: Any, found: Sequence[Series]) -> None:
    from matplotlib.dates import AutoDateLocator, DateFormatter  # noqa: PLC0415
    from matplotlib.ticker import FuncFormatter  # noqa: PLC0415

    indicator = found[0].indicator
    unit = ", ".join(dict.fromkeys(series.unit for series in found))
    axes.set_title(f"{indicator.name}\n{indicator.name_en}", loc="left", fontsize=11)
    axes.set_ylabel(f"Đơn vị: {unit}")
    axes.set_xlabel("Thời điểm, hoặc ngày cuối kỳ")
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=8))
    axes.xaxis.set_major_formatter(DateFormatter("%d/%m/%Y"))
    axes.yaxis.set_major_formatter(FuncFormatter(_tick))
    axes.margins(x=0.08, y=0.15)
    axes.grid(visible=True, alpha=0.3)
    handles, labels = axes.get_legend_handles_labels()
    if any(observed.in_conflict for series in found for observed in series.observations):
        ring = axes.scatter([], [], s=120, facecolors="none", edgecolors=_CONTRADICTED)
        handles, labels = [*handles, ring], [*labels, "có mâu thuẫn / contradicted"]
    axes.legend(handles, labels, fontsize=8)


def _tick(value: float, _: int) -> str:
    return f"{value:,.10g}".replace(",", " ").replace(".", ",").replace(" ", ".")
