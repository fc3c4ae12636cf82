"""Whether samples belong to what is shown, and how it looks where they do not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from microgpt_gui.letters import quoted

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.moments.alteration import Alteration
    from microgpt_gui.session.sample_batch import SampleBatch, SampleRequest

#: Samples that are about to be drawn anew look stale only after so long.
GRACE_S = 0.4

#: How much of what lies below the veil is gone, from 0 to 255.
_DENSITY = 130


def why_stale(
    batch: SampleBatch,
    wanted: SampleRequest,
    alteration: Alteration,
    step: int | None,
    moving: str = "",
) -> str:
    """Return what is otherwise now than when ``batch`` was drawn; empty for nothing.

    Args:
        batch: What is shown.
        wanted: What the settings say to draw.
        alteration: What is otherwise in what would draw now.
        step: Steps done at the moment shown; None where that does not matter.
        moving: What to say of a step that changes faster than one reads.
    """
    drawn, now = batch.request, []
    if drawn.temperature != wanted.temperature:
        now.append(f"the temperature is now {wanted.temperature:g}")
    if drawn.prompt != wanted.prompt:
        prompt = quoted(wanted.prompt) if wanted.prompt else "empty"
        now.append(f"the prompt is now {prompt}")
    if drawn.seed != wanted.seed:
        seed = "the run's own" if wanted.seed is None else f"{wanted.seed}"
        now.append(f"the seed is now {seed}")
    if batch.alteration != alteration:
        now.append(f"now {alteration.told() or 'the model is as it is'}")
    if step is not None and batch.step != step:
        now.append(moving or f"the step is now {step:,}")
    return f"Out of date: {', '.join(now)}." if now else ""


class Grace(QObject):
    """What is about to be drawn anew has a moment's grace, or it would only flicker.

    Signals:
        ended: The grace that was given has come to its end.
    """

    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._batch: SampleBatch | None = None
        self._since_s = 0.0
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self.ended)

    def is_left_for(self, batch: SampleBatch) -> bool:
        """Whether ``batch`` has come, or become stale, only just now."""
        now_s = time.monotonic()
        if batch is not self._batch:
            self._batch, self._since_s = batch, now_s
        left_s = self._since_s + GRACE_S - now_s
        if left_s > 0:
            self._end.start(int(left_s * 1000) + 1)
        return left_s > 0


class Veil(QWidget):
    """Lies over a widget and lets it step back; the mouse does not notice it."""

    def __init__(self, under: QWidget, appearance: Appearance) -> None:
        super().__init__(under)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        under.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as what lies below."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground over it, half through."""
        colour = QColor(self._appearance.theme.surface)
        colour.setAlpha(_DENSITY)
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour)
        painter.end()
