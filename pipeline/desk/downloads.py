"""Files that leave the desk: always to be saved, never to be shown, whatever they hold."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from fastapi.responses import FileResponse, Response

from pipeline.ocr import refusals

_BYTES = "application/octet-stream"


def download(content: bytes, name: str) -> Response:
    """Answer with a file that was made for the visitor."""
    return Response(content, media_type=_BYTES, headers=_headers(name))


def download_file(path: Path, name: str) -> Response:
    """Answer with a file as it lies on the disk.

    Raises:
        FileAccessError: It is gone.
    """
    if not path.is_file():
        raise refusals.missing(name)
    return FileResponse(path, media_type=_BYTES, headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    # RFC 6266 and RFC 8187; a name is the last part of what may be a path.
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name.rsplit('/', 1)[-1], safe='')}"}
