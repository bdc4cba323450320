"""Passwords, kept as Argon2id hashes (RFC 9106) with the parameters that the library recommends."""

from __future__ import annotations

import argon2
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from pipeline.errors import BadArgumentsError

LEAST_CHARACTERS = 10
MOST_CHARACTERS = 200  # hashing takes the longer, the longer a password is

_hasher = argon2.PasswordHasher()
_OF_NOBODY = _hasher.hash("nobody has this password")


def hashed(password: str) -> str:
    """Return the hash under which a new password is kept.

    Raises:
        BadArgumentsError: It is too short to be safe, or too long.
    """
    if not LEAST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
        raise BadArgumentsError(
            f"Mật khẩu phải có {LEAST_CHARACTERS} đến {MOST_CHARACTERS} ký tự. / "
            f"A password has {LEAST_CHARACTERS} to {MOST_CHARACTERS} characters.",
            "Một câu ngắn dễ nhớ là mật khẩu tốt. / A short sentence makes a good password.",
        )
    return _hasher.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Say whether a password is the one whose hash was kept; None, for an unknown name, takes as long to be refused."""
    try:
        return _hasher.verify(kept or _OF_NOBODY, password[:MOST_CHARACTERS]) and kept is not None
    except (VerifyMismatchError, InvalidHashError):
        return False
