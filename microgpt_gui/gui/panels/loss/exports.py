"""What the loss panel can leave in files: its picture, and every number of the run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

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

    def copies(self) -> list[CopyOffer]:
        """Return what of that can be copied."""
        return copies_of("the loss", self.offers())

    def _problem(self) -> str:
        run = self._run
        if run.info is None:
            return _NO_RUN
        return "" if run.step else _NO_LOSS

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


def _table(record: Callable[[Check], RunRecord], check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.tables import loss_csv

    return loss_csv(record(check), check)
