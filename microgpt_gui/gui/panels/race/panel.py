"""The race panel: lanes beside a plot, one button, and what it all shows in words."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.jobs.race import RaceController, RaceState
from microgpt_gui.gui.panel.panel import Panel
from microgpt_gui.gui.panels.race import words
from microgpt_gui.gui.panels.race.exports import RaceExports
from microgpt_gui.gui.panels.race.lane import Lane
from microgpt_gui.gui.panels.race.statement import Statement
from microgpt_gui.gui.panels.race.track import RANGES_EVERY_S, RaceTrack, Tip
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.flow import FlowLayout
from microgpt_gui.gui.widgets.number_field import IntegerField
from microgpt_gui.session.engines import engine_choices
from microgpt_gui.session.machine_code.at_hand import COMPILED, missing_package
from microgpt_gui.session.machine_code.words import not_installed

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

#: The slowest engine does so many in about the time that an audience waits.
USUAL_STEPS = 200

#: Figures that change faster than this cannot be read.
TEXTS_EVERY_S = 0.2

#: In pixels at 100 %: from this width on, the lanes stand beside the plot.
SIDE_BY_SIDE = 400

#: In pixels at 100 %, how narrow and how wide lanes beside the plot are, and which
#: share of the panel they take in between.
LANES_LEAST, LANES_MOST, LANES_SHARE = 206, 340, 0.4

#: Qt's own word for no limit.
_ANY_WIDTH = 16_777_215


class RacePanel(Panel):
    """Engines train the run in force side by side, from its first step.

    Attributes:
        race: What the panel shows.
        lanes: One for each engine, in the registry's order.
        steps_field: How many steps to race.
        button: Starts, stops, starts again.
        track: The plot.
        statement: How far the losses agree, and what is going on.
    """

    title = "Race"
    hint = (
        "Engines train the same run side by side: the losses are the same, the times "
        "are not."
    )

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        run = workshop.run
        self.race = RaceController(run, self)
        self.lanes = [
            Lane(choice.key, choice.title, choice.description, index, appearance)
            for index, choice in enumerate(engine_choices())
        ]
        if missing := missing_package():
            (compiled,) = (lane for lane in self.lanes if lane.key == COMPILED)
            compiled.box.setChecked(False)
            compiled.box.setToolTip(
                f"{compiled.box.toolTip()} {not_installed(missing)}"
            )
        self._titles = {lane.key: lane.title for lane in self.lanes}
        self._wanted_steps = USUAL_STEPS
        self._texts_at_s = float("-inf")
        self._build()
        self._exports = RaceExports(self.race, self._by_speed, self)
        self._late = QTimer(self, singleShot=True)
        self._late.timeout.connect(self.schedule)
        for lane in self.lanes:
            lane.entering_changed.connect(self._refresh)
        self.button.clicked.connect(self._on_button_clicked)
        self.steps_field.valueChanged.connect(self._on_steps_field_changed)
        run.prepared.connect(self._refresh)
        run.started.connect(self._refresh)
        run.config_changed.connect(self._refresh)
        self.race.started.connect(self._on_race_started)
        self.race.state_changed.connect(self._refresh)
        self.race.updated.connect(self.schedule)
        self.restyle()

    def _build(self) -> None:
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.steps_field = IntegerField(1, USUAL_STEPS)
        self.steps_field.setAccessibleName("Steps to race")
        self.steps_field.setSuffix(" steps")
        self.track = RaceTrack(self.appearance)
        # Its own wish, the size of a window, would have the panel scroll.
        self.track.plot.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored
        )
        self.statement = Statement()
        controls = QWidget()
        self._controls = FlowLayout(controls)
        self._controls.setContentsMargins(0, 0, 0, 0)
        for widget in (self.button, self.steps_field):
            self._controls.addWidget(widget)
        side = QWidget()
        self._side = side
        self._column = QVBoxLayout(side)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(controls)
        for lane in self.lanes:
            self._column.addWidget(lane)
        self._column.addStretch(1)
        content = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.addWidget(side)
        self._halves.addWidget(self.track.plot, 1)
        self._rows = QVBoxLayout(content)
        self._rows.addLayout(self._halves, 1)
        self._rows.addWidget(self.statement)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        scroll.setWidget(content)
        content.setAutoFillBackground(False)  # the card's surface is the ground
        scroll.viewport().setAutoFillBackground(False)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(scroll)

    def shut_down(self) -> None:
        """See `Panel`."""
        self.race.shut_down()

    # What a person can do

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()

    @property
    def chosen(self) -> list[str]:
        """Keys of the engines that are ticked."""
        return [lane.key for lane in self.lanes if lane.box.isChecked()]

    @Slot()
    def _on_button_clicked(self) -> None:
        if self.race.is_under_way:
            self.race.stop()
        else:
            self.steps_field.interpretText()  # what is being typed counts
            self.race.start(self.chosen, self.steps_field.value())

    @Slot(int)
    def _on_steps_field_changed(self, steps: int) -> None:
        self._wanted_steps = steps
        self.schedule()

    # What the race and the run say

    @Slot()
    def _on_race_started(self) -> None:
        self.track.begin(len(self.race.entrants))
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Bring in line what can be done; the figures follow at once."""
        is_under_way = self.race.is_under_way
        is_enough = len(self.chosen) >= 2
        self._fit_steps()
        self.steps_field.setEnabled(not is_under_way)
        for lane in self.lanes:
            lane.box.setEnabled(not is_under_way)
        self.button.setEnabled(is_under_way or (is_enough and self.race.can_start))
        self._name_button()
        self._texts_at_s = float("-inf")
        self.schedule()

    def _fit_steps(self) -> None:
        """Allow the steps of the run; keep the person's wish for a longer one."""
        most = self.run.config.steps
        if self.steps_field.maximum() != most:
            self.steps_field.blockSignals(True)
            self.steps_field.setMaximum(most)
            self.steps_field.setValue(min(self._wanted_steps, most))
            self.steps_field.blockSignals(False)
            self.steps_field.fit(self.appearance.px)
        self.steps_field.setToolTip(
            f"Race the first steps of the run, 1 to {most:,}: the slowest engine takes "
            "long for many"
        )

    def _name_button(self) -> None:
        theme = self.appearance.theme
        if self.race.is_under_way:
            text, icon, tip = "Stop", "close", "End the race where it stands"
        else:
            is_first = self.race.state is RaceState.NONE
            text, icon = "Start the race" if is_first else "Race again", "play"
            tip = "Let the ticked engines train the same run; the main run is paused"
            if len(self.chosen) < 2:
                tip = "Tick at least two engines to race them"
            elif not self.race.can_start:
                tip = "A race needs a run: choose a dataset in the Run panel"
        self.button.setText(text)
        self.button.setIcon(self.appearance.icon(icon, theme.accent))
        self.button.setToolTip(tip)
        self.button.setAccessibleName(text)

    # Drawing

    def redraw(self) -> None:
        """Draw the curves; figures and words seldom. See Panel."""
        entrants = self.race.entrants
        tips = [
            Tip(lane.title, lane.color, entrants[lane.key].losses.values)
            for lane in self._by_speed()
        ]
        if not self.track.draw(tips, self.race.steps or self.steps_field.value()):
            self._late.start(int(RANGES_EVERY_S * 1000))
        self._update_texts()

    def _by_speed(self) -> list[Lane]:
        """Return the lanes of those that race, the fastest first."""
        entrants = self.race.entrants
        racing = [lane for lane in self.lanes if lane.key in entrants]
        speeds = {lane: entrants[lane.key].steps_per_s or 0.0 for lane in racing}
        return sorted(racing, key=speeds.__getitem__, reverse=True)

    def _update_texts(self) -> None:
        now_s = time.monotonic()
        if now_s - self._texts_at_s < TEXTS_EVERY_S:
            if not self._late.isActive():
                self._late.start(int(TEXTS_EVERY_S * 1000))
            return
        self._texts_at_s = now_s
        entrants = self.race.entrants
        factors = words.factors(entrants)
        for lane in self.lanes:
            lane.show_entrant(
                entrants.get(lane.key), self.race.steps, factors.get(lane.key)
            )
        self.statement.say(
            words.agreement(self.race.comparisons, self._titles),
            words.status(self.race, self.run.step, self._titles),
        )
        is_enough = len(self.chosen) >= 2
        self.track.plot.say(
            "" if entrants else words.empty(self.race.can_start, is_enough)
        )
        self.track.plot.setAccessibleDescription(" ".join(self.statement.texts))

    # Look

    def restyle(self) -> None:
        """Take up theme and zoom. See Panel."""
        px = self.appearance.px
        self.button.setIconSize(QSize(px(sizes.LARGE), px(sizes.LARGE)))
        self._controls.setSpacing(px(sizes.SMALL))
        self._column.setSpacing(px(sizes.SMALL))
        self._halves.setSpacing(px(sizes.SMALL))
        self._rows.setSpacing(px(sizes.SMALL))
        edge = px(sizes.MEDIUM)
        self._rows.setContentsMargins(edge, px(sizes.TIGHT), px(sizes.TIGHT), edge)
        for lane in self.lanes:
            lane.restyle()
        self.track.plot.setMinimumSize(px(200), px(150))
        self.steps_field.fit(px)
        self.track.restyle()
        self.statement.arrange()
        self._arrange()
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the lanes beside the plot, or above it where there is no room."""
        super().resizeEvent(event)
        self._arrange()
        self.schedule()

    def _arrange(self) -> None:
        px = self.appearance.px
        is_wide = self.width() >= px(SIDE_BY_SIDE)
        direction = QBoxLayout.Direction
        self._halves.setDirection(
            direction.LeftToRight if is_wide else direction.TopToBottom
        )
        wanted = int(self.width() * LANES_SHARE)
        width = max(px(LANES_LEAST), min(wanted, px(LANES_MOST)))
        self._side.setMinimumWidth(width if is_wide else 0)
        self._side.setMaximumWidth(width if is_wide else _ANY_WIDTH)
