"""The controls that decide what is drawn, and when."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.panels.sampling.wording import prompt_note, prompt_problem
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.flow import FlowLayout
from microgpt_gui.gui.widgets.number_field import IntegerField, OptionalIntegerField
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.slider_field import SliderField
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.gui.widgets.typing import TextBox
from microgpt_gui.session.sample_batch import (
    COUNT_RANGE,
    TEMPERATURE_RANGE,
    SampleRequest,
)

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.run_info import RunInfo

MAX_SEED = 2**31 - 1

#: The dice throws numbers short enough to say aloud.
_DICE_SIDES = 10_000

EVERY_RANGE = (1, 100_000)
DEFAULT_EVERY = 200


class SampleSettings(QWidget):
    """Temperature, prompt, seed, count, and sampling again while training.

    Attributes:
        sample_action: Samples with the settings as they are.
        dice_action: Takes another seed and samples.

    Signals:
        changed: A setting changed; read `request`, `usable_request` and `every`.
        sample_requested: Someone wants samples now.
    """

    changed = Signal()
    sample_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._info: RunInfo | None = None
        self._answer: tuple[str, str] = ("", "")  # (prompt, why the model refused it)
        self._make_actions()
        self._make_fields()
        self._make_buttons()
        self._arrange()
        self._connect()
        self.restyle()

    # What the settings say

    def request(self) -> SampleRequest:
        """Return what to draw."""
        return SampleRequest(
            temperature=self.temperature.value(),
            seed=self.seed.number(),
            count=self.count.value(),
            prompt=self.prompt.text(),
        )

    def usable_request(self) -> SampleRequest:
        """Return `request`, without its prompt where the run's model cannot read it."""
        request = self.request()
        if prompt_problem(request.prompt, self._info):
            return replace(request, prompt="")
        return request

    def every(self) -> int:
        """Return after how many steps of training to sample again; 0 for never."""
        return self.period.value() if self.again.isChecked() else 0

    def commit(self) -> None:
        """Take up what is typed in a field that has not been left yet."""
        for field in (self.temperature.field, self.seed, self.count, self.period):
            field.interpretText()

    # What the panel tells

    def set_info(self, info: RunInfo | None) -> None:
        """Check the prompt against this run's alphabet and block from now on."""
        self._info = info
        self._answer = ("", "")
        self._show_problem()

    def set_answer(self, prompt: str, problem: str) -> None:
        """Tell what the model said to ``prompt``: a problem, or none."""
        if prompt == self.prompt.text():
            self._answer = (prompt, problem)
            self._show_problem()

    def set_can_sample(self, can_sample: bool) -> None:
        """Allow sampling, or not."""
        self.sample_action.setEnabled(can_sample)
        self.dice_action.setEnabled(can_sample)
        self.sample_button.setEnabled(can_sample)
        self.dice_button.setEnabled(can_sample)

    def set_primary(self, is_primary: bool) -> None:
        """Make Sample the button that is obviously the one to press, or not."""
        kind = "primary" if is_primary else ""
        if self.sample_button.property("kind") != kind:
            set_look(self.sample_button, "kind", kind)
            self._color_sample_icon()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        look = self._appearance
        px = look.px
        self._column.setSpacing(px(sizes.SMALL))
        for layout in (self._prompt_row, *self._flows):
            layout.setSpacing(px(6))
        metrics = QFontMetrics(look.font())
        width = max(metrics.horizontalAdvance(label.text()) for label in self._labels)
        for label in self._labels:
            label.setFixedWidth(width + px(2))
        self.dice_button.setIcon(look.icon("dice"))
        self.script_button.setIcon(look.icon("reset"))
        for button in (self.sample_button, self.dice_button, self.script_button):
            button.setIconSize(QSize(px(16), px(16)))
        for field in (self.seed, self.count, self.period):
            field.fit(px)
        self.prompt.setMinimumWidth(px(48))
        self._color_sample_icon()

    def _color_sample_icon(self) -> None:
        is_primary = self.sample_button.property("kind") == "primary"
        color = self._appearance.theme.on_accent if is_primary else ""
        self.sample_button.setIcon(self._appearance.icon("sparkle", color))

    # How it is built

    def _make_actions(self) -> None:
        self.sample_action = QAction("Sample", self)
        self.sample_action.setToolTip(
            "Draw samples from the model as it is now (Enter)"
        )
        self.sample_action.setShortcuts(
            [QKeySequence(key) for key in ("Return", "Enter")]
        )
        self.sample_action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.sample_action.setAutoRepeat(False)
        self.dice_action = QAction("Sample with another seed", self)
        self.dice_action.setToolTip(
            "Take another seed, and draw samples at once (Shift+Enter)"
        )
        self.dice_action.setShortcut("Shift+Return")
        self.dice_action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.dice_action.setAutoRepeat(False)

    def _make_fields(self) -> None:
        self.temperature = SliderField(
            "Temperature",
            TEMPERATURE_RANGE,
            ("cautious", "wild"),
            "The model's scores for the next letter, the logits, are divided by this "
            "before they become probabilities. Below 1 the likely letters win more "
            "often; above 1 the unlikely ones get their chance; at 1 the probabilities "
            "are the model's own.",
            self._appearance,
        )
        self.temperature.set_value(SampleRequest().temperature)
        self.prompt = TextBox()
        self.prompt.setPlaceholderText("start of every sample")
        self._explain(
            self.prompt,
            "Prompt",
            "Each sample begins with these letters, and the model goes on from there. "
            "Enter samples.",
        )
        self.problem = PlainLabel()
        self.problem.setProperty("role", "warning")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.seed = OptionalIntegerField(0, MAX_SEED, "default seed")
        self.seed.set_number(None)
        self._explain(
            self.seed,
            "Seed of the samples",
            "Same seed, same draw: sample again after more training, and see the same "
            "draw improve. The default seed goes on with the run's own random stream: "
            "after training these are the very samples that microgpt.py prints at its "
            "end. "
            "Empty the field to come back to it.",
        )
        self.count = IntegerField(*COUNT_RANGE)
        self.count.setValue(SampleRequest().count)
        self._explain(
            self.count, "Number of samples", "How many samples to draw, from 1 to 200."
        )
        self.again = QCheckBox("Sample every")
        self.again.setChecked(True)
        self.again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        explanation = (
            "While it trains, draw anew with these settings whenever so many steps are "
            "done. Training takes no notice: its numbers stay the same. Where an "
            "engine is so quick that drawing would take more than 5 % of the time, "
            "some draws are left out, but never the one at the end."
        )
        self._explain(self.again, "Sample again while training", explanation)
        self.period = IntegerField(*EVERY_RANGE)
        self.period.setValue(DEFAULT_EVERY)
        self.period.setSingleStep(50)
        self.period.setSuffix(" steps")
        self._explain(self.period, "Steps between two draws", explanation)

    def _make_buttons(self) -> None:
        self.sample_button = QPushButton("Sample")
        self.sample_button.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        )
        self._explain(
            self.sample_button,
            "Sample",
            "Draw samples from the model as it is now: untrained, half trained or "
            "trained (Enter). Training goes on as if nothing had happened.",
        )
        self.dice_button = QToolButton()
        self._explain(
            self.dice_button,
            "Another seed",
            "Throw the dice: take another seed, and sample at once (Shift+Enter).",
        )
        self.script_button = QToolButton()
        self.script_button.setProperty("kind", "quiet")
        self.script_button.hide()
        self._explain(
            self.script_button,
            "Default seed",
            "Go back to the run's own random stream, as in microgpt.py.",
        )
        for button in (self.sample_button, self.dice_button, self.script_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @staticmethod
    def _explain(widget: QWidget, name: str, explanation: str) -> None:
        widget.setAccessibleName(name)
        widget.setToolTip(wrapped(explanation))

    def _arrange(self) -> None:
        self._labels = [PlainLabel("Prompt"), PlainLabel("Seed"), PlainLabel("Count")]
        pairs = zip(self._labels, (self.prompt, self.seed, self.count), strict=True)
        for label, field in pairs:
            label.setBuddy(field)
            label.setToolTip(field.toolTip())
        self._prompt_row = QHBoxLayout()
        self._prompt_row.addWidget(self._labels[0])
        self._prompt_row.addWidget(self.prompt, 1)
        self._flows = [
            self._flow(
                self._labels[1], self.seed, self.dice_button, self.script_button
            ),
            self._flow(self._labels[2], self.count, self.sample_button),
            self._flow(self.again, self.period),
        ]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.temperature)
        self._column.addLayout(self._prompt_row)
        self._column.addWidget(self.problem)
        for flow in self._flows:
            self._column.addLayout(flow)

    @staticmethod
    def _flow(*widgets: QWidget) -> FlowLayout:
        flow = FlowLayout()
        for widget in widgets:
            flow.addWidget(widget)
        return flow

    # What happens

    def _connect(self) -> None:
        self.sample_action.triggered.connect(self._on_sample_triggered)
        self.dice_action.triggered.connect(self._on_dice_triggered)
        self.sample_button.clicked.connect(self.sample_action.trigger)
        self.dice_button.clicked.connect(self.dice_action.trigger)
        self.script_button.clicked.connect(self._on_script_clicked)
        numbers = (self.temperature.field, self.seed, self.count, self.period)
        for line in (self.prompt, *(field.lineEdit() for field in numbers)):
            line.returnPressed.connect(self.sample_action.trigger)
        self.prompt.textChanged.connect(self._on_prompt_changed)
        self.prompt.editingFinished.connect(self.changed)
        self.temperature.value_changed.connect(self.changed)
        self.seed.valueChanged.connect(self._on_seed_changed)
        self.count.valueChanged.connect(self.changed)
        self.period.valueChanged.connect(self.changed)
        self.again.toggled.connect(self._on_again_toggled)

    def _show_problem(self) -> None:
        prompt = self.prompt.text()
        asked, refusal = self._answer
        problem = prompt_problem(prompt, self._info)
        if not problem and asked == prompt:
            problem = refusal
        said = problem or prompt_note(prompt, self._info)
        if said != self.problem.text():
            set_look(self.problem, "role", "warning" if problem else "caption")
            self.problem.setText(said)
            self.problem.setVisible(bool(said))
            is_wrong = bool(problem and prompt)  # an empty one never is
            set_look(self.prompt, "state", "wrong" if is_wrong else "")

    @Slot()
    def _on_sample_triggered(self) -> None:
        self.commit()
        self.sample_requested.emit()

    @Slot()
    def _on_dice_triggered(self) -> None:
        seeds = random.SystemRandom()  # of nobody's stream
        before = self.seed.number()
        seed = seeds.randrange(_DICE_SIDES)
        while seed == before:
            seed = seeds.randrange(_DICE_SIDES)
        self.seed.set_number(seed)
        self.sample_action.trigger()

    @Slot()
    def _on_script_clicked(self) -> None:
        self.seed.set_number(None)

    @Slot(str)
    def _on_prompt_changed(self, _text: str) -> None:
        self._show_problem()

    @Slot(int)
    def _on_seed_changed(self, _value: int) -> None:
        self.script_button.setVisible(self.seed.number() is not None)
        self.changed.emit()

    @Slot(bool)
    def _on_again_toggled(self, is_on: bool) -> None:
        self.period.setEnabled(is_on)
        self.changed.emit()
