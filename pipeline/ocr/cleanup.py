"""Cleaning a page's picture, and the measure that says whether it needs it.

Cleaning is never harmless: on good pages a median filter multiplies the errors (measured: 0.1 % of the characters
become 1.0 %), on specked ones it divides them (5.3 % become 1.3 %), on grainy ones too (2.3 % become 0.9 %). So it is
tried only where specks or grain are measured, and kept only where the reader is surer of what it then reads.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from pipeline.ocr.ink_pieces import ink_pieces

_INK_BELOW = 128
# At 200 dpi the dot of an i has a dozen pixels; what a bad scanner strews has one to three.
_SPECK_PIXELS = 3
# Per pixel of the page; bad scans have 0.0012 and more, fair ones 0.0005 and less.
_SPECKED_FROM = 0.0007
# Mean difference of paper from its own 3x3 median, in grey levels of 255: good scans have 1.4, fair ones 1.9 and more.
_GRAINY_FROM = 1.7
_LIGHT_FROM = 160
_AROUND_INK = 9
_MEDIAN = 3
_PAPER_REACH = 7
_PAPER_WINDOW = 31


def is_specked(image: Image.Image) -> bool:
    """Say whether a grey page is strewn with specks: spots of ink too small to belong to a letter."""
    ink = (np.asarray(image) < _INK_BELOW).astype(np.uint8)
    specks = int((ink_pieces(ink).stats[1:, cv2.CC_STAT_AREA] <= _SPECK_PIXELS).sum())
    return specks >= _SPECKED_FROM * ink.size


def is_grainy(image: Image.Image) -> bool:
    """Say whether the paper of a grey page, away from all ink, is noisy from pixel to pixel."""
    page = np.asarray(image)
    inked = cv2.dilate((page < _LIGHT_FROM).astype(np.uint8), np.ones((_AROUND_INK, _AROUND_INK), np.uint8))
    grain = cv2.absdiff(page, cv2.medianBlur(page, _MEDIAN))[inked == 0]
    return bool(grain.size) and float(grain.mean()) >= _GRAINY_FROM


def calmed(image: Image.Image) -> Image.Image:
    """Take specks and grain out with a 3x3 median, and level uneven paper by its distance from the paper around."""
    calm = cv2.medianBlur(np.asarray(image), _MEDIAN)
    paper = cv2.medianBlur(cv2.dilate(calm, np.ones((_PAPER_REACH, _PAPER_REACH), np.uint8)), _PAPER_WINDOW)
    levelled = 255 - cv2.absdiff(calm, paper)
    return Image.fromarray(cv2.normalize(levelled, np.empty_like(levelled), 0, 255, cv2.NORM_MINMAX))
