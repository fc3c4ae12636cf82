"""What a person can train on, and where downloads are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from microgpt_gui.data import DATASETS, load, recognise
from microgpt_gui.data.dataset import Download

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.data.corpus import Corpus


@dataclass(frozen=True, slots=True)
class DatasetChoice:
    """One dataset as a list shows it."""

    key: str
    title: str
    description: str
    credit: str  # source and licence; may be empty
    needs_download: bool  # it is not in the cache yet


@dataclass(frozen=True, slots=True)
class LoadedDataset:
    """A corpus and what its dataset says of it."""

    corpus: Corpus
    title: str  # for people: of the dataset, or the file's name
    is_valid: Callable[[str], bool] | None  # the dataset's rule, where it has one


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
            and not (cache / dataset.origin.file_name).exists(),
        )
        for dataset in DATASETS.values()
    )


def dataset_title(name: str) -> str:
    """Return what people call a dataset: its title, or the file's name."""
    return DATASETS[name].title if name in DATASETS else Path(name).name


def load_dataset(name: str, check: Callable[[], None]) -> LoadedDataset:
    """Read a dataset of the registry, or a text file.

    A file that is the very one a dataset downloads is known as that dataset.

    Raises:
        CorpusError: See `microgpt_gui.data.load`.
    """
    corpus = load(name, cache=cache_folder(), check=check)
    key = name if name in DATASETS else recognise(corpus.sha256)
    if key is None:
        return LoadedDataset(corpus, Path(name).name, None)
    return LoadedDataset(corpus, DATASETS[key].title, DATASETS[key].is_valid)
