"""Run > Copy as a command: this run for a shell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.widgets.dialogs import open_over
from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.isolation import isolated
from microgpt_gui.session.command import train_command
from microgpt_gui.session.pasted_text import is_pasted, save_text
from microgpt_gui.session.recipe import Recipe
from microgpt_gui.session.writable import CannotWrite

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.files.documents import Document
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.widgets.notice import Notice
    from microgpt_gui.session.config import RunConfig


class CommandCopy(QObject):
    """Puts the command that trains the run on the clipboard, and says so.

    Attributes:
        action: What does it.
    """

    def __init__(
        self, window: QWidget, run: RunController, document: Document, notice: Notice
    ) -> None:
        super().__init__(window)
        self._window = window
        self._run = run
        self._document = document
        self._notice = notice
        self._config: RunConfig | None = None  # of a run whose text is to be saved
        self.action = make_action(
            self,
            "Copy as a command",
            "Ctrl+Shift+C",
            "Copy the train command that does this run anew, for a terminal",
            self._on_copy,
        )

    @Slot()
    def _on_copy(self) -> None:
        recipe = self._run.recipe
        if is_pasted(recipe.config.dataset):
            self._config = recipe.config
            self._ask_for_file()
            return
        said = self._copied(recipe)
        if len(recipe.stretches) > 1:
            start = recipe.stretches[-1][0]
            said += (
                f" This run was changed on the way: these are its settings from step "
                f"{start:,} on. A file keeps all of it."
            )
        self._notice.show_news(said)

    def _copied(self, recipe: Recipe) -> str:
        command = train_command(recipe)
        QGuiApplication.clipboard().setText(command)
        return f"Copied: {isolated(command)}"

    def _ask_for_file(self) -> None:
        question = QMessageBox(self._window)
        question.setWindowTitle("Copy as a command")
        question.setText("This run's text was pasted, and is in no file.")
        question.setInformativeText(
            "A command needs a file to learn from. Save the text, and the command that "
            "learns from it is copied."
        )
        buttons = QMessageBox.StandardButton
        question.setStandardButtons(buttons.Save | buttons.Cancel)
        save = question.button(buttons.Save)
        save.setText("Save the text…")
        set_look(save, "kind", "primary")
        save.clicked.connect(self._on_save_clicked)
        open_over(self._window, question)

    @Slot()
    def _on_save_clicked(self) -> None:
        dialog = QFileDialog(self._window, "Save the pasted text")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["Texts (*.txt)"])
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("pasted.txt")
        dialog.fileSelected.connect(self._on_place_chosen)
        open_over(self._window, dialog)

    @Slot(str)
    def _on_place_chosen(self, chosen: str) -> None:
        assert self._config is not None
        path = Path(chosen)
        if problem := self._document.why_needed(path):
            self._notice.show_message(f"Not saved: {problem}")
            return
        try:
            save_text(self._config.dataset, path)
        except (CannotWrite, ValueError) as error:
            self._notice.show_message(f"Not saved: {error}")
            return
        config = replace(self._config, dataset=str(path))
        said = self._copied(Recipe.planned(config))
        self._notice.show_news(f"Saved {isolated(path.name)}. {said}")
