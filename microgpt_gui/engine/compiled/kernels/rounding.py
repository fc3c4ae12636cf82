"""Squares and roots as the C library's pow rounds them, mostly without calling it.

In Python ``x ** 2.0`` and ``x ** 0.5`` are pow, whose result is not always the double
nearest to the exact one. By the notes in its source, e_pow.c, glibc's is at most 0.5152
units in the last place off, where it is of ordinary size. More than half a unit makes a
difference only where the exact result lies within 0.0152 units of a tie, halfway
between two doubles. So eight results at a time are rounded to the nearest, the exact
error of each, by a fused multiply-add, tells how near to a tie it was, and pow is
called for those alone that were too near: some 3 %.

How near is too near depends on the C library; see `probe` and `constants`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.compiler import inlined
from microgpt_gui.engine.compiled.kernels.eight import (
    all_of,
    binade,
    differ,
    exceed,
    excess,
    get,
    get_whole,
    load,
    lowest_bit,
    outside,
    put,
    put_whole,
    root,
    store,
)
from microgpt_gui.engine.compiled.kernels.places import EIGHT, NUMBER

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.kernels.places import Constants

#: Outside of these, pow is asked in any case: its error grows with the logarithm of
#: its result, and products so small have errors that are rounded themselves.
SMALLEST_SQUARE, LARGEST_SQUARE = 1e-40, 1e40
SMALLEST_ROOTED, LARGEST_ROOTED = 1e-80, 1e80


@inlined
def squares(out: int, x: int, count: int, notes: int, constants: Constants) -> None:
    """Write the squares of ``count`` eights at ``x`` to ``out``."""
    noted = 0
    for k in range(count):
        base = load(x + k * EIGHT)
        square = base * base
        # Too near to a tie is an error that, square_tie times as large, is past it.
        error = excess(base, base, square)
        lanes = differ(square, square + error * constants.square_tie)
        lanes |= outside(square, SMALLEST_SQUARE, LARGEST_SQUARE)
        store(out + k * EIGHT, square)
        put_whole(notes + noted * NUMBER, k << 8 | lanes)
        noted += lanes != 0
    _ask_pow(out, x, notes, noted, constants.two)


@inlined
def roots(out: int, x: int, count: int, notes: int, constants: Constants) -> None:
    """Write the roots of ``count`` eights at ``x``, none below 0, to ``out``."""
    noted = 0
    for k in range(count):
        square = load(x + k * EIGHT)
        nearest = root(square)
        # nearest ** 2 - square is 2 nearest times the root's own error.
        limit = nearest * (binade(nearest) * constants.root_tie)
        lanes = exceed(excess(nearest, nearest, square), limit)
        lanes &= differ(square, all_of(0.0))
        lanes |= outside(square, SMALLEST_ROOTED, LARGEST_ROOTED)
        store(out + k * EIGHT, nearest)
        put_whole(notes + noted * NUMBER, k << 8 | lanes)
        noted += lanes != 0
    _ask_pow(out, x, notes, noted, constants.half)


@inlined
def _ask_pow(out: int, x: int, notes: int, noted: int, exponent: float) -> None:
    """Write x ** exponent for the lanes noted: each note is an eight and its lanes."""
    for i in range(noted):
        note = get_whole(notes + i * NUMBER)
        place, lanes = (note >> 8) * EIGHT, note & 255
        while lanes:
            at = place + lowest_bit(lanes) * NUMBER
            put(out + at, get(x + at) ** exponent)
            lanes &= lanes - 1
