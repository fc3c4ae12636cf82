"""How large each matrix was, over the run."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from microgpt_gui.session.reading.matrices import named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.state import EngineState
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.matrices import Matrix
    from microgpt_gui.session.reading.reader import Reader

#: A curve has no more points: nobody sees them.
MOST_POINTS = 400

#: So many numbers are squared and added at a time: in between, others have a turn.
_BLOCK = 4096

#: Numbers that are read between two answers, which show the curves as they are so far.
_ANSWERED_AFTER = 60_000


@dataclass(frozen=True, slots=True, eq=False)
class Norms:
    """The size of each matrix at some steps of a run.

    Attributes:
        step: Steps done at the last of them.
        names: Of the matrices, the script's, in its creation order.
        steps: Steps done, rising: of the keyframes, and of the moment asked.
        norms: [matrix][moment]: Euclidean, the root of the sum of the squares.
        is_complete: Whether no more are on their way.
    """

    step: int
    names: tuple[str, ...]
    steps: tuple[int, ...]
    norms: tuple[array[float], ...]
    is_complete: bool


def norms(moment: Moment, reader: Reader, check: Callable[[], None]) -> Iterator[Norms]:
    """Yield the norms of a run's matrices up to ``moment``, more and more of them.

    Those that were computed once are kept with ``reader``.

    Args:
        moment: The last one.
        reader: Has the run's recorder.
        check: Called often; what it raises ends the work.
    """
    model, kept = moment.model, reader.norms_by_step
    names = tuple(model.shapes())
    states = [s for s in reader.recorder().keyframes() if s.steps_done < moment.step]
    chosen = _thinned(states)
    steps = [state.steps_done for state in chosen]
    own = matrix_norms(model, moment.weights, check)

    def so_far(*, is_complete: bool) -> Norms:
        told = [step for step in steps if step in kept]
        rows = [*(kept[step] for step in told), own]
        return Norms(
            moment.step,
            names,
            (*told, moment.step),
            tuple(array("d", column) for column in zip(*rows, strict=True)),
            is_complete,
        )

    read = 0
    for state in _coarse_first([s for s in chosen if s.steps_done not in kept]):
        kept[state.steps_done] = matrix_norms(model, state.parameters, check)
        read += model.num_params
        if read >= _ANSWERED_AFTER:
            read = 0
            yield so_far(is_complete=False)
    yield so_far(is_complete=True)
    _forget(kept, set(steps))


def matrix_norms(
    model: ModelConfig, weights: array[float], check: Callable[[], None]
) -> tuple[float, ...]:
    """Return the Euclidean norm of each matrix, in the script's creation order."""
    return tuple(_norm(matrix, check) for matrix in named(model, weights))


def _norm(matrix: Matrix, check: Callable[[], None]) -> float:
    """Return the norm of a matrix: `math.hypot` leaves no range, and rounds once."""
    numbers, parts = matrix.numbers, []
    for start in range(0, len(numbers), _BLOCK):
        check()
        parts.append(hypot(*numbers[start : start + _BLOCK]))
    return hypot(*parts)


def _thinned(states: Sequence[EngineState]) -> Sequence[EngineState]:
    """Return every so many of ``states``, the first included.

    The distance is a power of 2: as a run goes on, most stay the ones they were.
    """
    every = 1
    while len(states) / every > MOST_POINTS:
        every *= 2
    return states[::every]


def _coarse_first(states: Sequence[EngineState]) -> Iterator[EngineState]:
    """Yield all, so that those so far always lie over the whole run."""
    every = 1
    while every < len(states):
        every *= 2
    yielded: set[int] = set()
    while every:
        for place in range(0, len(states), every):
            if place not in yielded:
                yielded.add(place)
                yield states[place]
        every //= 2


def _forget(kept: dict[int, tuple[float, ...]], needed: set[int]) -> None:
    """Keep not many more than are needed."""
    if len(kept) > 4 * MOST_POINTS:
        for step in [step for step in kept if step not in needed]:
            del kept[step]
