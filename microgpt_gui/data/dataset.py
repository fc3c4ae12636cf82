"""A dataset as the registry describes it, and as loading gives it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.data.reading import AS_THE_SCRIPT, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from microgpt_gui.data.corpus import Corpus


@dataclass(frozen=True, slots=True)
class BundledFile:
    """Documents in a file that comes with the app."""

    resource: str  # relative to resources/


@dataclass(frozen=True, slots=True)
class Generated:
    """Documents that a few lines of code produce."""

    documents: Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Download:
    """Documents in a file that is fetched on request and kept in the user's cache."""

    url: str
    url_variable: str  # an environment variable that may name a mirror instead
    sha256: str
    file_name: str  # in the cache
    size_bytes: int  # for people to judge; the checksum decides

    def address(self) -> str:
        """Return the mirror's address, where the environment names one, or ``url``."""
        return os.environ.get(self.url_variable) or self.url


@dataclass(frozen=True, slots=True)
class Dataset:
    """One entry of ``DATASETS``.

    Attributes:
        key: What the command line and run files call it.
        title: What people see.
        description: One line that says what the documents are.
        origin: Where they come from.
        credit: Source and licence, in one line; empty where there is nothing to say.
        is_valid: Tells whether a text could have been one of the documents, for
            datasets that follow a rule; ``None`` for those that do not.
    """

    key: str
    title: str
    description: str
    origin: BundledFile | Generated | Download
    credit: str = ""
    is_valid: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True, weakref_slot=True)
class LoadedCorpus:
    """Documents, and what a run tells of where they came from.

    Attributes:
        corpus: The documents.
        source: A key of ``DATASETS``, or the file's path as it was given.
        title: What people see: the dataset's title or the file's name.
        sha256: Of the file's bytes, in hexadecimal; for generated documents, of the
            UTF-8 file that would hold them one a line.
        is_valid: See `Dataset`.
        reading: How the documents were made of the file.
    """

    corpus: Corpus
    source: str
    title: str
    sha256: str
    is_valid: Callable[[str], bool] | None = None
    reading: Reading = AS_THE_SCRIPT

    def is_same(self, other: LoadedCorpus) -> bool:
        """Say whether both are the same documents, without a look at them."""
        ours = (self.sha256, self.source, self.reading)
        return ours == (other.sha256, other.source, other.reading)
