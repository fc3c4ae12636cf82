"""Whether an engine works here itself: what stands in for it must not be measured."""

from __future__ import annotations

from importlib import import_module

from microgpt_gui.engine import ENGINES
from microgpt_gui.session.machine_code.at_hand import key_at_hand


class NotAtHand(Exception):
    """An engine does not work here; the message says why, and what to do."""


def check_at_hand(engine: str) -> None:
    """Pass if it is this engine that would train.

    Args:
        engine: A key of ENGINES.

    Raises:
        NotAtHand: It is not.
    """
    if key_at_hand(engine) != engine:
        raise NotAtHand(
            "its machine code is not compiled here; --compile does that first"
        )


def problem_with(engine: str) -> str:
    """Return why a key of ENGINES cannot train here, for people; empty if it can."""
    try:
        check_at_hand(engine)
        import_module(ENGINES[engine].module)
    except (NotAtHand, ImportError) as error:
        return str(error)
    return ""
