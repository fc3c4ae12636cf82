"""How a person handles the loss panel, and what of it is seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig

CONFIG = RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2)


def begin(qtbot, panel, config):
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.start(config)
    settle(qtbot, panel)


def train(qtbot, panel):
    panel.run.train()
    qtbot.waitUntil(lambda: panel.run.state is RunState.FINISHED)
    settle(qtbot, panel)


def give(qtbot, panel, losses):
    """Let losses come as from a run that had them."""
    panel.run.losses.extend(losses)
    panel.run.step = len(panel.run.losses)
    panel.run.updated.emit()
    settle(qtbot, panel)


def settle(qtbot, panel):
    """Draw all that is due, axes and texts too, as if half a second had passed."""
    for _ in range(2):  # the first time may change the size of an axis
        panel.settle()
        panel.grab()
        QApplication.processEvents()


def place(panel, step, loss):
    plot = panel._plot
    return plot.view.mapToScene(plot.to_pixels(step, loss))


def point_at(qtbot, panel, step):
    """Point at a step, half-way up the plot, and return what is said of it."""
    plot = panel._plot
    at = place(panel, step, sum(plot.y_range) / 2)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        QPointF(plot.viewport().mapToGlobal(at.toPoint())),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(plot.viewport(), event)
    settle(qtbot, panel)
    return panel._crosshair.text


def turn_wheel(qtbot, panel, at, notches):
    event = QWheelEvent(
        at,
        QPointF(panel._plot.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(panel._plot.viewport(), event)
    settle(qtbot, panel)


def smooth_by(panel, name):
    panel.smoothing_box.setCurrentText(f"Smoothing: {name}")


def colours(panel, at, radius=2):
    """The colours around a point of the plot."""
    image = panel._plot.grab().toImage()
    centre = at.toPoint()
    return {
        QColor(image.pixel(centre.x() + dx, centre.y() + dy)).name()
        for dx in range(-radius, radius + 1)
        for dy in range(-radius, radius + 1)
    }


def is_near(one, other):
    """Whether two colours are the same but for a line's soft edges."""
    pairs = zip(QColor(one).getRgb(), QColor(other).getRgb(), strict=True)
    return max(abs(a - b) for a, b in pairs) < 90
