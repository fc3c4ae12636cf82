"""A dock that looks like a card, and can fill the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
    Slot,
)
from PySide6.QtGui import QColor, QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.beside import beside, is_in_sight
from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.file_drops import dropped_file
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.typing import FOCUS_RESTS, give_keys_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import (
        QCloseEvent,
        QContextMenuEvent,
        QDragEnterEvent,
        QDropEvent,
        QHideEvent,
        QMouseEvent,
        QPaintEvent,
    )

    from microgpt_gui.gui.theme.appearance import Appearance


class CardTitle(QFrame):
    """The title bar of a card: its name, widgets of the panel's, float, fill.

    Signals:
        fill_requested: The button was pressed, or the bar double-clicked.
        float_requested: The button was pressed.
    """

    fill_requested = Signal()
    float_requested = Signal()

    def __init__(
        self, title: str, header: Sequence[QWidget], appearance: Appearance
    ) -> None:
        super().__init__()
        self.setObjectName("cardTitle")
        self._appearance = appearance
        self._is_filling = self._is_floating = False
        self._pressed_at: QPointF | None = None
        self._label = PlainLabel(title)
        self._label.setProperty("role", "title")
        self._fill = self._button(self.fill_requested)
        self._float = self._button(self.float_requested)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label)
        self._row.addStretch(1)
        for widget in header:
            self._row.addWidget(widget)
        self._row.addWidget(self._float)
        self._row.addWidget(self._fill)
        appearance.changed.connect(self.restyle)
        self.restyle()

    def hold(self, hint: str, header: Sequence[QWidget]) -> None:
        """Take up what a panel says of itself, and its widgets, after those there."""
        self._label.setToolTip(hint)
        at = self._row.indexOf(self._float)
        for place, widget in enumerate(header, start=at):
            self._row.insertWidget(place, widget)

    def show_state(self, *, is_filling: bool, is_floating: bool) -> None:
        """Make the buttons offer the way back."""
        self._is_filling, self._is_floating = is_filling, is_floating
        self._float.setVisible(not is_filling)
        self._fill.setVisible(not is_floating)
        set_look(self, "place", "floating" if is_floating else "")
        self.restyle()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move a floating panel where only the system can."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and self._is_floating and _is_moved_by_system():
            self._pressed_at = event.position()
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the system move the panel, from here to where it is dropped."""
        if self._pressed_at is None:
            super().mouseMoveEvent(event)
            return
        way = (event.position() - self._pressed_at).manhattanLength()
        if way >= QApplication.startDragDistance():
            self._pressed_at = None
            self.window().windowHandle().startSystemMove()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do not move it after all."""
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fill the window, or return to it."""
        wish = self.float_requested if self._is_floating else self.fill_requested
        wish.emit()
        event.accept()

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, theme = self._appearance.px, self._appearance.theme
        self._row.setContentsMargins(
            px(sizes.MEDIUM), px(6), px(sizes.SMALL), px(sizes.TIGHT)
        )
        self._row.setSpacing(px(sizes.TIGHT))
        title = self._label.text()
        for button, name, text in (
            (
                self._fill,
                "restore" if self._is_filling else "maximize",
                "Show all panels again (Esc)"
                if self._is_filling
                else f"Let {title} fill the window (or double-click the title)",
            ),
            (
                self._float,
                "dock" if self._is_floating else "float",
                f"Put {title} back into the window (or double-click the title)"
                if self._is_floating
                else f"Show {title} in a window of its own, for a second screen",
            ),
        ):
            button.setIcon(self._appearance.icon(name, theme.muted, 14))
            button.setIconSize(QSize(px(14), px(14)))
            button.setToolTip(text)
            button.setAccessibleName(text)

    @staticmethod
    def _button(signal: SignalInstance) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(signal)
        return button


def _is_moved_by_system() -> bool:
    """Say whether a window cannot place itself: under Wayland."""
    return QGuiApplication.platformName().startswith("wayland")


