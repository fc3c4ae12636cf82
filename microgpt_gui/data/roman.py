"""Roman numerals from I to MMMCMXCIX: a language with a strict grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_THOUSANDS = ("", "M", "MM", "MMM")
_HUNDREDS = ("", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM")
_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")

_NUMERAL = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


def roman_numerals() -> Iterator[str]:
    """Yield the numerals of 1 to 3999 in order; the longest has 15 characters."""
    for number in range(1, 4000):
        thousands, rest = divmod(number, 1000)
        hundreds, rest = divmod(rest, 100)
        tens, ones = divmod(rest, 10)
        yield _THOUSANDS[thousands] + _HUNDREDS[hundreds] + _TENS[tens] + _ONES[ones]


def is_roman_numeral(text: str) -> bool:
    """Return whether ``text`` is the standard numeral of a number from 1 to 3999."""
    return bool(text) and _NUMERAL.fullmatch(text) is not None
