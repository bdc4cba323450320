"""Where a point of a PDF page is seen: from PDF user space to points from the top left of the page."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_DEVICE_UNITS_PER_POINT = 1000


@dataclass(frozen=True)
class Placement:
    """The affine map from PDF user space to points from the top left of the page as it is seen (crop, rotation)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of a point, across and down."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


def placement(page: pdfium.PdfPage) -> Placement:
    """Learn the map of a page from where PDFium shows three points."""
    width, height = page.get_size()
    unit = _DEVICE_UNITS_PER_POINT

    def seen(x: float, y: float) -> tuple[float, float]:
        device_x, device_y = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(
            page, 0, 0, round(width * unit), round(height * unit), 0, x, y, ctypes.byref(device_x),
            ctypes.byref(device_y),
        )  # fmt: skip
        return device_x.value / unit, device_y.value / unit

    (e, f), (ax, ay), (cx, cy) = seen(0, 0), seen(100, 0), seen(0, 100)
    return Placement((ax - e) / 100, (ay - f) / 100, (cx - e) / 100, (cy - f) / 100, e, f)
