"""The graph panel: the numbers of a step's loss, opened down to single ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton

from microgpt_gui.gui.panel.figure_panel import FigurePanel
from microgpt_gui.gui.panels.graph import words
from microgpt_gui.gui.panels.graph.exports import GraphExports
from microgpt_gui.gui.panels.graph.figure import GraphFigure
from microgpt_gui.gui.panels.graph.legend import GraphLegend
from microgpt_gui.gui.panels.graph.walk_buttons import WalkButtons
from microgpt_gui.session.reading.graph.question import GraphQuestion, GraphReading

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

#: While it trains, a graph stays: nobody could read one that changes. In seconds.
_HOLD_S = 86_400.0


class GraphPanel(FigurePanel[GraphReading]):
    """Shows the graph of the step that made the moment on show.

    While the run trains, the graph stays that of one step, until somebody asks for that
    of a newer one: each is a hundred thousand numbers.

    Attributes:
        view: The graph.
        chain: The chain rule at the chosen number.
        walk_buttons: Step back and forth.
        update_button: Asks for the newest step's graph, while it trains.
    """

    title = "Graph"
    hint = (
        "All numbers of one step's loss and how they were computed, opened by click "
        "down to single sums and products; and the chain rule, step by step back."
    )
    words = words.WORDS
    is_unaltered = True

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self._figure = GraphFigure(appearance)
        self.view, self.chain = self._figure.view, self._figure.chain
        self.update_button = QPushButton("Newest step", self)
        self.update_button.setProperty("kind", "quiet")
        self.update_button.setAccessibleName("Show the graph of the newest step")
        self.update_button.setToolTip("Show the graph of the newest step")
        self.update_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.update_button.clicked.connect(self._on_update_clicked)
        self.header.insert(0, self.update_button)
        self.walk_buttons = WalkButtons(self.view, appearance)
        self.put_in_frame(
            self.view,
            legend=GraphLegend(appearance),
            figure=self._figure,
            lead=self.walk_buttons,
        )
        self.frame.make_room_to_read(words.LONGEST_READING)
        self._exports = GraphExports(self.view, workshop, self)
        self.view.opened_changed.connect(self.read)
        self.run.started.connect(self._on_run_started)
        self.run.state_changed.connect(self._on_run_state_changed)
        self._on_run_state_changed()
        self.restyle()

    def question(self) -> GraphQuestion:
        """See `FigurePanel`."""
        return GraphQuestion()

    def redraw(self) -> None:
        """See `FigurePanel`: where there is no graph, words stand in its place."""
        super().redraw()
        if self.drawn is not None and self.drawn.graph is None:
            self.frame.stack.show_words(f"{self.drawn.problem}.")

    def draw(self, shown: GraphReading | None) -> None:
        """See `FigurePanel`."""
        if shown is not None:
            self.wish.apart_s = _HOLD_S
        self.view.show_reading(shown)
        self._tell(shown)

    def _tell(self, shown: GraphReading | None) -> None:
        problem = "" if shown is None or shown.graph is None else shown.problem
        is_training = self.run.is_training
        note = "" if shown is None else words.notes(shown, is_training=is_training)
        told = ". ".join(filter(None, (problem, note)))
        self.frame.set_tight(not told)
        self.frame.tell(told, is_problem=bool(problem), is_hint=not problem)

    def is_other_subject(self, before: GraphReading, shown: GraphReading) -> bool:
        """See `FigurePanel`."""
        return True

    def subject_of(self, shown: GraphReading) -> str:
        """See `FigurePanel`."""
        return words.subject(shown)

    def reading_of(self, shown: GraphReading) -> str:
        """See `FigurePanel`."""
        box = self.view.pointed_box or self.view.chosen
        if shown.graph is None:
            return ""
        if box is None:
            return words.POINT
        return words.reading(shown.graph, box)

    def is_pointed(self) -> bool:
        """See `FigurePanel`."""
        return self.view.spoken is not None

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.walk_buttons.restyle()
        self._figure.restyle()

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        return self._exports.offers()

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()

    @Slot()
    def _on_run_started(self) -> None:
        """Hold nothing of the run before."""
        self.wish.apart_s = 0.0

    @Slot()
    def _on_run_state_changed(self) -> None:
        self.update_button.setVisible(self.run.is_training)
        self._tell(self.drawn)

    @Slot()
    def _on_update_clicked(self) -> None:
        self.wish.rest()  # the newest step is wanted already, but not asked for
        self.wish.ask(self.question())
