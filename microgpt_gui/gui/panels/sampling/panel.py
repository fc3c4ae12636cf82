"""The sampling panel: settings above, samples below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from microgpt_gui.gui.panel.panel import Panel
from microgpt_gui.gui.panels.sampling import wording
from microgpt_gui.gui.panels.sampling.asking import Asking
from microgpt_gui.gui.panels.sampling.chance_link import ChanceLink
from microgpt_gui.gui.panels.sampling.cut_line import CutLine
from microgpt_gui.gui.panels.sampling.exports import SampleExports
from microgpt_gui.gui.panels.sampling.history import BatchHistory
from microgpt_gui.gui.panels.sampling.history_bar import HistoryBar
from microgpt_gui.gui.panels.sampling.legend import ShadingLegend
from microgpt_gui.gui.panels.sampling.moment import MomentSamples
from microgpt_gui.gui.panels.sampling.settings import SampleSettings
from microgpt_gui.gui.panels.sampling.side_by_side import SideBySide
from microgpt_gui.gui.panels.sampling.staleness import Grace, Veil, why_stale
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QShowEvent

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.sample_batch import SampleBatch, SampleRequest

#: A batch that is done sooner is shown when it is whole, so that the table does not
#: blink; a slower one is shown as it grows.
PATIENCE_MS = 150

#: While it trains, a batch stays for so long before the next one takes its place.
READING_MS = 500

#: In pixels at 100 %: wider, settings and samples are harder to read across.
_WIDEST = 640

#: In pixels; at a high zoom the room is wanted inside.
_WIDEST_MARGIN = 16


class SamplingPanel(Panel):
    """Draws samples, and shows how they improve.

    Attributes:
        settings: What to draw, and when.
        history: The batches of this run, and which of them is shown.
        of_moment: Those of the earlier moment that is shown, which are not among them.
        table: Its samples.
    """

    title = "Sampling"
    hint = (
        "New documents from the model, one letter after the other, each drawn by the "
        "probabilities the model gives it."
    )

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        run = workshop.run
        self.settings = SampleSettings(appearance)
        self.history = BatchHistory()
        self.of_moment = MomentSamples(workshop, self)
        self._tables = SideBySide(workshop, appearance)
        self.table = self._tables.table
        self._exports = SampleExports(self.table, self.history, run)
        self._asking = Asking(workshop, self)
        self._is_training = False
        self._jumps = False  # the answer is to be seen, wherever one has paged to
        self._told: tuple[int, SampleRequest] | None = None  # for sampling in training
        self._growing: SampleBatch | None = None
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._sight: tuple[object, ...] = ()  # what was drawn last
        self._grace = Grace(self)
        self._grace.ended.connect(self.schedule)
        self._reading = QTimer(self, interval=READING_MS, singleShot=True)
        self._build()
        self._connect()
        self.restyle()
        self._on_run_state_changed()
        self._tell()
        ChanceLink(self.settings, workshop.chance)
        if run.info is not None:
            self._on_run_prepared()

    @property
    def sample_action(self) -> QAction:
        """Samples with the settings as they are."""
        return self.settings.sample_action

    def run_actions(self) -> list[QAction]:
        """Sampling, with this seed or another, and paging through the batches."""
        return [
            self.settings.sample_action,
            self.settings.dice_action,
            self._bar.back_action,
            self._bar.forward_action,
        ]

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        return self._exports.offers()

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()

    def request(self) -> SampleRequest:
        """Return what the settings say to draw."""
        return self.settings.request()

    def _build(self) -> None:
        self._heading, self._detail = PlainLabel(), PlainLabel()
        self._heading.setProperty("role", "title")
        self._detail.setProperty("role", "caption")
        self._empty = PlainLabel()
        self._empty.setProperty("role", "muted")
        for label in (self._heading, self._detail, self._empty):
            label.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._divider = QFrame()
        self._divider.setObjectName("divider")
        self._bar = HistoryBar(self.history, self.appearance)
        self._cut = CutLine(self.run, self.appearance)
        self._cut.proposed.connect(self.proposed)
        self._legend = ShadingLegend(self.appearance)
        self._veil = Veil(self.table.viewport(), self.appearance)
        self._of_batch: tuple[QWidget, ...] = (
            self._heading,
            self._detail,
            self._tables,
            self._legend,
        )
        self._content = content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.addWidget(self.settings)
        self._column.addWidget(self._divider)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._detail)
        self._column.addWidget(self._cut)
        self._column.addWidget(self._bar)
        self._column.addWidget(self._tables, 1)
        self._column.addWidget(self._empty, 1)
        self._column.addWidget(self._legend)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        # A click beside a field leaves the field, so that Space trains again.
        scroll.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        scroll.setWidget(content)
        content.setAutoFillBackground(False)  # the card's surface is the ground
        scroll.viewport().setAutoFillBackground(False)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(scroll)

    def _connect(self) -> None:
        self.settings.changed.connect(self._tell)
        self.settings.changed.connect(self.schedule)
        self.settings.prompt.textChanged.connect(self.schedule)
        self.settings.temperature.value_changed.connect(self._on_chance_changed)
        self.settings.sample_requested.connect(self._on_sample_requested)
        self._bar.moved.connect(self.schedule)
        self.table.letter_clicked.connect(self._on_letter_clicked)
        self._reading.timeout.connect(self.schedule)
        self._patience.timeout.connect(self._on_patience_timeout)
        self.run.started.connect(self._on_run_started)
        self.run.prepared.connect(self._on_run_prepared)
        self.workshop.draws.sampled.connect(self._on_draws_sampled)
        self.run.state_changed.connect(self._on_run_state_changed)
        self.workshop.timeline.moved.connect(self._on_timeline_moved)
        self.workshop.what_if.changed.connect(self._on_chance_changed)
        self.of_moment.changed.connect(self._on_of_moment_changed)

    # Asking

    @Slot()
    def _tell(self) -> None:
        """Let the run know what to draw while it trains."""
        wish = (self.settings.every(), self.settings.usable_request())
        if wish != self._told:
            self._told = wish
            self.workshop.draws.sample_every(*wish)

    @Slot()
    def _on_sample_requested(self) -> None:
        self._tell()
        if not self.workshop.timeline.is_live:
            self.of_moment.ask(self.request())
            return
        self._jumps = True
        self._asking.ask(self.request())
        self.schedule()

    @Slot()
    def _on_chance_changed(self) -> None:
        """Draw anew while a slider moves; training does not wait for that."""
        request = self.settings.usable_request()
        if self.run.info is None:
            return
        if not self.workshop.timeline.is_live:
            self.of_moment.ask_in_passing(request)
        elif not self.run.is_training and (self._asking.asked or len(self.history)):
            self._jumps = True
            self._asking.ask_in_passing(request)

    def _forget_questions(self) -> None:
        self._asking.forget()
        self._growing = None
        self._patience.stop()

    # What the run says

    @Slot()
    def _on_run_started(self) -> None:
        self._forget_questions()
        self.history.clear()
        self.settings.set_info(None)

    @Slot()
    def _on_run_prepared(self) -> None:
        self.settings.set_info(self.run.info)
        self._tell()
        self._asking.ask(self.settings.usable_request(), is_asked_for=False)

    @Slot()
    def _on_run_state_changed(self) -> None:
        state, was_training = self.run.state, self._is_training
        self._is_training = state is RunState.TRAINING
        if state is RunState.FAILED:
            self._forget_questions()
        elif was_training and state is RunState.PAUSED and self._follows():
            # Nobody waits for it now, and what is shown should be of where it rests.
            self._asking.ask_in_passing(self.settings.usable_request())
        self.settings.set_can_sample(state not in (RunState.LOADING, RunState.FAILED))
        self.settings.set_primary(state is RunState.FINISHED)

    @Slot(object)
    def _on_draws_sampled(self, batch: SampleBatch) -> None:
        is_answer = batch.request == self._asking.asked
        if not batch.is_complete:
            self._growing = batch
            if not self._patience.isActive():
                self._patience.start()
        elif is_answer or not batch.is_cut_short or self.history.holds(batch):
            self._growing = None
            self._patience.stop()
            self._take(batch)
        if is_answer:
            self._asking.go_on(batch)

    @Slot()
    def _on_timeline_moved(self) -> None:
        """Let what was drawn last be drawn of earlier moments too."""
        last = self.history.shown
        if self.workshop.timeline.is_live:
            self.of_moment.request = None
        elif self.of_moment.request is None:
            wanted = last.request if last else self.settings.usable_request()
            self.of_moment.request = wanted

    @Slot()
    def _on_of_moment_changed(self) -> None:
        batch = self.of_moment.batch
        if batch is not None:
            self.settings.set_answer(batch.request.prompt, batch.problem)
        self.schedule()

    @Slot()
    def _on_patience_timeout(self) -> None:
        if self._growing is not None:
            self._take(self._growing)

    def _take(self, batch: SampleBatch) -> None:
        self.settings.set_answer(batch.request.prompt, batch.problem)
        if not batch.samples:
            return
        is_answer = batch.request == self._asking.asked
        if self._jumps and is_answer:
            self._jumps = False
            self.history.go_to_newest()
        self.history.add(batch, is_passing=is_answer and self._asking.is_passing)
        self.schedule()

    @Slot(int, int)
    def _on_letter_clicked(self, row: int, place: int) -> None:
        batch, info = self.table.samples.batch, self.run.info
        if batch is not None and info is not None:
            block_size = self.run.config.block_size
            self.letter_opened.emit(batch.letter(row, place, block_size))

    # Drawing

    def redraw(self) -> None:
        """Show the batch of the history that is to be seen."""
        of_moment = self.of_moment.batch
        batch = of_moment or self.history.shown
        sight: tuple[object, ...] = (of_moment,)
        if of_moment is None:
            sight = (batch, self.history.position, len(self.history))
        stale = self._why_stale(batch)
        sight += (self._what_to_do(), stale)
        if sight == self._sight:
            return  # nothing that is to be seen has changed
        is_training = self.run.state is RunState.TRAINING
        if is_training and of_moment is None and self.history.is_at_newest:
            if self._reading.isActive():
                return  # a quick engine draws faster than one can read
            self._reading.start()
        self._sight = sight
        self._tables.show_batch(batch)
        self._veil.setVisible(bool(stale))
        if batch is not None:
            say(self._heading, wording.heading(batch))
            say(self._detail, stale or wording.detail(batch))
            set_look(self._detail, "role", "warning" if stale else "caption")
        self._bar.refresh()
        if self._tables.isHidden() is not (batch is None):
            for widget in self._of_batch:
                widget.setVisible(batch is not None)
            self._empty.setVisible(batch is None)
        is_paged = batch is not None and of_moment is None
        if self._bar.isHidden() is is_paged:
            self._bar.setVisible(is_paged)
        say(self._empty, self._what_to_do())

    def _follows(self) -> bool:
        """Whether draws follow the training by themselves, and are shown."""
        return self.workshop.timeline.is_live and self.settings.every() > 0

    def _why_stale(self, batch: SampleBatch | None) -> str:
        """Return why ``batch`` does not belong to what is shown; empty if it does."""
        timeline, is_training = self.workshop.timeline, self.run.is_training
        is_live = timeline.is_live
        if batch is None or (is_live and not self.history.is_at_newest):
            return ""  # whoever pages back knows what that was
        moving = "another moment is shown" if timeline.speed else ""
        if is_live and is_training:
            moving = "training has gone on"
        step = None if is_training and self._follows() else timeline.at
        request, what_if = self.settings.usable_request(), self.workshop.what_if
        why = why_stale(batch, request, what_if.alteration, step, moving)
        is_coming = bool(self._asking.asked) if is_live else self.of_moment.is_drawing
        if why and is_coming and self._grace.is_left_for(batch):
            return ""
        if why and not timeline.speed:
            why += " Being drawn anew …" if is_coming else " Enter draws anew."
        return why

    def _what_to_do(self) -> str:
        """Return what the empty panel says; empty where there are samples."""
        if self.history.shown is not None:
            return ""
        return wording.empty(self.run.state, is_asked=self._asking.asked is not None)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while hidden."""
        super().showEvent(event)
        self.of_moment.catch_up()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        look = self.appearance
        edge = min(look.px(sizes.MEDIUM), _WIDEST_MARGIN)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(look.px(sizes.SMALL))
        self._content.setMaximumWidth(look.px(_WIDEST) + 2 * edge)
        self._divider.setFixedHeight(1)
        self.settings.restyle()
        self._bar.restyle()
        self._tables.restyle()
