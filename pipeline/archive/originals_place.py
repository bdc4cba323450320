"""Where an archive keeps its originals: in its folder, or in a store elsewhere; and how they move there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pipeline.archive.connection import Database
from pipeline.archive.originals import FOLDER, Originals, OriginalsFolder
from pipeline.archive.originals_elsewhere import OriginalsElsewhere, require_address
from pipeline.archive.schema import OriginalsPlaceRow


def address(session: Session) -> str | None:
    """Return the address of the store in which the originals are kept; None where that is the archive's folder."""
    return session.scalar(select(OriginalsPlaceRow.address))


def originals(folder: Path, database: Database) -> Originals:
    """Return the originals of an archive, wherever they are kept now: who moves them need not stop the others."""
    with database.reading() as session:
        return _at(folder, address(session))


def move(folder: Path, database: Database, to: str | None, seen: Callable[[int, int], None]) -> int:
    """Copy all originals to where they are kept from now on, and return how many there are.

    Nothing is removed where they were kept until now. Files that are there already are not copied again, so that what
    was interrupted goes on.

    Args:
        folder: Of the archive.
        database: Of the archive.
        to: The address of a store, None for the archive's folder.
        seen: Is called with the number of files that are there, and the number of all.

    Raises:
        BadArgumentsError: This is no address.
        FileAccessError: A file cannot be read or written.
    """
    if to is not None:
        require_address(to)
    source, target = originals(folder, database), _at(folder, to)
    copied = _copy(source, target, seen)
    with database.writing() as session:
        _set(session, to)
    # What came in meanwhile; what comes in from now on goes there by itself.
    return max(copied, _copy(source, target, lambda done, total: None))


def forget(session: Session) -> None:
    """Keep the originals in the archive's folder, as in one that was made of a backup."""
    _set(session, None)


def _set(session: Session, to: str | None) -> None:
    session.execute(delete(OriginalsPlaceRow))
    if to is not None:
        session.add(OriginalsPlaceRow(id=1, address=to))


def _at(folder: Path, place: str | None) -> Originals:
    copies = OriginalsFolder(folder / FOLDER)
    return copies if place is None else OriginalsElsewhere(place, copies)


def _copy(source: Originals, target: Originals, seen: Callable[[int, int], None]) -> int:
    names = source.names()
    for number, name in enumerate(names, start=1):
        if not target.has(name):
            with source.opened(name) as content:
                target.take(name, content, name)
        seen(number, len(names))
    return len(names)
