"""`microgpt-gui download`: fetching a dataset, with progress on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.cli.errors import CommandError
from microgpt_gui.cli.progress import ProgressBar
from microgpt_gui.data import DATASETS, CorpusError, NotDownloaded, fetch, load
from microgpt_gui.data.dataset import Download
from microgpt_gui.session.datasets import cache_folder

if TYPE_CHECKING:
    from pathlib import Path


def download(key: str) -> Path:
    """Fetch a dataset unless it is here; return where it is.

    Raises:
        CommandError: It did not work.
    """
    cache = cache_folder()
    origin = DATASETS[key].origin
    assert isinstance(origin, Download)
    try:
        load(key, cache=cache)
    except NotDownloaded:
        _fetch(key, cache)
    return cache / origin.file_name


def _fetch(key: str, cache: Path) -> None:
    with ProgressBar(None, "bytes") as bar:

        def show(received: int, total: int | None) -> None:
            bar.total = total
            bar.update(received)

        try:
            fetch(key, cache, progress=show)
        except CorpusError as error:
            raise CommandError(str(error)) from None
