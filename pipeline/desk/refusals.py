"""Why a page is not shown; `pipeline.desk.errors` says it to the visitor."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - what was refused, not what went wrong
    """Base of the reasons."""


class NotSignedIn(Refusal):
    """Nobody is signed in with this browser."""


class Forbidden(Refusal):
    """The visitor's role does not allow it."""


class StaleForm(Refusal):
    """The form was not sent from a page of this visit."""


class NotThere(Refusal):
    """There is nothing at this address (any more)."""
