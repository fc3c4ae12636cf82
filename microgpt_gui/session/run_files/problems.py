"""What can be wrong with a run file, in one line for people."""

from __future__ import annotations


class RunFileError(ValueError):
    """A run file cannot be read or written; the message begins with its path.

    Whatever was open or on the disk before is as it was.
    """


class NewerFormat(RunFileError):
    """A newer version of this program has written the file."""


class TextMissing(RunFileError):
    """The text that a run learns from is not in its file and not where it was.

    Attributes:
        title: What people call the text.
        source: Where it was: a dataset's key or a path.
        sha256: Of the text's file: who has the same can be asked for it.
    """

    def __init__(self, message: str, title: str, source: str, sha256: str) -> None:
        super().__init__(message)
        self.title = title
        self.source = source
        self.sha256 = sha256
