"""A run in a few of its moments, from the first to the one that is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.reader import Reader
    from microgpt_gui.session.run_info import RunInfo


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """Moments of a run.

    Attributes:
        steps: Steps done at each, rising; the first is 0, unless there is only one.
        moments: Those that are brought back so far, in order.
    """

    steps: tuple[int, ...]
    moments: tuple[Moment, ...]

    @property
    def step(self) -> int:
        """Steps done at the last one."""
        return self.steps[-1]


def film_steps(last: int, most: int) -> tuple[int, ...]:
    """Return steps from 0 to ``last``, as many round ones as there may be.

    All but the last are multiples of 1, 2, 2.5 or 5 times a power of 10.

    Args:
        last: Steps done at the last moment, at least 0.
        most: So many at most, at least 2.
    """
    power = 1
    while True:
        for quarters in (4, 8, 10, 20):
            apart, rest = divmod(quarters * power, 4)
            if not rest and -(-last // apart) + 1 <= most:
                return (*range(0, last, apart), last)
        power *= 10


def film(
    moment: Moment, info: RunInfo, most: int, reader: Reader, check: Callable[[], None]
) -> Iterator[Film]:
    """Yield the moments of a run up to ``moment``, one more each time.

    Args:
        moment: The last one.
        info: Of its run.
        most: So many at most, at least 2.
        reader: Has the run's recorder.
        check: Called often; what it raises ends the work.
    """
    steps = film_steps(moment.step, most)
    found: tuple[Moment, ...] = ()
    for step in steps[:-1]:
        found = (*found, reader.past(step, info, check))
        yield Film(steps, found)
    yield Film(steps, (*found, moment))
