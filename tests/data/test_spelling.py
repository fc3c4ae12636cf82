"""Many documents spelt at once, whatever their letters."""

from __future__ import annotations

import pytest

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.data.spelling import Spelling
from microgpt_gui.data.vocabulary import Vocabulary

#: Alphabets: of a byte a letter, of more, with what bounds lines, and a large one.
ALPHABETS = [
    "abc",
    "\0\nabc",
    "\nabcü一😀\U0010ffff",
    "".join(map(chr, range(0x3400, 0x3400 + 2000))),
    "".join(map(chr, range(0x80))),
]


@pytest.mark.parametrize("chars", ALPHABETS)
def test_many_documents_are_spelt_as_each_of_them(chars):
    vocabulary = Vocabulary(chars)
    documents = ["", chars[:3], chars[-2:], chars, "", chars[1] * 5]
    alone = [token for doc in documents for token in vocabulary.tokens_of(doc)]
    found = Spelling(vocabulary).tokens_of(documents)
    assert (list(found), found.typecode) == (alone, "q")
    assert not Spelling(vocabulary).tokens_of([])


@pytest.mark.parametrize("foreign", ["x", "\0", "\U0010ffff"])
def test_a_letter_that_is_none_is_named(foreign):
    with pytest.raises(CorpusError, match="is not one of this vocabulary's 3"):
        Spelling(Vocabulary("abc")).tokens_of(["abc", f"a{foreign}"])
