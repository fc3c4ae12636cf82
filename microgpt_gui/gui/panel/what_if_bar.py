"""A bar over a figure of a scratch copy: what is altered, and what that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from microgpt_gui.gui.panel import effect_words
from microgpt_gui.gui.panel.effect_table import EffectTable
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.reading.questions import EffectQuestion
from microgpt_gui.session.sample_batch import SampleRequest

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.moments.alteration import Alteration
    from microgpt_gui.session.reading.effect import Effect

_SIGN_PX = 16

_SHOWN = "What if: {} \N{EM DASH} a scratch copy; the run is untouched"
_ON_ITS_WAY = "What if: {} \N{EM DASH} being read; below is still what was before"
_PUT_BACK = "Nothing is altered any more \N{EM DASH} being read; below is still what if"
_ELSEWHERE = "What if: {} \N{EM DASH} in the other views; it changes nothing here"

#: So many documents not trained on are read, and so many samples drawn, by each model.
DOCUMENTS, SAMPLES = 200, 8

#: While it trains, fewer documents, and no closer than this, in seconds; nor so often
#: that it takes more than this share of the time.
_DOCUMENTS_IN_PASSING, _APART_S, _SHARE = 100, 1.5, 0.005

#: What it does is asked when the figure has been: that is what one looks at.
_LATER_MS = 80


#: A panel as high as this has room for the table, in pixels at 100 %.
_ROOM = 480

#: In less, a control has a line of its own, in pixels at 100 %.
_NARROW = 1000

_PLACE = 2  # of a control, after the words


class WhatIfBar(QFrame):
    """There while something is altered.

    But for a control, its parts are built when something is altered first.

    Attributes:
        back: Puts it back.
        more: Shows and hides the table.
        table: What the alteration does, in numbers and samples; None before it is seen.
        wish: Brings that, as long as the bar is seen.
    """

    def __init__(
        self, workshop: Workshop, appearance: Appearance, *, is_unaltered: bool = False
    ) -> None:
        """Build it.

        Args:
            workshop: What is altered, and of what.
            appearance: Theme and zoom; call `restyle` when they changed.
            is_unaltered: The figure is of what nothing alters.
        """
        super().__init__()
        self.setObjectName("whatIfBar")
        self._workshop = workshop
        self._what_if = workshop.what_if
        self._appearance = appearance
        self._is_unaltered = is_unaltered
        self._drawn: Alteration | None = None
        self._control: QWidget | None = None
        self._is_built = False
        self.hide()
        self._what_if.changed.connect(self.follow)
        self.follow()

    def _build(self) -> None:
        """Build the rest when it is needed: at the start, nothing is altered."""
        self._is_built = True
        self._build_parts()
        workshop = self._workshop
        self.wish = workshop.wish_of_shown(self, self.question())
        self.wish.is_patient = True  # the figure comes first
        self.wish.apart_s = _APART_S
        self.wish.answered.connect(self._tell)
        self.wish.ended.connect(self._on_wish_ended)
        workshop.timeline.moved.connect(self._tell)
        self._later = QTimer(self, interval=_LATER_MS, singleShot=True)
        self._later.timeout.connect(self._ask)
        for signal in (
            workshop.subject.changed,
            workshop.chance.changed,
            workshop.run.state_changed,
        ):
            signal.connect(self.follow)
        self.restyle()

    def _build_parts(self) -> None:
        self._sign = PlainLabel()
        self._words = ElidedLabel()
        self._words.setProperty("role", "altered")
        self._headline = ElidedLabel()
        self.table: EffectTable | None = None  # of many labels, which most never need
        self.more = QPushButton("More")
        self.more.setCheckable(True)
        self.more.setAccessibleName("More of what it does")
        self.more.setToolTip("What it does to the loss, the odds and the samples")
        self.more.toggled.connect(self._on_more_toggled)
        self.back = QPushButton("Put it back")
        self.back.setToolTip("Show the model as it is again, in all views (Escape)")
        self.back.setAccessibleName("Put back what is altered")
        self.back.clicked.connect(self._what_if.put_back)
        for button in (self.more, self.back):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lines = QVBoxLayout()
        self._lines.addWidget(self._words)
        self._lines.addWidget(self._headline)
        self._row = QHBoxLayout()
        self._row.addWidget(self._sign)
        self._row.addLayout(self._lines, 1)
        self._row.addWidget(self.more)
        self._row.addWidget(self.back)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        if self._control is not None:
            self._row.insertWidget(_PLACE, self._control)

    def add_control(self, control: QWidget) -> None:
        """Let ``control`` stand in the bar: what alters it further."""
        self._control = control
        control.setParent(self)
        if self._is_built:
            self._row.insertWidget(_PLACE, control)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the control have a line of its own where it would leave no room."""
        super().resizeEvent(event)
        if (control := self._control) is None or not self._is_built:
            return
        is_narrow = self.width() < self._appearance.px(_NARROW)
        if is_narrow and self._row.indexOf(control) >= 0:
            self._row.removeWidget(control)
            self._column.insertWidget(1, control)
        elif not is_narrow and self._row.indexOf(control) < 0:
            self._column.removeWidget(control)
            self._row.insertWidget(_PLACE, control)

    @property
    def text(self) -> str:
        """What it says of what is altered; empty while it is not there."""
        return "" if self.isHidden() else self._words.text()

    @property
    def headline(self) -> str:
        """What it says of the loss."""
        return self._headline.text()

    def set_drawn(
        self, drawn: Alteration | None, *, is_unaltered: bool | None = None
    ) -> None:
        """Take up the figure as it is drawn.

        Args:
            drawn: What is altered in it; None for no figure.
            is_unaltered: The figure is of what nothing alters; None for no news.
        """
        if is_unaltered is None:
            is_unaltered = self._is_unaltered
        if (drawn, is_unaltered) != (self._drawn, self._is_unaltered):
            self._drawn, self._is_unaltered = drawn, is_unaltered
            self.follow()

    @Slot()
    def follow(self) -> None:
        """Say what is altered, whether the figure shows that, and ask what it does."""
        wanted, drawn = self._what_if.alteration, self._drawn
        if not self._is_built:
            if not wanted:
                return
            self._build()
        is_late = not self._is_unaltered and drawn is not None and drawn != wanted
        if self._is_unaltered:
            form = _ELSEWHERE
        elif is_late:
            form = _ON_ITS_WAY if wanted else _PUT_BACK
        else:
            form = _SHOWN
        text = form.format(self._what_if.told)
        say(self._words, text)
        self.setAccessibleName(text)
        is_told = bool(wanted) and not self._is_unaltered
        self.back.setVisible(bool(wanted))
        for part in (self.more, self._headline):
            part.setVisible(is_told)
        if self.table is not None:
            self.table.setVisible(is_told and self.more.isChecked())
        if self.isHidden() and is_told:
            panel = self.parentWidget()
            room = panel.height() if panel is not None else 0
            self.more.setChecked(room >= self._appearance.px(_ROOM))
            self._ask()  # it will be as soon as the bar is seen
        self.setVisible(bool(wanted) or is_late)
        if is_told:
            self._later.start()
            self._tell()

    @Slot()
    def _ask(self) -> None:
        if self._what_if.alteration:
            self.wish.ask(self.question())

    @property
    def effect(self) -> Effect | None:
        """All of what it does at the moment shown; None until that is known."""
        effect: Effect | None = self.wish.answer if self._is_built else None
        if effect is None or not effect.is_complete:
            return None
        is_old = effect.step != self._workshop.timeline.at
        is_other = effect.alteration != self._what_if.alteration
        return None if is_old or is_other else effect

    def question(self) -> EffectQuestion:
        """Return what is asked."""
        workshop = self._workshop
        chance, is_training = workshop.chance, workshop.run.is_training
        return EffectQuestion(
            alteration=self._what_if.alteration,
            text=workshop.subject.text,
            request=SampleRequest(chance.temperature, chance.seed, SAMPLES),
            documents=_DOCUMENTS_IN_PASSING if is_training else DOCUMENTS,
        )

    @Slot(bool)
    def _on_more_toggled(self, is_on: bool) -> None:
        if self.table is None:
            self.table = EffectTable(self._appearance)
            self._column.addWidget(self.table)
        self.table.setVisible(is_on)
        self.more.setText("Less" if is_on else "More")
        self._tell()

    @Slot()
    def _on_wish_ended(self) -> None:
        self.wish.apart_s = max(_APART_S, self.wish.cost_s / _SHARE)

    @Slot()
    def _tell(self) -> None:
        """Say what is known of what it does, and of which step that is."""
        if not self._what_if.alteration:
            return
        workshop, effect = self._workshop, self.wish.answer
        if effect is not None and effect.alteration != self._what_if.alteration:
            effect = None
        headline = effect_words.headline(effect)
        if effect is not None and (
            workshop.run.is_training or effect.step != workshop.timeline.at
        ):
            headline = f"Step {effect.step:,}: {headline}"
        say(self._headline, headline)
        exact = effect_words.exact(effect)
        self._headline.setAccessibleDescription(exact)
        self._sign.setToolTip(wrapped(exact) if exact else "")
        if self.table is not None:
            self.table.show_effect(effect)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        if not self._is_built:
            return
        px, theme = self._appearance.px, self._appearance.theme
        small, tight = px(sizes.SMALL), px(sizes.TIGHT)
        self._column.setContentsMargins(small, tight, tight, tight)
        self._column.setSpacing(tight)
        self._row.setSpacing(small)
        self._lines.setSpacing(0)
        icon = self._appearance.icon("pencil", theme.warning)
        self._sign.setPixmap(icon.pixmap(px(_SIGN_PX), px(_SIGN_PX)))
        self.back.setIcon(self._appearance.icon("back"))
        if self.table is not None:
            self.table.restyle()
