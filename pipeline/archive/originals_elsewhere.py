"""Originals in a store of another machine, whatever fsspec (https://filesystem-spec.readthedocs.io) can reach.

A share of the office's file server (`smb://`), a machine (`sftp://`), a bucket (`s3://`), a folder that is mounted
(`file://`). How to sign in there, fsspec reads from its own settings; an address with a password is refused, for the
archive would show it. A file that is looked at is brought to this machine and proved by its hash; such copies may be
deleted at any time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit
from uuid import uuid4

from pipeline.archive.originals import INCOMING, OriginalsFolder, copy_as
from pipeline.errors import BadArgumentsError, DoisoatError, FileAccessError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_COPIES_BYTES = 2 * 2**30
_IN_USE_SECONDS = 3600


class OriginalsElsewhere:
    """A store at an address; see `pipeline.archive.originals.Originals`."""

    def __init__(self, address: str, copies: OriginalsFolder) -> None:
        """Use a store; nothing is asked of it yet.

        Args:
            address: As fsspec reads it.
            copies: Where copies of its files stand on this machine.
        """
        self._address = address
        self._copies = copies

    @cached_property
    def _reached(self) -> tuple[AbstractFileSystem, str]:
        from fsspec import url_to_fs  # noqa: PLC0415 - takes longer to import than most searches

        with self._explained():
            # Another process may have changed what a listing remembers.
            system, root = url_to_fs(self._address, use_listings_cache=False)
        return system, str(root).rstrip("/")

    @property
    def _system(self) -> AbstractFileSystem:
        return self._reached[0]

    @property
    def _root(self) -> str:
        return self._reached[1]

    def names(self) -> list[str]:
        """List all files of the store."""
        with self._explained():
            if not self._system.exists(self._root):
                return []
            found = (str(path).removeprefix(self._root).lstrip("/") for path in self._system.find(self._root))
            return sorted(name for name in found if not name.startswith(INCOMING))

    def has(self, name: str) -> bool:
        """Say whether the store has a file."""
        with self._explained():
            return bool(self._system.exists(self._place(name)))

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """Open a file of the store."""
        if not self.has(name):
            raise FileNotFoundError(name)
        with self._explained():
            stream = self._system.open(self._place(name), "rb")
        with stream:
            yield stream

    def take(self, name: str, content: BinaryIO, called: str) -> None:
        """Write a file into the store: under another name first, for not every store writes all or nothing."""
        incoming, target = self._place(f"{INCOMING}/{uuid4().hex}"), self._place(name)
        with self._explained():
            try:
                for place in (incoming, target):
                    self._system.makedirs(place.rpartition("/")[0], exist_ok=True)
                with self._system.open(incoming, "wb") as output:
                    copy_as(name, content, output, called)
                self._system.mv(incoming, target)
            finally:
                if self._system.exists(incoming):
                    self._system.rm_file(incoming)

    def path(self, name: str) -> Path:
        """Return a copy of a file on this machine; where the store has none, the place where it would stand."""
        copy = self._copies.path(name)
        if not copy.is_file():
            if not self.has(name):
                return copy
            with self._explained(), self.opened(name) as content:
                self._copies.take(name, content, name)
            self._make_room()
        os.utime(copy)
        return copy

    def _place(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _make_room(self) -> None:
        """Remove the copies that were used longest ago; never one that is in use, or that the store has not."""
        states = {name: self._copies.path(name).stat() for name in self._copies.names()}
        total = sum(state.st_size for state in states.values())
        for name, state in sorted(states.items(), key=lambda item: item[1].st_mtime_ns):
            if total <= _COPIES_BYTES or time.time() - state.st_mtime < _IN_USE_SECONDS:
                return
            if self.has(name):
                self._copies.path(name).unlink(missing_ok=True)
                total -= state.st_size

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DoisoatError:
            raise
        except Exception as error:  # each of fsspec's file systems raises errors of its own
            raise FileAccessError(
                f"{self._address}: không dùng được nơi lưu bản gốc ({error}). / "
                f"The store of the originals cannot be used ({error}).",
                "Hãy kiểm tra mạng, quyền, và gói mà fsspec cần. / "
                "Check the network, the permissions, and the package that fsspec needs for it.",
            ) from error


def require_address(address: str) -> None:
    """Refuse what is no address of a store.

    Raises:
        BadArgumentsError: It has a password in it, or fsspec knows no such stores.
    """
    from fsspec import available_protocols  # noqa: PLC0415

    parts = urlsplit(address)
    if parts.password:
        raise BadArgumentsError(
            "Địa chỉ có mật khẩu, mà kho sẽ hiện địa chỉ này. / The address has a password, and would be shown.",
            "Hãy để mật khẩu trong cấu hình của fsspec. / Keep the password in the settings of fsspec.",
        )
    known = ", ".join(f"{name}://" for name in ("file", "smb", "sftp", "s3"))
    if parts.scheme not in available_protocols() or "::" in address:
        raise BadArgumentsError(
            f"{address}: không phải địa chỉ nơi lưu. / No address of a store.",
            f"Ví dụ / For example: {known}…",
        )