class CardDock(QDockWidget):
    """One panel's dock; the panel may come when it is first seen.

    Signals:
        wanted: It is to be seen, and holds no panel yet: call `hold`.
        fill_requested: The person wants this dock to fill the window, or all back.
        file_dropped: A file was dropped onto it (its path: str).
        menu_requested: The person wants its menu (itself, where on the screen: QPoint).
    """

    wanted = Signal(QDockWidget)
    fill_requested = Signal(QDockWidget)
    file_dropped = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(
        self,
        title: str,
        header: Sequence[QWidget],
        appearance: Appearance,
    ) -> None:
        """Build an empty one.

        Args:
            title: Of the panel.
            header: What stands in the title bar, before the panel's own.
            appearance: Theme and zoom.
        """
        super().__init__(title)
        self._title = CardTitle(title, header, appearance)
        self._title.fill_requested.connect(self._on_title_fill_requested)
        self._title.float_requested.connect(self._on_title_float_requested)
        self.setTitleBarWidget(self._title)
        self._appearance = appearance
        self._left_at = QRect()  # where it floated last
        self._card = card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 0, 1, 1)
        self._content: QWidget | None = None
        self._is_in_front = True  # as far as Qt has said
        self.setWidget(card)
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable
            | QDockWidget.DockWidgetFeature.DockWidgetFloatable
            | QDockWidget.DockWidgetFeature.DockWidgetClosable
        )
        self.setProperty(FOCUS_RESTS, True)
        # Else it goes on macOS as soon as another program is in front.
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        # A click anywhere in it says which panel is meant, and leaves the keys alone.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.topLevelChanged.connect(self._on_top_level_changed)
        self.visibilityChanged.connect(self._on_visibility_changed)
        self.toggleViewAction().triggered.connect(self._come_forward)

    def hold(self, content: QWidget, hint: str, header: Sequence[QWidget]) -> None:
        """Take up the panel, once.

        Args:
            content: The panel.
            hint: One sentence that explains it.
            header: Its widgets for the title bar.
        """
        self._content = content
        policy = content.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        content.setSizePolicy(policy)
        layout = self._card.layout()
        assert layout is not None
        layout.addWidget(content)
        content.setVisible(self._is_in_front)
        self._title.hold(hint, header)

    @property
    def content(self) -> QWidget:
        """The panel."""
        if self._content is None:
            self.wanted.emit(self)
        assert self._content is not None  # whoever hears that it is wanted, builds it
        return self._content

    @property
    def is_content_seen(self) -> bool:
        """Whether the panel is there, and in front."""
        return self._content is not None and self._content.isVisible()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome one file: a dock may be a window of its own."""
        if dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which file came."""
        event.acceptProposedAction()
        self.file_dropped.emit(dropped_file(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go back into the window, where the system closes what floats."""
        if event.spontaneous() and self.isFloating():
            event.ignore()
            QTimer.singleShot(0, self, self._put_back)  # not while it is being closed
        else:
            super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember where it floats: it may be about to go back."""
        if self.isFloating() and not event.spontaneous():
            self._left_at = self.geometry()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame of what floats: no window around it tells where it ends."""
        super().paintEvent(event)
        if self.isFloating():
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(self._appearance.theme.muted))
            painter.end()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for its menu where nothing in it has one of its own."""
        event.accept()
        self.menu_requested.emit(self, event.globalPos())

    def set_filling(self, is_filling: bool) -> None:
        """Show in the title bar whether this dock fills the window."""
        self._title.show_state(is_filling=is_filling, is_floating=self.isFloating())

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Give the keys back where the widget that had them is hidden."""
        focus = QApplication.focusWidget()
        if focus is None or focus.isVisible():
            return super().focusNextPrevChild(is_next)
        give_keys_back(self)
        return True

    @Slot(bool)
    def _on_visibility_changed(self, is_visible: bool) -> None:
        """Hide all that is in it, behind another tab too.

        Qt takes a dock there for visible, but puts it off the screen: the panel must
        not draw, and nothing of it must take the focus.
        """
        self._is_in_front = is_visible
        if is_visible and self.isVisible():
            self.content.setVisible(True)
        elif self._content is not None:
            self._content.setVisible(is_visible)
        self._title.setVisible(is_visible)

    @Slot()
    def _on_title_fill_requested(self) -> None:
        self.fill_requested.emit(self)

    @Slot()
    def _on_title_float_requested(self) -> None:
        focus = QApplication.focusWidget()
        if self.isFloating():
            self.setFloating(False)
        else:
            size, place = self.size(), self._place()
            self.setFloating(True)
            self.setGeometry(self._wanted_geometry(size, place))
        self._come_forward(not self.isFloating())
        is_by_keyboard = focus is not None and self.isAncestorOf(focus)
        if is_by_keyboard or not self.isFloating():
            self.window().activateWindow()  # where no window manager does it
        if focus is not None and is_by_keyboard:
            focus.setFocus(Qt.FocusReason.TabFocusReason)

    def _host(self) -> QWidget:
        host = self.parentWidget()
        assert host is not None  # whatever has a dock
        return host

    def _place(self) -> QRect:
        """Return where it stands on the screen, with the tabs that it is among."""
        place, host = self.geometry(), self._host()
        for bar in host.findChildren(QTabBar):
            above = place.adjusted(0, -2 * bar.height(), 0, 0)
            if bar.isVisible() and above.contains(bar.geometry().center()):
                place |= bar.geometry()
        return place.translated(host.mapToGlobal(QPoint()))

    def _wanted_geometry(self, size: QSize, place: QRect) -> QRect:
        """Return where it floats: as it did last, or beside its ``place`` so far."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        if self._left_at.isValid() and is_in_sight(self._left_at, screens):
            return self._left_at
        screen = QGuiApplication.screenAt(place.center()) or self.screen()
        window = self._host().window().frameGeometry()
        return beside(size, place, window, screen.availableGeometry())

    @Slot()
    def _put_back(self) -> None:
        self.setFloating(False)
        self._come_forward(True)

    @Slot(bool)
    def _come_forward(self, is_back: bool) -> None:
        """Be in front of other tabs where the person has called it back."""
        if is_back:
            self.raise_()

    @Slot(bool)
    def _on_top_level_changed(self, is_floating: bool) -> None:
        self._title.show_state(is_filling=False, is_floating=is_floating)
        set_look(self._card, "place", "floating" if is_floating else "")
