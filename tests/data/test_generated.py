"""Roman numerals and sums: their documents, and what counts as one."""

from __future__ import annotations

import itertools

import pytest

from microgpt_gui.data.roman import is_roman_numeral, roman_numerals
from microgpt_gui.data.sums import is_true_sum, sums

VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def value(numeral: str) -> int:
    """Read a numeral: a smaller sign before a larger one is taken away."""
    digits = [VALUES[sign] for sign in numeral]
    return sum(
        -digit if digit < following else digit
        for digit, following in itertools.zip_longest(digits, digits[1:], fillvalue=0)
    )


def test_numerals_count_from_1_to_3999() -> None:
    numerals = list(roman_numerals())
    assert [value(numeral) for numeral in numerals] == list(range(1, 4000))
    assert numerals[1989 - 1] == "MCMLXXXIX"
    assert max(numerals, key=len) == "MMMDCCCLXXXVIII"


def test_short_texts_of_roman_signs_are_valid_only_if_they_are_numerals() -> None:
    numerals = set(roman_numerals())
    for length in range(6):
        for signs in itertools.product("IVXLCDM", repeat=length):
            text = "".join(signs)
            assert is_roman_numeral(text) == (text in numerals)


@pytest.mark.parametrize(
    "text", ["", "MMMM", "IIII", "IC", "VX", "xiv", "XIV ", "XIV\n", "Ⅳ", "4"]
)
def test_what_is_no_numeral(text: str) -> None:
    assert not is_roman_numeral(text)


def test_all_sums_in_order() -> None:
    documents = list(sums())
    assert len(documents) == len(set(documents)) == 10_000
    assert documents[:2] == ["0+0=0", "0+1=1"]
    assert documents[100] == "1+0=1"
    assert documents[-1] == "99+99=198"


@pytest.mark.parametrize("text", ["0+0=0", "9+1=10", "99+99=198", "7+35=42"])
def test_true_sums(text: str) -> None:
    assert is_true_sum(text)


@pytest.mark.parametrize(
    "text",
    [
        "1+1=3",
        "1+1=",
        "+1=1",
        "1+1",
        "",
        "01+1=2",
        "1+1=02",
        "100+0=100",
        "1+1=2 ",
        "1+1=2\n",
        "1 + 1 = 2",
        "-1+2=1",
        "1+1=2=2",
        "\u0661+\u0661=\u0662",  # digits to int(), but not to the model
    ],
)
def test_what_is_no_true_sum(text: str) -> None:
    assert not is_true_sum(text)
