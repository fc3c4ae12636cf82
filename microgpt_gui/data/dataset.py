"""What the registry says of a dataset, and the three places documents come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


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
