from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from microgpt_gui.gui.widgets.number_field import (
    DecimalField,
    IntegerField,
    OptionalIntegerField,
)
from microgpt_gui.gui.widgets.slider_field import SliderField
from microgpt_gui.gui.widgets.tooltip import wrapped


def type_into(field, text, key=Qt.Key.Key_Return):
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)


@pytest.fixture
def slider_field(qtbot, appearance):
    field = SliderField("Heat", (0.05, 2.0), ("cold", "hot"), "How hot.", appearance)
    qtbot.addWidget(field)
    field.show()
    return field


def test_slider_and_field_move_together(qtbot, slider_field):
    values = []
    slider_field.value_changed.connect(values.append)
    slider_field.slider.setValue(150)
    assert slider_field.field.value() == 1.5
    type_into(slider_field.field, "0.73")
    assert slider_field.slider.value() == 73
    assert slider_field.value() == 0.73
    assert values == [1.5, 0.73]
    # A click beside the handle brings it there, and the mouse can drag it on.
    slider, left = slider_field.slider, Qt.MouseButton.LeftButton
    slider_field.resize(400, 80)
    middle, end = slider.rect().center(), QPoint(slider.width() - 3, 9)
    qtbot.mousePress(slider, left, pos=middle)
    assert slider_field.value() == pytest.approx(1.025, abs=0.03)
    qtbot.mouseMove(slider, end)
    assert slider_field.value() > 1.8
    qtbot.mouseRelease(slider, left, pos=end)
    qtbot.mouseClick(slider, left, pos=QPoint(1, 9))
    assert slider_field.value() == 0.05


def test_a_value_beyond_the_bounds_is_not_taken(slider_field):
    slider_field.set_value(9)
    assert slider_field.value() == 2.0
    slider_field.set_value(0)
    assert slider_field.value() == 0.05


def test_typed_digits_count_only_on_enter(qtbot):
    field = IntegerField(1, 200)
    qtbot.addWidget(field)
    field.setValue(20)
    field.selectAll()
    QTest.keyClicks(field, "150")
    assert field.value() == 20
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 150


def test_an_emptied_field_is_none(qtbot):
    field = OptionalIntegerField(0, 2**31 - 1, "as before")
    qtbot.addWidget(field)
    type_into(field, str(2**31 - 1))
    assert field.number() == 2**31 - 1
    type_into(field, "0")
    assert field.number() == 0
    type_into(field, "")
    assert field.number() is None
    assert field.text() == "as before"


@pytest.mark.parametrize(
    "make", [lambda: IntegerField(1, 200), lambda: DecimalField(0, 9, 2)]
)
def test_the_wheel_passes_over_a_field_without_focus(qtbot, make):
    field = make()
    qtbot.addWidget(field)
    field.setValue(5)
    field.show()
    field.clearFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        field.mapToGlobal(QPointF(5, 5)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, wheel)
    assert field.value() == 5


def test_a_tool_tip_shows_signs_as_they_are():
    assert wrapped("a < b", "<b>") == "<p>a &lt; b</p><p>&lt;b&gt;</p>"
