import gc
import random
import tracemalloc
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgpt_gui.data.documents import Documents, DocumentsBuilder
from microgpt_gui.data.lookup import Lookup
from microgpt_gui.data.text_file import read_text_file


@given(st.lists(st.text(min_size=1)), st.integers(-9, 9))
def test_documents_are_what_was_put_in(docs: list[str], place: int) -> None:
    builder = DocumentsBuilder()
    for start in range(0, len(docs), 3):
        builder.add(docs[start : start + 3])
    held = builder.finish()
    assert list(held) == docs
    assert held[2:-1] == tuple(docs[2:-1])
    if -len(docs) <= place < len(docs):
        assert held[place] == docs[place]
    else:
        with pytest.raises(IndexError):
            held[place]
    assert held.chars == "".join(sorted(set("".join(docs))))
    lengths = [*map(len, docs)]
    assert held.lengths == {n: lengths.count(n) for n in lengths}
    for end in ("\n", "\n\n"):
        assert held.encoded(end) == "".join(doc + end for doc in docs).encode()
        assert held.encoded_size(end) == len(held.encoded(end))
    assert held is Documents.of(docs), "equal documents take memory twice"
    assert held != Documents.of([*docs, "ä"])


def test_what_line_feeds_part_and_what_holds_them_is_not_the_same() -> None:
    whole, parted = Documents.of(["a\nb"]), Documents.of(["a", "b"])
    assert whole != parted
    assert (whole.chars, parted.chars) == ("\nab", "ab")
    assert [*whole], [*parted] == (["a\nb"], ["a", "b"])


@given(st.lists(st.text("ab\n", min_size=1, max_size=5)), st.text("ab\n", max_size=6))
def test_a_text_is_found_if_it_is_a_document(docs: list[str], text: str) -> None:
    lookup = Lookup(Documents.of(docs))
    assert lookup.holds(text) == (text in docs)
    assert lookup.holds(text[:3], cut=3) == (text[:3] in [doc[:3] for doc in docs])


def test_a_text_is_found_among_a_million_at_once(large: Path) -> None:
    docs = read_text_file(large).corpus.docs
    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1

    lookup = Lookup(docs)
    lookup.prepare(None, look)
    assert looks > 100, "it cannot be stopped"
    looks = 0
    for doc in islice(docs, 0, None, 99_999):
        assert lookup.holds(doc, check=look)
        assert not lookup.holds(doc + "!", check=look)
        assert not lookup.holds(doc[1:] + "\n" + doc, check=look)
    assert looks < 10 * len(docs.buffer) >> 20, "it reads all for each text"
    cut = docs[0][:4]
    assert lookup.holds(cut, cut=4)
    assert not lookup.holds(cut, cut=5)


def test_a_large_text_takes_little_memory(large: Path, tmp_path: Path) -> None:
    path = tmp_path / "part.txt"  # watching memory makes all of it slow
    path.write_bytes(large.read_bytes()[: 1 << 20])
    read_text_file(Path(__file__))  # what was read last is kept
    gc.collect()
    tracemalloc.start()
    try:
        corpus = read_text_file(path).corpus
        corpus.lookup.prepare(None)
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 3.0 * path.stat().st_size
    assert most < 4.0 * path.stat().st_size


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "names.txt"
    stream = random.Random(1)
    letters = "".join(stream.choices("abcdefghijklmnopqrstuvwxyz", k=1 << 20))
    lines = (letters[i : i + 8 + i % 7] for i in range(0, len(letters), 3))
    path.write_text("\n".join(lines))
    return path
