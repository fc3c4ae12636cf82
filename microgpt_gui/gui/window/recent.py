"""The runs and texts of the last days, in a menu."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.gui.window.preferences import MAX_RECENT, Preferences, remember
from microgpt_gui.isolation import isolated

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class RecentMenu(QMenu):
    """Lists what was opened and saved last, in any window, newest first.

    The preferences' file is the list: other windows write to it too.

    Signals:
        chosen: This file is wanted (Path).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Open recent", parent)
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.refill)
        self.triggered.connect(self._on_triggered)

    def note(self, path: Path) -> None:
        """Put ``path`` on top."""
        _remember(partial(_with_first, str(path)))

    @Slot()
    def refill(self) -> None:
        """List the files again; those that are gone stay for now, but grey."""
        self.clear()
        paths = [Path(text) for text in Preferences.read().recent]
        names = [path.name for path in paths]
        for number, path in enumerate(paths, start=1):
            is_there = os.path.isfile(path) or os.path.isdir(path)
            words = isolated(path.name).replace("&", "&&")
            if names.count(path.name) > 1:
                words += f"  in {isolated(path.parent.name)}".replace("&", "&&")
            if not is_there:
                words += "  (not there any more)"
            action = QAction(f"&{number}  {words}", self)
            action.setToolTip(wrapped(str(path)))
            action.setData(str(path))
            action.setEnabled(is_there)
            self.addAction(action)
        if not paths:
            empty = QAction("No files yet: save a run, or open one", self)
            empty.setEnabled(False)
            self.addAction(empty)
            return
        self.addSeparator()
        clear = QAction("Clear this list", self)
        clear.setToolTip("Forget these names; the files stay")
        self.addAction(clear)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action.data():
            self.chosen.emit(Path(action.data()))
        else:
            _remember(_without_recent)


def _with_first(path: str, stored: Preferences) -> Preferences:
    others = [other for other in stored.recent if other != path]
    return replace(stored, recent=[path, *others][:MAX_RECENT])


def _without_recent(stored: Preferences) -> Preferences:
    return replace(stored, recent=[])


def _remember(change: Callable[[Preferences], Preferences]) -> None:
    # A list that cannot be kept is no reason to bother anybody.
    with contextlib.suppress(OSError):
        remember(change)
