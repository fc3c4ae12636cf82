"""What is dropped or pasted: a file or folder of this computer, or nothing of ours."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QUrl

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


def dropped_file(data: QMimeData) -> str:
    """Return the path of the one file that is dropped; empty for anything else."""
    urls = data.urls()
    return _local(urls[0]) if len(urls) == 1 and urls[0].isLocalFile() else ""


def _local(url: QUrl) -> str:
    """Return the path of a file, to the last byte, as `os.fsdecode` has it.

    What is not UTF-8 stays as it is in the address; `QUrl.toLocalFile` would put U+FFFD
    in its place, and no file is called that. Hand it on as an object: a signal of a
    string drops what is not.
    """
    path = url.toLocalFile()
    if os.name != "posix" or "\N{REPLACEMENT CHARACTER}" not in path:
        return path
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    exact = os.fsdecode(unquote_to_bytes(encoded))
    return exact if os.path.lexists(exact) else as_on_disk(path)


def as_on_disk(path: str) -> str:
    """Return what a path means whose name was not UTF-8 and is spelled with U+FFFD.

    File dialogs give such paths, and so do drops that were not encoded. A path that is
    there, or that stands for none or for several files, is returned as it is.
    """
    folder, name = os.path.split(path)
    if "\N{REPLACEMENT CHARACTER}" not in name or os.path.lexists(path):
        return path
    try:
        entries = os.listdir(folder)
    except OSError:
        return path
    alike = [
        entry
        for entry in entries
        if os.fsencode(entry).decode("utf-8", "replace") == name
    ]
    return os.path.join(folder, alike[0]) if len(alike) == 1 else path
