"""The loss of every step: raw, smoothed, beside guessing and beside the run before."""

from __future__ import annotations

import time
from math import floor, isfinite, log, log10, nan
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QComboBox, QToolButton, QVBoxLayout, QWidget

from microgpt_gui.gui.controller import RunState
from microgpt_gui.gui.panel import Panel
from microgpt_gui.gui.panels.loss import words
from microgpt_gui.gui.panels.loss.curves import LossCurves
from microgpt_gui.gui.panels.loss.marks import Crosshair, GuessingLine, NewestStep
from microgpt_gui.gui.panels.loss.moment import MomentLine
from microgpt_gui.gui.panels.loss.overlays import Overlays
from microgpt_gui.gui.panels.loss.readout import Readout
from microgpt_gui.gui.panels.loss.series import LossSeries
from microgpt_gui.gui.panels.loss.smoothing import LIGHT, SMOOTHINGS
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.widgets.growing_plot import GrowingPlot

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from microgpt_gui.gui.controller import RunController
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.plot import Range

#: Axes are costly to draw, and text that changes faster cannot be read.
RANGES_EVERY_S = 0.5
TEXTS_EVERY_S = 0.2

_WELCOME = "Press Train (Space) to begin: the loss of every step appears here."


class LossPanel(Panel):
    """Plots the loss while it trains; steps are counted from 1, as microgpt.py does.

    Attributes:
        view_all_action: Shows the whole run again and follows it; enabled while zoomed.
        smoothing_box: Chooses one of SMOOTHINGS.
    """

    title = "Loss"
    hint = (
        "How surprised the model was by each document, in nats a token: lower is "
        "better, and the dashed line is where guessing stands."
    )

    def __init__(
        self, run: RunController, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(run, appearance, parent)
        self._smoothing = LIGHT
        self._series = LossSeries(run.losses, self._smoothing)
        self._config = run.config
        self._failure = ""
        self._before_click: int | None = None  # the moment that was shown
        self._is_following = True
        self._is_stale = True  # what was drawn does not fit the data or the look
        self._drawn_steps = 0
        self._ranges_at_s = self._texts_at_s = float("-inf")
        self._build()
        self._late = QTimer(self, interval=int(TEXTS_EVERY_S * 1000), singleShot=True)
        self._late.timeout.connect(self.schedule)
        self._plot.moved.connect(self.schedule)
        self._plot.emptied.connect(self._on_plot_emptied)
        self._plot.hovered.connect(self.schedule)
        self._plot.zoomed.connect(self._on_plot_zoomed)
        self._plot.clicked.connect(self._on_plot_clicked)
        self._plot.reset_requested.connect(self._on_plot_reset_requested)
        run.timeline.moved.connect(self.schedule)
        self._readout.clear_requested.connect(run.shelf.clear_overlays)
        run.shelf.overlaid_changed.connect(self._on_shelf_overlaid_changed)
        self.smoothing_box.currentIndexChanged.connect(self._on_smoothing_box_changed)
        run.started.connect(self._on_run_started)
        run.config_changed.connect(self._on_run_config_changed)
        run.prepared.connect(self._invalidate)  # guessing has a place again
        run.failed.connect(self._on_run_failed)
        self.restyle()

    def _build(self) -> None:
        self._plot = GrowingPlot(
            self.appearance,
            "Loss of every step",
            "step",
            "loss (nats)",
            is_x_whole=True,
        )
        self._curves = LossCurves(self._plot)
        self._guessing = GuessingLine(self._plot)
        self._newest = NewestStep(self._plot)
        self._crosshair = Crosshair(self._plot)
        self._overlays = Overlays(
            self._plot, self.run.shelf, self.appearance, self._smoothing
        )
        self._moment = MomentLine(self._plot)
        self._readout = Readout(self.appearance)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._readout)
        self._column.addWidget(self._plot, 1)
        self.view_all_action = make_action(
            self,
            "View all of the loss",
            "V",
            "Show the whole run, and follow it",
            self.view_all,
        )
        self.view_all_action.setIconText("View all")
        self._view_all = QToolButton()
        self._view_all.setDefaultAction(self.view_all_action)
        self._view_all.setProperty("kind", "quiet")
        self._view_all.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._view_all.setAccessibleName("View all of the loss")
        self.smoothing_box = QComboBox()
        self.smoothing_box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.smoothing_box.setAccessibleName("Smoothing of the loss")
        for index, smoothing in enumerate(SMOOTHINGS):
            self.smoothing_box.addItem(f"Smoothing: {smoothing.name.lower()}")
            self.smoothing_box.setItemData(
                index, smoothing.explanation, Qt.ItemDataRole.ToolTipRole
            )
        self.smoothing_box.setCurrentIndex(SMOOTHINGS.index(self._smoothing))
        self.header = [self.smoothing_box, self._view_all]

    # What a person can do

    def view_actions(self) -> list[QAction]:
        """See `Panel`."""
        return [self.view_all_action]

    @Slot()
    def view_all(self) -> None:
        """Show the whole run, and follow it from now on."""
        self._is_following = True
        self._ranges_at_s = float("-inf")
        self._style_view_all()
        self.schedule()

    @Slot(int)
    def _on_smoothing_box_changed(self, index: int) -> None:
        self._smoothing = SMOOTHINGS[index]
        self._series.set_smoothing(self._smoothing)
        self._overlays.set_smoothing(self._smoothing)
        self.restyle()
        self.schedule()

    @Slot()
    def _on_plot_zoomed(self) -> None:
        # Zoomed out to the end is as good as "view all", and should then follow.
        x, y = self._wanted_ranges()
        is_all = np.allclose((*self._plot.x_range, *self._plot.y_range), (*x, *y))
        self._is_following = bool(is_all)
        self._style_view_all()

    @Slot(float)
    def _on_plot_clicked(self, x: float) -> None:
        """Show the moment that was clicked; beyond the newest, follow that."""
        timeline, step = self.run.timeline, round(x)
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
            self.run.timeline.go_live()
        else:
            self.run.timeline.show(self._before_click)
        self.view_all()

    # What the run says

    @Slot()
    def _on_run_started(self) -> None:
        self._series = LossSeries(self.run.losses, self._smoothing)
        self._failure = ""
        self._is_following = True
        self._style_view_all()
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
    def _invalidate(self) -> None:
        self._is_stale = True
        self._ranges_at_s = self._texts_at_s = float("-inf")
        self.schedule()

    # Drawing

    def redraw(self) -> None:
        """Draw what changed; axes and texts seldom. See Panel."""
        self._series.catch_up()
        now_s = time.monotonic()
        self._update_ranges(now_s)
        steps = len(self._series)
        is_stale = self._is_stale or self._plot.is_blank
        if is_stale or not self._curves.fits(steps):
            self._plot.renew()
        elif steps != self._drawn_steps:
            self._newest.place(steps, self._loss_now)
            self._curves.extend(self._series, is_smoothed=self._is_smoothed)
            self._drawn_steps = steps
        step = self.run.timeline.step
        self._moment.place(step, self._smooth_at(step) if step else nan)
        self._point_at_cursor()
        self._update_texts(now_s)

    def settle(self) -> None:
        """See `Panel`."""
        self._ranges_at_s = self._texts_at_s = float("-inf")
        self.redraw()

    @property
    def _loss_now(self) -> float:
        """The newest loss, averaged where that is chosen."""
        return self._smooth_at(len(self._series))

    def _smooth_at(self, step: int) -> float:
        is_known = 0 < step <= len(self._series)
        return float(self._series.smooth[step - 1]) if is_known else nan

    def _norm_at(self, step: int) -> float:
        norms = self.run.recorder.figures.gradient_norms
        return norms[step - 1] if 0 < step <= len(norms) else nan

    @property
    def _is_smoothed(self) -> bool:
        return self._smoothing.weight > 0

    @Slot()
    def _on_plot_emptied(self) -> None:
        """Draw everything."""
        self._is_stale = False
        self._series.catch_up()
        self._drawn_steps = len(self._series)
        info = self.run.info
        self._guessing.place(info.vocab_size if info else None)
        self._newest.place(self._drawn_steps, self._loss_now)
        self._overlays.draw()
        self._curves.begin(self._series, is_smoothed=self._is_smoothed)
        comparisons = self._overlays.wordings(self._config)
        self._readout.show_overlays(self._overlays.strokes, comparisons)

    def _update_ranges(self, now_s: float) -> None:
        x, y = self._wanted_ranges()
        if not self._is_following or (x, y) == (self._plot.x_range, self._plot.y_range):
            return
        if now_s - self._ranges_at_s < RANGES_EVERY_S:
            self._draw_later()
            return
        self._ranges_at_s = now_s
        self._plot.set_limits(x, y)
        self._plot.set_ranges(x, y)

    def _wanted_ranges(self) -> tuple[Range, Range]:
        """Return the ranges of the whole run: all steps to come, and all losses."""
        steps = max(self._config.steps, len(self._series), self._overlays.steps)
        edges = [self._series.low, self._series.high, *self._overlays.edges]
        if self.run.info is not None:
            edges.append(log(self.run.info.vocab_size))
        edges = [edge for edge in edges if np.isfinite(edge)]
        return (0.0, max(steps * 1.01, steps + 0.5)), rounded_out(edges)

    def _point_at_cursor(self) -> None:
        x = self._plot.x_at_cursor
        if x is None or self.run.info is None:
            self._crosshair.hide()
            self._overlays.point_at(None)
            return
        done = len(self._series)
        last = max(self._config.steps, done, self._overlays.steps)
        step = min(max(round(x), 1), last)
        document = words.quoted(self.run.info.document_of(step - 1))
        others = [*self._overlays.lines_at(step), f"document: {document}"]
        self._overlays.point_at(step)
        if step > done:
            lines = [f"step {step:,} is still to come", *others]
            self._crosshair.place(step, nan, lines)
            return
        loss = float(self._series.raw[step - 1])
        lines = [f"step {step:,}", f"loss {words.exact(loss)}", *others]
        if self._smoothing.weight:
            smoothed = float(self._series.smooth[step - 1])
            text = f"{smoothed:.6f} nats" if smoothed == smoothed else "not a number"
            lines.insert(2, f"smoothed {text}")
        if isfinite(norm := self._norm_at(step)):
            lines.append(f"gradient norm {norm:.4g}")
        self._crosshair.place(step, loss, lines)

    def _update_texts(self, now_s: float) -> None:
        if now_s - self._texts_at_s < TEXTS_EVERY_S:
            self._draw_later()
            return
        self._texts_at_s = now_s
        steps = len(self._series)
        self._plot.say("" if steps else self._empty_text())
        if not steps:
            self._readout.show_loss("–", ("no loss yet",))
            return
        moment = self.run.timeline.step
        if moment is None:
            loss = float(self._series.raw[-1])
            number, meaning = words.now(
                loss, self._loss_now, steps, self._smoothing, self._series.first_broken
            )
        else:
            loss = float(self._series.raw[moment - 1]) if moment else nan
            number, meaning = words.then(
                loss,
                self._smooth_at(moment),
                moment,
                self._smoothing,
                self._norm_at(moment),
            )
        self._readout.show_loss(number, meaning)
        self._plot.setAccessibleDescription(f"{number} {meaning[0]}")

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
        for mark in (self._guessing, self._newest, self._crosshair, self._moment):
            mark.restyle(self.appearance)
        self.smoothing_box.setToolTip(self._smoothing.explanation)
        self._style_view_all()
        self.setMinimumSize(self.appearance.px(200), self.appearance.px(120))
        self._is_stale = True
        self._texts_at_s = float("-inf")

    def _style_view_all(self) -> None:
        theme, px = self.appearance.theme, self.appearance.px
        action = self.view_all_action
        action.setEnabled(not self._is_following)
        action.setIcon(self.appearance.icon("view-all", theme.accent))
        action.setToolTip(
            "The whole run is in view. Turn the wheel over the plot to zoom, drag to "
            "move; over an axis, both act on that axis alone."
            if self._is_following
            else "Show the whole run again and follow it; a double-click in the plot "
            "does the same."
        )
        self._view_all.setIconSize(QSize(px(sizes.LARGE), px(sizes.LARGE)))
        self._view_all.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if self._is_following
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )


def rounded_out(edges: list[float]) -> Range:
    """Return a range around ``edges`` with round ends, so that it seldom moves.

    Losses are never below 0, so neither is the range.
    """
    # With no loss yet there is the guessing line at most: show it over what may come.
    low, high = min(edges) if len(edges) > 1 else 0.0, max(edges, default=1.0)
    span = max(high - low, 0.1)
    step = 10.0 ** floor(log10(span))
    step /= 5 if span / step < 4 else 2
    low = max(0.0, floor((low - 0.05 * span) / step) * step)
    return low, (floor((high + 0.08 * span) / step) + 1) * step
