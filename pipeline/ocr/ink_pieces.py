"""The connected pieces of a page's ink (connected components; Bolelli et al. 2019, as in OpenCV)."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt


class InkPieces(NamedTuple):
    """Pieces that touch at sides or corners, in pixels: row 0 of `stats` is all that is no ink.

    `labels` numbers the piece that each pixel belongs to; a row of `stats` is left, top, width, height and area.
    """

    labels: npt.NDArray[np.integer]
    stats: npt.NDArray[np.int32]


def ink_pieces(ink: cv2.typing.MatLike) -> InkPieces:
    """Find the connected pieces of what is not 0."""
    try:
        # Numbers of two bytes take a third of the time; they are enough but on pages strewn with specks.
        _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_16U)
    except cv2.error:
        _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    return InkPieces(np.asarray(labels), np.asarray(stats, np.int32))
