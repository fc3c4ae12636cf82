"""Texts that were pasted, and are in no file: kept as long as the program runs.

A run file holds such a text whole, and reading one brings it back here.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus import Corpus
from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.data.dataset import LoadedCorpus
from microgpt_gui.data.parting import documents_in
from microgpt_gui.letters import beginning, in_one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.data.reading import Reading

#: What the name of a pasted text begins with, where a file's path stands otherwise.
PREFIX = "pasted:"

TITLE = "Pasted text"

#: So much of a text stands in its title.
_TITLE_CHARS = 16

#: So much fits into any run file; for more there are files.
MAX_PASTED_BYTES = 2 * 2**20

_SUM_DIGITS = 12
_NAME = re.compile(f"{PREFIX}[0-9a-f]{{{_SUM_DIGITS}}}")

#: By name. Nothing is ever replaced: the name follows from the text.
_texts: dict[str, bytes] = {}


def is_pasted(name: str) -> bool:
    """Say whether a dataset's name is a pasted text's."""
    return _NAME.fullmatch(name) is not None


def keep_pasted(data: bytes) -> str:
    """Keep a text, in UTF-8, and return its name. From any thread.

    Raises:
        CorpusError: It is too large to be kept.
    """
    if len(data) > MAX_PASTED_BYTES:
        raise CorpusError(
            f"the text has {len(data) / 1e6:.1f} MB, and at most "
            f"{MAX_PASTED_BYTES / 1e6:.1f} MB can be pasted: save it as a file, and "
            "open that"
        )
    name = PREFIX + hashlib.sha256(data).hexdigest()[:_SUM_DIGITS]
    _texts[name] = data
    return name


def pasted_bytes(name: str) -> bytes | None:
    """Return a text that was kept; None where it is not known."""
    return _texts.get(name)


def pasted_title(name: str) -> str:
    """Return what people call a text: that it was pasted, and how it begins."""
    lines = _texts.get(name, b"").decode("utf-8", "replace").split("\n")
    first = next(filter(None, map(str.strip, lines)), "")
    begin = in_one_line(beginning(first, _TITLE_CHARS)).strip()
    return f"{TITLE}: {begin} …" if begin else TITLE


def load_pasted(
    name: str, reading: Reading, check: Callable[[], None] = lambda: None
) -> LoadedCorpus:
    """Return the documents of a text that was kept.

    Raises:
        CorpusError: It is not known here, or is no usable text; one line for people.
    """
    if (data := _texts.get(name)) is None:
        raise CorpusError(
            f"{TITLE}: it was pasted into another window, and is in no file; open a "
            "run that has learnt from it, or paste it again"
        )
    try:
        corpus = Corpus(documents_in(data, reading, check))
    except CorpusError as error:
        why = str(error).replace("this file", "this text")
        why = why.replace("a binary file, not a text", "no text")
        raise CorpusError(f"{TITLE}: {why}") from None
    sha256 = hashlib.sha256(data).hexdigest()
    return LoadedCorpus(corpus, name, pasted_title(name), sha256, reading=reading)
