"""A plot that keeps what it has drawn as pictures."""

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QApplication, QGraphicsLineItem, QWidget

from microgpt_gui.gui.widgets.growing_plot import GrowingPlot, Sheet
from microgpt_gui.gui.widgets.strokes import BarStroke, DotStroke, LineStroke


class Owner(QObject):
    """Draws one stroke on one sheet whenever the plot is empty."""

    def __init__(self, plot, stroke, x, y, sheet=Sheet.UNDER):
        super().__init__(plot)
        self._drawn = plot, stroke, np.array(x, float), np.array(y, float), sheet
        self.times = 0
        plot.emptied.connect(self.draw)
        plot.discard()

    @Slot()
    def draw(self):
        plot, stroke, x, y, sheet = self._drawn
        self.times += 1
        painter = plot.painter_on(sheet)
        stroke.draw(painter, plot.to_plot.x(x), plot.to_plot.y(y))
        painter.end()


@pytest.fixture
def plot(qtbot, appearance):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 300)
    plot = GrowingPlot(appearance, "Numbers", "step", "number", parent=host)
    plot.resize(600, 300)
    plot.set_ranges((0.0, 1000.0), (0.0, 4.0))
    with qtbot.waitExposed(host):
        host.show()
    for _ in range(2):  # the width of an axis is known when it is painted
        plot.grab()
        QApplication.processEvents()
    yield plot


def colour(plot, x, y, dx=0):
    at = plot.view.mapToScene(plot.to_pixels(x, y)).toPoint()
    return QColor(plot.grab().toImage().pixel(at.x() + dx, at.y())).name()


def test_a_single_dot_is_seen(plot):
    dots = DotStroke()
    dots.set_style("#ff0000", 3)
    Owner(plot, dots, [500], [2])
    assert colour(plot, 500, 2) == "#ff0000"


def test_bars_join_pairs_and_no_more(plot):
    bars = BarStroke()
    bars.set_style("#ff0000")
    Owner(plot, bars, [200, 200, 800, 800], [1, 3, 1, 3])

    def red_near(x):
        return any(colour(plot, x, 2, dx) == "#ff0000" for dx in (-1, 0, 1))

    assert red_near(200)
    assert red_near(800)
    assert not red_near(500)


def test_a_line_has_a_gap_where_there_is_no_number(plot):
    line = LineStroke()
    line.set_style("#ff0000", 3)
    Owner(plot, line, [0, 400, 500, 600, 1000], [2, 2, np.nan, 2, 2])
    assert colour(plot, 200, 2) == "#ff0000"
    assert colour(plot, 800, 2) == "#ff0000"
    assert colour(plot, 500, 2) != "#ff0000"


def test_what_is_drawn_moves_with_the_ranges_and_stays_within_the_axes(plot):
    line = LineStroke()
    line.set_style("#ff0000", 5)
    Owner(plot, line, [-5000, 500], [2, 2])
    assert colour(plot, 499, 2, dx=-3) == "#ff0000"
    assert colour(plot, 0, 2, dx=-5) != "#ff0000"
    plot.set_ranges((0.0, 2000.0), (0.0, 4.0))
    assert colour(plot, 495, 2, dx=-3) == "#ff0000"
    assert colour(plot, 600, 2) != "#ff0000"


def test_it_is_drawn_once_until_something_moves(plot):
    line = LineStroke()
    owner = Owner(plot, line, [0, 1000], [2, 2])
    for _ in range(3):
        plot.grab()
    assert owner.times == 1
    plot.resize(500, 250)
    plot.grab()
    QApplication.processEvents()
    plot.grab()
    assert owner.times > 1


def test_a_mark_lies_above_what_is_drawn_and_can_be_hidden(plot):
    line = LineStroke()
    line.set_style("#ff0000", 9)
    Owner(plot, line, [0, 1000], [2, 2], Sheet.OVER)
    mark = QGraphicsLineItem(0, 0, 0, plot.view_rect.height())
    mark.setPen(QPen(Qt.GlobalColor.blue, 3))
    mark.setPos(plot.to_pixels(500, 2).x(), 0)
    plot.add_mark(mark)
    plot.redraw_marks()
    assert colour(plot, 500, 2) == "#0000ff"
    mark.hide()
    plot.redraw_marks()
    assert colour(plot, 500, 2) == "#ff0000"
