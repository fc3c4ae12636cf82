"""How many times the head that is enlarged counts, on a slider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from microgpt_gui.gui.widgets.slider_field import SliderField
from microgpt_gui.session.moments.alteration import FACTOR_RANGE

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

_TIP = (
    "What this head gives is multiplied by this before it joins the residual stream: "
    "0 knocks it out, 1 is as it learnt. In a scratch copy; the run is untouched."
)

#: A longer slider is no easier to set, in pixels at 100 %.
_WIDEST = 280


class HeadFactor(SliderField):
    """The slider, set by the person or by who shows another head.

    Signals:
        factor_chosen: The person wants this (float).
    """

    factor_chosen = Signal(float)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(
            "This head, times",
            FACTOR_RANGE,
            ("off", "twice"),
            _TIP,
            appearance,
            step=0.1,
            is_one_line=True,
        )
        self._is_shown = False
        appearance.changed.connect(self._fit)
        self._fit()
        self.value_changed.connect(self._on_value_changed)

    def show_factor(self, factor: float) -> None:
        """Show ``factor``, which somebody else has chosen."""
        self._is_shown = True
        self.set_value(factor)
        self._is_shown = False

    @Slot()
    def _fit(self) -> None:
        self.setMaximumWidth(self._appearance.px(_WIDEST))

    @Slot(float)
    def _on_value_changed(self, factor: float) -> None:
        if not self._is_shown:
            self.factor_chosen.emit(factor)
