"""What can be wrong with a text or a dataset."""

from __future__ import annotations


class CorpusError(ValueError):
    """A text cannot be used; the message is for people."""


class NotDownloaded(CorpusError):
    """A dataset is not in the cache yet.

    Attributes:
        key: The dataset's, in ``DATASETS``.
    """

    def __init__(self, key: str, title: str) -> None:
        super().__init__(
            f"{title} ({key}) is not on this computer yet: choose it in the window, "
            "which offers to download it, or give the path of a copy of the file"
        )
        self.key = key


class DownloadError(CorpusError):
    """A dataset could not be fetched; nothing on the disk has changed."""
