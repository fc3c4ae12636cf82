"""How much of its work the engine "compiled" leaves to this computer's C library."""

from __future__ import annotations

from microgpt_gui.engine.compiled.constants import ANYTHING, bound_here
from microgpt_gui.engine.compiled.loaded import is_loaded, loaded_entries


def words_of_powers() -> str:
    """Say for which squares and roots pow is called; empty without machine code."""
    if not is_loaded():
        return ""
    bound = bound_here(loaded_entries())
    if bound >= ANYTHING:
        return (
            "The C library's pow rounds squares and roots otherwise than to the "
            "nearest number: compiled calls it for every one."
        )
    return (
        "The C library's pow rounds squares and roots to the nearest number but near a "
        f"tie: compiled calls it for those within 1/{1 / bound:.0f} of the last place "
        "of one, and rounds the others itself."
    )
