"""The window's title: which run this is, and whether a file holds all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from microgpt_gui.isolation import holds_right_to_left, isolated

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.files.documents import Document
    from microgpt_gui.gui.workshop import Workshop

PROGRAM = "microgpt playground"


class Title(QObject):
    """Keeps the window's title up to date; writes it only when it changes."""

    def __init__(self, window: QWidget, workshop: Workshop, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._workshop = workshop
        self._run = workshop.run
        self._document = document
        document.changed.connect(self._refresh)
        workshop.shelf.current_changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        document, window = self._document, self._window
        title = f"[*]{self._subject().replace('[*]', '[*][*]')} - {PROGRAM}"
        if holds_right_to_left(title):
            # Window managers take the direction of the first letter, isolated or not.
            title = f"\N{LEFT-TO-RIGHT MARK}{title}"
        if window.windowTitle() != title:
            window.setWindowTitle(title)
            path = document.path
            window.setWindowFilePath(str(path) if path is not None else "")
        window.setWindowModified(document.is_modified)

    def _subject(self) -> str:
        """Return what the window is about: a file where there is one."""
        document = self._document
        name = isolated(self._workshop.shelf.current_name)
        if document.opening is not None:
            return f"Opening {isolated(document.opening.name)} …"
        if document.is_recovered:
            return f"{name} (recovered)"
        if document.path is not None:
            name = isolated(document.path.name)
        return f"{name} (saving …)" if document.is_saving else name
