"""The digest under which a recognised page is kept: of all that its reading depends on.

That is the picture with its resolution, this software, Tesseract with its models, and the second reader. No setting has
a say in it but by the picture: `dpi` changes its pixels. A reading that ran out of its time is not kept at all.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from pipeline import __version__, language, ocr
from pipeline.ocr.recognise import engine_identity
from pipeline.ocr.recognition import PageImage
from pipeline.ocr.secondreader import second_identity

_SOURCES = (ocr, language)


def page_key(picture: PageImage) -> str | None:
    """Return the digest (SHA-256, hex) of a picture and of what reads it; None where the engine cannot be named.

    Raises:
        MissingDependencyError: The engine is not installed.
    """
    engine = engine_identity()
    if engine is None:
        return None
    sha = hashlib.sha256("\n".join((_software(), engine, second_identity())).encode())
    for image in filter(None, (picture.image, picture.colour)):
        sha.update(f"\n{image.mode} {image.size} {picture.scale!r}\n".encode())
        sha.update(image.tobytes())
    return sha.hexdigest()


@lru_cache(maxsize=1)
def _software() -> str:
    """Name this software by its version and by its text: between two versions a reading may change as well."""
    sha = hashlib.sha256()
    for package in _SOURCES:
        for path in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
            sha.update(path.read_bytes())
    return f"doisoat {__version__} {sha.hexdigest()}"
