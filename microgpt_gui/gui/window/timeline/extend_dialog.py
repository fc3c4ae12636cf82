"""Asks how a finished run trains on, and how its learning rate then goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QRadioButton, QWidget

from microgpt_gui.gui.widgets.number_field import IntegerField
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.window.timeline.dialog import TimelineDialog
from microgpt_gui.gui.window.timeline.rate_field import RateField
from microgpt_gui.gui.window.timeline.rate_preview import PastRates, RateCurve
from microgpt_gui.session.config import RANGES

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.theme.appearance import Appearance


class ExtendDialog(TimelineDialog):
    """Gives a finished run more steps, and trains them.

    Attributes:
        further: How many.
        stretch, stay, anew: What the learning rate does.
        rate: Where it falls anew from.
    """

    def __init__(
        self, parent: QWidget, run: RunController, appearance: Appearance
    ) -> None:
        super().__init__(
            parent,
            run,
            appearance,
            "Train more",
            "Train",
            "Train these further steps",
        )
        config = self._config = run.config
        done = self._done = run.step
        self._rates = run.recorder.figures.learning_rates[:done]
        most = max(1, RANGES["steps"][1] - done)
        self.further = IntegerField(1, most)
        self.further.setValue(min(done, most))
        self.further.setAccessibleName("Further steps")
        self.further.setToolTip("How many steps to train on")
        self.further.fit(appearance.px)
        self.stretch, self.stay, self.anew = (QRadioButton() for _ in range(3))
        self.rate = RateField(config.learning_rate)
        self.rate.setAccessibleName("Learning rate to fall from")
        self.rate.setToolTip("The learning rate of the next step, if it falls anew")
        self.rate.fit(appearance.px)
        self.stretch.setChecked(True)
        about = PlainLabel(
            f"All {done:,} steps are done. The learning rate has fallen to "
            f"{config.learning_rate_at(done):.3g}; more steps need a decision on how "
            "it goes on.",
            wordWrap=True,
        )
        self.upper.addWidget(about)
        self.form.addRow("Further steps", self.further)
        self._jump = PlainLabel(wordWrap=True)
        self._jump.setProperty("role", "caption")
        self.form.addRow(self.stretch)
        self.form.addRow(self._jump)
        self.form.addRow(self.stay)
        self.form.addRow(self.anew)
        self.form.addRow("Rate to fall from", self.rate)
        for choice in (self.stretch, self.stay, self.anew):
            choice.setToolTip("How the learning rate goes on")
            choice.toggled.connect(self.refresh)
        self.further.valueChanged.connect(self.refresh)
        self.follow("Further steps", self.further)
        self.follow("Rate to fall from", self.rate)
        self.rate.valueChanged.connect(self._on_rate_changed)
        self.refresh()
        self.further.setFocus()

    @property
    def _end(self) -> int:
        return self._done + self.further.value()

    def _settings(self) -> dict[str, float]:
        """Return what changes."""
        config, end = self._config, self._end
        if self.stay.isChecked():
            return {"steps": end, "decay_steps": config.decay_end}
        if self.stretch.isChecked():
            return {"steps": end, "decay_steps": 0}
        rate, done = self.rate.rate, self._done
        anew = {"steps": end, "decay_steps": 0}
        return {**anew, "learning_rate": rate, "decay_start": done}

    def go(self) -> None:
        """Take up the settings and train."""
        settings = self._settings()
        self.accept()
        self.run.change(**settings)
        self.run.train()

    @Slot()
    def _on_rate_changed(self) -> None:
        self.anew.setChecked(True)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """See `TimelineDialog`."""
        if problem := self.unfinished():
            self.say(problem)
            return
        before, done, end = self._config, self._done, self._end
        last = before.learning_rate_at(done)
        stretched = replace(before, steps=end, decay_steps=0)
        jump = stretched.learning_rate_at(done)
        for choice, text in (
            (self.stretch, "Stretch its fall over the whole run"),
            (self.stay, f"Stay at its last value, {last:.3g}"),
            (self.anew, "Fall anew, from a rate of your choice to 0"),
        ):
            if choice.text() != text:
                choice.setText(text)
                choice.setAccessibleName(text)
        self._jump.setText(
            f"As if it had been planned so: it jumps from {last:.3g} to {jump:.3g} now"
        )
        settings = self._settings()
        self.say("")
        after = replace(before, **settings)  # type: ignore[arg-type]  # by name
        told = (
            f"Step {done + 1:,} learns with {after.learning_rate_at(done):.3g}, the "
            f"last one, {end:,}, with {after.learning_rate_at(end - 1):.3g}."
        )
        self.tell(told)
        others = (stretched, replace(before, steps=end, decay_steps=before.decay_end))
        self.preview.show_curves(
            (
                PastRates(self._rates),
                *(RateCurve(other, done, end) for other in others),
                RateCurve(after, done, end, is_chosen=True),
            ),
            done,
            told,
        )
