"""What can be copied of a race: the curves with all times, and the results."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from microgpt_gui.gui.panel.copy_offer import CopyOffer
from microgpt_gui.gui.panel.export_offer import Export, ink_of
from microgpt_gui.gui.panels.race import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.gui.jobs.race import RaceController
    from microgpt_gui.gui.panels.race.lane import Lane
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.exports.race_svg import Raced

    Check = Callable[[], None]

_NOTHING = "There is no race yet: press Start the race."
_NO_STEP = "No engine has done a step of the race yet: wait a moment."

_HEADER = ("engine", "steps", "seconds", "steps_per_second", "times_as_fast", "loss")


class _Result(NamedTuple):
    """How far one engine has come."""

    lane: Lane
    step: int
    seconds: float
    steps_per_s: float | None
    factor: float | None  # None for the slowest
    losses: tuple[float, ...]
    is_finished: bool


class RaceExports(QObject):
    """Offers the race that the panel shows, as it is when the person asks."""

    def __init__(
        self,
        race: RaceController,
        lanes_by_speed: Callable[[], Sequence[Lane]],
        parent: QObject,
    ) -> None:
        """Stand ready.

        Args:
            race: What is shown.
            lanes_by_speed: Returns the lanes of those that race, the fastest first.
            parent: Owns this.
        """
        super().__init__(parent)
        self._race = race
        self._lanes_by_speed = lanes_by_speed

    def copies(self) -> list[CopyOffer]:
        """Return the picture and the table of results."""
        return [
            CopyOffer("the race", True, self._problem, self._begin_picture),
            CopyOffer(
                "the results of the race", False, self._problem, self._begin_table
            ),
        ]

    def _problem(self) -> str:
        entrants = self._race.entrants.values()
        if not entrants:
            return _NOTHING
        return "" if any(entrant.step for entrant in entrants) else _NO_STEP

    def _results(self) -> list[_Result]:
        entrants = self._race.entrants
        factors = words.factors(entrants)
        return [
            _Result(
                lane,
                entrant.step,
                entrant.seconds,
                entrant.steps_per_s,
                factors.get(lane.key),
                tuple(entrant.losses.values.tolist()),
                entrant.is_finished,
            )
            for lane in self._lanes_by_speed()
            for entrant in (entrants[lane.key],)
        ]

    def _begin_picture(self, paper: Theme) -> Export:
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.exports.names import caption
        from microgpt_gui.session.exports.race_svg import Raced
        from microgpt_gui.session.recipe import Recipe

        race = self._race
        assert race.config is not None
        raced = [
            Raced(
                result.lane.title, _told(result), result.losses, result.lane.ink(paper)
            )
            for result in self._results()
        ]
        titles = {lane.key: lane.title for lane in self._lanes_by_speed()}
        said = words.agreement(race.comparisons, titles)
        about = caption(Recipe.planned(race.config))
        pieces = partial(_picture, raced, race.steps, said, ink_of(paper), about)
        return Export(race.config, race.steps, pieces)

    def _begin_table(self, _paper: Theme) -> Export:
        race = self._race
        assert race.config is not None
        rows = [
            (
                result.lane.title,
                result.step,
                repr(result.seconds),
                _number(result.steps_per_s),
                _number(result.factor or (1.0 if result.steps_per_s else None)),
                _number(result.losses[-1] if result.losses else None),
            )
            for result in self._results()
        ]
        return Export(race.config, race.steps, partial(_table, rows))


def _told(result: _Result) -> str:
    parts = (
        words.clock(result.seconds, is_finished=result.is_finished),
        words.speed(result.steps_per_s),
        words.times(result.factor)[0],
    )
    return " · ".join(filter(None, parts))


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _picture(
    raced: list[Raced], steps: int, said: str, ink: Ink, about: str, _check: Check
) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.race_svg import race_svg

    yield race_svg(raced, steps, said, ink, about)


def _table(rows: Sequence[tuple[object, ...]], check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.tables import table

    return table(_HEADER, rows, check)
