"""Letters that an alphabet has, but not as a person types them.

In the other case alone; or with their marks apart where the keyboard puts them
together, or the other way round.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from microgpt_gui.isolation import isolated
from microgpt_gui.letters import visible
from microgpt_gui.session.listed import listed

if TYPE_CHECKING:
    from collections.abc import Container


#: What a person may have copied in place of a line break.
_BREAKS = frozenset((visible("\n"), "\u2028", "\u2029"))


def in_alphabet(text: str, chars: Container[str]) -> str:
    """Return ``text`` with each letter that ``chars`` lacks in its other case.

    Where that does not do, and taking all signs apart or putting them together does,
    that is done before. What stands for a line break where it is shown is taken for
    one.

    Args:
        text: As a person typed it.
        chars: The alphabet.

    Returns:
        As many letters, unless they were taken apart or put together; those that the
        alphabet has in no way stay as they are.
    """
    for spelt in _spellings(text):
        taken = _cased(spelt, chars)
        if all(letter in chars for letter in taken):
            return taken
    return _cased(text, chars)


def said_of_case(typed: str, taken: str) -> str:
    """Say which letters were taken in another way; empty if none was.

    Args:
        typed: What the person typed.
        taken: What `in_alphabet` made of it.
    """
    spelt = next((s for s in _spellings(typed) if len(s) == len(taken)), typed)
    if len(spelt) != len(taken):
        return ""
    said = [_said_of_spelling(typed, spelt)] if spelt != typed else []
    pairs = zip(spelt, taken, strict=True)
    changed = {one: other for one, other in pairs if one != other and other != "\n"}
    if changed:
        lacking = listed([f"“{isolated(letter)}”" for letter in changed])
        instead = listed([f"“{isolated(letter)}”" for letter in changed.values()])
        verb = "is" if len(changed) == 1 else "are"
        said.append(
            f"{lacking} {verb} not in the alphabet: {instead} {verb} taken instead"
        )
    return "; ".join(said)


def _spellings(text: str) -> list[str]:
    """Return ``text`` as it is, then put together, then taken apart."""
    forms = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    return list(dict.fromkeys((text, *forms)))


def _said_of_spelling(typed: str, spelt: str) -> str:
    how = "put together" if len(spelt) < len(typed) else "taken apart"
    return f"letters and their parts are {how}, as the alphabet has them"


def _cased(text: str, chars: Container[str]) -> str:
    return "".join(
        letter if letter in chars else _other_case(text, place, chars)
        for place, letter in enumerate(text)
    )


def _other_case(text: str, place: int, chars: Container[str]) -> str:
    """Return what is taken for the letter of ``text`` at ``place``."""
    letter = text[place]
    if letter in _BREAKS and "\n" in chars:
        return "\n"
    others = [letter.lower(), letter.upper(), _ONE_FOR_TWO.get(letter, "")]
    if any(own in chars for own in _TURKISH_ALONE):
        others.insert(0, _TURKISH.get(letter, ""))
    before, after = text[:place][-1:], text[place + 1 :][:1]
    if letter == "Σ" and before.isalpha() and not after.isalpha():
        others.insert(0, "ς")  # at the end of a word
    for other in others:
        if len(other) == 1 and other in chars:
            return other
    return letter


#: Turkish and its neighbours have two letters where others have one; these tell them.
_TURKISH_ALONE = "\u0131\u0130"
_TURKISH = {"I": "\u0131", "\u0131": "I", "\u0130": "i", "i": "\u0130"}

#: Letters whose other case is two letters, for Python, and one, for people.
_ONE_FOR_TWO = {"\u0130": "i", "ß": "ẞ"}
