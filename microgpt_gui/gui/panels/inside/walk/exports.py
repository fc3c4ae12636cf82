"""What the walk can leave: the whole step in a file, a piece of it to be copied."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from microgpt_gui.gui.moments.desk import answer_of
from microgpt_gui.gui.panel.copy_offer import CopyOffer
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer
from microgpt_gui.gui.panels.inside.walk import words
from microgpt_gui.session.reading.learning.questions import LearningQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.moments.place import Place
    from microgpt_gui.gui.panels.inside.walk.board import Board
    from microgpt_gui.gui.panels.inside.walk.figure import WalkFigure
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.learning.learning import Learning

    Check = Callable[[], None]


class WalkExports(QObject):
    """Offers the step that somebody walks through, or that made the moment shown."""

    def __init__(self, walking: WalkFigure, workshop: Workshop) -> None:
        super().__init__(walking)
        self._walking = walking
        self._workshop = workshop

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        return [
            ExportOffer(
                group="Inside",
                text="Step as CSV…",
                tip="One step of training as a table: losses, gradients of every "
                "stage, and what Adam did to the weights that moved farthest",
                what="learning",
                suffix=".csv",
                problem=self._problem,
                begin=self._begin,
            )
        ]

    def copies(self) -> list[CopyOffer]:
        """Return the piece of learning that is shown; nothing where none is."""
        board = self._walking.board.board
        if not self._walking.is_learning or board is None:
            return []
        begin = partial(self._begin_board, board)
        return [CopyOffer("the numbers of this piece of the step", False, str, begin)]

    def _problem(self) -> str:
        timeline = self._workshop.timeline
        if self._walking.walk.learning is not None:
            return ""
        if timeline.place is None:
            return words.NO_RUN
        return "" if timeline.at > 0 else words.UNTRAINED

    def _begin(self, _paper: Theme) -> Export:
        learning = self._walking.walk.learning
        config = self._workshop.run.config
        if learning is not None:
            return Export(config, learning.step, partial(_table, learning))
        place = self._workshop.timeline.place
        assert place is not None
        return Export(config, place.step, partial(_table_at, place))

    def _begin_board(self, board: Board, _paper: Theme) -> Export:
        learning = self._walking.walk.learning
        step = learning.step if learning is not None else 0
        return Export(self._workshop.run.config, step, partial(_board_table, board))


def _table(learning: Learning, check: Check) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.step_csv import step_csv
    from microgpt_gui.session.reading.learning.learning import with_stage_gradients

    if not learning.stage_gradients:  # they may still be on their way
        learning = with_stage_gradients(learning, check)
    return step_csv(learning, check)


def _table_at(place: Place, check: Check) -> Iterator[str]:
    learning = answer_of(place, LearningQuestion(), check)
    if learning is None:
        raise ValueError(words.UNTRAINED)
    return _table(learning, check)


def _board_table(board: Board, check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.tables import table

    rows = (
        (name, *(repr(c) if isinstance(c, float) else c or "" for c in cells))
        for name, cells in zip(board.rows, board.cells, strict=True)
    )
    return table(("", *board.columns), rows, check)
