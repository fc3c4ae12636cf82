"""Letters that draw nothing have a sign, and a name."""

from __future__ import annotations

import unicodedata

from microgpt_gui.letters import (
    beginning,
    clings,
    draws_nothing,
    in_one_line,
    named,
    visible,
)


def test_letters_that_draw_nothing_have_a_sign() -> None:
    signs = {" ": "␣", "\t": "⇥", "\n": "↵", "\u00ad": "¬"}
    for (
        letter
    ) in " \t\n\u00ad\u00a0\u202f\u2003\ufeff\u200b\u200d\u2028\u3164\ufe0f\x85":
        assert draws_nothing(letter)
        sign = visible(letter)
        assert sign == signs.get(letter, "□" if letter == "\x85" else "◇")
        assert unicodedata.category(sign)[0] in "SP"
    for letter in "aé\u05d0\u0600·◇":
        assert not draws_nothing(letter)
        assert visible(letter) == letter
    assert (visible("\ud800"), visible("BOS")) == ("□", "BOS")


def test_letters_that_draw_nothing_have_a_name() -> None:
    assert named("a") == '"a"'
    assert named("א") == '"\u2068א\u2069"'
    assert named("\n") == "the line break"
    assert named("\ufeff") == "the byte order mark (U+FEFF)"
    assert named("\u00a0") == "U+00A0 (no-break space)"
    assert named("\x01") == "U+0001"


def test_marks_stand_on_a_circle_alone_and_on_their_letters_in_a_text() -> None:
    assert visible("\u0301") == "\u25cc\u0301"
    assert named("\u093f") == '"\u25cc\u093f"'
    assert in_one_line("e\u0301\n") == "e\u0301↵"


def test_no_mark_is_torn_from_its_letter() -> None:
    for text, length, shown in (
        ("abc", 2, "ab"),
        ("abc", 5, "abc"),
        ("ae\u0302\u0323", 3, "a"),
        ("a\U0001f468\u200d\U0001f469", 3, "a"),
        ("\u0301\u0301", 1, ""),
    ):
        assert beginning(text, length) == shown


def test_marks_and_joiners_cling_to_the_letter_before() -> None:
    assert all(map(clings, "\u0301\u093f\u200c\u200d\ufe0f"))
    assert not any(map(clings, "a\u05d0\ufeff \u202e"))


def test_a_text_is_shown_on_one_line() -> None:
    assert in_one_line("two words") == "two words"
    assert in_one_line("\ufeffa\nb\u00a0c\u200dd") == "◇a↵b◇c\u200dd"
