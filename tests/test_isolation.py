"""Texts of another direction of writing, inside sentences of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from microgpt_gui.cli.streams import say
from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.data.text_file import shown_path
from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.isolation import isolated

FSI, PDI = "\u2068", "\u2069"
HEBREW, ARABIC = "\u05d0\u05de", "\u0628\u0645"


def test_only_what_is_written_from_right_to_left_is_isolated():
    for text in ("", "emma", "zoë", "ภาษา", "東京", "e\u0301", "1,000"):
        assert isolated(text) == text
    for text in (HEBREW, ARABIC, f"abc {HEBREW}", "\u0661", "\u202eabc"):
        assert isolated(text) == f"{FSI}{text}{PDI}"


def test_messages_isolate_and_a_terminal_gets_none(capsys):
    assert shown_path(Path(f"{HEBREW}.txt")) == f"{FSI}{HEBREW}.txt{PDI}"
    persian = "\u06a9\u062a\u0627\u0628\u200c\u0647\u0627"  # with a non-joiner
    assert shown_path(Path(persian)) == f"{FSI}{persian}{PDI}"
    assert "\\u202e" in shown_path(Path(f"{HEBREW}\u202e"))
    with pytest.raises(CorpusError) as refused:
        Vocabulary(HEBREW).encode(ARABIC[0])
    assert str(refused.value) == (
        f"{FSI}'{ARABIC[0]}'{PDI} is not one of this vocabulary's 2 characters: "
        f"{FSI}{' '.join(HEBREW)}{PDI}"
    )
    say(str(refused.value))
    assert capsys.readouterr().err == (
        f"microgpt-gui: '{ARABIC[0]}' is not one of this vocabulary's 2 characters: "
        f"{' '.join(HEBREW)}\n"
    )
