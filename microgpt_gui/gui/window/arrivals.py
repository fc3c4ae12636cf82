"""What comes into the window, by whatever way: where it is seen, what is said.

A file can be dropped anywhere. Text boxes leave drops to the window: what a file
manager drops would be pasted into them as an address.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from microgpt_gui.isolation import isolated

if TYPE_CHECKING:
    from microgpt_gui.gui.files.documents import Document
    from microgpt_gui.gui.panel.panel import Panel
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.widgets.notice import Notice
    from microgpt_gui.gui.window.dock_host import DockHost
    from microgpt_gui.gui.window.file_menu import FileMenu
    from microgpt_gui.session.sample_batch import SampledLetter


class Arrivals(QObject):
    """Leads files and proposed settings to whose they are; says what came of it."""

    def __init__(
        self,
        window: QWidget,
        run: RunController,
        document: Document,
        files: FileMenu,
        docks: DockHost,
        notice: Notice,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._run = run
        self._files = files
        self._docks = docks
        self._notice = notice
        self._opened = ""  # the run file that is being prepared
        files.text_chosen.connect(self._on_text_chosen)
        document.opened.connect(self._on_document_opened)
        files.lessons.opened.connect(self._on_lesson_opened)
        run.prepared.connect(self._on_run_prepared)
        run.failed.connect(self._on_run_failed)
        docks.panels.when_built(self._on_panel_built)
        for dock in docks.docks:
            dock.file_dropped.connect(self.take)
        for widget in window.findChildren(QWidget):
            _leave_drops(widget)
        for dock in docks.docks:
            dock.setAcceptDrops(True)  # it may be a window of its own
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_app_focus_changed)

    @Slot(object)
    def _on_panel_built(self, panel: Panel) -> None:
        panel.told.connect(self._notice.show_news)
        panel.troubled.connect(self._notice.show_message)
        panel.proposed.connect(self._on_panel_proposed)
        panel.letter_opened.connect(self._on_panel_letter_opened)
        for widget in panel.findChildren(QWidget):
            _leave_drops(widget)

    @Slot(object)
    def take(self, path: str) -> None:
        """Open a file that was dropped."""
        self._files.take_file(Path(path))

    @Slot(object)
    def _on_text_chosen(self, path: str) -> None:
        docks = self._docks
        for panel in docks.panels:
            if panel.take_file(path):
                docks.bring_forward(panel)
                return

    @Slot(str, object)
    def _on_panel_proposed(self, name: str, value: object) -> None:
        docks = self._docks
        for panel in docks.panels:
            if panel.take_setting(name, value):
                docks.bring_forward(panel)
                return

    @Slot(object)
    def _on_panel_letter_opened(self, letter: SampledLetter) -> None:
        docks = self._docks
        for panel in docks.panels:
            if panel.take_letter(letter):
                docks.bring_forward(panel)
                return

    @Slot(object)
    def _on_document_opened(self, path: Path) -> None:
        self._opened = path.name

    @Slot()
    def _on_lesson_opened(self) -> None:
        self._opened = ""  # what came of it has been said

    @Slot()
    def _on_run_prepared(self) -> None:
        name, self._opened = self._opened, ""
        if name:
            step, steps = self._run.step, self._run.config.steps
            self._notice.show_news(
                f"Opened {isolated(name)}: {step:,} of {steps:,} steps are done."
            )

    @Slot()
    def _on_run_failed(self) -> None:
        self._opened = ""

    @Slot("QWidget*", "QWidget*")
    def _on_app_focus_changed(
        self, _before: QWidget | None, now: QWidget | None
    ) -> None:
        # A box that came later: the name of a run that is being written, say.
        if now is not None and now.window() is self._window:
            _leave_drops(now)


def _leave_drops(widget: QWidget) -> None:
    if widget.acceptDrops() and not isinstance(widget.window(), QDialog):
        widget.setAcceptDrops(False)
