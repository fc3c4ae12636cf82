"""The loss of every step: raw, smoothed, beside guessing and beside the run before."""

from __future__ import annotations

import time
from math import nan
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from microgpt_gui.gui import glossary
from microgpt_gui.gui.panel.panel import Panel
from microgpt_gui.gui.panels.loss import telling
from microgpt_gui.gui.panels.loss.controls import LossControls
from microgpt_gui.gui.panels.loss.curves import LossCurves
from microgpt_gui.gui.panels.loss.divergence import DivergenceMark
from microgpt_gui.gui.panels.loss.exports import LossExports
from microgpt_gui.gui.panels.loss.framing import Framing
from microgpt_gui.gui.panels.loss.lines import LossLines
from microgpt_gui.gui.panels.loss.marks import NewestStep
from microgpt_gui.gui.panels.loss.moment import MomentLine
from microgpt_gui.gui.panels.loss.outside import OutsideMarks
from microgpt_gui.gui.panels.loss.overlays import Overlays
from microgpt_gui.gui.panels.loss.pointer import Pointer
from microgpt_gui.gui.panels.loss.readout import Readout
from microgpt_gui.gui.panels.loss.series import LossSeries
from microgpt_gui.gui.panels.loss.smoothing import LIGHT, SMOOTHINGS
from microgpt_gui.gui.panels.loss.telling import smooth_at
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.growing_plot import GrowingPlot
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.loss_svg import LossView

#: Text that changes faster cannot be read.
TEXTS_EVERY_S = 0.2

_WELCOME = "Press Train (Space) to begin: the loss of every step appears here."


