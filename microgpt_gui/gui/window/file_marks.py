"""What a run's file knows of its moments, shown on the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from microgpt_gui.gui.window.timeline import MarkKind

if TYPE_CHECKING:
    from microgpt_gui.gui.files.documents import Document
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.window.timeline import TimelineBar

_KINDS = {"save": MarkKind.SAVE, "fork": MarkKind.FORK}


class FileMarks(QObject):
    """Marks where the run was saved and, of one that was opened, where it forked."""

    def __init__(
        self, timeline: TimelineBar, run: RunController, document: Document
    ) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self._document = document
        run.prepared.connect(self._show)
        document.saved.connect(self._show)

    @Slot()
    def _show(self) -> None:
        for mark in self._document.marks:
            if mark.kind in _KINDS:
                self._timeline.add_mark(mark.step, _KINDS[mark.kind], mark.label)
