"""Help > Verify: a small window that compares the engines with recorded runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QWidget,
)

from microgpt_gui.gui.jobs.verification import Verification
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.titled_dialog import TitledDialog
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.engines import engine_choices
from microgpt_gui.session.functions import this_computers_functions
from microgpt_gui.session.golden import GOLDENS, read_golden
from microgpt_gui.session.machine_code.at_hand import COMPILED
from microgpt_gui.session.machine_code.powers import words_of_powers
from microgpt_gui.session.verdict import TOLERANCE
from microgpt_gui.session.verify import QUICK_STEPS

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.verdict import Verdict

#: Object name of the window, and its title.
VERIFY = "Verify"

_WHAT = (
    "Runs recorded from microgpt.py are trained again with every engine. Where an "
    "engine claims identity, each loss, sample and parameter must be the same to the "
    f"last bit; where it does not, losses may be {TOLERANCE:.0e} off. The window's own "
    "run goes on meanwhile; while it trains, both are slower."
)

_PARTS = 1000  # of the progress bar, for each run


class VerifyDialog(TitledDialog):
    """Begins with a quick look as soon as it is shown; not modal.

    Attributes:
        stop_button, whole_button: What a person can press beside Close.
    """

    def __init__(self, parent: QWidget, appearance: Appearance) -> None:
        super().__init__(parent, appearance, VERIFY)
        choices = engine_choices()
        self._runs = [(choice.key, name) for choice in choices for name in GOLDENS]
        self._steps = {name: len(read_golden(name).losses) for name in GOLDENS}
        self._limit: int | None = QUICK_STEPS
        self._verdicts: list[Verdict] = []
        self._functions = this_computers_functions()
        self._verification = Verification(self)
        self._verification.progressed.connect(self._on_progressed)
        self._verification.judged.connect(self._on_judged)
        self._verification.succeeded.connect(self._on_succeeded)
        self._verification.failed.connect(self._on_failed)
        self.finished.connect(self._verification.shut_down)
        self._answers = {run: PlainLabel(wordWrap=True) for run in self._runs}
        self._grid = QGridLayout()
        for choice in choices:
            self._add_engine(choice.key, choice.title)
        self._build()
        self.restyle()
        self._begin(QUICK_STEPS)

    def _add_engine(self, key: str, title: str) -> None:
        heading = PlainLabel(title)
        heading.setProperty("role", "title")
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
        for name in GOLDENS:
            row = self._grid.rowCount()
            label = PlainLabel(name.replace("-", " ").capitalize())
            label.setProperty("role", "muted")
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label, row, 0, top)
            answer = self._answers[key, name]
            flags = Qt.TextInteractionFlag.TextSelectableByMouse
            answer.setTextInteractionFlags(flags)
            self._grid.addWidget(answer, row, 1, top)

    def _build(self) -> None:
        self._grid.setColumnStretch(1, 1)
        content = QWidget()
        content.setLayout(self._grid)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(content)
        self._status = PlainLabel(wordWrap=True)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, len(self._runs) * _PARTS)
        self._bar.setAccessibleName("Progress of the verification")
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self.stop_button = self._button("Stop", "End here; what was found stays")
        self.stop_button.clicked.connect(self._on_stop)
        self.whole_button = self._button(
            "Whole runs",
            "Train every recorded run to its end, and compare samples and parameters "
            "too. Takes some minutes.",
        )
        self.whole_button.clicked.connect(self._on_whole)
        self._button("Close", "Close this window").clicked.connect(self.reject)
        for text in (_WHAT, self._functions.words):
            self.column.addWidget(PlainLabel(text, wordWrap=True))
        self.column.addWidget(area, 1)
        self.column.addWidget(self._status)
        self.column.addWidget(self._bar)
        self.column.addLayout(self._buttons)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(wrapped(tip))
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoDefault(False)
        self._buttons.addWidget(button)
        return button

    def _begin(self, limit: int | None) -> None:
        self._limit = limit
        self._verdicts.clear()
        for run in self._runs:
            self._answer(run, "waiting", is_wrong=False)
        self._bar.setValue(0)
        self._say("", is_wrong=False)
        self._verification.verify(self._runs, limit)
        self._refresh()

    def _refresh(self) -> None:
        is_active = self._verification.is_active
        self.stop_button.setEnabled(is_active)
        self.whole_button.setEnabled(not is_active or self._limit is not None)
        self._bar.setVisible(is_active)

    @Slot()
    def _on_whole(self) -> None:
        self._begin(None)

    @Slot()
    def _on_stop(self) -> None:
        self._verification.cancel()
        for run in self._runs[len(self._verdicts) :]:
            self._answer(run, "not compared", is_wrong=False)
        self._conclude(f"Stopped after {len(self._verdicts)} of {len(self._runs)} runs")

    @Slot(str, str, int)
    def _on_progressed(self, engine: str, name: str, step: int) -> None:
        steps = min(self._steps[name], self._limit or self._steps[name])
        done = len(self._verdicts) * _PARTS + step * _PARTS // steps
        self._bar.setValue(done)
        self._answer((engine, name), f"step {step} of {steps}", is_wrong=False)

    @Slot(object)
    def _on_judged(self, verdict: Verdict) -> None:
        self._verdicts.append(verdict)
        self._bar.setValue(len(self._verdicts) * _PARTS)
        run = (verdict.engine, verdict.golden)
        mark = "–" if verdict.not_here else "✓" if verdict.holds else "✗"
        self._answer(run, f"{mark} {verdict.words}", is_wrong=not verdict.holds)

    @Slot()
    def _on_succeeded(self) -> None:
        extent = (
            "in full"
            if self._limit is None
            else f"over the first {self._limit} steps of each"
        )
        compared = sum(not verdict.not_here for verdict in self._verdicts)
        self._conclude(f"{compared} runs were compared, {extent}")

    @Slot(str)
    def _on_failed(self, message: str) -> None:
        self._say(f"The verification came to an end: {message}", is_wrong=True)
        self._refresh()

    def _conclude(self, what: str) -> None:
        wrong = sum(not verdict.holds for verdict in self._verdicts)
        found = f"{wrong} differ" if wrong else f"these are {self._functions.wanted}"
        powers = words_of_powers() if self._compared_compiled else ""
        said = f"{what}: {found}. {powers}" if self._verdicts else f"{what}."
        self._say(said.rstrip(), bool(wrong))
        self._refresh()

    @property
    def _compared_compiled(self) -> bool:
        return any(v.engine == COMPILED and not v.not_here for v in self._verdicts)

    def _say(self, text: str, is_wrong: bool) -> None:
        _write(self._status, text, "warning" if is_wrong else "")

    def _answer(self, run: tuple[str, str], text: str, is_wrong: bool) -> None:
        _write(self._answers[run], text, "warning" if is_wrong else "")

    def restyle(self) -> None:
        """See `TitledDialog`."""
        super().restyle()
        px = self.appearance.px
        self._grid.setContentsMargins(0, 0, px(sizes.SMALL), 0)
        self._grid.setHorizontalSpacing(px(sizes.LARGE))
        self._grid.setVerticalSpacing(px(sizes.TIGHT))
        self._buttons.setSpacing(px(sizes.SMALL))
        screen = self.screen().availableSize()
        self.resize(
            min(px(620), screen.width()), min(px(600), screen.height() * 9 // 10)
        )


def _write(label: QLabel, text: str, role: str) -> None:
    label.setText(text)
    set_look(label, "role", role)
