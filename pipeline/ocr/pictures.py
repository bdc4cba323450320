"""Pictures as documents: JPEG, PNG, and TIFF of many pages, opened so that no file can exhaust the memory."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.errors import InputFileError
from pipeline.ocr import refusals
from pipeline.settings import Settings

_LOW_DPI, _HIGH_DPI = 72, 1200
_THUMBNAIL = 8  # colour is looked for in a picture so many times smaller
_COLOURED = 40  # grey levels between the strongest and the weakest colour
_LEAST_COLOUR = 0.0005  # share of the page; a seal covers ten times as much
_A4_WIDTH_INCHES, _A4_HEIGHT_INCHES = 8.27, 11.69
# What Pillow's decoders are known to raise on broken files.
_DECODING_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    struct.error,
)


@dataclass(frozen=True)
class Picture:
    """One page's picture, upright and in grey, with its resolution in dots per inch, and in colours if it has any."""

    image: Image.Image
    dpi: int
    colour: Image.Image | None = None


@contextmanager
def opened(path: Path, name: str, settings: Settings) -> Iterator[Image.Image]:
    """Open a picture file without decoding it.

    Raises:
        InputFileError: It is damaged, or has more pages or pixels than the settings allow.
    """
    with _own_pixel_limit():
        try:
            image = Image.open(path)
        except UnidentifiedImageError as error:
            raise refusals.damaged(name, "không giải mã được ảnh / the picture cannot be decoded") from error
        except _DECODING_ERRORS as error:
            raise refusals.damaged(name, str(error)) from error
        with image:
            try:
                pages = page_count(image)
            except _DECODING_ERRORS as error:
                raise refusals.damaged(name, str(error)) from error
            if pages > settings.max_pages:
                raise refusals.too_many_pages(name, pages, settings.max_pages)
            yield image


@contextmanager
def _own_pixel_limit() -> Iterator[None]:
    """Put Pillow's guard aside: `settings.max_pixels` is held against every page before it is decoded."""
    guard = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = guard


def page_count(image: Image.Image) -> int:
    """Return the number of pages (frames) of an opened picture."""
    return int(getattr(image, "n_frames", 1))


def page(image: Image.Image, index: int, name: str, settings: Settings) -> Picture:
    """Decode page `index` (from 0), turned as its EXIF orientation says.

    Raises:
        InputFileError: The page is damaged or has more pixels than `settings.max_pixels`.
    """
    try:
        image.seek(index)
        pixels = image.width * image.height
        if pixels > settings.max_pixels:
            raise refusals.too_many_pixels(name, pixels, settings.max_pixels)
        upright = ImageOps.exif_transpose(image)
        return Picture(in_grey(upright), resolution(upright), in_colour(upright))
    except InputFileError:
        raise
    except _DECODING_ERRORS as error:
        raise refusals.damaged(name, f"trang / page {index + 1}: {error}") from error


def in_grey(image: Image.Image) -> Image.Image:
    """Bring a picture of any mode to 8-bit grey; what is transparent becomes white paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("L")
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("L")


def in_colour(image: Image.Image) -> Image.Image | None:
    """Return a picture in RGB; None where it is grey, or holds next to no colour."""
    if image.mode in ("1", "L", "LA", "I", "F") or image.mode.startswith("I;16"):
        return None
    colour = image.convert("RGB")
    small = np.asarray(colour.reduce(_THUMBNAIL), dtype=np.int16)
    is_coloured = small.max(axis=2) - small.min(axis=2) > _COLOURED
    return colour if is_coloured.mean() > _LEAST_COLOUR else None


def resolution(image: Image.Image) -> int:
    """Return the picture's stated resolution if it can be true, else what makes it a sheet of A4."""
    stated: float = image.info.get("dpi", (0, 0))[0]
    longer, shorter = max(image.size), min(image.size)
    fits_a4 = max(longer / _A4_HEIGHT_INCHES, shorter / _A4_WIDTH_INCHES)
    # Cameras and programs write 72 or 96 without having measured anything.
    if stated and 100 <= stated <= _HIGH_DPI:
        return round(stated)
    return round(min(max(fits_a4, _LOW_DPI), _HIGH_DPI))
