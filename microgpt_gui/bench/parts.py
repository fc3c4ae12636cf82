"""The parts of the window that instruments are put to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QGraphicsView

from microgpt_gui.gui.panels.loss import LossPanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.panel import Panel
    from microgpt_gui.gui.window.main_window import MainWindow

_Panel = TypeVar("_Panel", bound="Panel")


def panel_of(window: MainWindow, kind: type[_Panel]) -> _Panel:
    """Return the window's panel of a class."""
    [panel] = [p for p in window.docks.panels if isinstance(p, kind)]
    return panel


def loss_plot(window: MainWindow) -> QWidget:
    """Return what the loss is drawn on."""
    return panel_of(window, LossPanel).findChildren(QGraphicsView)[0].viewport()
