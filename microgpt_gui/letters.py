"""A sign for every letter that draws nothing, and a name for it."""

from __future__ import annotations

import unicodedata

from microgpt_gui.isolation import isolated

#: What stands for letters that draw nothing; every sign is one letter of the fonts that
#: come with the program.
_SIGNS = {" ": "␣", "\t": "⇥", "\n": "↵", "\N{SOFT HYPHEN}": "¬"}
_INVISIBLE, _CONTROL = "◇", "□"

_NAMES = {
    " ": "the space",
    "\t": "the tab",
    "\n": "the line break",
    "\ufeff": "the byte order mark (U+FEFF)",
}

#: Letters of categories whose others draw something, but which draw nothing themselves:
#: fillers, blanks and selectors (Default_Ignorable_Code_Point of UAX 44, and U+2800).
_BLANKS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)

#: Signs of the category of format characters that are drawn, around digits that follow.
_DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")

#: They make one sign of several, in some scripts and among emoji.
_JOINER = "\u200d"
_JOINING = frozenset("\u200c\u200d" + "".join(map(chr, range(0xFE00, 0xFE10))))


def draws_nothing(letter: str) -> bool:
    """Say whether a letter leaves no ink: a space, a line break, a mark."""
    if letter in _DRAWN:
        return False
    category = unicodedata.category(letter)
    return category in ("Zs", "Zl", "Zp", "Cc", "Cf") or letter in _BLANKS


def visible(letter: str) -> str:
    """Return a letter as it is shown by itself: one sign that can be seen.

    A mark stands on a dotted circle, or it would go onto whatever stands before it.

    Anything else than one letter, such as BOS, is returned as it is.
    """
    if len(letter) != 1:
        return letter
    if letter in _SIGNS:
        return _SIGNS[letter]
    if letter in _DRAWN:
        return letter
    if draws_nothing(letter):
        return _CONTROL if unicodedata.category(letter) == "Cc" else _INVISIBLE
    if _is_mark(letter):
        return f"\N{DOTTED CIRCLE}{letter}"
    return letter if letter.isprintable() else _CONTROL


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"


def clings(letter: str) -> bool:
    """Say whether a letter is part of the sign before it: a mark, or what joins."""
    return _is_mark(letter) or letter in _JOINING


def named(letter: str) -> str:
    """Return a letter as a sentence speaks of it, in quotes where it can be seen."""
    if letter in _NAMES:
        return _NAMES[letter]
    if letter.isprintable() and not draws_nothing(letter):
        return f'"{isolated(visible(letter))}"'
    name = unicodedata.name(letter, "").lower()
    return f"U+{ord(letter):04X}" + (f" ({name})" if name else "")


def in_one_line(text: str) -> str:
    """Return a text on one line in which everything can be seen.

    Spaces stay, and so does what joins letters in some scripts, and what goes onto
    letters. The result has as many letters as the text.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c if c == " " or c in _JOINING or _is_drawn_mark(c) else visible(c)
        for c in text
    )


def _is_drawn_mark(letter: str) -> bool:
    return _is_mark(letter) and not draws_nothing(letter)


def quoted(text: str) -> str:
    """Return a text in quotes, as a sentence can hold it: on one line, isolated."""
    return f"“{isolated(in_one_line(text))}”"


def beginning(text: str, length: int) -> str:
    """Return at most ``length`` letters; no mark is torn from what carries it."""
    if length >= len(text):
        return text
    while length and (clings(text[length]) or text[length - 1] == _JOINER):
        length -= 1
    return text[:length]


def ended(text: str) -> str:
    """Return ``text`` as a sentence; dots at its end, of what was cut, are enough."""
    return (
        text if text.rstrip("\N{POP DIRECTIONAL ISOLATE}").endswith("…") else f"{text}."
    )


def with_escaped_breaks(text: str) -> str:
    r"""Return a text on one line of plain output: a line break as the two signs \n."""
    return text.replace("\n", "\\n")
