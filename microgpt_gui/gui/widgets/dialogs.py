"""Dialogs over the window: each is open once, and gives the keys back at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def raised(title: str) -> bool:
    """Bring the dialog of that title to the front; say whether there is one."""
    for dialog in QApplication.topLevelWidgets():
        is_it = isinstance(dialog, QDialog) and dialog.windowTitle() == title
        if is_it and dialog.isVisible():
            dialog.raise_()
            dialog.activateWindow()
            return True
    return False


def open_over(window: QWidget, dialog: QDialog, *, is_modal: bool = True) -> None:
    """Open ``dialog``, or bring forward the one of its title that is open already.

    It is destroyed at its end. Where no window manager does it, the keys are the
    dialog's, and the window's again then.
    """
    if raised(dialog.windowTitle()):
        dialog.deleteLater()
        return
    dialog.finished.connect(window.window().activateWindow)
    dialog.finished.connect(dialog.deleteLater)
    if is_modal:
        dialog.open()
    else:
        dialog.show()
        dialog.activateWindow()
