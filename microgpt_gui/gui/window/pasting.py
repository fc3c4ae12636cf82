"""Texts to learn from that are in no file: pasted onto the window, or into a dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.widgets.file_drops import dropped_file
from microgpt_gui.session.pasted_text import keep_text

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QDialog, QWidget

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.notice import Notice
    from microgpt_gui.gui.window.file_menu import FileMenu

#: A larger text is not put into the dialog: it would be of no use there, and slow.
_MAX_SHOWN = 200_000


class Pasting(QObject):
    """The two actions, and what comes of them.

    Attributes:
        paste: Learn from what is on the clipboard; text boxes keep its keys.
        ask: Open a dialog with a box for a text.
    """

    def __init__(
        self, window: QWidget, appearance: Appearance, files: FileMenu, notice: Notice
    ) -> None:
        super().__init__(window)
        self._window = window
        self._appearance = appearance
        self._files = files
        self._notice = notice
        self._dialog: QDialog | None = None
        self.paste = make_action(
            self,
            "Learn from the clipboard",
            "Ctrl+V",
            "Learn from the text that was copied, one document a line",
            self._on_paste,
        )
        self.ask = make_action(
            self,
            "Learn from pasted text…",
            "",
            "Paste or type words to learn from, without a file",
            self._on_ask,
        )

    def actions(self) -> list[QAction]:
        """Return both, in the order of the Run menu."""
        return [self.paste, self.ask]

    @Slot()
    def _on_paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if data is not None and (path := dropped_file(data)):
            # A file that was copied in a file manager.
            self._files.take_file(Path(path))
        elif text := QGuiApplication.clipboard().text():
            self._learn(text)
        else:
            self._notice.show_message(
                "There is no text on the clipboard: copy some words first."
            )

    @Slot()
    def _on_ask(self) -> None:
        # Not at the top: the first window needs none of it.
        from microgpt_gui.gui.window.paste_dialog import PasteDialog

        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        text = QGuiApplication.clipboard().text()
        dialog = PasteDialog(
            self._window, self._appearance, text if len(text) <= _MAX_SHOWN else ""
        )
        dialog.chosen.connect(self._learn)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.show()

    @Slot()
    def _on_dialog_finished(self) -> None:
        self._dialog = None

    @Slot(str)
    def _learn(self, text: str) -> None:
        if not text.strip():
            self._notice.show_message(
                "What was pasted is blank: words were wanted, one document a line."
            )
            return
        try:
            name = keep_text(text)
        except ValueError as error:
            self._notice.show_message(f"Not pasted: {error}.")
        else:
            self._files.text_chosen.emit(name)
