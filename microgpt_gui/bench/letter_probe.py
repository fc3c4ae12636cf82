"""Clicks letters and moves the temperature while the run trains, and waits for odds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest

from microgpt_gui.bench.look_probe import KEY_MS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSlider

    from microgpt_gui.gui.panels.next_letter import NextLetterPanel
    from microgpt_gui.gui.workshop import Workshop

#: Letters that are clicked before the text begins anew.
_MOST_LETTERS = 6


class LetterProbe(QObject):
    """Clicks a bar of Next letter and moves the slider of the temperature, by turns.

    The time runs from when the click, or the key on the slider, was due to when the
    odds after that text, or at that temperature, are painted. What the next one finds
    unpainted counts with the time until then: it is late, however late it would be.

    Attributes:
        click_ms: Time from each click to its picture, in milliseconds.
        slide_ms: Time from each move of the slider to its picture, likewise.
    """

    def __init__(
        self, workshop: Workshop, panel: NextLetterPanel, slider: QSlider
    ) -> None:
        super().__init__(panel)
        self.click_ms: list[float] = []
        self.slide_ms: list[float] = []
        self._workshop = workshop
        self._bars = panel.bars
        self._slider = slider
        self._turns = 0
        self._due_s = self._since_s = 0.0
        self._wanted: tuple[str, float] | None = None
        self._takes = self.click_ms  # the times of what is awaited
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer)

    def start(self) -> None:
        """Begin; the run must be training, and the panel be seen."""
        self._bars.viewport().installEventFilter(self)
        self._set()

    def stop(self) -> None:
        """Do no more."""
        self._timer.stop()
        self._bars.viewport().removeEventFilter(self)

    def _set(self) -> None:
        self._turns += 1
        interval_ms = KEY_MS[self._turns % len(KEY_MS)]
        self._due_s = time.perf_counter() + interval_ms / 1000
        self._timer.start(interval_ms)

    @Slot()
    def _on_timer(self) -> None:
        if self._wanted is not None:
            self._note()
        letter, subject = self._bars.letter, self._workshop.subject
        if letter is None or not letter.odds.probabilities:
            self._set()
            return
        if len(subject.text) >= _MOST_LETTERS:
            subject.watch("")
            self._set()
            return
        self._since_s = self._due_s
        if self._turns % 2:
            # A letter that is likely, but not BOS, which would end the text.
            odds = letter.odds.probabilities[: len(letter.chars)]
            token = max(range(len(odds)), key=odds.__getitem__)
            self._takes = self.click_ms
            self._wanted = subject.text + letter.chars[token], letter.odds.temperature
            self._bars.reveal(token)
            place = self._bars.box(token).center()
            left = Qt.MouseButton.LeftButton
            QTest.mouseClick(self._bars.viewport(), left, pos=place)
        else:
            self._takes = self.slide_ms
            key = Qt.Key.Key_Right if self._turns % 4 else Qt.Key.Key_Left
            self._slider.setFocus()  # else the key is the timeline's
            before = self._workshop.chance.temperature
            QTest.keyClick(self._slider, key)
            after = self._workshop.chance.temperature
            self._wanted = (subject.text, after) if after != before else None
        self._set()

    def _note(self) -> None:
        self._takes.append((time.perf_counter() - self._since_s) * 1000)
        self._wanted = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when the picture is painted, and let everything pass."""
        letter = self._bars.letter
        if (
            self._wanted is not None
            and event.type() == QEvent.Type.Paint
            and letter is not None
        ):
            text, temperature = self._wanted
            if (letter.text, letter.odds.temperature) == (text, temperature):
                self._note()
        return False
