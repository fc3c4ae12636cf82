"""In which form things cross from one interpreter to the other.

No object can be in both. Numbers cross as the bytes of their arrays, an error as its
pickled form; the flag of a `CancelToken` is one byte of memory that both look at.
"""

from __future__ import annotations

import pickle
from array import array
from typing import NamedTuple

from microgpt_gui.engine.state import EngineState
from microgpt_gui.engine.steps import StepsAhead

#: An `EngineState`: steps done, then parameters, m and v, each the bytes of doubles.
PlainState = tuple[int, bytes, bytes, bytes]


class Answer(NamedTuple):
    """What comes back of every call, as a bare tuple: that crosses without pickling."""

    error: bytes  # that was raised, pickled; empty for none
    steps_done: int
    gradient_norm: float
    found: tuple[bytes | float, ...]  # what was asked for


def plain_steps(ahead: StepsAhead) -> tuple[bytes, bytes, bytes]:
    """Return steps in the form that crosses: theirs alone, of what may be a long text.

    Returns:
        The bytes of tokens, starts and learning rates, see `StepsAhead`.
    """
    first, end = ahead.starts[0], ahead.starts[-1]
    starts = array("q", [start - first for start in ahead.starts])
    tokens = ahead.tokens[first:end]
    return tokens.tobytes(), starts.tobytes(), ahead.learning_rates.tobytes()


def steps_of_plain(tokens: bytes, starts: bytes, rates: bytes) -> StepsAhead:
    """Return the steps that `plain_steps` was given."""
    return StepsAhead(array("q", tokens), array("q", starts), doubles(rates))


def plain(state: EngineState) -> PlainState:
    """Return a state in the form that crosses."""
    return (
        state.steps_done,
        state.parameters.tobytes(),
        state.m.tobytes(),
        state.v.tobytes(),
    )


def of_plain(state: PlainState) -> EngineState:
    """Return the state that `plain` was given."""
    return EngineState(state[0], *map(doubles, state[1:]))


def doubles(numbers: bytes) -> array[float]:
    """Return the array of type code "d" that these are the bytes of."""
    return array("d", numbers)


def plain_error(error: Exception) -> bytes:
    """Return an error in the form that crosses."""
    try:
        return pickle.dumps(error)
    except Exception:  # its type is no one's outside this call
        return pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))


def raise_plain(error: bytes) -> None:
    """Raise the error that `plain_error` was given; nothing if there is none."""
    if error:
        raise pickle.loads(error)
