"""What the dialogs of the timeline have in common: form, picture, message, buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dialogs import open_over
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.titled_dialog import TitledDialog
from microgpt_gui.gui.window.timeline.rate_preview import RatePreview

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.theme.appearance import Appearance

_WIDTH = 460  # in pixels at 100 %


class TimelineDialog(TitledDialog):
    """Asks how a run should go on. Modal: what it speaks of must not change meanwhile.

    It closes when another run takes the run's place.

    Attributes:
        preview: The learning rate before and after.
        ok: Does it.
    """

    def __init__(
        self,
        parent: QWidget,
        run: RunController,
        appearance: Appearance,
        title: str,
        ok_text: str,
        ok_tip: str,
    ) -> None:
        super().__init__(parent, appearance, title)
        self.setObjectName(type(self).__name__)
        self._fields: dict[str, QSpinBox | QDoubleSpinBox] = {}
        self._window = parent.window()
        self.run = run
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(
            QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint
        )
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.preview = RatePreview(appearance)
        self._outcome = _text("muted")
        self._message = _text("warning")
        self.ok = QPushButton(ok_text)
        self.ok.setProperty("kind", "primary")
        self.ok.setToolTip(ok_tip)
        self.ok.setDefault(True)
        self.cancel = QPushButton("Cancel")
        self.cancel.setToolTip("Leave everything as it is (Escape)")
        self.cancel.setAutoDefault(False)
        for button in (self.ok, self.cancel):
            button.setAccessibleName(button.text())
        self.ok.clicked.connect(self._on_ok_clicked)
        self.cancel.clicked.connect(self.reject)
        # A file that was being read may take the run's place.
        run.started.connect(self.reject)
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setAutoFillBackground(False)
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        self.upper = QVBoxLayout()
        inner.addLayout(self.upper)
        inner.addLayout(self.form)
        inner.addWidget(self.preview)
        inner.addWidget(self._outcome)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        area.viewport().setAutoFillBackground(False)
        buttons = QDialogButtonBox()  # in the order of the system, as in every dialog
        buttons.addButton(self.ok, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.column.addWidget(area, 1)
        self.column.addWidget(self._message)
        self.column.addWidget(buttons)
        self._inner = inner
        self.restyle()

    def restyle(self) -> None:
        """See `TitledDialog`."""
        super().restyle()
        px = self.appearance.px
        for layout in (self._inner, self.upper):
            layout.setSpacing(px(sizes.MEDIUM))
        self.form.setHorizontalSpacing(px(sizes.MEDIUM))
        self.form.setVerticalSpacing(px(sizes.SMALL))

    def follow(self, name: str, field: QSpinBox | QDoubleSpinBox) -> None:
        """Call `refresh` with every letter typed into ``field``, not at its end alone.

        Args:
            name: What people call it, for the message where no number stands there.
            field: Where it is typed.
        """
        field.setKeyboardTracking(True)
        self._fields[name] = field
        # What is not yet a number changes no value.
        field.lineEdit().textChanged.connect(self.refresh)

    def unfinished(self) -> str:
        """Return what is wrong with what is being typed; empty for nothing."""
        for name, field in self._fields.items():
            if not field.hasAcceptableInput():
                texts = field.minimum(), field.maximum()
                if isinstance(field, QDoubleSpinBox):
                    low, high = map(field.textFromValue, texts)
                else:
                    low, high = (f"{int(number):,}" for number in texts)
                return f"{name}: a number from {low} to {high} is wanted."
        return ""

    @Slot()
    def refresh(self) -> None:
        """Show what the settings as they stand there would bring."""
        raise NotImplementedError

    @property
    def message(self) -> str:
        """What is wrong; empty if nothing is."""
        return self._message.text()

    @property
    def outcome(self) -> str:
        """What the settings would bring, in words."""
        return self._outcome.text()

    def show_fitted(self) -> None:
        """Show it as large as its content wants and the screen allows."""
        px = self.appearance.px
        self.ensurePolished()
        room = self.screen().availableSize()
        width = min(px(_WIDTH), room.width())
        inner = width - 2 * px(sizes.LARGE)
        wanted = self._inner.heightForWidth(inner), self._inner.sizeHint().height()
        height = max(wanted) + px(120)
        self.resize(width, min(height, room.height() * 9 // 10))
        open_over(self._window, self)

    def say(self, message: str) -> None:
        """Tell of a problem where the person is looking; nothing if empty."""
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self.ok.setEnabled(not message)

    def tell(self, outcome: str) -> None:
        """Say what the settings would bring."""
        self._outcome.setText(outcome)

    def go(self) -> None:
        """Do what the person has decided."""
        raise NotImplementedError

    @Slot()
    def _on_ok_clicked(self) -> None:
        self.go()


def _text(role: str) -> QLabel:
    label = PlainLabel(wordWrap=True)
    label.setProperty("role", role)
    return label
