"""A message over the panels that offers what a crash has left behind."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton

from microgpt_gui.gui.widgets.message_frame import MessageFrame
from microgpt_gui.isolation import isolated

if TYPE_CHECKING:
    from microgpt_gui.gui.files.recovery import Recovery
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.lower_edge import LowerEdge
    from microgpt_gui.session.autosave import Offer


class RecoveryBar(MessageFrame):
    """Stands at the lower edge of the panels while there is something to recover.

    Attributes:
        recover, dismiss: What a person can press.
    """

    def __init__(
        self, recovery: Recovery, appearance: Appearance, edge: LowerEdge
    ) -> None:
        super().__init__(appearance, "recoveryBar")
        self._edge = edge
        self._recovery = recovery
        self.recover = self._button(
            "Recover",
            "Go on with that run; the one in the window stays in the list of runs",
        )
        self.recover.clicked.connect(self._on_recover_clicked)
        self.dismiss = self._button(
            "Dismiss", "Put that run away; File > Dismissed runs keeps it for 30 days"
        )
        self.dismiss.setProperty("kind", "quiet")
        self.dismiss.clicked.connect(self._on_dismiss_clicked)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.recover)
        self._row.addWidget(self.dismiss)
        edge.take(self)
        recovery.changed.connect(self._refresh)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._refresh()

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        # A click must not take the focus: Space is Train.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    @Slot()
    def _on_recover_clicked(self) -> None:
        self._recovery.recover()

    @Slot()
    def _on_dismiss_clicked(self) -> None:
        self._recovery.dismiss()

    @Slot()
    def _refresh(self) -> None:
        offers, is_busy = self._recovery.offers, self._recovery.is_busy
        self.recover.setEnabled(not is_busy)
        self.dismiss.setEnabled(not is_busy)
        if offers:
            offer = offer_in_words(offers[0], len(offers) - 1)
            self._say(f"{offer} Reading …" if is_busy else offer)
        self.setVisible(bool(offers))
        self._edge.place()

    @Slot()
    def _restyle(self) -> None:
        self._dress("recover", self._appearance.theme.accent)
        self._edge.place()


def offer_in_words(offer: Offer, others: int) -> str:
    """Return what can be recovered, for people.

    Args:
        offer: The run.
        others: How many more there are.
    """
    is_today = offer.when.date() == datetime.now(offer.when.tzinfo).date()
    day = "today" if is_today else f"{offer.when:%Y-%m-%d}"
    name = f"“{isolated(offer.name)}”" if offer.name else "a run"
    text = (
        f"The playground did not close as it should. It kept {name} at step "
        f"{offer.step:,} of {offer.steps:,} ({day}, {offer.when:%H:%M})."
    )
    return f"{text} {others:,} more can be recovered after that." if others else text
