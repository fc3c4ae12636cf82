"""Paragraphs as documents, and the byte order mark left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgpt_gui.data import load
from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.data.parting import documents_in
from microgpt_gui.data.pasted import keep_pasted, load_pasted
from microgpt_gui.data.reading import Reading
from microgpt_gui.data.text_file import read_text_file

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPHS = Reading("paragraphs")


def naive_paragraphs(text: str) -> list[str]:
    lines = re.sub("\r\n|\r", "\n", text)
    lines = "\n".join("" if line.isspace() else line for line in lines.split("\n"))
    return [p.strip() for p in re.split("\n\n+", lines) if p.strip()]


@given(st.text(alphabet="ab \t\r\n\x0b\u2028é\u00a0", max_size=40))
def test_blank_lines_part_paragraphs(text: str) -> None:
    wanted = naive_paragraphs(text)
    if not wanted:
        with pytest.raises(CorpusError, match=r"paragraphs between blank lines"):
            documents_in(text.encode(), PARAGRAPHS)
        return
    docs = documents_in(text.encode(), PARAGRAPHS)
    assert list(docs) == wanted
    assert docs.chars == "".join(sorted(set("".join(wanted))))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_large_text_is_parted_as_a_small_one_is(end: str) -> None:
    text = (
        "  Roses are réd,\n\tviolets\n \t\nSugar\nis sweet \n\n\n".replace("\n", end)
        * 9000
    )
    docs = documents_in(text.encode(), PARAGRAPHS)
    assert len(docs) == 18_000
    assert set(docs) == {"Roses are réd,\n\tviolets", "Sugar\nis sweet"}


def test_says_which_paragraph_is_too_long() -> None:
    poem = "ab\n\n" + "so much depends\n" * 700
    with pytest.raises(
        CorpusError, match=r"line 702 belongs to has more than 10,000 ch"
    ):
        documents_in(poem.encode(), PARAGRAPHS)
    with pytest.raises(CorpusError, match=r"only a blank line ends a paragraph"):
        documents_in(b"so much depends\n" * 500_000, PARAGRAPHS)


def test_a_byte_order_mark_can_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "marked.txt"
    path.write_bytes("\ufeff\ufeffemma\n\nava\n\ufeffzoe".encode())
    # The same file, read in three ways, one after the other.
    for reading, wanted in (
        (Reading(), ("\ufeff\ufeffemma", "ava", "\ufeffzoe")),
        (Reading("lines", True), ("\ufeffemma", "ava", "\ufeffzoe")),
        (Reading("paragraphs", True), ("\ufeffemma", "ava\n\ufeffzoe")),
    ):
        loaded = load(str(path), reading=reading)
        assert tuple(loaded.corpus.docs) == wanted
        assert loaded.reading == reading
    path.write_bytes("\ufeff\nava".encode())
    assert tuple(read_text_file(path).corpus.docs) == ("\ufeff", "ava")
    without = read_text_file(path, reading=Reading("lines", True))
    assert tuple(without.corpus.docs) == ("ava",)


def test_what_comes_with_the_program_has_one_document_a_line() -> None:
    with pytest.raises(CorpusError, match=r"^Elements has one document a line"):
        load("elements", reading=PARAGRAPHS)


def test_a_pasted_text_is_a_text() -> None:
    name = keep_pasted(b"emma\nava\n\nzoe")
    assert tuple(load(name).corpus.docs) == ("emma", "ava", "zoe")
    assert tuple(load(name, reading=PARAGRAPHS).corpus.docs) == ("emma\nava", "zoe")
    with pytest.raises(CorpusError, match=r"^Pasted text: .* only blank lines"):
        load(keep_pasted(b" \n"))
    with pytest.raises(CorpusError, match=r"^Pasted text: it was pasted into another"):
        load_pasted("pasted:000000000000", Reading())
    with pytest.raises(CorpusError, match=r"the text has 2\.2 MB, and at most 2\.1 MB"):
        keep_pasted(b"a\n" * 1_100_000)
