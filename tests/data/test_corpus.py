"""Characters and tokens of a corpus."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgpt_gui.data import Corpus, CorpusError

ACCENTS = Corpus.of(("zoé", "Ægir", "naïve", "👩‍🚀 ok", "日本"))
SPELLING = ACCENTS.vocabulary


def test_ids_are_positions_in_the_sorted_alphabet_and_bos_is_the_next() -> None:
    corpus = Corpus.of(("cab", "b")).vocabulary
    assert corpus.chars == "abc"
    assert corpus.encode("cab") == [2, 0, 1]
    assert corpus.bos == 3
    assert corpus.size == 4


def test_accents_and_emoji_come_back_from_their_tokens() -> None:
    for doc in ACCENTS.docs:
        assert SPELLING.decode(SPELLING.encode(doc)) == doc
    # An emoji made of several characters is several tokens, as in the script.
    assert len(SPELLING.encode("👩‍🚀")) == 3


@given(st.lists(st.text(min_size=1), min_size=1))
def test_every_document_comes_back_from_its_tokens(docs: list[str]) -> None:
    vocabulary = Corpus.of(docs).vocabulary
    assert list(vocabulary.chars) == sorted(set("".join(docs)))
    for doc in docs:
        assert vocabulary.decode(vocabulary.encode(doc)) == doc


def test_a_strange_character_is_named_with_those_that_there_are() -> None:
    with pytest.raises(CorpusError) as caught:
        Corpus.of(("cab",)).vocabulary.encode("abé")
    assert str(caught.value) == (
        "'é' is not one of this vocabulary's 3 characters: abc"
    )
