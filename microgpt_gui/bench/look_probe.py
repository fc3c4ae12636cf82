"""Types texts to look at while the run trains, and waits for their pictures."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.attention import AttentionPanel
    from microgpt_gui.gui.run.controller import RunController

#: Between two keys, by turns, so that they do not fall in step with the frames.
KEY_MS = (113, 127, 149, 101)

#: Letters of a document that are typed before the next one's.
_MOST_LETTERS = 6


class LookProbe(QObject):
    """Types the run's own documents, letter by letter, into the box for the text.

    The time runs from when a key was due to when the heads of that text are painted. A
    text that the next key finds unpainted counts with the time until then: it is late,
    however late it would have been.

    Attributes:
        look_ms: Time from each key to its picture, in milliseconds.
    """

    def __init__(self, run: RunController, panel: AttentionPanel) -> None:
        super().__init__(panel)
        self.look_ms: list[float] = []
        self._run = run
        self._box = panel.text_box
        self._heads = panel.heat_map
        self._keys = 0
        self._document = 0
        self._wanted = ""
        self._due_s = self._typed_s = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer)

    def start(self) -> None:
        """Begin; the run must be training."""
        self._box.setFocus()
        self._heads.viewport().installEventFilter(self)
        self._set()

    def stop(self) -> None:
        """Type no more."""
        self._timer.stop()
        self._heads.viewport().removeEventFilter(self)
        self._box.clear()

    def _set(self) -> None:
        self._keys += 1
        interval_ms = KEY_MS[self._keys % len(KEY_MS)]
        self._due_s = time.perf_counter() + interval_ms / 1000
        self._timer.start(interval_ms)

    @Slot()
    def _on_timer(self) -> None:
        if self._wanted:
            self._note()
        info, typed = self._run.info, self._box.text()
        if info is None:
            return
        document = info.document_of(self._document)[:_MOST_LETTERS]
        if len(typed) >= len(document):
            self._document += 1
            self._box.clear()
            typed, document = "", info.document_of(self._document)[:_MOST_LETTERS]
        self._typed_s = self._due_s
        self._wanted = document[: len(typed) + 1]
        QTest.keyClicks(self._box, document[len(typed)])
        self._set()

    def _note(self) -> None:
        self.look_ms.append((time.perf_counter() - self._typed_s) * 1000)
        self._wanted = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when the picture is painted, and let everything pass."""
        if self._wanted and event.type() == QEvent.Type.Paint:
            look = self._heads.look
            if look is not None and look.text == self._wanted:
                self._note()
        return False
