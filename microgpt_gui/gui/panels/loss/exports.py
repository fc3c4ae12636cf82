"""What the loss panel can leave in files: its picture, and every number of the run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from microgpt_gui.gui.moments.place import Place
from microgpt_gui.gui.panel.copy_offer import copies_of
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer, ink_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.exports.loss_svg import LossView
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.run_info import RunInfo

    Check = Callable[[], None]

_NO_RUN = "There is no run yet: it is being prepared, or could not be."
_NO_LOSS = "There is no loss yet: train at least one step."

_BESIDE = (
    "CSV of what it is held against…",
    "The loss on documents not trained on, at some 50 steps, with a bigram model's and "
    "the best possible: to the last digit, and whole, whatever the plot shows",
)

_FILES = (
    ("SVG…", ".svg", "The curve as lines that stay sharp at every size"),
    ("PNG…", ".png", "The curve in pixels, for slides and chats"),
    (
        "CSV…",
        ".csv",
        "Every step with its document, learning rate, gradient norm and loss, to the "
        "last digit",
    ),
)


class LossExports(QObject):
    """Offers what the panel shows, earlier runs too, as it is when the person asks."""

    def __init__(
        self,
        run: RunController,
        view_on: Callable[[Theme], LossView],
        parent: QObject,
    ) -> None:
        """Stand ready.

        Args:
            run: Whose losses.
            view_on: Returns how a picture on such paper shows them.
            parent: Owns this.
        """
        super().__init__(parent)
        self._run = run
        self._view_on = view_on

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        return [*self._offers(), self._beside()]

    def _offers(self) -> list[ExportOffer]:
        return [
            ExportOffer(
                group="Loss",
                text=text,
                tip=tip,
                what="loss",
                suffix=suffix,
                problem=self._problem,
                begin=partial(self._begin, suffix),
            )
            for text, suffix, tip in _FILES
        ]

    def _beside(self) -> ExportOffer:
        text, tip = _BESIDE
        return ExportOffer(
            group="Loss",
            text=text,
            tip=tip,
            what="unseen",
            suffix=".csv",
            problem=self._beside_problem,
            begin=self._begin_beside,
        )

    def copies(self) -> list[CopyOffer]:
        """Return what of that can be copied."""
        return copies_of("the loss", self._offers())

    def _problem(self) -> str:
        run = self._run
        if run.info is None:
            return _NO_RUN
        return "" if run.step else _NO_LOSS

    def _beside_problem(self) -> str:
        """Say what is missing, also where it takes no looking through texts."""
        run, problem = self._run, self._problem()
        if problem or run.info is None:
            return problem
        segments = run.info.segments
        if any(segment.docs != segments[0].docs for segment in segments):
            return ""
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.unseen import unseen

        return unseen(run.info, max(run.config.steps, run.step)).problem

    def _begin_beside(self, _paper: Theme) -> Export:
        run = self._run
        assert run.info is not None
        place = Place(run.info, run.recorder, run.step)
        end = max(run.config.steps, run.step)
        return Export(run.config, run.step, partial(_beside_table, place, end))

    def _begin(self, suffix: str, paper: Theme) -> Export:
        run = self._run
        assert run.info is not None
        record = partial(_record, run.info, run.recorder, run.step)
        if suffix == ".csv":
            return Export(run.config, run.step, partial(_table, record))
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.exports.names import caption

        ink, view = ink_of(paper), self._view_on(paper)
        make = partial(_picture, record, ink, caption(run.recipe), view)
        return Export(run.config, run.step, make)


def _record(info: RunInfo, recorder: Recorder, step: int, check: Check) -> RunRecord:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.moments.recorded import record_at

    return record_at(info, recorder, step, check)


def _picture(
    record: Callable[[Check], RunRecord],
    ink: Ink,
    words: str,
    view: LossView,
    check: Check,
) -> Iterator[str]:
    from microgpt_gui.session.exports.loss_svg import loss_svg

    yield loss_svg(record(check), ink, words, view)


def _beside_table(place: Place, end: int, check: Check) -> Iterator[str]:
    from microgpt_gui.gui.moments.desk import answer_of
    from microgpt_gui.session.corpus.yardsticks import YardsticksQuestion
    from microgpt_gui.session.exports.beside_table import beside_csv
    from microgpt_gui.session.reading.unseen_losses import (
        UnseenLossesQuestion,
        points,
    )

    steps = tuple(s for s in points(end) if s <= place.step)
    unseen = answer_of(place, UnseenLossesQuestion(end, steps), check)
    if unseen.problem:
        raise ValueError(unseen.problem)
    held = answer_of(place, YardsticksQuestion(end), check)
    assert held is not None
    return beside_csv(unseen, held, check)


def _table(record: Callable[[Check], RunRecord], check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.tables import loss_csv

    return loss_csv(record(check), check)
