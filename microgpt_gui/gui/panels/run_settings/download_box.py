"""The offer to download a dataset, where the person has chosen it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from microgpt_gui.gui.jobs.download import DatasetDownload
from microgpt_gui.gui.panels.run_settings.field_row import breakable, text_label
from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.datasets import DownloadOffer


class DownloadBox(QWidget):
    """Says what would be fetched; then fetches it, or is told not to.

    Attributes:
        offer: What is on offer, or None; the box is hidden then.

    Signals:
        fetched: The dataset of this key is in the cache (str).
    """

    fetched = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.offer: DownloadOffer | None = None
        self._appearance = appearance
        self._download = DatasetDownload(self)
        self._download.progressed.connect(self._on_download_progressed)
        self._download.succeeded.connect(self._on_download_succeeded)
        self._download.failed.connect(self._on_download_failed)
        self._text = text_label("caption")
        self._problem = text_label("warning")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress of the download")
        self._bar.setToolTip("How much of the file is here")
        self._button = QPushButton()
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._on_button_clicked)
        self._column = column = QVBoxLayout(self)
        for widget in (self._text, self._problem, self._bar):
            column.addWidget(widget)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()
        self.show_offer(None)

    def show_offer(self, offer: DownloadOffer | None) -> None:
        """Offer this download in place of the one before, which is given up."""
        if offer is not None and offer == self.offer:
            return
        self._download.cancel()
        self.offer = offer
        self._rest("Download")
        self.setVisible(offer is not None)

    def shut_down(self) -> None:
        """Give up the download and wait for its thread."""
        self._download.shut_down()

    def restyle(self) -> None:
        """Take up the zoom."""
        px = self._appearance.px
        self._column.setContentsMargins(0, 0, 0, px(sizes.TIGHT))
        self._column.setSpacing(px(6))

    def _rest(self, button: str, problem: str = "") -> None:
        """Show the state in which nothing is under way."""
        self._bar.hide()
        self._problem.setText(breakable(problem))
        self._problem.setVisible(bool(problem))
        self._show_button(button, "Fetch this file and keep it on this computer")
        if self.offer is not None:
            self._text.setText(
                "Not part of this program. Will be fetched from "
                f"{breakable(self.offer.host)} ({breakable(self.offer.path)}, "
                f"{_kilobytes(self.offer.size_bytes)}); its checksum is checked."
            )

    def _show_button(self, text: str, tooltip: str) -> None:
        self._button.setText(text)
        self._button.setAccessibleName(text)
        self._button.setToolTip(tooltip)

    @Slot()
    def _on_button_clicked(self) -> None:
        assert self.offer is not None
        if self._download.key:
            self._download.cancel()
            self._rest("Download")
            return
        self._problem.hide()
        self._bar.setRange(0, 0)  # until the first bytes: busy
        self._bar.show()
        self._text.setText(f"Asking {breakable(self.offer.host)} …")
        self._show_button("Cancel", "Give up this download")
        self._download.start(self.offer.key)

    @Slot(int, int)
    def _on_download_progressed(self, received: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(received)
        of_all = f" of {_kilobytes(total)}" if total else ""
        self._text.setText(f"{_kilobytes(received)}{of_all} received")

    @Slot(str)
    def _on_download_succeeded(self, key: str) -> None:
        self.show_offer(None)
        self.fetched.emit(key)

    @Slot(str, str)
    def _on_download_failed(self, _key: str, message: str) -> None:
        self._rest("Try again", message[:1].upper() + message[1:])


def _kilobytes(size: int) -> str:
    return f"{size / 1000:,.0f} KB"
