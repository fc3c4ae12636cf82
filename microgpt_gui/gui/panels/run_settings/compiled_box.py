"""What is to be said of the engine that is compiled, where it is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from microgpt_gui.gui.panels.run_settings.field_row import breakable, text_label
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.fonts import MONO
from microgpt_gui.session.machine_code import words
from microgpt_gui.session.machine_code.at_hand import (
    COMPILED,
    missing_package,
    needs_compiling,
)

if TYPE_CHECKING:
    from microgpt_gui.gui.run.compiling import Compiling
    from microgpt_gui.gui.theme.appearance import Appearance

_SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse
    | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class CompiledBox(QWidget):
    """Says how far its machine code is, what is wrong with it, or what would bring it.

    Signals:
        told: The line that installs it is on the clipboard (that, for people: str).
    """

    told = Signal(str)

    def __init__(self, appearance: Appearance, compiling: Compiling) -> None:
        super().__init__()
        self._appearance = appearance
        self._compiling = compiling
        self._engine = ""
        self._is_in_force = True
        self._text = text_label("caption")
        self._problem = text_label("warning")
        self._line = text_label()
        self._line.setText(words.INSTALL_LINE)
        self._line.setTextInteractionFlags(_SELECTABLE)
        self._line.setAccessibleName("The line that installs it")
        self._copy = QPushButton("Copy")
        self._copy.setAccessibleName("Copy the line that installs it")
        self._copy.setToolTip("To be typed where this program was installed")
        self._copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._column = column = QVBoxLayout(self)
        for widget in (self._text, self._problem, self._line):
            column.addWidget(widget)
        column.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        compiling.changed.connect(self._refresh)
        self.restyle()
        self._refresh()

    @property
    def said(self) -> str:
        """All that is said here now."""
        labels = (self._text, self._problem, self._line)
        return " ".join(label.text() for label in labels if not label.isHidden())

    def show_choice(self, engine: str, *, is_in_force: bool) -> None:
        """Say what there is to say of this engine.

        Args:
            engine: Its key.
            is_in_force: Whether it is the run's own, not one that waits.
        """
        if (engine, is_in_force) != (self._engine, self._is_in_force):
            self._engine, self._is_in_force = engine, is_in_force
            self._refresh()

    def restyle(self) -> None:
        """Take up the zoom."""
        px = self._appearance.px
        font = self._appearance.font(sizes.CAPTION, QFont.Weight.Normal, MONO)
        self._line.setFont(font)
        self._column.setContentsMargins(0, 0, 0, px(sizes.TIGHT))
        self._column.setSpacing(px(6))

    @Slot()
    def _refresh(self) -> None:
        text = problem = missing = ""
        if self._engine == COMPILED:
            missing = missing_package()
            problem = "" if missing else self._compiling.problem
            if missing:
                text = words.offer(missing)
            elif self._is_in_force and not problem:
                text = self._compiling.line
            elif needs_compiling() and not problem:
                text = words.FIRST_TIME
        for label, said in ((self._text, text), (self._problem, problem)):
            label.setText(breakable(said))
            label.setVisible(bool(said))
        self._line.setVisible(bool(missing))
        self._copy.setVisible(bool(missing))
        self.setVisible(bool(text or problem))

    @Slot()
    def _on_copy_clicked(self) -> None:
        QApplication.clipboard().setText(words.INSTALL_LINE)
        self.told.emit(f"Copied: {words.INSTALL_LINE}")
