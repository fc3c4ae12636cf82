"""Theme, zoom, size and layout are remembered as they change: a crash loses none."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from microgpt_gui.gui.threads.background import Background
from microgpt_gui.gui.window.dock_host import Arrangement
from microgpt_gui.gui.window.layouts import DESK, LOOK, layout_named
from microgpt_gui.gui.window.preferences import Preferences, remember

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.window.dock_host import DockHost

#: So often is looked whether anything has changed; Qt tells of few of the changes.
LOOK_EVERY_MS = 2000


class Remembering(QObject):
    """Writes the preferences when they change; on the GUI thread.

    Does nothing until `start`: a window that plays by itself leaves no traces.
    """

    def __init__(
        self,
        window: QWidget,
        docks: DockHost,
        appearance: Appearance,
        preferences: Preferences,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._docks = docks
        self._appearance = appearance
        self._preferences = preferences
        self._written: Preferences | None = None
        self._background = Background("preferences", self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.save)

    def start(self, every_ms: int = LOOK_EVERY_MS) -> None:
        """Write what changes from now on, looked for as often as that."""
        self._written = self._now()
        self._timer.start(every_ms)

    @Slot()
    def save(self) -> None:
        """Write beside the window, if there is anything new."""
        now = self._now()
        if now != self._written and not self._background.is_active:
            self._written = now
            self._background.start(partial(_write, now))

    def save_now(self) -> None:
        """Write before going on: the window closes."""
        self.shut_down()
        # A window that cannot be remembered must still close.
        with contextlib.suppress(OSError):
            _write(self._now(), _go_on)

    def shut_down(self) -> None:
        """End what was started."""
        self._timer.stop()
        self._background.shut_down()

    def _now(self) -> Preferences:
        preferences, window = self._preferences, self._window
        preferences.mode = self._appearance.mode
        preferences.zoom = self._appearance.scale.percent
        preferences.geometry = bytes(window.saveGeometry().toHex().data()).decode()
        _keep_arrangements(self._docks, preferences)
        return replace(preferences)


def restore_arrangements(docks: DockHost, preferences: Preferences) -> None:
    """Let the panels stand as they were left, in every layout."""
    arrangements = {
        name: Arrangement(bytes.fromhex(state), name in preferences.folded)
        for name, state in (
            (DESK.name, preferences.layout),
            (LOOK.name, preferences.look),
        )
    }
    docks.restore(layout_named(preferences.shown_layout), arrangements)


def _keep_arrangements(docks: DockHost, preferences: Preferences) -> None:
    arrangements = docks.arrangements()
    preferences.shown_layout = docks.shown.name
    preferences.layout = arrangements[DESK.name].state.hex()
    preferences.look = arrangements[LOOK.name].state.hex()
    preferences.folded = [n for n, kept in arrangements.items() if kept.is_folded]


def _write(now: Preferences, _check: Callable[[], None]) -> None:
    remember(partial(_with_recent_of, now))


def _with_recent_of(now: Preferences, stored: Preferences) -> Preferences:
    return replace(now, recent=stored.recent)  # other windows write it too


def _go_on() -> None:
    """Let nothing stop the last write."""
