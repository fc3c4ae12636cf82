"""The File menu's own actions: open, save, and the files of the last days."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from microgpt_gui.gui.files.lessons import Lessons
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.widgets.dialogs import open_over
from microgpt_gui.gui.widgets.file_drops import as_on_disk
from microgpt_gui.gui.window.recent import RecentMenu
from microgpt_gui.isolation import isolated
from microgpt_gui.session.datasets import is_text_file
from microgpt_gui.session.run_files import SUFFIX, is_run_file, with_suffix

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QWidget

    from microgpt_gui.gui.files.documents import Document
    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.gui.workshop import Workshop

_RUNS = f"Runs (*{SUFFIX})"
_TEXTS = "Texts, whatever their ending (*)"
_EITHER = "Runs and texts, whatever their ending (*)"


class FileMenu(QObject):
    """Open, Open recent, Save, Save as and Save all.

    Attributes:
        lessons: What saves all runs in a folder and opens one.

    Signals:
        text_chosen: A file that is no run's is to be opened (its path: str).
        not_saved: The person was asked where to save, and gave it up.
        troubled: What is wanted before a file can be opened (str).
    """

    text_chosen = Signal(object)
    not_saved = Signal()
    troubled = Signal(str)

    def __init__(self, window: QWidget, workshop: Workshop, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self._workshop = workshop
        self._run = run = workshop.run
        self._document = document
        self._kept: ShelvedRun | None = None  # to be saved; None is the current run
        self._noted = ""  # the text that was noted last
        self._open = make_action(
            self,
            "Open…",
            "Ctrl+O",
            "Go on with a saved run, or learn from a text of your own",
            self._on_open,
        )
        self.recent = RecentMenu(window)
        self._save = make_action(
            self,
            "Save",
            "Ctrl+S",
            "Keep all of this run in a file: every moment of it, to go on with later",
            self.save,
        )
        self._save_as = make_action(
            self,
            "Save as…",
            "Ctrl+Shift+S",
            "Keep this run in another file; the one before stays as it is",
            self.save_as,
        )
        self._open_folder = make_action(
            self,
            "Open folder…",
            "",
            "Bring back all runs that were saved in a folder, with names and overlays",
            self._on_open_folder,
        )
        self._save_all = make_action(
            self,
            "Save all runs…",
            "",
            "Keep this run and all earlier ones in a folder, one file each",
            self.save_all,
        )
        self.lessons = Lessons(workshop, document, self)
        for signal in (self.lessons.saved, self.lessons.opened):
            signal.connect(self.recent.note)
        self.recent.chosen.connect(self.take_file)
        document.opened.connect(self.recent.note)
        document.saved.connect(self.recent.note)
        document.text_missing.connect(self._on_document_text_missing)
        workshop.shelf.save_requested.connect(self._on_save_requested)
        run.state_changed.connect(self._refresh)
        run.prepared.connect(self._on_run_prepared)

    def fill(self, menu: QMenu) -> None:
        """Put the actions at the end of ``menu``."""
        menu.addAction(self._open)
        menu.addAction(self._open_folder)
        menu.addMenu(self.recent)
        menu.addSeparator()
        menu.addAction(self._save)
        menu.addAction(self._save_as)
        menu.addAction(self._save_all)

    @Slot(object)
    def take_file(self, path: Path) -> None:
        """Open a file of either kind, or a folder of runs."""
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.lesson import LIST

        path = Path(as_on_disk(os.path.abspath(path)))
        if path.name == LIST:
            path = path.parent  # who opens the list means what is listed
        if os.path.isdir(path):
            self.lessons.open(path)
        elif is_run_file(path):
            self._document.open(path)
        else:
            self.text_chosen.emit(str(path))

    @Slot()
    def save(self) -> None:
        """Save in the run's file; ask for one if it has none."""
        if self._document.path is None:
            self.save_as()
        else:
            self._document.save(self._document.path)

    @Slot()
    def save_as(self) -> None:
        """Ask where to save, then do."""
        self._kept = None
        self._ask_where(self._document.path or self._folder() / self._file_name())

    @Slot(object)
    def _on_save_requested(self, kept: ShelvedRun | None) -> None:
        if kept is None:
            self.save_as()
            return
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.session.lesson import run_file_name

        self._kept = kept
        own = self._document.path_of(kept)
        self._ask_where(own or self._folder() / run_file_name(kept.name))

    @Slot()
    def save_all(self) -> None:
        """Ask for a folder, then save all runs there."""
        dialog = self._folder_dialog("Save all runs in a folder", "Save here")
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.rejected.connect(self.not_saved)
        open_over(self._window, dialog)

    @Slot()
    def _on_open_folder(self) -> None:
        dialog = self._folder_dialog("Open all runs in a folder", "Open")
        dialog.fileSelected.connect(self._on_file_chosen)
        open_over(self._window, dialog)

    def _folder_dialog(self, title: str, accept: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, accept)
        path = self._document.path
        dialog.setDirectory(str(self._folder() if path is None else path.parent))
        return dialog

    @Slot(str)
    def _on_folder_chosen(self, folder: str) -> None:
        self.lessons.save(Path(os.path.abspath(folder)))

    def _ask_where(self, proposed: Path) -> None:
        dialog = QFileDialog(self._window, "Save this run")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_RUNS])
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.setDirectory(str(proposed.parent))
        dialog.selectFile(proposed.name)
        dialog.fileSelected.connect(self._on_place_chosen)
        dialog.rejected.connect(self.not_saved)
        open_over(self._window, dialog)

    def _folder(self) -> Path:
        """Return where runs are kept, as far as is known."""
        home = QStandardPaths.StandardLocation.DocumentsLocation
        return Path(QStandardPaths.writableLocation(home) or Path.home())

    def _file_name(self) -> str:
        from microgpt_gui.session.lesson import run_file_name

        return run_file_name(self._workshop.shelf.current_name)

    @Slot()
    def _on_open(self) -> None:
        dialog = QFileDialog(self._window, "Open a run or a text")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_EITHER, _RUNS])
        if self._document.path is not None:
            dialog.setDirectory(str(self._document.path.parent))
        dialog.fileSelected.connect(self._on_file_chosen)
        open_over(self._window, dialog)

    @Slot(str)
    def _on_file_chosen(self, path: str) -> None:
        self.take_file(Path(path))

    @Slot(str)
    def _on_place_chosen(self, chosen: str) -> None:
        path = with_suffix(Path(chosen))
        if path != Path(chosen) and path.exists():
            # The dialog, which is to go first, has asked about another name.
            QTimer.singleShot(0, self, partial(self._ask_where, path))
        elif self._kept is not None:
            self._document.save_kept(self._kept, path)
        else:
            self._document.save(path)

    @Slot(object, str)
    def _on_document_text_missing(self, path: Path, message: str) -> None:
        self.troubled.emit(message)
        dialog = QFileDialog(
            self._window, f"Where is the text of {isolated(path.name)}?"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_TEXTS])
        dialog.setDirectory(str(path.parent))
        dialog.setProperty("runFile", str(path))
        dialog.fileSelected.connect(self._on_text_found)
        open_over(self._window, dialog)

    @Slot(str)
    def _on_text_found(self, text: str) -> None:
        dialog = self.sender()
        assert dialog is not None
        self._document.open(Path(dialog.property("runFile")), Path(text))

    @Slot()
    def _on_run_prepared(self) -> None:
        """Note the text that a new run learns from, unless it was the last one too."""
        source = self._run.config.dataset
        is_new = self._run.step == 0 and source != self._noted
        if is_new and is_text_file(source):
            self._noted = source
            self.recent.note(Path(source))

    @Slot()
    def _refresh(self) -> None:
        there_is_one = self._run.state is not RunState.FAILED or bool(self._run.info)
        self._save.setEnabled(there_is_one)
        self._save_as.setEnabled(there_is_one)
