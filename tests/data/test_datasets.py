"""Every dataset of the registry, and what a person gets by naming one."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from microgpt_gui.data import (
    DATASETS,
    DEFAULT_DATASET,
    CorpusError,
    NotDownloaded,
    load,
    recognise,
)
from microgpt_gui.data.dataset import Download

OFFLINE = [k for k, d in DATASETS.items() if not isinstance(d.origin, Download)]
MAKEMORE_SHA256 = "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d"

# From the recorded runs of the script: documents, vocabulary, SHA-256 of the file.
RECORDED = {
    "names": (
        32469,
        27,
        "91691165b471c338ee35387260590f0fdc23fcb50509b9ccfe1c879c7ac39a1e",
    ),
    "dinosaurs": (
        1234,
        27,
        "ec315e2944a80a0bee3fe5289cf6299246fa94c07017e52200a8bec5c8103a97",
    ),
    "colours": (
        850,
        28,
        "2f29f61172bf5b15c6eb0671244dcfbe0a471da19432b3033ffa9581f0a94880",
    ),
    "elements": (
        118,
        25,
        "b431cdd35bf36906d8d9fed5a3db6e06f9f1dbbf37b8043244e14f3e58f6ee2a",
    ),
}


def test_people_see_the_datasets_in_this_order_and_names_first() -> None:
    assert list(DATASETS) == [
        "names",
        "dinosaurs",
        "colours",
        "cities",
        "elements",
        "roman",
        "sums",
        "makemore",
    ]
    assert DEFAULT_DATASET == "names"


@pytest.mark.parametrize("key", RECORDED)
def test_shipped_files_are_the_ones_that_runs_were_recorded_on(key: str) -> None:
    documents, vocab_size, sha256 = RECORDED[key]
    loaded = load(key)
    assert len(loaded.corpus.docs) == documents
    assert loaded.corpus.vocabulary.size == vocab_size
    assert loaded.sha256 == sha256


def test_cities_are_as_described() -> None:
    loaded = load("cities")
    assert len(loaded.corpus.docs) == 5727
    assert loaded.corpus.vocabulary.size == 30
    assert loaded.corpus.docs[0] == "shanghai"
    assert "GeoNames" in DATASETS["cities"].credit
    assert "modified" in DATASETS["cities"].credit


@pytest.mark.parametrize("key", OFFLINE)
def test_the_default_block_size_never_cuts_a_document(key: str) -> None:
    assert max(map(len, load(key).corpus.docs)) <= 15


@pytest.mark.parametrize("key", OFFLINE)
def test_a_loaded_dataset_says_where_it_is_from(key: str) -> None:
    loaded = load(key)
    assert loaded.source == key
    assert loaded.title == DATASETS[key].title
    assert loaded.is_valid is DATASETS[key].is_valid


@pytest.mark.parametrize("key", DATASETS)
def test_what_people_read_is_one_line(key: str) -> None:
    dataset = DATASETS[key]
    assert dataset.key == key
    for text in (dataset.title, dataset.description, dataset.credit):
        assert text.isprintable()
    assert dataset.title
    assert dataset.description


@pytest.mark.parametrize("key", OFFLINE)
def test_a_count_in_a_description_is_the_real_one(key: str) -> None:
    if counted := re.match(r"([\d,]+) ", DATASETS[key].description):
        assert int(counted[1].replace(",", "")) == len(load(key).corpus.docs)


@pytest.mark.parametrize("key", OFFLINE)
def test_the_checksum_is_that_of_the_documents_in_a_file(key: str) -> None:
    loaded = load(key)
    as_file = "".join(f"{doc}\n" for doc in loaded.corpus.docs).encode()
    assert loaded.sha256 == hashlib.sha256(as_file).hexdigest()


@pytest.mark.parametrize("key", OFFLINE)
def test_documents_of_a_dataset_with_a_rule_keep_it(key: str) -> None:
    loaded = load(key)
    if loaded.is_valid is not None:
        assert all(map(loaded.is_valid, loaded.corpus.docs))


@pytest.mark.parametrize("key", OFFLINE)
def test_documents_come_back_from_their_tokens(key: str) -> None:
    corpus = load(key).corpus
    for doc in corpus.docs[:200]:
        tokens = corpus.vocabulary.encode(doc)
        assert corpus.vocabulary.bos not in tokens
        assert corpus.vocabulary.decode(tokens) == doc


@pytest.mark.parametrize("key", OFFLINE)
def test_loading_can_be_stopped(key: str) -> None:
    class Stop(Exception):
        pass

    def check() -> None:
        raise Stop

    with pytest.raises(Stop):
        load(key, check=check)


def test_a_key_means_the_dataset_and_a_path_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "names").write_text("my own\n")
    monkeypatch.chdir(tmp_path)
    assert load("names").source == "names"
    assert len(load("names").corpus.docs) == 32469
    own = load("./names")
    assert tuple(own.corpus.docs) == ("my own",)
    assert (own.source, own.title) == ("./names", "names")
    assert tuple(load(Path("names")).corpus.docs) == ("my own",)


def test_an_unknown_name_lists_the_datasets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CorpusError) as caught:
        load("nmaes")
    assert str(caught.value) == (
        "nmaes: there is no such file and no such dataset; the datasets are "
        "names, dinosaurs, colours, cities, elements, roman, sums, makemore"
    )


def test_makemore_says_how_to_get_it(tmp_path: Path) -> None:
    for cache in (None, tmp_path, tmp_path / "not there"):
        with pytest.raises(NotDownloaded) as caught:
            load("makemore", cache=cache)
        assert caught.value.key == "makemore"
        assert str(caught.value) == (
            "Names of microgpt.py (makemore) is not on this computer yet: choose it in "
            "the window, which offers to download it, or give the path of a copy of "
            "the file"
        )


def test_a_spoilt_copy_of_makemore_counts_as_not_downloaded(tmp_path: Path) -> None:
    origin = DATASETS["makemore"].origin
    assert isinstance(origin, Download)
    (tmp_path / origin.file_name).write_text("emma\nolivia\n")
    with pytest.raises(NotDownloaded):
        load("makemore", cache=tmp_path)
    (tmp_path / origin.file_name).write_bytes(b"\xff\xff")
    with pytest.raises(NotDownloaded):
        load("makemore", cache=tmp_path)


def test_makemore_is_recognised_by_its_checksum() -> None:
    assert recognise(MAKEMORE_SHA256) == "makemore"
    assert recognise(hashlib.sha256(b"emma\n").hexdigest()) is None


def test_importing_the_package_does_not_load_the_network_modules() -> None:
    heavy = {"ssl", "socket", "http.client", "urllib.request"}
    code = f"import sys, microgpt_gui.data; print(list({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
