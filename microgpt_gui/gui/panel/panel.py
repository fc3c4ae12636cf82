"""What a panel is: a view of the run that draws only when seen, and not too often."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from microgpt_gui.gui.panel.frames import FrameClock

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QHideEvent, QShowEvent

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.sample_batch import SampledLetter


class Panel(QWidget):
    """A view of a run that redraws with the frames of its clock, and only when seen.

    Subclasses set ``title``, implement `redraw` and `restyle`, and may fill
    ``header`` with widgets for the title bar. They never see the worker, nor each
    other.

    Attributes:
        title: What the title bar and the View menu say.
        hint: One sentence that explains the panel, for its tooltip.
        header: Widgets that belong at the right end of the title bar.

    Signals:
        told: What came of something that the person asked for (str).
        troubled: Why nothing came of it (str).
        proposed: A setting of the run would better have another value; whose settings
            these are may show it (its name: str, object).
        letter_opened: A letter of a sample is to be looked at (`SampledLetter`).
        text_requested: The person wants to type what is looked at, in whichever box
            for it can be seen.
        sight_requested: Somebody has asked for what the panel shows, and it is behind
            others: bring it forward.
    """

    told = Signal(str)
    troubled = Signal(str)
    proposed = Signal(str, object)
    letter_opened = Signal(object)
    text_requested = Signal()
    sight_requested = Signal()

    title: ClassVar[str] = ""
    hint: ClassVar[str] = ""

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.workshop = workshop
        self.run = run = workshop.run
        self.appearance = appearance
        self.header: list[QWidget] = []
        self._clock = FrameClock.of(run)
        for signal in (
            run.started,
            run.prepared,
            run.state_changed,
            run.config_changed,
        ):
            signal.connect(self.schedule)
        appearance.changed.connect(self._on_appearance_changed)

    def redraw(self) -> None:
        """Draw ``self.run`` as it is now."""
        raise NotImplementedError

    def settle(self) -> None:
        """Draw all that is due, also what is drawn but seldom: for a picture."""
        self.redraw()

    def restyle(self) -> None:
        """Take up ``self.appearance`` where the style sheet does not reach."""

    def file_actions(self) -> list[QAction]:
        """Return what the panel adds to the File menu."""
        return []

    def run_actions(self) -> list[QAction]:
        """Return what the panel adds to the Run menu."""
        return []

    def view_actions(self) -> list[QAction]:
        """Return what the panel adds to the View menu."""
        return []

    def export_offers(self) -> list[ExportOffer]:
        """Return what the panel adds to the Export menu."""
        return []

    def copy_offers(self) -> list[CopyOffer]:
        """Return what can be copied of what the panel shows now: its figure first."""
        return []

    def take_file(self, path: str) -> bool:
        """Open a file dropped onto the window; say whether it is this panel's."""
        return False

    def take_setting(self, name: str, value: object) -> bool:
        """Show what was ``proposed``; say whether the setting is this panel's."""
        return False

    def take_letter(self, letter: SampledLetter) -> bool:
        """Show what was ``letter_opened``; say whether this panel does so."""
        return False

    def set_text_above(self, is_above: bool) -> None:
        """Hide the panel's own box for the text while the window has one above it."""

    def shut_down(self) -> None:
        """End what the panel has started beside the run; the window closes."""

    @Slot()
    def schedule(self) -> None:
        """Redraw with the next frame, if seen: at once if the last one is long ago."""
        self._clock.schedule(self)

    @Slot()
    def _on_appearance_changed(self) -> None:
        self.restyle()
        self.schedule()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while hidden."""
        super().showEvent(event)
        self._clock.add(self)
        self.redraw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw no more: nobody sees it."""
        super().hideEvent(event)
        self._clock.remove(self)
