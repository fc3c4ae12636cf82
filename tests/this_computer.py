"""What this computer's C library makes of the words that the tests expect.

Where it rounds as the one of the recordings, every bit must be the recorded one; where
it does not, engines are held against autograd.
"""

from __future__ import annotations

import re

from microgpt_gui.session.functions import this_computers_functions


def is_recorded_library() -> bool:
    return this_computers_functions().are_those_of_the_recording


def agreement(engine: str) -> re.Pattern[str]:
    """Return what a verdict begins with where ``engine`` keeps its promise."""
    near = r"within 1e-12 \(largest \de[+-]\d\d\)"
    if is_recorded_library():
        return re.compile("identical: ")
    return re.compile(
        f"{near}: " if engine == "autograd" else f"identical to autograd, {near}: "
    )
