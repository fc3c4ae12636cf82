"""What the attention panel says."""

from __future__ import annotations

import pytest

from microgpt_gui.gui.panel import text_words
from microgpt_gui.gui.panels.attention import words
from microgpt_gui.session.reading.shown_text import BOS_LABEL
from microgpt_gui.session.reading.text import TextReading

#: Which letters the fonts have, Qt alone knows.
pytestmark = pytest.mark.usefixtures("qapp")

ROWS = ((1.0,), (0.25, 0.75), (0.125, 0.41234567, 0.46265433))


def look(labels="an", layers=1, heads=2, step=412, text=None, is_document=False):
    return TextReading(
        step=step,
        text="".join(labels) if text is None else text,
        labels=(BOS_LABEL, *labels),
        attention=((ROWS,) * heads,) * layers,
        is_document=is_document,
    )


def test_a_cell_is_read_out_with_both_tokens_and_the_full_value():
    assert words.reading(look(layers=2), 0, 1, 2, 1) == (
        'layer 1, head 2: "n" (position 2) gives 0.412 of its attention to '
        '"a" (position 1) · 0.41234567'
    )


def test_the_only_layer_goes_without_saying():
    assert words.reading(look(), 0, 0, 2, 0) == (
        'head 1: "n" (position 2) gives 0.125 of its attention to '
        "BOS (the beginning, position 0) · 0.12500000"
    )


def test_a_token_may_look_at_itself():
    assert words.reading(look(), 0, 0, 1, 1) == (
        'head 1: "a" (position 1) gives 0.750 of its attention to itself · 0.75000000'
    )


def test_a_token_cannot_look_ahead():
    assert words.reading(look(), 0, 0, 0, 2) == (
        'head 1: BOS (the beginning, position 0) cannot see "n" (position 2), '
        "which comes later: no weight"
    )


def test_a_space_and_what_cannot_be_seen_are_named():
    assert "the space (position 1)" in words.reading(look(" n"), 0, 0, 2, 1)
    assert "the tab (position 1)" in words.reading(look("\tn"), 0, 0, 2, 1)
    assert "the line break (position 1)" in words.reading(look("\nn"), 0, 0, 2, 1)
    assert '"↵n"' in text_words.subject(look("\nn", is_document=True))


def test_a_tiny_value_keeps_its_digits():
    rows = ((1.0,), (1.25e-9, 1.0))
    tiny = TextReading(1, "a", (BOS_LABEL, "a"), ((rows,),), False)
    assert words.reading(tiny, 0, 0, 1, 0).endswith(" · 1.2500000e-09")


def test_the_header_tells_a_document_from_a_typed_text():
    assert (
        text_words.subject(look("anna", is_document=True))
        == 'step 412, document "anna"'
    )
    assert text_words.subject(look("anna")) == "step 412, your text"
    assert text_words.subject(look(step=1000)) == "step 1,000, your text"


def test_a_long_document_is_abridged_in_the_header():
    said = text_words.subject(look(text="x" * 500, is_document=True))
    assert len(said) < 60
    assert "…" in said


def test_heads_count_from_one():
    assert words.head_title(0, 1, 4)[0] == "layer 1 · head 2"
    assert words.head_title(0, 1, 1)[0] == "head 2"
    assert words.head_title(2, 1, 4)[1] == "L3 · H2"
