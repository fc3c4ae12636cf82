"""Settings that wait for a new model, as all of the window may ask after them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class PendingSettings(QObject):
    """What a person has changed that the model in force cannot take up.

    Whoever lets settings be changed says so here, on the GUI thread; reach it as
    ``run.pending``.

    Attributes:
        text: What waits, for people; empty for nothing.
        reason: Why it cannot be applied now; empty where it can.

    Signals:
        changed: One of these changed.
        settle_requested: What is being typed is to count now.
        apply_requested: A new model with these settings is wanted.
    """

    changed = Signal()
    settle_requested = Signal()
    apply_requested = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.text = ""
        self.reason = ""

    def say(self, text: str, reason: str) -> None:
        """Tell what waits, and why it must; see the class."""
        if (text, reason) != (self.text, self.reason):
            self.text, self.reason = text, reason
            self.changed.emit()

    def settle(self) -> bool:
        """Let what is being typed count, and return whether anything waits then."""
        self.settle_requested.emit()
        return bool(self.text)

    def apply(self) -> bool:
        """Begin a run with what waits; return whether that was possible."""
        self.apply_requested.emit()
        return not self.text
