"""Which letters the fonts of this computer have, and what to do about the others."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetricsF

from microgpt_gui.gui.theme.fonts import SANS

if TYPE_CHECKING:
    from collections.abc import Iterable

#: So many letters are named where they have no script in common.
_NAMED = 3

#: First words of Unicode's names, and what people call the letters. Where a script is
#: not here, its own name does.
_SCRIPTS = {
    "CJK": ("Chinese", "Noto Sans CJK", "fonts-noto-cjk"),
    "HIRAGANA": ("Japanese", "Noto Sans CJK", "fonts-noto-cjk"),
    "KATAKANA": ("Japanese", "Noto Sans CJK", "fonts-noto-cjk"),
    "HANGUL": ("Korean", "Noto Sans CJK", "fonts-noto-cjk"),
}


@lru_cache(maxsize=10_000)
def has_sign(letter: str) -> bool:
    """Say whether some font has ``letter``, or it needs none; on any thread.

    The first letter that the fonts of the window lack costs a look at all the others.
    """
    if letter.isascii() or not _is_drawn(letter):
        return True
    return QFontMetricsF(QFont(SANS)).inFontUcs4(ord(letter))


def without_font(letters: Iterable[str]) -> str:
    """Return those of ``letters`` that no font has, each once."""
    return "".join(x for x in dict.fromkeys(letters) if not has_sign(x))


def shown(text: str) -> str:
    """Return ``text``, letter for letter, with blanks for what no font has.

    Boxes say nothing; what is missing is told in a `sentence`.
    """
    if text.isascii():
        return text
    return "".join(x if has_sign(x) else "\N{NO-BREAK SPACE}" for x in text)


def sentence(letters: str) -> str:
    """Say that no font has ``letters``, and what to install; empty where all are there.

    Args:
        letters: See `without_font`.
    """
    if not letters:
        return ""
    names = {_script(letter) for letter in letters}
    if None in names or len(names) > 1:
        some = [_named(letter) for letter in letters[:_NAMED]]
        more = len(letters) - len(some)
        what = ", ".join(some) + (f" and {more} more" if more else "")
        return (
            f"No font on this computer has {what}. Install the Noto fonts (on Debian "
            "and Ubuntu: fonts-noto-core, fonts-noto-cjk, fonts-noto-color-emoji) and "
            "start the program again."
        )
    (first,) = names
    people, font, package = _SCRIPTS.get(
        first or "", (f"{first}".title(), f"Noto Sans {first}".title(), "")
    )
    package = package or "fonts-noto-core"
    return (
        f"No font on this computer has {people} letters. Install one, such as "
        f"{font} (on Debian and Ubuntu: {package}), and start the program again."
    )


def problem_of_pixels(letters: Iterable[str]) -> str:
    """Say why a picture of ``letters`` is not painted here; empty where it can be."""
    if not (lacking := without_font(letters)):
        return ""
    return (
        f"{sentence(lacking)} An SVG picture is drawn with the fonts of whoever opens "
        "it."
    )


def _is_drawn(letter: str) -> bool:
    """Say whether a font must have ``letter``: joiners and selectors only shape."""
    is_selector = "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter
    return letter.isprintable() and not is_selector


def _script(letter: str) -> str | None:
    """Return the first word of a letter's name; None for what is of no script."""
    if unicodedata.category(letter)[0] not in "LM":
        return None
    return unicodedata.name(letter, " ").split(" ")[0] or None


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "").lower()
    return f"U+{ord(letter):04X}{f' ({name})' if name else ''}"
