"""The numbers that machine code reads from memory, for a model on this computer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.places import EIGHT, Constants
from microgpt_gui.engine.compiled.memory import Block
from microgpt_gui.engine.config import ADAM_EPS
from microgpt_gui.engine.restorable import CALM

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.loaded import Entries
    from microgpt_gui.engine.config import AdamConfig, ModelConfig

#: Numbers drawn to see how near to a tie the C library's pow goes astray: some 5 ms.
DRAWN = 100_000

#: How near to a tie pow may go astray, in units in the last place, so that it is asked
#: for no squares and roots but those. The first holds for glibc, which promises errors
#: of at most 0.5152 where `rounding` does not ask it in any case. The others make Adam
#: take 1.5 to 3 times as long.
BOUNDS = (1 / 64, 1 / 16, 1 / 8, 1 / 4)

#: Where pow may be anything, so that it is asked for everything.
ANYTHING = 0.5

#: The sum of a gradient's squares gives its length where it is between these.
LEAST_SQUARES, MOST_SQUARES = 1e-250, CALM**2


def constants_of(config: ModelConfig, adam: AdamConfig, bound: float) -> Constants:
    """Return what machine code reads.

    Args:
        config: The model's sizes.
        adam: The decay rates.
        bound: One of ``BOUNDS``, or ``ANYTHING``.
    """
    trusts = bound < ANYTHING
    return Constants(
        minus_one=-1.0,
        minus_two=-2.0,
        minus_half=-0.5,
        minus_three_halves=-1.5,
        two=2.0,
        half=0.5,
        share=config.n_embd**-1,
        scale=(config.head_dim**0.5) ** -1,
        beta1=adam.beta1,
        beta2=adam.beta2,
        eps=ADAM_EPS,
        square_tie=0.5 / (0.5 - bound) if trusts else math.inf,
        root_tie=2.0**-52 * (1 - 2 * bound) if trusts else -1.0,
        least=LEAST_SQUARES,
        most=MOST_SQUARES,
    )


_measured: tuple[Entries, float] | None = None


def bound_here(entries: Entries) -> float:
    """Return how near to a tie this computer's pow may go astray.

    Args:
        entries: Of machine code; what it finds out is remembered.
    """
    global _measured
    if _measured is None or _measured[0] is not entries:
        room = Block(EIGHT)
        _measured = entries, bound_of(entries["probe"](DRAWN, 1, 2.0, 0.5, room.at))
    return _measured[1]


def bound_of(furthest: float) -> float:
    """Return the bound for a pow that was seen to go astray so far from a tie."""
    # Half as far again: the furthest of all was hardly among those drawn.
    return next((bound for bound in BOUNDS if 1.5 * furthest <= bound), ANYTHING)
