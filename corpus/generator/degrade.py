"""What printing, stamping and scanning do to a page: tilt, blur, noise, fading, specks, JPEG, one-bit fax.

Everything follows from the seed: the same picture, grade and seed give the same scan, bit for bit.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Pixels = NDArray[np.uint8]


class Grade(StrEnum):
    """How well a page was scanned."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"
    FAX = "fax"


@dataclass(frozen=True)
class Wear:
    """How much of each harm: degrees, pixels, grey levels, shares of the page, JPEG quality."""

    tilt: float
    blur: float
    noise: float
    fading: float
    specks: float
    quality: int


WEAR = {
    Grade.GOOD: Wear(tilt=0.25, blur=0.5, noise=5, fading=0.05, specks=0.0, quality=80),
    Grade.FAIR: Wear(tilt=0.6, blur=0.8, noise=10, fading=0.15, specks=0.0005, quality=55),
    Grade.BAD: Wear(tilt=1.0, blur=1.0, noise=20, fading=0.3, specks=0.003, quality=35),
    Grade.FAX: Wear(tilt=0.5, blur=0.7, noise=8, fading=0.1, specks=0.0004, quality=90),
}
SEAL_RED = (214, 40, 50)
PEN_BLUE = (36, 52, 150)


def degrade(image: Image.Image, grade: Grade, seed: int) -> Image.Image:
    """The page as a scanner of that grade hands it over; RGB, or one bit for a fax. The size does not change."""
    wear = WEAR[grade]
    chance = np.random.default_rng(seed)
    pixels: Pixels = np.asarray(image.convert("RGB"))
    pixels = _tilt(pixels, chance.uniform(-wear.tilt, wear.tilt))
    pixels = _fade(pixels, wear.fading, chance)
    pixels = cv2.GaussianBlur(pixels, (0, 0), wear.blur * pixels.shape[1] / 1654)
    pixels = _noise(pixels, wear.noise, chance)
    pixels = _specks(pixels, wear.specks, chance)
    if grade is Grade.FAX:
        return Image.fromarray(pixels).convert("L").point(lambda v: 255 if v > 150 else 0).convert("1")
    return _jpeg(Image.fromarray(pixels), wear.quality)


def _tilt(pixels: Pixels, degrees: float) -> Pixels:
    height, breadth = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((breadth / 2, height / 2), degrees, 1)
    turned = cv2.warpAffine(pixels, matrix, (breadth, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return np.asarray(turned, np.uint8)


def _fade(pixels: Pixels, amount: float, chance: np.random.Generator) -> Pixels:
    """Toner thins out unevenly and the paper greys: ink towards paper by a share that drifts over the page."""
    height, breadth = pixels.shape[:2]
    drift = cv2.resize(chance.uniform(0.4, 1, (4, 3)).astype(np.float32), (breadth, height))[..., None]
    paper = 255 - 40 * amount
    faded = paper - (255 - pixels.astype(np.float32)) * (paper / 255) * (1 - amount * drift)
    return np.clip(faded, 0, 255).astype(np.uint8)


def _noise(pixels: Pixels, deviation: float, chance: np.random.Generator) -> Pixels:
    grain = chance.standard_normal(pixels.shape[:2], np.float32)[..., None] * deviation
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


def _specks(pixels: Pixels, share: float, chance: np.random.Generator) -> Pixels:
    """Dust on the glass and dots in the toner: dark spots of one to two pixels."""
    pixels = pixels.copy()
    height, breadth = pixels.shape[:2]
    count = int(share * height * breadth / 2)
    rows, columns = chance.integers(0, height - 1, count), chance.integers(0, breadth - 1, count)
    shade = chance.integers(20, 120, count).astype(np.uint8)[:, None]
    pixels[rows, columns] = shade
    wide = chance.random(count) < 0.5
    pixels[rows[wide], columns[wide] + 1] = shade[wide]
    return pixels


def _jpeg(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")


def stamp(image: Image.Image, centre: tuple[float, float], dpi: int, font: str, text: str) -> Image.Image:
    """The page with a round red seal and a signature in blue ink on it.

    Args:
        image: the printed page, RGB.
        centre: where the seal's middle comes to stand, in points from the page's top left corner.
        dpi: the picture's resolution.
        font: path of the font for the letters on the rim.
        text: what the rim reads.
    """
    scale = dpi / 72
    radius = 18 / 25.4 * dpi  # a seal of 36 mm
    side = int(2 * radius) + 8
    layer = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    pen = ImageDraw.Draw(layer)
    middle = side / 2
    for inset, breadth in ((0, 5), (6, 2), (0.44 * radius, 2)):
        r = radius - inset
        box = (middle - r, middle - r, middle + r, middle + r)
        pen.ellipse(box, outline=(*SEAL_RED, 235), width=max(1, round(breadth * scale / 3)))
    _star(pen, middle, 0.34 * radius)
    _rim(layer, text, 0.74 * radius, ImageFont.truetype(font, round(0.2 * radius)))
    page = image.convert("RGBA")
    corner = (int(centre[0] * scale - middle), int(centre[1] * scale - middle))
    above = Image.new("RGBA", page.size, (255, 255, 255, 0))
    above.paste(layer, corner)
    _sign(ImageDraw.Draw(above), (centre[0] + 30) * scale, centre[1] * scale, scale)
    # Ink darkens what it covers, it does not paint over it.
    ink, paper = np.asarray(above, np.float32), np.asarray(page, np.float32)[..., :3]
    cover = ink[..., 3:] / 255
    mixed = paper * (1 - cover + cover * ink[..., :3] / 255)
    return Image.fromarray(mixed.astype(np.uint8))


def _star(pen: ImageDraw.ImageDraw, middle: float, radius: float) -> None:
    points = []
    for n in range(10):
        r = radius if n % 2 == 0 else radius * 0.4
        angle = math.pi * n / 5 - math.pi / 2
        points.append((middle + r * math.cos(angle), middle + r * math.sin(angle)))
    pen.polygon(points, fill=(*SEAL_RED, 225))


def _rim(layer: Image.Image, text: str, radius: float, font: ImageFont.FreeTypeFont) -> None:
    middle = layer.width / 2
    step = 2 * math.pi / max(28, len(text) + 4)
    for n, letter in enumerate(text):
        angle = (n - (len(text) - 1) / 2) * step
        tile = Image.new("RGBA", (font.size * 2, font.size * 2), (255, 255, 255, 0))
        ImageDraw.Draw(tile).text((font.size, font.size), letter, (*SEAL_RED, 230), font, anchor="mm")
        tile = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
        x, y = middle + radius * math.sin(angle), middle - radius * math.cos(angle)
        layer.alpha_composite(tile, (int(x - font.size), int(y - font.size)))


def _sign(pen: ImageDraw.ImageDraw, x: float, y: float, scale: float) -> None:
    points = [
        (x + scale * (t * 7.5 + 9 * math.sin(t * 1.9)), y + scale * (13 * math.sin(t * 1.3) * math.exp(-t / 9)))
        for t in np.linspace(0, 11, 160)
    ]
    pen.line(points, fill=(*PEN_BLUE, 235), width=max(2, round(scale * 0.9)), joint="curve")
