"""Texts that were pasted: kept, judged, and saved as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.data.corpus import Corpus
from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.data.dataset import LoadedCorpus
from microgpt_gui.data.parting import documents_in
from microgpt_gui.data.pasted import is_pasted, keep_pasted, pasted_bytes
from microgpt_gui.data.reading import AS_THE_SCRIPT
from microgpt_gui.session.text_facts import TextFacts
from microgpt_gui.session.writable import replacing_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["facts_of_text", "is_pasted", "keep_text", "save_text"]


def keep_text(text: str) -> str:
    """Keep a text as long as the program runs; return what `RunConfig` calls it.

    Raises:
        CorpusError: It is too large to be pasted.
    """
    return keep_pasted(_encoded(text))


def facts_of_text(text: str) -> TextFacts:
    """Return what would be learnt of a text, one document a line.

    Raises:
        CorpusError: Nothing can; says why.
    """
    corpus = Corpus(documents_in(_encoded(text), AS_THE_SCRIPT))
    return TextFacts.of(LoadedCorpus(corpus, "", "", ""))


def save_text(name: str, path: Path) -> None:
    """Write a text that was kept into a file, or leave what was there before.

    Args:
        name: As `keep_text` returned it, or a run file told.
        path: The file.

    Raises:
        CannotWrite: It cannot be written; says why.
        CorpusError: The text is not known here.
    """
    if (data := pasted_bytes(name)) is None:
        raise CorpusError("the pasted text is not known any more")
    with replacing_file(path) as file:
        file.write(data)


def _encoded(text: str) -> bytes:
    # Half a character from another program is no letter of any file.
    return text.encode("utf-8", "replace")