class LossPanel(Panel):
    """Plots the loss while it trains; steps are counted from 1, as microgpt.py does.

    Attributes:
        view_all_action, outliers_action, smoothing_box: See `LossControls`.
    """

    title = "Loss"
    hint = (
        "How surprised the model was by each document, in nats a token: lower is "
        "better, and the dashed line is where guessing stands. " + glossary.NATS
    )

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        run = workshop.run
        self._smoothing = LIGHT
        self._series = LossSeries(run.losses, self._smoothing)
        self._config = run.config
        self._failure = ""
        self._before_click: int | None = None  # the moment that was shown
        self._is_stale = True  # what was drawn does not fit the data or the look
        self._drawn_steps = 0
        self._texts_at_s = float("-inf")
        self._build()
        self._exports = LossExports(run, self.exported_view, self)
        self._late = QTimer(self, interval=int(TEXTS_EVERY_S * 1000), singleShot=True)
        self._late.timeout.connect(self.schedule)
        self._plot.moved.connect(self.schedule)
        self._plot.emptied.connect(self._on_plot_emptied)
        self._plot.hovered.connect(self.schedule)
        self._plot.zoomed.connect(self._on_plot_zoomed)
        self._plot.clicked.connect(self._on_plot_clicked)
        self._plot.reset_requested.connect(self._on_plot_reset_requested)
        workshop.timeline.moved.connect(self.schedule)
        self._lines.changed.connect(self._invalidate)
        self._lines.proposed.connect(self.proposed)
        self._readout.clear_requested.connect(workshop.shelf.clear_overlays)
        workshop.shelf.current_changed.connect(self._invalidate)
        workshop.shelf.overlaid_changed.connect(self._on_shelf_overlaid_changed)
        self.smoothing_box.currentIndexChanged.connect(self._on_smoothing_box_changed)
        run.started.connect(self._on_run_started)
        run.config_changed.connect(self._on_run_config_changed)
        run.prepared.connect(self._invalidate)  # guessing has a place again
        run.failed.connect(self._on_run_failed)
        run.state_changed.connect(self._on_run_state_changed)
        self.restyle()

    def _build(self) -> None:
        self._plot = GrowingPlot(
            self.appearance,
            "Loss of every step",
            "step",
            "loss (nats)",
            is_x_whole=True,
        )
        self._plot.y_axis.setToolTip(wrapped(glossary.NATS))
        self._curves = LossCurves(self._plot)
        self._lines = LossLines(self.workshop, self._plot, self)
        self._guessing = self._lines.guessing
        self._newest = NewestStep(self._plot)
        self._divergence = DivergenceMark(self._plot, self.appearance)
        self._overlays = Overlays(
            self._plot, self.workshop.shelf, self.appearance, self._smoothing
        )
        self._pointer = Pointer(self.run, self._plot, self._overlays, self._lines)
        self._crosshair = self._pointer.crosshair
        self._moment = MomentLine(self._plot)
        self._outside = OutsideMarks(self._plot)
        self._readout = Readout(self.appearance)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._readout)
        self._column.addWidget(self._plot, 1)
        self._controls = LossControls(
            self.appearance,
            self._smoothing,
            self.view_all,
            self._on_outliers_triggered,
            self,
            self._plot,
        )
        self.smoothing_box = self._controls.smoothing_box
        self.view_all_action = self._controls.view_all
        self.outliers_action = self._controls.outliers
        smoothing, view_all = self._controls.widgets
        self.header = [self._lines.button, smoothing, view_all]
        self._framing = Framing(
            self.run,
            self._plot,
            self._overlays,
            self._lines,
            self._outside,
            self._controls,
        )

    # What a person can do

    def view_actions(self) -> list[QAction]:
        """See `Panel`."""
        return [self.view_all_action, self.outliers_action]

    @Slot()
    def view_all(self) -> None:
        """Show the whole run, and follow it from now on."""
        self._framing.follow()
        self.schedule()

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        return self._exports.offers()

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()

    def exported_view(self, paper: Theme) -> LossView:
        """Return how a picture shows the losses: as the plot does, whole.

        Args:
            paper: Colours of the picture.
        """
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.exports.loss_svg import LossView

        return LossView(
            weight=self._smoothing.weight,
            overlaid=self._overlays.exported(paper, self.run.recipe),
            with_outliers=self._framing.with_outliers,
            moment=self.workshop.timeline.step,
            has_diverged=bool(self.run.divergence),
            beside=self._lines.exported(),
        )

    @Slot()
    def _on_outliers_triggered(self) -> None:
        self._framing.with_outliers = not self._framing.with_outliers
        self.view_all()

    @Slot(int)
    def _on_smoothing_box_changed(self, index: int) -> None:
        self._smoothing = SMOOTHINGS[index]
        self._series.set_smoothing(self._smoothing)
        self._overlays.set_smoothing(self._smoothing)
        self.restyle()
        self.schedule()

    @Slot()
    def _on_plot_zoomed(self) -> None:
        self._framing.take_zoom(self._series)

    @Slot(float)
    def _on_plot_clicked(self, x: float) -> None:
        """Show the moment that was clicked; beyond the newest, follow that."""
        timeline, step = self.workshop.timeline, round(x)
        self._before_click = timeline.step
        timeline.stop()
        if step < self.run.step:
            timeline.show(step)
        else:
            timeline.go_live()

    @Slot()
    def _on_plot_reset_requested(self) -> None:
        """Take back the first click of the two: it meant no moment."""
        if self._before_click is None:
            self.workshop.timeline.go_live()
        else:
            self.workshop.timeline.show(self._before_click)
        self.view_all()

    # What the run says

    @Slot()
    def _on_run_started(self) -> None:
        self._series = LossSeries(self.run.losses, self._smoothing)
        self._failure = ""
        self._framing.begin()
        self._invalidate()

    @Slot()
    def _on_shelf_overlaid_changed(self) -> None:
        self._overlays.catch_up()
        self._invalidate()

    @Slot()
    def _on_run_config_changed(self) -> None:
        self._config = self.run.config
        self._invalidate()

    @Slot(str)
    def _on_run_failed(self, message: str) -> None:
        self._failure = message
        self._invalidate()

    @Slot()
    def _on_run_state_changed(self) -> None:
        """Show the end of a run without delay: it may have been over at once."""
        if not self.run.is_training:
            self._hurry()
            self.schedule()

    @Slot()
    def _invalidate(self) -> None:
        self._is_stale = True
        self._hurry()
        self.schedule()

    def _hurry(self) -> None:
        """Let nothing wait with the next drawing that is else drawn but seldom."""
        self._framing.hurry()
        self._texts_at_s = float("-inf")

    # Drawing

    def redraw(self) -> None:
        """Draw what changed; axes and texts seldom. See Panel."""
        self._series.catch_up()
        self._lines.follow()
        now_s = time.monotonic()
        if not self._framing.update(self._series, now_s):
            self._draw_later()
        steps = len(self._series)
        is_stale = self._is_stale or self._plot.is_blank
        if is_stale or not self._curves.fits(steps):
            self._plot.renew()
        elif steps != self._drawn_steps:
            self._newest.place(steps, self._loss_now)
            self._curves.extend(self._series, is_smoothed=self._is_smoothed)
            self._drawn_steps = steps
        step = self.workshop.timeline.step
        ended = steps if self.run.divergence else None
        self._divergence.place(ended, self._loss_now)
        self._moment.place(step, smooth_at(self._series, step) if step else nan)
        self._pointer.update(self._series, self._smoothing)
        self._update_texts(now_s)
        self._guessing.avoid(self._controls.covered, self._plot.said_at)

    def settle(self) -> None:
        """See `Panel`."""
        self._hurry()
        self.redraw()

    @property
    def _loss_now(self) -> float:
        """The newest loss, averaged where that is chosen."""
        return smooth_at(self._series, len(self._series))

    @property
    def _is_smoothed(self) -> bool:
        return self._smoothing.weight > 0

    @Slot()
    def _on_plot_emptied(self) -> None:
        """Draw everything."""
        self._is_stale = False
        self._series.catch_up()
        self._drawn_steps = len(self._series)
        self._lines.draw(self._series.smooth)
        self._newest.place(self._drawn_steps, self._loss_now)
        self._overlays.draw()
        self._curves.begin(self._series, is_smoothed=self._is_smoothed)
        comparisons = self._overlays.wordings(self.run.recipe)
        self._readout.show_overlays(self._overlays.strokes, comparisons)

    def _update_texts(self, now_s: float) -> None:
        if now_s - self._texts_at_s < TEXTS_EVERY_S:
            self._draw_later()
            return
        self._texts_at_s = now_s
        has_losses = len(self._series) > 0
        self._plot.say("" if has_losses else self._empty_text())
        number, meaning = telling.of_moment(
            self.workshop, self._series, self._smoothing
        )
        explanations = telling.explanations(self.workshop, self._series)
        self._readout.show_loss(number, meaning, explanations)
        if has_losses:
            told = f"{number} {meaning[0]}\n{self._lines.text}".strip()
            self._plot.setAccessibleDescription(told)

    def _draw_later(self) -> None:
        if not self._late.isActive():
            self._late.start()

    def _empty_text(self) -> str:
        if self.run.state is RunState.FAILED:
            return self._failure
        return _WELCOME if self.run.info is not None else "Preparing the run …"

    # Look

    def restyle(self) -> None:
        """Take up theme, zoom and smoothing. See Panel."""
        # The plot is opaque: it must not reach the round corners of its card.
        edge = self.appearance.px(sizes.TIGHT)
        self._column.setContentsMargins(edge, 0, edge, edge)
        self._plot.restyle()
        self._readout.restyle()
        self._curves.restyle(self.appearance, is_smoothed=self._is_smoothed)
        for mark in (
            self._lines,
            self._newest,
            self._divergence,
            self._crosshair,
            self._moment,
            self._outside,
        ):
            mark.restyle(self.appearance)
        self.smoothing_box.setToolTip(self._smoothing.explanation)
        self._framing.restyle()
        self.setMinimumSize(self.appearance.px(200), self.appearance.px(120))
        self._is_stale = True
        self._texts_at_s = float("-inf")
