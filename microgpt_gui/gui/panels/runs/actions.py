"""What can be done with a run of the list, by button, key or menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from microgpt_gui.gui.widgets.action import make_action

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from microgpt_gui.gui.panels.runs.list_view import RunList
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop


class RunActions(QObject):
    """The actions on the run that is chosen; they know when they can be used.

    Attributes:
        compare: Its attention and samples beside the current run's, or no longer.
        take_up: Make it the current run.
        overlay: Draw its losses, or no longer.
        save: Keep it in a file.
        rename: Write another name.
        hide: Leave it out of the list, or take it in again.
        delete: Forget it.
        undo: Bring back what was deleted last.
    """

    def __init__(
        self, runs: RunList, workshop: Workshop, appearance: Appearance
    ) -> None:
        super().__init__(runs)
        self._runs = runs
        self._workshop = workshop
        self._run = workshop.run
        self._appearance = appearance
        self.compare = make_action(self, "Side by side", "", "", self._on_compare)
        self.take_up = make_action(
            self,
            "Continue this run",
            "",
            "",
            self._on_take_up,
        )
        self.overlay = make_action(self, "", "", "", runs.toggle_overlay)
        self.save = make_action(
            self,
            "Save as…",
            "",
            "Keep this run in a file, as it was at its end",
            self._on_save,
        )
        self.rename = make_action(
            self, "Rename", "F2", "Call it something else", runs.rename
        )
        self.hide = make_action(self, "Hide", "", "", self._on_hide)
        self.delete = make_action(self, "Delete", "Delete", "", self._on_delete)
        self.undo = make_action(
            self,
            "Undo deleting a run",
            "Ctrl+Z",
            "Bring back the run that was deleted last",
            workshop.shelf.undo,
        )
        for action in self.of_run:  # their keys mean something else in other places
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        runs.addActions(self.of_run)
        runs.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.refresh()

    @property
    def of_run(self) -> list[QAction]:
        """The actions on one run, in the order of the menu."""
        return [
            self.overlay,
            self.compare,
            self.take_up,
            self.save,
            self.rename,
            self.hide,
            self.delete,
        ]

    @Slot()
    def refresh(self) -> None:
        """Say what each would do now, and whether it can."""
        kept, shelf = self._runs.kept, self._workshop.shelf
        is_over = kept is not None
        is_hidden = kept is not None and kept.is_hidden
        is_overlaid = kept is not None and kept.overlay is not None
        is_compared = kept is not None and kept is shelf.compared
        for action in (self.compare, self.take_up, self.hide, self.delete):
            action.setEnabled(is_over)
        self.overlay.setEnabled(is_over and not is_hidden)
        self.compare.setEnabled(is_over and not is_hidden)
        self.undo.setEnabled(bool(shelf.undoable))
        self.overlay.setText(
            "Take out of the loss plot" if is_overlaid else "Draw in the loss plot"
        )
        self.overlay.setToolTip("A click on the eye or Enter does the same")
        self.compare.setText("End side by side" if is_compared else "Side by side")
        self.compare.setToolTip(
            "Show the current run alone again"
            if is_compared
            else "Show this run's attention and samples beside the current run's, at "
            "the same step"
        )
        self.hide.setText("Show again" if is_hidden else "Hide")
        self.hide.setToolTip(
            "Take it into the list again"
            if is_hidden
            else "Leave it out of the list and the plots, but keep it"
        )
        if not is_over:
            why = "Choose an earlier run in the list first"
            for action in (self.compare, self.take_up, self.hide, self.delete):
                action.setToolTip(why)
        else:
            self.take_up.setToolTip(
                "Make this the current run, as it was at its end, and train on; the "
                "present run moves into the list"
            )
            self.delete.setToolTip("Forget this run (Delete); can be undone (Ctrl+Z)")

    def restyle(self) -> None:
        """Take up theme and zoom."""
        for action, icon in (
            (self.compare, "side-by-side"),
            (self.take_up, "play"),
            (self.overlay, "eye"),
            (self.rename, "pencil"),
            (self.hide, "eye-closed"),
            (self.delete, "trash"),
        ):
            action.setIcon(self._appearance.icon(icon))

    @Slot()
    def _on_compare(self) -> None:
        kept, shelf = self._runs.kept, self._workshop.shelf
        shelf.compare(None if kept is shelf.compared else kept)

    @Slot()
    def _on_take_up(self) -> None:
        if (kept := self._runs.kept) is not None:
            self._workshop.shelf.take_up(kept)

    @Slot()
    def _on_save(self) -> None:
        self._workshop.shelf.save_requested.emit(self._runs.kept)

    @Slot()
    def _on_hide(self) -> None:
        if (kept := self._runs.kept) is not None:
            self._workshop.shelf.set_hidden(kept, not kept.is_hidden)

    @Slot()
    def _on_delete(self) -> None:
        if (kept := self._runs.kept) is not None:
            self._workshop.shelf.delete(kept)
