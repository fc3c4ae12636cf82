"""The texts a run learns from: as bytes inside its file, or found again elsewhere."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui.data import DATASETS, CorpusError, LoadedCorpus, recognise
from microgpt_gui.data.corpus import Corpus
from microgpt_gui.data.parting import MAX_DOCUMENT_CHARS
from microgpt_gui.data.pasted import (
    MAX_PASTED_BYTES,
    is_pasted,
    keep_pasted,
    load_pasted,
    pasted_bytes,
)
from microgpt_gui.data.text_file import shown_path
from microgpt_gui.session.datasets import load_dataset, remember_text
from microgpt_gui.session.run_files.problems import RunFileError, TextMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from microgpt_gui.session.run_files.metadata import TextHead

#: Larger texts stay outside: a run file should be one to send around.
MAX_INSIDE_BYTES = MAX_PASTED_BYTES


def packed(dataset: LoadedCorpus) -> bytes | None:
    """Return the documents, a separator behind each; None if too large.

    A pasted text is returned as it was pasted: there is no file to read it from in
    another way.
    """
    if (pasted := pasted_bytes(dataset.source)) is not None:
        return pasted
    docs, end = dataset.corpus.docs, dataset.reading.separator
    if docs.encoded_size(end) > MAX_INSIDE_BYTES:
        return None
    return docs.encoded(end)


def unpacked(data: bytes, text: TextHead) -> LoadedCorpus:
    """Return what `packed` made ``data`` of.

    Raises:
        RunFileError: It did not make it.
    """
    if is_pasted(text.source):
        return _pasted(data, text)
    try:
        lines = data.decode()
    except UnicodeDecodeError:
        raise RunFileError("a text in it is not UTF-8") from None
    end = text.reading.separator
    is_whole = lines[:1] not in ("", "\n") and lines.endswith(end)
    if not is_whole or end + "\n" in lines or "\r" in lines:
        raise RunFileError("a text in it is not one document after the other")
    docs = lines.removesuffix(end).split(end)
    if max(map(len, docs)) > MAX_DOCUMENT_CHARS:
        raise RunFileError(
            f"a text in it has a document of more than {MAX_DOCUMENT_CHARS:,} "
            "characters"
        )
    dataset = _known(Corpus.of(docs), text)
    remember_text(dataset)
    return dataset


def _pasted(data: bytes, text: TextHead) -> LoadedCorpus:
    try:
        if keep_pasted(data) != text.source:
            raise RunFileError("the pasted text in it is another one than it says")
        return load_pasted(text.source, text.reading)
    except CorpusError as error:
        raise RunFileError(f"a text in it cannot be used: {error}") from None


def stand_in(text: TextHead) -> LoadedCorpus:
    """Return the text without its documents: enough to draw samples, no more."""
    return _known(Corpus.of(()), text)


def found(
    text: TextHead,
    run_file: Path,
    elsewhere: Path | None,
    check: Callable[[], None],
    tell: Callable[[float], None],
) -> LoadedCorpus:
    """Return a text that is not inside, from where it was or lies now.

    Args:
        text: Which.
        run_file: It may lie beside this.
        elsewhere: Where a person says that it is.
        check: Called often; what it raises stops the search.
        tell: Called often with the share of a text that is read, from 0 to 1.

    Raises:
        TextMissing: It is not there, or not the same any more; says what was found.
    """
    reasons = []
    for place in _places(text, run_file, elsewhere):
        try:
            loaded = load_dataset(place, check, tell, reading=text.reading)
        except CorpusError as error:
            reasons.append(str(error))
            continue
        if loaded.sha256 == text.sha256:
            # Where it lies now: the next file must tell that.
            return _known(loaded.corpus, replace(text, source=place))
        reasons.append(f"{shown_path(place)} is another text now")
    raise TextMissing(
        f"the run learns from {shown_path(text.title)}, which is too large to be "
        f"inside the file, and the same text (SHA-256 {text.sha256[:12]}…) is needed "
        "to go on: " + "; ".join(dict.fromkeys(reasons)),
        text.title,
        text.source,
        text.sha256,
    )


def _places(text: TextHead, run_file: Path, elsewhere: Path | None) -> Iterator[str]:
    """Yield names for `load_dataset`, the likeliest first."""
    if elsewhere is not None:
        yield os.path.abspath(elsewhere)
    if text.source in DATASETS or is_pasted(text.source):
        yield text.source
        return
    yield text.path
    yield os.path.join(os.path.abspath(run_file.parent), os.path.basename(text.path))


def _known(corpus: Corpus, text: TextHead) -> LoadedCorpus:
    key = text.source if text.source in DATASETS else recognise(text.sha256)
    is_valid = DATASETS[key].is_valid if key else None
    return LoadedCorpus(
        corpus, text.source, text.title, text.sha256, is_valid, text.reading
    )
