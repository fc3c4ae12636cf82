"""Asks with which settings a run goes on from an earlier moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from microgpt_gui.gui.widgets.number_field import IntegerField
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.window.timeline.dialog import TimelineDialog
from microgpt_gui.gui.window.timeline.rate_field import RateField
from microgpt_gui.gui.window.timeline.rate_preview import PastRates, RateCurve
from microgpt_gui.session.config import RANGES, ConfigError, RunConfig
from microgpt_gui.session.datasets import dataset_choices, dataset_title
from microgpt_gui.session.segment import segment_of

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

_ABOUT = (
    "A new run begins with all that was learnt up to this step, and goes its own way "
    "from there. The run it leaves stays in the loss plot as a thin line."
)
_ELSEWHERE = (
    "Temperature and pace stay as they are set in Sampling and in the top bar; the "
    "model's size, its engine and its seed stay the run's."
)


class ForkDialog(TimelineDialog):
    """Forks at the moment that is shown.

    Attributes:
        rate, steps, decay, dataset: What can be changed.
    """

    def __init__(
        self, parent: QWidget, workshop: Workshop, appearance: Appearance
    ) -> None:
        self._timeline = workshop.timeline
        self._step = workshop.timeline.at
        run = workshop.run
        super().__init__(
            parent,
            run,
            appearance,
            f"Fork at step {self._step:,}",
            "Fork",
            "Go on from this step with these settings",
        )
        assert run.info is not None
        # What held then: later changes have not come yet.
        config = self._config = segment_of(run.info.segments, self._step).config
        self._rates = run.recorder.figures.learning_rates[: run.step]
        self._rate = config.learning_rate_at(self._step)
        self.rate = RateField(self._rate)
        self.steps = IntegerField(
            min(self._step + 1, RANGES["steps"][1]), RANGES["steps"][1]
        )
        self.steps.setValue(max(config.steps, self.steps.minimum()))
        self.decay = IntegerField(*RANGES["decay_steps"])
        self.decay.setSpecialValueText("the last step")
        self.decay.setValue(config.decay_steps)
        self.dataset = self._dataset_box(config.dataset)
        about, elsewhere = PlainLabel(_ABOUT, wordWrap=True), PlainLabel(_ELSEWHERE)
        elsewhere.setWordWrap(True)
        elsewhere.setProperty("role", "caption")
        self.upper.addWidget(about)
        self._add(
            "Learning rate from here on",
            self.rate,
            "Adam's learning rate of the next step; from there it falls towards 0",
        )
        self._add("Steps", self.steps, "Steps of the new run, those done included")
        self._add(
            "Learning rate reaches 0 at",
            self.decay,
            "The step (decay_steps) at which the falling learning rate would reach 0; "
            "0 stands for the last step. After it, the rate stays at its last value.",
        )
        self._add(
            "Dataset",
            self.dataset,
            "Another text must do with the characters that this model has tokens for",
        )
        self.form.addRow(elsewhere)
        for field in (self.rate, self.steps, self.decay):
            field.fit(appearance.px)
            field.valueChanged.connect(self.refresh)
            self.follow(field.accessibleName(), field)
        self.dataset.currentIndexChanged.connect(self.refresh)
        workshop.timeline.refused.connect(self._on_timeline_refused)
        self.refresh()
        self.rate.setFocus()

    def _add(self, name: str, field: QWidget, tip: str) -> None:
        field.setAccessibleName(name)
        field.setToolTip(tip)
        self.form.addRow(name, field)

    def _dataset_box(self, chosen: str) -> QComboBox:
        box = QComboBox()
        keys = [choice.key for choice in dataset_choices() if not choice.needs_download]
        if chosen not in keys:
            keys.insert(0, chosen)
        for key in keys:
            box.addItem(dataset_title(key), key)
        box.setCurrentIndex(keys.index(chosen))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return box

    def config(self) -> RunConfig:
        """Return the settings as they stand there.

        The rate is that of the next step, to the last bit, and falls from there, unless
        the run goes on along its own line.

        Raises:
            ConfigError: They cannot be used.
        """
        before, dataset = self._config, self.dataset.currentData()
        config = replace(
            before if dataset == before.dataset else before.on(dataset),
            steps=self.steps.value(),
            decay_steps=self.decay.value(),
        )
        rate = self.rate.rate
        if (rate, config.decay_end) == (self._rate, before.decay_end):
            return config
        return replace(config, learning_rate=rate, decay_start=self._step)

    def go(self) -> None:
        """Fork; the new run's start, or `Timeline.refused`, is the answer."""
        self.ok.setEnabled(False)
        self.tell(f"Going back to step {self._step:,} …")
        self._timeline.fork(self.config())

    @Slot()
    def refresh(self) -> None:
        """See `TimelineDialog`."""
        if problem := self.unfinished():
            self.say(problem)
            return
        try:
            after = self.config()
        except ConfigError as error:
            self.say(str(error))
            return
        self.say("")
        step = self._step
        rate, was = after.learning_rate_at(step), self._rate
        told = f"At step {step:,} the learning rate is {rate:.4g}"
        told += ", as in the run." if rate == was else f"; in the run it is {was:.4g}."
        self.tell(told)
        self.preview.show_curves(
            (
                PastRates(self._rates),
                RateCurve(self.run.config, len(self._rates), self.run.config.steps),
                RateCurve(after, step, after.steps, is_chosen=True),
            ),
            step,
            told,
        )

    @Slot(str)
    def _on_timeline_refused(self, message: str) -> None:
        self.refresh()
        self.say(message)
        self.dataset.setFocus()
