"""Letters that an alphabet has in their other case alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.isolation import isolated
from microgpt_gui.letters import visible

if TYPE_CHECKING:
    from collections.abc import Container


#: What a person may have copied in place of a line break.
_BREAKS = frozenset((visible("\n"), "\u2028", "\u2029"))


def in_alphabet(text: str, chars: Container[str]) -> str:
    """Return ``text`` with each letter that ``chars`` lacks in its other case.

    What stands for a line break where it is shown is taken for one.

    Args:
        text: As a person typed it.
        chars: The alphabet.

    Returns:
        As many letters; those that the alphabet has in no case stay as they are.
    """
    return "".join(
        letter if letter in chars else _other_case(letter, chars) for letter in text
    )


def said_of_case(typed: str, taken: str) -> str:
    """Say which letters were taken in their other case; empty if none was.

    Args:
        typed: What the person typed.
        taken: What `in_alphabet` made of it.
    """
    pairs = zip(typed, taken, strict=True)
    changed = {one: other for one, other in pairs if one != other and other != "\n"}
    if not changed:
        return ""
    lacking = _listed([f"“{isolated(letter)}”" for letter in changed])
    instead = _listed([f"“{isolated(letter)}”" for letter in changed.values()])
    verb = "is" if len(changed) == 1 else "are"
    return f"{lacking} {verb} not in the alphabet: {instead} {verb} taken instead"


def _other_case(letter: str, chars: Container[str]) -> str:
    if letter in _BREAKS and "\n" in chars:
        return "\n"
    for other in (letter.lower(), letter.upper()):
        if len(other) == 1 and other in chars:
            return other
    return letter


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
