"""By how much a weight is moved in the scratch copy, on a slider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from microgpt_gui.gui.widgets.slider_field import SliderField

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

_TIP = (
    "What is added to this weight, in a scratch copy: all views show what that does. "
    "The run is untouched."
)

#: Most weights are smaller than this.
_BOUNDS = (-1.0, 1.0)

#: In pixels at 100 %.
_WIDEST = 400


class Nudge(SliderField):
    """The slider, set by the person or by who shows another weight.

    Signals:
        nudged: The person wants this (float).
    """

    nudged = Signal(float)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(
            "Nudge by",
            _BOUNDS,
            ("less", "more"),
            _TIP,
            appearance,
            decimals=3,
            step=0.01,
            is_one_line=True,
        )
        self._is_shown = False
        appearance.changed.connect(self._fit)
        self._fit()
        self.set_value(0.0)
        self.value_changed.connect(self._on_value_changed)

    def show_delta(self, delta: float) -> None:
        """Show ``delta``, which somebody else has chosen."""
        self._is_shown = True
        self.set_value(delta)
        self._is_shown = False

    @Slot()
    def _fit(self) -> None:
        self.setMaximumWidth(self._appearance.px(_WIDEST))

    @Slot(float)
    def _on_value_changed(self, delta: float) -> None:
        if not self._is_shown:
            self.nudged.emit(delta)
