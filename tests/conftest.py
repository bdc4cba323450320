"""What the tests share: no cache of pages, and where the study material is, when it is there at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# A test reads its pages itself: neither does it find what the user's cache holds, nor leave anything there.
os.environ["DOISOAT_PAGE_CACHE"] = "off"

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and gold, which a user has not: tests that need it are skipped there."""
    folder = Path(os.environ.get("DOISOAT_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip(f"no study material at {folder} (set DOISOAT_SHARED)")
    return folder
