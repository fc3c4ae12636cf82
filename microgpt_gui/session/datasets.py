"""What a person can train on, and where downloads are kept."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

import platformdirs

from microgpt_gui.data import (
    DATASETS,
    CorpusError,
    LoadedCorpus,
    NotDownloaded,
    fetch,
    load,
    recognise,
)
from microgpt_gui.data.dataset import BundledFile, Download
from microgpt_gui.data.pasted import TITLE, is_pasted, pasted_title
from microgpt_gui.data.reading import AS_THE_SCRIPT, Reading
from microgpt_gui.data.text_file import shown_path
from microgpt_gui.resources import resource
from microgpt_gui.session.text_facts import TextFacts

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class DatasetChoice:
    """One dataset as a list shows it."""

    key: str
    title: str
    description: str
    credit: str  # source and licence; may be empty
    needs_download: bool  # it is not in the cache yet


@dataclass(frozen=True, slots=True)
class DownloadOffer:
    """What a download would fetch, for people to judge before they agree."""

    key: str  # of the dataset
    host: str
    path: str  # on that host
    size_bytes: int  # about


@dataclass(frozen=True, slots=True)
class DatasetReport:
    """Whether a dataset can be trained on, and what it would bring."""

    name: str  # as in `RunConfig.dataset`
    title: str = ""
    num_docs: int = 0
    vocab_size: int = 0  # characters + 1 for BOS
    mean_length: float = 0.0  # characters in a document
    facts: TextFacts | None = None  # where it can be used
    problem: str = ""  # why it cannot be used; for people
    needs_download: bool = False  # that is the problem
    reading: Reading = AS_THE_SCRIPT  # as in `RunConfig.reading`


def cache_folder() -> Path:
    """Return the folder in which downloads are kept; it may not exist yet."""
    return Path(platformdirs.user_cache_dir("microgpt-gui", appauthor=False))


def dataset_choices() -> tuple[DatasetChoice, ...]:
    """Return every dataset of the registry, in its order."""
    cache = cache_folder()
    return tuple(
        DatasetChoice(
            key=dataset.key,
            title=dataset.title,
            description=dataset.description,
            credit=dataset.credit,
            needs_download=isinstance(dataset.origin, Download)
            and not os.path.exists(cache / dataset.origin.file_name),
        )
        for dataset in DATASETS.values()
    )


def dataset_file(name: str) -> Path | None:
    """Return the file that a dataset is read from; None where it is made by code."""
    if name not in DATASETS:
        return Path(name) if name and not is_pasted(name) else None
    match DATASETS[name].origin:
        case BundledFile(resource=inside):
            return resource(inside)
        case Download(file_name=file_name):
            return cache_folder() / file_name
    return None


def dataset_title(name: str) -> str:
    """Return what people call a dataset: its title, or the file's name, printable."""
    if name in DATASETS:
        return DATASETS[name].title
    return pasted_title(name) if is_pasted(name) else shown_path(file_name(name))


def file_name(path: str) -> str:
    """Return the last part of a path of whichever system; without it, no folder.

    What leaves the computer must not tell how its owner's folders are called.
    """
    if is_pasted(path):
        return TITLE
    return PureWindowsPath(path).name or path


def is_own_text(name: str) -> bool:
    """Say whether a dataset is a text of the person's, in a file or pasted."""
    return name not in DATASETS


def is_text_file(name: str) -> bool:
    """Say whether a dataset is a file of the person's."""
    return name not in DATASETS and not is_pasted(name)


def load_dataset(
    name: str,
    check: Callable[[], None],
    tell: Callable[[float], None] = lambda _share: None,
    reading: Reading = AS_THE_SCRIPT,
) -> LoadedCorpus:
    """Read a dataset of the registry, or a text of the person's.

    A file that is the very one a dataset downloads is known as that dataset. A file
    that is not there (any more) is what a run's file held of it, see `remember_text`.

    Raises:
        CorpusError: See `microgpt_gui.data.load`.
    """
    try:
        loaded = load(
            name, cache=cache_folder(), check=check, tell=tell, reading=reading
        )
    except CorpusError:
        held = _held.get((name, reading))
        if held is None or os.path.lexists(name):
            raise
        return held
    key = None if name in DATASETS else recognise(loaded.sha256)
    if key is None:
        return loaded
    dataset = DATASETS[key]
    return replace(loaded, title=dataset.title, is_valid=dataset.is_valid)


def remember_text(dataset: LoadedCorpus) -> None:
    """Let `load_dataset` find a text that a run file holds, where its file is gone.

    As long as anybody else holds ``dataset``: a run of this text can then be begun anew
    on a computer that has not its file. From any thread.
    """
    if is_text_file(dataset.source):
        _held[dataset.source, dataset.reading] = dataset


_held: WeakValueDictionary[tuple[str, Reading], LoadedCorpus] = WeakValueDictionary()


def inspect_dataset(
    name: str,
    check: Callable[[], None],
    tell: Callable[[float], None] = lambda _share: None,
    reading: Reading = AS_THE_SCRIPT,
) -> DatasetReport:
    """Read a dataset to its end, to know beforehand what a run would meet.

    Takes up to some seconds for the largest files; ``check`` is called often, and what
    it raises comes out; so is ``tell``, with the share that is done.
    """
    try:
        loaded = load_dataset(name, check, tell, reading=reading)
    except CorpusError as error:
        return DatasetReport(
            name,
            dataset_title(name),
            problem=str(error),
            needs_download=isinstance(error, NotDownloaded),
            reading=reading,
        )
    except MemoryError:
        problem = "there is not enough memory to read this text"
        title = dataset_title(name)
        return DatasetReport(name, title, problem=problem, reading=reading)
    return dataset_report(name, loaded)


def dataset_report(name: str, dataset: LoadedCorpus) -> DatasetReport:
    """Return the report on what can be trained on. Takes no time."""
    corpus = dataset.corpus
    return DatasetReport(
        name,
        dataset.title,
        len(corpus.docs),
        corpus.vocabulary.size,
        corpus.docs.mean_length,
        TextFacts.of(dataset),
        reading=dataset.reading,
    )


def download_offer(key: str) -> DownloadOffer | None:
    """Return what a download of this dataset would fetch; None where there is none."""
    origin = DATASETS[key].origin if key in DATASETS else None
    if not isinstance(origin, Download):
        return None
    url = urlsplit(os.environ.get(origin.url_variable) or origin.url)
    return DownloadOffer(key, url.netloc, url.path.lstrip("/"), origin.size_bytes)


def download_dataset(
    key: str,
    progress: Callable[[int, int | None], None],
    check: Callable[[], None],
    timeout_s: float = 30.0,
) -> None:
    """Fetch a dataset into the cache, so that runs find it there.

    See `microgpt_gui.data.fetch` for the arguments.

    Raises:
        CorpusError: It did not work; one line for people says why.
    """
    fetch(key, cache_folder(), progress=progress, check=check, timeout_s=timeout_s)
