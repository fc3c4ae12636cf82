"""Actions with keys that work wherever in the window the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable


def make_action(
    parent: QObject,
    text: str,
    keys: str,
    tip: str,
    on_triggered: Callable[[], object],
) -> QAction:
    """Return an action that works wherever in the window the focus is.

    Its keys work in the panels that float, too, but in nothing that is open above the
    window: not in menus, lists and dialogs.

    Args:
        parent: Its owner.
        text: For buttons and menus.
        keys: Shortcuts, separated by spaces; the first is named in the tooltip.
        tip: One sentence that explains it.
        on_triggered: A bound method of a QObject.
    """
    action = QAction(text, parent)
    sequences = [QKeySequence(key) for key in keys.split()]
    action.setShortcuts(sequences)
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.setAutoRepeat(False)
    shown = (
        sequences[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    )
    action.setToolTip(f"{tip} ({shown})" if shown else tip)
    action.triggered.connect(on_triggered)
    return action
