from __future__ import annotations

import itertools

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from microgpt_gui.gui.theme.roles import DARK
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.gui.widgets.plot import Plot
from microgpt_gui.gui.widgets.traces import Line


@pytest.fixture
def plot(qtbot, appearance):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 300)
    plot = Plot(
        appearance,
        "Loss of every step",
        "step",
        "loss (nats)",
        is_x_whole=True,
        parent=host,
    )
    plot.resize(600, 300)
    plot.set_limits((0.0, 1000.0), (0.0, 4.0))
    plot.set_ranges((0.0, 1000.0), (0.0, 4.0))
    with qtbot.waitExposed(host):
        host.show()
    # The width of an axis follows from its texts, which are known when it is painted.
    for _ in range(2):
        plot.grab()
        QApplication.processEvents()
    yield plot
    appearance.set_mode("light")
    appearance.set_scale(Scale())


def place(plot, x, y):
    """Where a point of the data is, in pixels of the viewport."""
    return plot.view.mapToScene(plot.to_pixels(x, y))


def send_mouse(plot, kind, at, button=Qt.MouseButton.NoButton):
    pressed = (
        Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    )
    which = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
    event = QMouseEvent(
        kind,
        at,
        QPointF(plot.viewport().mapToGlobal(at.toPoint())),
        which,
        pressed,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(plot.viewport(), event)


def turn_wheel(plot, at, notches):
    event = QWheelEvent(
        at,
        QPointF(plot.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), event)


def drag(qtbot, plot, start, end):
    left = Qt.MouseButton.LeftButton
    send_mouse(plot, QEvent.Type.MouseButtonPress, start, left)
    for share in (0.3, 0.6, 1.0):
        # The scene drops moves that come within 10 ms of each other.
        before = plot.x_range
        qtbot.waitUntil(
            lambda at=start + (end - start) * share, before=before: (
                send_mouse(plot, QEvent.Type.MouseMove, at, left)
                or plot.x_range != before
            )
        )
    send_mouse(plot, QEvent.Type.MouseButtonRelease, end, left)


def tick_texts(axis, size):
    low, high = axis.range
    spacing, values = axis.tickValues(low, high, size)[0]
    return axis.tickStrings(values, 1.0, spacing)


def test_the_wheel_zooms_around_the_mouse(qtbot, plot):
    with qtbot.waitSignal(plot.zoomed):
        turn_wheel(plot, place(plot, 250, 2), notches=3)
    left, right = plot.x_range
    assert 0 < left < 250 < right < 1000
    # The point under the mouse stays under the mouse.
    assert (250 - left) / (right - left) == pytest.approx(0.25, abs=0.01)


def test_the_wheel_over_an_axis_zooms_that_axis_alone(plot):
    below = place(plot, 500, 0) + QPointF(0, 12)
    turn_wheel(plot, below, notches=3)
    assert plot.x_range[1] - plot.x_range[0] < 900
    assert plot.y_range == (0.0, 4.0)


def test_the_wheel_stops_at_the_limits(plot):
    turn_wheel(plot, place(plot, 500, 2), notches=5)
    turn_wheel(plot, place(plot, 500, 2), notches=-50)
    assert plot.x_range == pytest.approx((0, 1000))
    assert plot.y_range == pytest.approx((0, 4))


def test_a_drag_takes_the_curve_along(qtbot, plot):
    turn_wheel(plot, place(plot, 500, 2), notches=5)
    left, right = plot.x_range
    start = place(plot, 500, 2)
    with qtbot.waitSignal(plot.zoomed):
        drag(qtbot, plot, start, start + QPointF(60, 0))
    assert plot.x_range[0] < left
    assert plot.x_range[1] - plot.x_range[0] == pytest.approx(right - left)


def test_a_double_click_asks_for_the_whole(qtbot, plot):
    with qtbot.waitSignal(plot.reset_requested):
        qtbot.mouseDClick(
            plot.viewport(),
            Qt.MouseButton.LeftButton,
            pos=place(plot, 500, 2).toPoint(),
        )


def test_a_click_leaves_the_focus_where_it_was(qtbot, plot):
    qtbot.mouseClick(
        plot.viewport(), Qt.MouseButton.LeftButton, pos=place(plot, 500, 2).toPoint()
    )
    assert not plot.hasFocus()
    assert not plot.viewport().hasFocus()


def test_the_cursor_is_known_in_steps_and_forgotten_outside(qtbot, plot):
    with qtbot.waitSignal(plot.hovered):
        send_mouse(plot, QEvent.Type.MouseMove, place(plot, 700, 1))
    pixel = 1000 / plot.view_rect.width()
    assert plot.x_at_cursor == pytest.approx(700, abs=pixel)
    send_mouse(plot, QEvent.Type.MouseMove, QPointF(2, 2))
    assert plot.x_at_cursor is None
    send_mouse(plot, QEvent.Type.MouseMove, place(plot, 700, 1))
    with qtbot.waitSignal(plot.hovered):
        QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert plot.x_at_cursor is None


@pytest.mark.parametrize("high", [1.5, 3, 4, 7, 30])
def test_an_axis_of_steps_has_whole_numbers_only(plot, high):
    plot.set_limits((0.0, high), (0.0, 4.0))
    plot.set_ranges((0.0, high), (0.0, 4.0))
    texts = tick_texts(plot.x_axis, 500)
    assert texts
    assert all(text.isdigit() for text in texts)
    assert len(set(texts)) == len(texts)


def test_long_runs_are_counted_in_plain_numbers(plot):
    plot.set_limits((0.0, 1_010_000.0), (0.0, 4.0))
    plot.set_ranges((0.0, 1_010_000.0), (0.0, 4.0))
    assert tick_texts(plot.x_axis, 500)[-1] == "1,000,000"


def drawn(axis, draw_specs, draw_picture):
    image = QImage(700, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.translate(60, 20)
    draw_picture(painter, *draw_specs(painter))
    painter.end()
    return image


@pytest.mark.parametrize("width", [500, 250, 120])
def test_numbers_side_by_side_do_not_touch_at_a_large_zoom(plot, appearance, width):
    appearance.set_scale(Scale(200))
    plot.resize(width, 300)
    plot.restyle()
    plot.set_limits((0.0, 20_200.0), (0.0, 4.0))
    plot.set_ranges((0.0, 20_200.0), (0.0, 4.0))
    plot.grab()
    image = QImage(9, 9, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    _axis, _lines, numbers = plot.x_axis.generateDrawSpecs(painter)
    painter.end()
    boxes = [box for box, _ in numbers]
    assert boxes
    for left, right in itertools.pairwise(boxes):
        assert left.right() + 4 < right.left()


@pytest.mark.parametrize("top", [3.7e-4, 0.3, 4.0, 47.0, 2.5e6])
@pytest.mark.parametrize("steps", [3, 1000, 52_000])
def test_axes_look_as_pyqtgraph_draws_them(plot, steps, top):
    """In fewer calls."""
    plot.set_limits((0.0, 2.0 * steps), (0.0, 2.0 * top))
    plot.set_ranges((0.0, steps * 1.01), (top / 7, top))
    whole = pg.AxisItem
    for axis in (plot.x_axis, plot.y_axis):
        ours = drawn(axis, axis.generateDrawSpecs, axis.drawPicture)
        theirs = drawn(
            axis,
            lambda painter, axis=axis: whole.generateDrawSpecs(axis, painter),
            lambda *specs, axis=axis: whole.drawPicture(axis, *specs),
        )
        assert ours == theirs
        length = 100.0 * top
        for low, high in ((0.0, length), (length / 3, length)):
            known = whole.tickValues(axis, low, high, 500)
            found = axis.tickValues(low, high, 500)
            assert [spacing for spacing, _ in found] == [s for s, _ in known]
            for (_, ticks), (_, wanted) in zip(found, known, strict=True):
                assert ticks == pytest.approx(wanted)


def test_a_message_stands_in_the_middle_and_goes(plot):
    plot.say("Press Train (Space) to begin.")
    label = next(x for x in plot.findChildren(QLabel) if x.isVisible())
    middle = place(plot, 500, 2).toPoint()
    assert (label.geometry().center() - middle).manhattanLength() <= 4
    plot.say("")
    assert not label.isVisible()


def test_a_message_wraps_rather_than_being_cut(plot, appearance):
    appearance.set_scale(Scale(250))
    plot.restyle()
    plot.say("Press Train (Space) to begin: the loss of every step appears here.")
    label = next(x for x in plot.findChildren(QLabel) if x.isVisible())
    assert plot.rect().contains(label.geometry())
    assert label.height() >= label.heightForWidth(label.width())
    assert label.height() > 2 * label.fontMetrics().height()


def test_axes_follow_theme_and_zoom(plot, appearance):
    appearance.set_mode("dark")
    appearance.set_scale(Scale(200))
    plot.restyle()
    for axis in (plot.x_axis, plot.y_axis):
        assert axis.textPen().color().name() == DARK.muted
        assert axis.label.font().pixelSize() == appearance.px(11)
        assert axis.style["tickFont"].pixelSize() == appearance.px(11)
    assert "loss (nats)" in plot.y_axis.label.toPlainText()


def test_the_plot_says_what_it_is(plot):
    assert plot.accessibleName() == "Loss of every step"


def test_a_line_has_a_gap_where_there_is_no_number(plot):
    line = Line()
    plot.add_curve(line)
    line.set_style("#ff0000", 3)
    line.set_points(
        np.array([0.0, 400, 500, 600, 1000]), np.array([2, 2, np.nan, 2, 2])
    )
    image = plot.grab().toImage()

    def is_red(x):
        at = place(plot, x, 2).toPoint()
        return QColor(image.pixel(at)).red() > 200 > QColor(image.pixel(at)).green()

    assert is_red(200)
    assert is_red(800)
    assert not is_red(500)
