"""The heads of a run, and beside the one that is enlarged, what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from microgpt_gui.gui.panels.attention.arrangement import Pointed
from microgpt_gui.gui.panels.attention.detail.pane import HeadDetail
from microgpt_gui.gui.panels.attention.heads_view import HeadsView
from microgpt_gui.gui.panels.attention.roles import words as role_words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.cell_cursor import CellPlace

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.heads.roles import HeadRoles
    from microgpt_gui.session.reading.text import TextReading

#: A cell with a number in it is so wide, and its letters beside it take so much; the
#: detail wants so much, and gets so much at most: in pixels at 100 %.
_CELL, _LETTERS, _LEAST, _MOST = 25, 60, 232, 640

#: In less width than this the detail stands below, if there is so much height.
_NARROW, _HIGH = 300, 360


class HeadsFigure(QWidget):
    """The view, alone or with the detail.

    Attributes:
        view: The heads.
        detail: Of the cell that was pointed at last in the head enlarged.

    Signals:
        cell_chosen: The detail is of another cell now.
    """

    cell_chosen = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.view = HeadsView(appearance)
        self.detail = HeadDetail(appearance)
        self.detail.hide()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.view, 1)
        self._box.addWidget(self.detail)
        self.view.enlarged_changed.connect(self._on_view_enlarged_changed)
        self.view.pointed_changed.connect(self._on_view_pointed_changed)
        self.detail.key_chosen.connect(self._on_detail_key_chosen)

    def show_look(self, look: TextReading | None, usual_tokens: int) -> None:
        """Draw ``look``. See `HeadsView`."""
        self.view.show_look(look, usual_tokens)
        self._place()
        self._fill()

    def show_roles(self, roles: HeadRoles | None) -> None:
        """Say what the heads do."""
        layers = roles.roles if roles else ()
        told = [role_words.reading(role) for layer in layers for role in layer]
        self.view.set_roles(role_words.titles(roles) if roles else (), told)
        self.detail.show_roles(roles)

    def hold(self, place: CellPlace | None) -> None:
        """Show this cell of the head enlarged beside it."""
        if place != self.view.held:
            self.view.hold(place)
            self._fill()
            self.cell_chosen.emit()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._box.setSpacing(self._appearance.px(sizes.MEDIUM))
        self.view.restyle()
        self.detail.restyle()
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than the view does."""
        return self.view.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room between the two."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        px, direction = self._appearance.px, QBoxLayout.Direction
        is_wide = self.width() >= px(_NARROW)
        has_room = is_wide or self.height() >= px(_HIGH)
        is_shown = self.view.enlarged is not None and has_room
        tokens = len(self.view.look.labels) if self.view.look else 1
        if is_shown:
            self._box.setDirection(
                direction.LeftToRight if is_wide else direction.TopToBottom
            )
            needed = max(tokens * px(_CELL) + px(_LETTERS), self.width() * 9 // 20)
            left = self.width() - self._box.spacing() - needed
            share = self.width() * 2 // 5
            if share < px(_LEAST) * 3 // 4:
                share = self.width() // 2
            width = min(px(_MOST), max(px(_LEAST), left), share)
            most = self.width() if not is_wide else width
            self.detail.setFixedWidth(most)
        is_new = self.detail.isHidden() and is_shown
        if self.detail.isHidden() is is_shown:
            self.detail.setVisible(is_shown)
        if is_new:
            self._fill()
        self._box.activate()  # at once: the view takes up its size before it draws

    def _fill(self) -> None:
        view, held = self.view, self.view.held
        if view.enlarged is None or view.look is None:
            return
        tokens = len(view.look.labels)
        if held is None or held.row >= tokens or held.column > held.row:
            row = min(held.row, tokens - 1) if held else tokens - 1
            layer, head = divmod(view.enlarged, view.shape[1])
            weights = view.look.attention[layer][head][row]
            held = CellPlace(row, max(range(row + 1), key=weights.__getitem__))
            view.hold(held)
        at = Pointed(*divmod(view.enlarged, view.shape[1]), *held)
        self.detail.show_cell(view.look, at)

    @Slot()
    def _on_view_enlarged_changed(self) -> None:
        if self.view.enlarged is None:
            self.view.hold(None)
            if self.detail.isAncestorOf(self.focusWidget() or self):
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
        self._place()
        self._fill()

    @Slot()
    def _on_view_pointed_changed(self) -> None:
        pointed = self.view.pointed
        if pointed is None or self.view.enlarged is None:
            return
        if pointed.key <= pointed.query:
            self.hold(CellPlace(pointed.query, pointed.key))

    @Slot(int)
    def _on_detail_key_chosen(self, key: int) -> None:
        if (held := self.view.held) is not None:
            self.hold(CellPlace(held.row, key))
