"""How far from a tie the C library's pow rounds squares and roots another way."""

from __future__ import annotations

import math

from microgpt_gui.engine.compiled.kernels.compiler import compiled, inlined
from microgpt_gui.engine.compiled.kernels.eight import (
    all_of,
    binade,
    excess,
    get,
    store,
)
from microgpt_gui.engine.compiled.kernels.rounding import (
    LARGEST_SQUARE,
)


@compiled
def probe(count: int, seed: int, two: float, half: float, room: int) -> float:
    """Draw ``count`` numbers; return the furthest that pow was seen to go astray.

    Args:
        count: How many numbers are drawn.
        seed: Where the stream of random numbers starts; not 0.
        two: The exponent 2, which the compiler must not know.
        half: The exponent 0.5, likewise.
        room: Where there is room for eight numbers.

    Returns:
        The distance from a tie, in units in the last place: from 0 (pow is always the
        nearest double) to 0.5 (it may be anything).
    """
    widest = math.log(LARGEST_SQUARE)
    furthest = 0.0
    for _ in range(count):
        seed ^= seed << 13  # xorshift: Marsaglia, 2003
        seed ^= (seed >> 7) & ((1 << 57) - 1)
        seed ^= seed << 17
        t = ((seed >> 11) & ((1 << 53) - 1)) * 2.0**-52 * widest - widest
        x, square = math.exp(t / 2), math.exp(2 * t)
        furthest = max(furthest, _square_astray(x, x**two, room))
        furthest = max(furthest, _root_astray(square, square**half, room))
    return furthest


@inlined
def _square_astray(x: float, power: float, room: int) -> float:
    nearest = x * x
    if power == nearest:
        return 0.0
    store(room, excess(all_of(x), all_of(x), all_of(nearest)))
    return _distance(nearest, power, get(room), room)


@inlined
def _root_astray(square: float, power: float, room: int) -> float:
    nearest = math.sqrt(square)
    if power == nearest:
        return 0.0
    store(room, excess(all_of(nearest), all_of(nearest), all_of(square)))
    return _distance(nearest, power, get(room) / (2 * nearest), room)


@inlined
def _distance(nearest: float, power: float, error: float, room: int) -> float:
    """Return how far from a tie the exact result is, which is not ``error`` off."""
    store(room, binade(all_of(nearest)))
    unit: float = get(room) * 2.0**-52  # in the last place
    if not abs(power - nearest) < 2.5 * unit:
        return 0.5
    return 0.5 - abs(error) / unit
