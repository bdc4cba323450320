"""Every error that a person can meet: what happened, what to do about it, and the exit code.

Exit codes are OCRmyPDF's documented ones where they fit, and one of our own: 20, finished but some documents failed.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command's exit status says; documented in docs/CLI.md."""

    OK = 0
    BAD_ARGUMENTS = 1
    INPUT_FILE = 2
    MISSING_DEPENDENCY = 3
    FILE_ACCESS = 5
    ENCRYPTED = 8
    CONFIGURATION = 9
    OTHER = 15
    SOME_FAILED = 20
    INTERRUPTED = 130


class DoisoatError(Exception):
    """Base of the errors that are shown to people: `message` says what happened, `remedy` what to do.

    Both are Vietnamese first; they name the file concerned.
    """

    exit_code = ExitCode.OTHER

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()

    def __reduce__(self) -> tuple[type[DoisoatError], tuple[str, str]]:
        return type(self), (self.message, self.remedy)


class InputFileError(DoisoatError):
    """The file is empty, cut off, of the wrong type or too big to be read safely."""

    exit_code = ExitCode.INPUT_FILE


class EncryptedFileError(InputFileError):
    """The file asks for a password."""

    exit_code = ExitCode.ENCRYPTED


class SecretDocumentError(InputFileError):
    """The document is marked MẬT, TỐI MẬT or TUYỆT MẬT and must not be processed on this machine."""


class FileAccessError(DoisoatError):
    """The file is not there, or may not be read or written."""

    exit_code = ExitCode.FILE_ACCESS


class MissingDependencyError(DoisoatError):
    """A program or language pack that the work needs is not installed."""

    exit_code = ExitCode.MISSING_DEPENDENCY


class ConfigurationError(DoisoatError):
    """A setting has a value that cannot be used."""

    exit_code = ExitCode.CONFIGURATION


class BadArgumentsError(DoisoatError):
    """The command line asks for something that does not exist."""

    exit_code = ExitCode.BAD_ARGUMENTS
