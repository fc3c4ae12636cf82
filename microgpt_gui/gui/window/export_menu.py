"""File > Export: everything that a run and its panels can leave for other programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from microgpt_gui.gui.panel.export_offer import Export, ExportOffer
from microgpt_gui.gui.window.exports import Exporter
from microgpt_gui.gui.window.paper_menu import PaperMenu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.panel import Panel
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.window.preferences import Preferences
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.record import RunRecord

    Check = Callable[[], None]
    Record = Callable[[Check], RunRecord]

_PROGRAM_TIP = (
    "One file that trains to the same numbers under plain Python, with no packages"
)


class ExportMenu(QMenu):
    """The submenu; what cannot be used now says why.

    Attributes:
        exporter: What writes; its messages are for the window to show.
        paper: The colours that pictures have.
    """

    def __init__(
        self,
        window: QWidget,
        workshop: Workshop,
        appearance: Appearance,
        panels: Iterable[Panel],
        preferences: Preferences,
        is_needed: Callable[[Path], str],
    ) -> None:
        """Build it, but for what panels add: that is asked when it first opens.

        Args:
            window: What dialogs open over.
            workshop: What is exported.
            appearance: Theme and zoom.
            panels: All of them, which asking may build.
            preferences: What the paper is remembered in.
            is_needed: Returns why a file may not be written over; empty if it may.
        """
        super().__init__("&Export", window)
        self._workshop = workshop
        self._run = workshop.run
        self.paper = paper = PaperMenu(appearance, preferences, self)
        self.exporter = Exporter(window, workshop, appearance, paper, is_needed)
        self.setToolTipsVisible(True)
        self._groups: dict[str, QMenu] = {}
        self._entries: list[tuple[QAction, Callable[[], str], str]] = []
        self._panels = panels
        self._offers: list[ExportOffer] = []
        self._add(
            "",
            "Everything into a folder…",
            "All pictures, tables, samples, parameters, the film and the program, in a "
            "new folder",
            self._on_everything_triggered,
            self._whole_problem,
        )
        self.addSeparator()
        self.aboutToShow.connect(self.refresh)

    def _fill(self) -> None:
        """List what panels offer, and what is the window's own."""
        of_panels = [offer for panel in self._panels for offer in panel.export_offers()]
        self._offers = [*of_panels, self._parameters_offer()]
        for offer in of_panels:
            if offer.group:
                self._add_offer(offer)
        for suffix, text in ((".gif", "Animated GIF…"), (".png", "Folder of PNGs…")):
            self._add(
                "Attention film",
                text,
                "How the attention to one text came about, from step 0 to now",
                self._on_film_triggered,
                self._whole_problem,
            ).setData(suffix)
        for offer in of_panels:
            if not offer.group:
                self._add_offer(offer)
        self._add_offer(self._offers[-1])
        program = self._add(
            "",
            "Run as Python program…",
            _PROGRAM_TIP,
            self._on_script_triggered,
            self._whole_problem,
        )
        program.setData("script")
        self.addSeparator()
        self.addMenu(self.paper)

    @Slot()
    def refresh(self) -> None:
        """Enable what can be used now; the others' tooltips say why they cannot."""
        if not self._offers:
            self._fill()
        busy = self.exporter.busy
        for action, problem_of, tip in self._entries:
            problem = busy or problem_of()
            action.setEnabled(not problem)
            action.setToolTip(problem or tip)
            action.setStatusTip(problem or tip)

    def _add_offer(self, offer: ExportOffer) -> None:
        action = self._add(
            offer.group, offer.text, offer.tip, self._on_offer_triggered, offer.problem
        )
        action.setData(offer)

    def _add(
        self,
        group: str,
        text: str,
        tip: str,
        on_triggered: Callable[[], None],
        problem: Callable[[], str],
    ) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(on_triggered)
        self._menu_of(group).addAction(action)
        self._entries.append((action, problem, tip))
        return action

    def _menu_of(self, group: str) -> QMenu:
        if not group:
            return self
        if group not in self._groups:
            self._groups[group] = menu = self.addMenu(group)
            menu.setToolTipsVisible(True)
        return self._groups[group]

    # The window's own

    def _parameters_offer(self) -> ExportOffer:
        return ExportOffer(
            group="",
            text="Parameters as JSON…",
            tip="Every weight of the moment shown, to the last digit, under the "
            "script's names",
            what="parameters",
            suffix=".json",
            problem=self._whole_problem,
            begin=self._begin_parameters,
        )

    def _whole_problem(self) -> str:
        return self.exporter.problem

    def _begin_parameters(self, _paper: Theme) -> Export:
        run = self._run
        step = self._workshop.timeline.at
        make = partial(_parameters, self.exporter.record(step))
        return Export(run.config, step, make)

    # What a person does

    @Slot()
    def _on_offer_triggered(self) -> None:
        offer = self._sent_data()
        assert isinstance(offer, ExportOffer)
        self.exporter.export(offer)

    @Slot()
    def _on_everything_triggered(self) -> None:
        self.exporter.export_all(self._offers)

    @Slot()
    def _on_film_triggered(self) -> None:
        suffix = self._sent_data()
        assert isinstance(suffix, str)
        self.exporter.export_film(suffix)

    @Slot()
    def _on_script_triggered(self) -> None:
        self.exporter.export_script()

    def _sent_data(self) -> object:
        action = self.sender()
        assert isinstance(action, QAction)
        data: object = action.data()
        return data


def _parameters(record: Record, check: Check) -> Iterator[str]:
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.exports.tables import parameters_json

    return parameters_json(record(check), check)
