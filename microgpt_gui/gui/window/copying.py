"""Edit > Copy: what the panel with the keyboard shows, onto the clipboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from microgpt_gui.gui.threads.background import Background
from microgpt_gui.gui.widgets.action import make_action

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.panel import Panel
    from microgpt_gui.gui.window.dock_host import DockHost
    from microgpt_gui.gui.window.paper_menu import PaperMenu

_NO_PANEL = (
    "Nothing copied: click into a panel first, or go there with Tab, to say whose "
    "figure or table is meant."
)


class Copying(QObject):
    """Copies a figure as a picture, or a table as text; one at a time.

    Attributes:
        copy: Copies the figure of a panel; its table where it has no figure.
        copy_table: Copies the numbers of a panel.

    Signals:
        told: Something is on the clipboard (what, for people: str).
        failed: Nothing is (why, for people: str).
    """

    told = Signal(str)
    failed = Signal(str)

    def __init__(self, docks: DockHost, paper: PaperMenu, parent: QObject) -> None:
        """Build it.

        Args:
            docks: Whose panels.
            paper: Which colours pictures have.
            parent: Owns this.
        """
        super().__init__(parent)
        self._docks = docks
        self._paper = paper
        self._panel: Panel | None = None  # that had the keyboard last
        self._what = ""  # is being copied
        self._work = Background("copy", self)
        self._work.succeeded.connect(self._on_work_succeeded)
        self._work.failed.connect(self._on_work_failed)
        self.copy = make_action(
            self,
            "Copy",
            "Ctrl+C",
            "Copy the figure of the panel you are in as a picture, or its table as "
            "text",
            self._on_copy_triggered,
        )
        self.copy_table = make_action(
            self,
            "Copy the numbers",
            "",
            "Copy the numbers of the panel you are in as a table, for a spreadsheet",
            self._on_copy_table_triggered,
        )
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_app_focus_changed)

    def actions(self) -> list[QAction]:
        """Return what stands in the Edit menu, and in that of a panel."""
        return [self.copy, self.copy_table]

    def take_aim(self, panel: Panel) -> None:
        """Mean ``panel`` from now on, until the keyboard goes to another one."""
        self._panel = panel

    @Slot()
    def _on_copy_triggered(self) -> None:
        offers = self._offers()
        if offers is not None:
            pictures = [offer for offer in offers if offer.is_picture]
            self._start((pictures or offers)[:1], "to copy")

    @Slot()
    def _on_copy_table_triggered(self) -> None:
        offers = self._offers()
        if offers is not None:
            tables = [offer for offer in offers if not offer.is_picture]
            self._start(tables[:1], "of numbers to copy")

    def _offers(self) -> list[CopyOffer] | None:
        panel = self._docks.filling_panel or self._panel
        if panel is None:
            self.failed.emit(_NO_PANEL)
            return None
        self._what = panel.title
        return panel.copy_offers()

    def _start(self, offers: list[CopyOffer], wanted: str) -> None:
        if not offers:
            self.failed.emit(f"Nothing copied: {self._what} has nothing {wanted}.")
            return
        (offer,) = offers
        if problem := offer.problem():
            self.failed.emit(f"Nothing copied. {problem}")
            return
        # Not at the top: the first window needs none of it.
        from microgpt_gui.gui.jobs.copy import picture_of, table_of

        self._what = offer.what
        pieces = offer.begin(self._paper.theme).pieces
        self._work.start(partial(picture_of if offer.is_picture else table_of, pieces))

    @Slot(object)
    def _on_work_succeeded(self, made: object) -> None:
        from microgpt_gui.gui.jobs.copy import CopiedPicture, CopiedTable

        data = QMimeData()
        if isinstance(made, CopiedPicture):
            # Both: PNG is ready for whoever asks, and other systems ask for pixels.
            data.setImageData(made.image)
            data.setData("image/png", made.png)
            data.setData("image/svg+xml", made.svg)
            size = made.image.size()
            said = f"a picture, {size.width():,} × {size.height():,} pixels"
        else:
            assert isinstance(made, CopiedTable)
            data.setText(made.text)
            noun = "row" if made.rows == 1 else "rows"
            said = f"a table of {made.rows:,} {noun}"
        QGuiApplication.clipboard().setMimeData(data)
        self.told.emit(f"Copied {self._what} as {said}")

    @Slot(str)
    def _on_work_failed(self, message: str) -> None:
        self.failed.emit(f"Nothing copied: {message}")

    @Slot("QWidget*", "QWidget*")
    def _on_app_focus_changed(
        self, _before: QWidget | None, now: QWidget | None
    ) -> None:
        panel = self._docks.panel_around(now)
        if panel is not None:
            self._panel = panel

    @Slot()
    def shut_down(self) -> None:
        """Give up what is not copied yet."""
        self._work.shut_down()
