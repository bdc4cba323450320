"""The packages that the desk needs beyond the others, and what is said where they are not installed."""

from __future__ import annotations

from importlib.util import find_spec

from pipeline.errors import MissingDependencyError

_PACKAGES = ("argon2", "fastapi", "jinja2", "python_multipart", "uvicorn")


def require_desk() -> None:
    """Say what to install where the desk cannot run.

    Raises:
        MissingDependencyError: A package is missing.
    """
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        raise MissingDependencyError(
            f"Chưa cài phần giao diện web ({', '.join(missing)}). / The web desk is not installed.",
            'Hãy chạy / Run: pip install "doisoat[desk]"',
        )
