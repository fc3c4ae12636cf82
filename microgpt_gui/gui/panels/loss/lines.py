"""What the loss is held against, if wanted: another curve, lines across the plot."""

from __future__ import annotations

from math import isfinite, log
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from microgpt_gui.gui.moments.place import Place
from microgpt_gui.gui.panels.loss import line_words, words
from microgpt_gui.gui.panels.loss.level_line import LevelLine
from microgpt_gui.gui.panels.loss.unseen_curve import UnseenCurve
from microgpt_gui.gui.panels.loss.unseen_drawing import UnseenKey, UnseenLine
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.corpus.best_loss import is_generated
from microgpt_gui.session.corpus.yardsticks import YardsticksQuestion

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.corpus.yardsticks import Yardsticks
    from microgpt_gui.session.exports.loss_beside import Beside
    from microgpt_gui.session.loss_extent import Extent
    from microgpt_gui.session.run_info import RunInfo


#: So many averages are looked at, not to hide them.
_LOOKED_AT = 60

#: That is proposed to be held out.
_SHARE = 0.1


class LossLines(QObject):
    """The loss on documents not trained on, a bigram model's, and the best possible.

    Attributes:
        actions: Switch them on and off.
        button: Offers these.
        guessing: The loss of who takes every token for equally likely; always there.

    Signals:
        changed: What is to be drawn changed.
        proposed: See `Panel`.
    """

    changed = Signal()
    proposed = Signal(str, object)

    def __init__(self, workshop: Workshop, plot: GrowingPlot, view: QWidget) -> None:
        """Show none of them, but for the first where documents are held out.

        Args:
            workshop: Its run.
            plot: Where they are drawn.
            view: The panel.
        """
        super().__init__(view)
        self._run = workshop.run
        self._plot = plot
        self._is_chosen = False  # whether the person has said what is to be seen
        self._curve = UnseenCurve(workshop, view)
        self._line, self._key = UnseenLine(plot), UnseenKey(plot)
        self.guessing = LevelLine(plot)
        self._bigram, self._best = LevelLine(plot), LevelLine(plot, is_under=True)
        self._wish = workshop.wish(self)
        self._asked: tuple[object, ...] = ()
        self._found: Yardsticks | None = None
        self._run_id: int | None = -1  # of the run that is offered
        texts = (
            (line_words.UNSEEN, line_words.UNSEEN_TIP),
            (line_words.BIGRAM, line_words.BIGRAM_TIP),
            (line_words.BEST, line_words.BEST_TIP),
        )
        self.actions = [self._action(text, tip) for text, tip in texts]
        self._unseen_on, self._bigram_on, self._best_on = self.actions
        self._unseen_on.triggered.connect(self._on_unseen_on_triggered)
        self._hold_out = QAction(line_words.HOLD_OUT, self)
        self._hold_out.setToolTip(wrapped(line_words.HOLD_OUT_TIP))
        self._hold_out.triggered.connect(self._on_hold_out_triggered)
        self.button = self._button()
        self._curve.changed.connect(self._on_curve_changed)
        self._wish.answered.connect(self._on_wish_answered)

    def _action(self, text: str, tip: str) -> QAction:
        action = QAction(text, self)
        action.setCheckable(True)
        action.setToolTip(wrapped(tip))
        action.toggled.connect(self._on_action_toggled)
        return action

    def _button(self) -> QToolButton:
        button = QToolButton()
        button.setText("Compare ▾")
        button.setAccessibleName("Compare the loss")
        button.setProperty("kind", "chip")
        button.setToolTip(
            wrapped(
                "What the loss is held against: the loss on documents not trained on, "
                "a bigram model's, and the best possible."
            )
        )
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        menu.addActions(self.actions)
        menu.addSeparator()
        menu.addAction(self._hold_out)
        button.setMenu(menu)
        return button

    @property
    def extents(self) -> list[Extent]:
        """What losses are to be in view, lowest and highest of each."""
        levels = [x for x in (self._bigram_loss, self._best_loss) if x is not None]
        extents = [(level, level) for level in levels]
        losses = [x for x in self._losses.values() if isfinite(x)]
        if losses:
            extents.append((min(losses), max(losses)))
        return extents

    @property
    def text(self) -> str:
        """What is written of them in the plot."""
        return "\n".join(filter(None, (mark.text for mark in self.marks)))

    @property
    def marks(self) -> tuple[UnseenKey | LevelLine, ...]:
        """What has words in the plot, guessing apart."""
        return self._key, self._bigram, self._best

    def follow(self) -> None:
        """Ask for what is wanted and not known yet."""
        info = self._run.info
        if (run_id := info.run_id if info else None) != self._run_id:
            self._run_id = run_id
            self._offer(info)
        if self._unseen_on.isChecked():
            self._curve.follow()
        self._follow_yardsticks()

    def _offer(self, info: RunInfo | None) -> None:
        """Offer what another run has; show the curve of one that holds documents out.

        Unless the person has said whether to show it.
        """
        segment = info.segments[-1] if info else None
        held_out = bool(segment and segment.num_held_out)
        has_best = segment is not None and is_generated(segment.dataset)
        self._best_on.setEnabled(has_best)
        self._best_on.setToolTip(
            wrapped(line_words.BEST_TIP if has_best else line_words.NO_BEST)
        )
        is_possible = segment is not None and len(segment.docs) > 1
        self._hold_out.setEnabled(is_possible and not held_out)
        if not self._is_chosen:
            self._unseen_on.setChecked(held_out)

    def draw(self, averages: NDArray[np.float64]) -> None:
        """Put everything where it belongs in the plot as it is now.

        Args:
            averages: The run's losses, averaged, [step]: no words shall hide them.
        """
        self._line.show_losses(self._losses)
        self._key.avoid([*self._places_of(averages), *self._line.places])
        info, found = self._run.info, self._found
        tokens = info.vocab_size if info else 1
        best = found.best if found else None
        taken = [self._key.box]
        for line, level, wordings in (
            (self.guessing, log(tokens) if info else None, words.guessing(tokens)),
            (
                self._bigram,
                self._bigram_loss,
                line_words.bigram(found.bigram) if found else (),
            ),
            (self._best, self._best_loss, line_words.best(best) if best else ()),
        ):
            line.place(level, wordings, tuple(taken))
            taken.append(line.box)

    def _places_of(self, averages: NDArray[np.float64]) -> list[tuple[float, float]]:
        """Return where some of the averages lie (x, y), in the pixels of marks."""
        picked = np.linspace(0, len(averages) - 1, _LOOKED_AT).astype(int)
        picked = picked[np.isfinite(averages[picked])] if len(averages) else picked[:0]
        to_plot, corner = self._plot.to_plot, self._plot.area.topLeft()
        x, y = to_plot.x(picked + 1.0), to_plot.y(averages[picked])
        left, top = x - corner.x(), y - corner.y()
        return list(zip(left.tolist(), top.tolist(), strict=True))

    def exported(self) -> Beside:
        """Return them as a picture shows them."""
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.exports.loss_beside import Beside, Level

        answer, found, losses = self._curve.answer, self._found, self._losses
        levels = []
        if found and (level := self._bigram_loss) is not None:
            levels.append(Level(level, line_words.bigram(found.bigram)[0]))
        if found and found.best and (level := self._best_loss) is not None:
            levels.append(Level(level, line_words.best(found.best)[0], is_under=True))
        return Beside(
            tuple(sorted(losses.items())),
            line_words.which(answer)[0] if answer and losses else "",
            tuple(levels),
        )

    def lines_at(self, step: int) -> list[str]:
        """Return what is said of them at ``step``, from 1."""
        said, answer, found = [], self._curve.answer, self._found
        if self._losses and answer is not None:
            nearest = min(self._losses, key=lambda at: (abs(at - step), at))
            said.append(line_words.unseen_at(answer, nearest, self._losses[nearest]))
        if found and self._bigram_loss is not None:
            said.append(line_words.bigram_at(found.bigram))
        if found and found.best and self._best_loss is not None:
            said.append(line_words.best_at(found.best))
        return said

    def restyle(self, appearance: Appearance) -> None:
        """Take up theme and zoom."""
        levels = self.guessing, self._bigram, self._best
        for mark in (self._line, self._key, *levels):
            mark.restyle(appearance)

    @property
    def _losses(self) -> dict[int, float]:
        return self._curve.losses if self._unseen_on.isChecked() else {}

    @property
    def _bigram_loss(self) -> float | None:
        is_on = self._found is not None and self._bigram_on.isChecked()
        return self._found.bigram.on_counted if self._found and is_on else None

    @property
    def _best_loss(self) -> float | None:
        best = self._found.best if self._found else None
        return best.least if best and self._best_on.isChecked() else None

    def _follow_yardsticks(self) -> None:
        run = self._run
        wanted = self._bigram_on.isChecked() or self._best_on.isChecked()
        if run.info is None or run.moment is None or not wanted:
            return
        end = max(run.config.steps, run.step)
        asked = run.info.run_id, end
        if asked == self._asked:
            return
        if self._asked[:1] != asked[:1]:
            self._found = None
        self._asked = asked
        place = Place(run.info, run.recorder, run.moment.step, run.moment)
        self._wish.want(place, YardsticksQuestion(end))

    def _say(self) -> None:
        """Write what the curve is of, or why there is none."""
        answer, losses = self._curve.answer, self._losses
        if not self._unseen_on.isChecked() or answer is None:
            self._key.say(())
        elif answer.problem:
            self._key.say((answer.problem,), has_line=False)
        elif losses:
            last = max(losses)
            left = len(self._curve.missing)
            self._key.say(line_words.unseen(answer, (last, losses[last]), left))

    @Slot()
    def _on_hold_out_triggered(self) -> None:
        self.proposed.emit("held_out", _SHARE)

    @Slot(bool)
    def _on_unseen_on_triggered(self, _is_on: bool) -> None:
        self._is_chosen = True

    @Slot(bool)
    def _on_action_toggled(self, _is_on: bool) -> None:
        if not self._unseen_on.isChecked():
            self._curve.rest()
        self._say()
        self.changed.emit()

    @Slot()
    def _on_curve_changed(self) -> None:
        self._say()
        self.changed.emit()

    @Slot()
    def _on_wish_answered(self) -> None:
        if self._wish.answer is not None:  # else it is still at work
            self._found = self._wish.answer
            self.changed.emit()
