"""A number on a slider and in a field at once, with words for its two ends.

Ours and not superqt's: the labelled slider of superqt 0.9 holds 1.234 where its field
shows 1.23, and turns by the wheel without the focus; its field is not on the way of
Tab, does not step with the arrows, keeps what was typed after Escape, and has a style
sheet of its own. Its import costs the first paint 50 to 80 ms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.flow import FlowLayout
from microgpt_gui.gui.widgets.number_field import DecimalField
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.gui.widgets.wheel import KeepsItsValue

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from microgpt_gui.gui.theme.appearance import Appearance


#: Height of a slider's handle with its border, in pixels at 100 %.
_HANDLE = 20


class _Slider(KeepsItsValue, QSlider):
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle to the mouse, which can drag it on from there."""
        if event.button() is Qt.MouseButton.LeftButton:
            option, kind = QStyleOptionSlider(), QStyle.ComplexControl.CC_Slider
            self.initStyleOption(option)
            handle, groove = (
                self.style().subControlRect(kind, option, part, self)
                for part in (
                    QStyle.SubControl.SC_SliderHandle,
                    QStyle.SubControl.SC_SliderGroove,
                )
            )
            x = event.position().x()
            if not handle.left() <= x <= handle.right():
                left = round(x - groove.left() - handle.width() / 2)
                self.setValue(
                    QStyle.sliderValueFromPosition(
                        self.minimum(),
                        self.maximum(),
                        left,
                        groove.width() - handle.width(),
                    )
                )
        super().mousePressEvent(event)


class SliderField(QWidget):
    """A labelled slider, and a field for exact values; they move together.

    Attributes:
        field: Where exact values are typed.
        slider: Counts in units of the field's last decimal.

    Signals:
        value_changed: The value is another one (float).
    """

    value_changed = Signal(float)

    def __init__(
        self,
        label: str,
        bounds: tuple[float, float],
        ends: tuple[str, str],
        explanation: str,
        appearance: Appearance,
        *,
        decimals: int = 2,
        step: float = 0.05,
        is_one_line: bool = False,
    ) -> None:
        """Show the lowest value.

        Args:
            label: What the number is called.
            bounds: The lowest and the highest value.
            ends: A word for each.
            explanation: For the tooltip.
            appearance: Theme and zoom.
            decimals: Of the field.
            step: Of the keys and the arrows.
            is_one_line: Put all into one line; then the ends have no words.
        """
        super().__init__()
        self._appearance = appearance
        self._units = 10**decimals
        self._label = PlainLabel(label)
        self.field = DecimalField(*bounds, decimals)
        self.field.setSingleStep(step)
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(*(round(bound * self._units) for bound in bounds))
        self.slider.setSingleStep(round(step * self._units))
        self.slider.setPageStep(2 * round(step * self._units))
        self._label.setBuddy(self.field)
        self.field.setAccessibleName(label)
        low, high = ends
        self.slider.setAccessibleName(f"{label}, from {low} to {high}")
        for widget in (self._label, self.field, self.slider):
            widget.setToolTip(wrapped(explanation))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._bottom = QHBoxLayout()
        self._top = FlowLayout()
        if is_one_line:
            for widget in (self._label, self.slider, self.field):
                self._bottom.addWidget(widget, int(widget is self.slider))
            self._column.addLayout(self._bottom)
        else:
            self._build(*ends)
        self.field.valueChanged.connect(self._on_field_changed)
        self.slider.valueChanged.connect(self._on_slider_changed)
        appearance.changed.connect(self.restyle)
        self.restyle()

    def _build(self, low: str, high: str) -> None:
        self._label.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
        )
        self._top.addWidget(self._label)
        self._top.addWidget(self.field)
        self._bottom.addWidget(self._caption(low))
        self._bottom.addWidget(self.slider, 1)
        self._bottom.addWidget(self._caption(high))
        self._column.addLayout(self._top)
        self._column.addLayout(self._bottom)

    @staticmethod
    def _caption(word: str) -> QLabel:
        caption = PlainLabel(word)
        caption.setProperty("role", "caption")
        return caption

    def value(self) -> float:
        """Return the value."""
        return self.field.value()

    def set_value(self, value: float) -> None:
        """Show ``value``, or what is nearest to it within the bounds."""
        self.field.setValue(value)

    @Slot()
    def restyle(self) -> None:
        """Take up the zoom."""
        px = self._appearance.px
        self.field.fit(px)
        self._top.setSpacing(px(sizes.SMALL))
        self._bottom.setSpacing(px(sizes.SMALL))
        self._column.setSpacing(px(sizes.TIGHT))
        self.slider.setMinimumWidth(px(sizes.LARGE))
        self.slider.setFixedHeight(px(_HANDLE))  # Qt's hint knows nothing of the zoom

    @Slot(float)
    def _on_field_changed(self, value: float) -> None:
        self.slider.setValue(round(value * self._units))
        self.value_changed.emit(value)

    @Slot(int)
    def _on_slider_changed(self, units: int) -> None:
        self.field.setValue(units / self._units)
