"""Whether the window may close: no training is lost without a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QMessageBox

from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.isolation import isolated

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.files.documents import Document
    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.gui.window.file_menu import FileMenu
    from microgpt_gui.gui.window.preferences import Preferences
    from microgpt_gui.gui.workshop import Workshop

#: Less training than this is done again sooner than a question is read, unless it
#: belongs to a file or took long.
WORTH_STEPS, WORTH_S = 100, 10.0

_Button = QMessageBox.StandardButton


class Closing(QObject):
    """Asks, saves if that is the answer, and closes the window then.

    Attributes:
        asks: Whether to ask at all, for the menu.
        is_unasked: Nobody is there to answer: only a file that is being written is
            waited for.
    """

    def __init__(
        self,
        window: QWidget,
        workshop: Workshop,
        document: Document,
        files: FileMenu,
        preferences: Preferences,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workshop = workshop
        self._run = workshop.run
        self._document = document
        self._files = files
        self._preferences = preferences
        self.asks = QAction("Ask before closing", self, checkable=True)
        self.asks.setToolTip("Ask when closing would lose training that is in no file")
        self.asks.setChecked(preferences.asks_before_closing)
        self.asks.toggled.connect(self._on_asks_toggled)
        self.is_unasked = False
        self._question: QMessageBox | None = None
        self._is_settled = False  # the person has said that what is lost may be lost
        self._is_waiting = False  # to close as soon as a file is written
        document.saved.connect(self._on_document_saved)
        document.failed.connect(self._on_not_saved)
        files.not_saved.connect(self._on_not_saved)
        files.lessons.saved.connect(self._on_document_saved)
        files.lessons.failed.connect(self._on_not_saved)

    def may_close(self) -> bool:
        """Return whether to close now; if not, it closes later, or not at all."""
        if self._is_settled:
            return True
        if self._document.is_saving or self._files.lessons.is_saving:
            if self._is_waiting and not self.is_unasked:
                self._ask_whether_to_wait()
            self._is_waiting = True
            return False
        if self.is_unasked or not self._preferences.asks_before_closing:
            return True
        if self.would_lose_work():
            self._ask_whether_to_save()
            return False
        if self._lost_from_shelf():
            self._ask_whether_to_forget()
            return False
        return True

    def would_lose_work(self) -> bool:
        """Return whether the run has training in no file that is worth a question."""
        document = self._document
        if not document.is_modified:
            return False
        is_dear = document.path is not None or document.is_recovered
        steps = document.unsaved_steps
        return is_dear or steps >= WORTH_STEPS or document.unsaved_s >= WORTH_S

    def _ask_whether_to_save(self) -> None:
        path, steps = self._document.path, self._document.unsaved_steps
        are = "1 step of training is" if steps == 1 else f"{steps:,} steps are"
        if path is None:
            text = f"Save the run “{isolated(self._workshop.shelf.current_name)}”?"
            more = f"{are} in no file: closing without saving loses what they taught."
        else:
            text = f"Save the changes to {isolated(path.name)}?"
            more = f"{are} not in the file yet." if steps else "Settings have changed."
        if others := self._others_in_words():
            more += f" {others} either."
        question = self._ask(text, more)
        question.setStandardButtons(_Button.Save | _Button.Discard | _Button.Cancel)
        if others:
            save_all = question.addButton(_Button.SaveAll)
            save_all.setText("Save all runs…")
        question.setDefaultButton(_Button.Save)
        save = question.button(_Button.Save)
        set_look(save, "kind", "primary")
        question.button(_Button.Discard).setText("Close without saving")
        question.setCheckBox(QCheckBox("Do not ask again", question))
        question.finished.connect(self._on_question_finished)
        question.open()

    def _ask_whether_to_forget(self) -> None:
        question = self._ask(
            "Close, and forget the earlier runs?",
            f"{self._others_in_words()}. Save all runs keeps them in a folder, and "
            "File > Open folder brings them back.",
        )
        question.setStandardButtons(_Button.SaveAll | _Button.Discard | _Button.Cancel)
        question.setDefaultButton(_Button.SaveAll)
        question.button(_Button.SaveAll).setText("Save all runs…")
        question.button(_Button.Discard).setText("Close without saving")
        question.setCheckBox(QCheckBox("Do not ask again", question))
        question.finished.connect(self._on_question_finished)
        question.open()

    def _others_in_words(self) -> str:
        """Return which earlier runs closing would lose; may be empty."""
        lost = self._lost_from_shelf()
        if len(lost) == 1:
            return f"The earlier run “{isolated(lost[0].name)}” is in no file"
        return f"{len(lost)} earlier runs are in no file" if lost else ""

    def _lost_from_shelf(self) -> list[ShelvedRun]:
        return [kept for kept in self._workshop.shelf.runs if self._is_worth_it(kept)]

    def _is_worth_it(self, kept: ShelvedRun) -> bool:
        steps = self._document.unsaved_steps_of(kept)
        share = steps / max(kept.steps, 1)
        return steps >= WORTH_STEPS or (kept.trained_s or 0.0) * share >= WORTH_S

    def _ask_whether_to_wait(self) -> None:
        question = self._ask(
            "The run is still being saved.",
            "The window closes as soon as the file is whole. Closing now gives that "
            "up; an older file of that name stays as it is.",
        )
        question.setStandardButtons(_Button.Discard | _Button.Cancel)
        question.setDefaultButton(_Button.Cancel)
        question.button(_Button.Discard).setText("Close now")
        question.button(_Button.Cancel).setText("Wait")
        question.finished.connect(self._on_patience_finished)
        question.open()

    def _ask(self, text: str, more: str) -> QMessageBox:
        if self._question is not None:
            self._question.close()
        question = self._question = QMessageBox(self._window)
        question.setWindowTitle("microgpt playground")
        question.setTextFormat(Qt.TextFormat.PlainText)  # names look like anything
        question.setText(text)
        question.setInformativeText(more)
        # Where no window manager does it, the keys are the window's again.
        question.finished.connect(self._window.activateWindow)
        question.finished.connect(question.deleteLater)
        return question

    @Slot()
    def _close(self) -> None:
        self._is_settled = True
        self._window.close()

    @Slot(int)
    def _on_question_finished(self, answer: int) -> None:
        question, self._question = self._question, None
        if question is None or answer == _Button.Cancel:
            return
        if (box := question.checkBox()) is not None and box.isChecked():
            self.asks.setChecked(False)
        if answer == _Button.Discard:
            QTimer.singleShot(0, self._close)  # the question goes first
        elif answer in (_Button.Save, _Button.SaveAll):
            self._run.pause()  # what is saved is all there is
            self._is_waiting = True
            if answer == _Button.Save:
                self._files.save()
            else:
                self._files.save_all()

    @Slot(bool)
    def _on_asks_toggled(self, is_wanted: bool) -> None:
        self._preferences.asks_before_closing = is_wanted

    @Slot(int)
    def _on_patience_finished(self, answer: int) -> None:
        self._question = None
        if answer == _Button.Discard:
            QTimer.singleShot(0, self._close)  # the question goes first

    @Slot()
    def _on_document_saved(self) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self._window.close()

    @Slot()
    def _on_not_saved(self) -> None:
        self._is_waiting = False
