"""What opens above the window: once each, with all keys, and nothing before it."""

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QListView,
    QMenu,
    QWidget,
)

from microgpt_gui.app import Playground
from microgpt_gui.gui.window.preferences import Preferences
from tests.conftest import put_away

pytestmark = pytest.mark.qt_log_ignore(
    "does not support grabbing the keyboard", extend=True
)

CTRL = Qt.KeyboardModifier.ControlModifier


def key(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the system delivers it: at the window of ``widget``."""
    QTest.keyClick(widget.window().windowHandle(), key, modifier)


def dialogs(playground):
    return [d for d in playground.window.findChildren(QDialog) if d.isVisible()]


class ShownWindows(QObject):
    """Notes every window that is shown."""

    def __init__(self):
        super().__init__()
        self.names = []

    def eventFilter(self, watched, event):
        is_shown = event.type() is QEvent.Type.Show
        if is_shown and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


def test_the_window_is_the_first_that_is_shown(qapp, qtbot):
    shown = ShownWindows()
    qapp.installEventFilter(shown)
    playground = Playground(Preferences(asks_before_closing=False))
    try:
        with qtbot.waitExposed(playground.window):
            playground.window.show()
        assert shown.names == ["MainWindow"]
    finally:
        qapp.removeEventFilter(shown)
        put_away(playground)


def test_menus_and_lists_have_all_keys_to_themselves(playground, qtbot):
    window, run = playground.window, playground.run
    theme, seed = playground.appearance.theme.name, run.config.seed
    (view,) = (m for m in window.findChildren(QMenu) if m.title() == "&View")
    view.popup(window.mapToGlobal(window.rect().center()))
    qtbot.waitUntil(view.isVisible)
    for press in (Qt.Key.Key_D, Qt.Key.Key_N, Qt.Key.Key_Space, Qt.Key.Key_Period):
        key(view, press)
    assert playground.appearance.theme.name == theme
    assert (run.config.seed, run.step) == (seed, 0)
    assert not run.is_training
    view.close()
    samples = []
    sampling = next(p for p in window.docks.panels if p.title == "Sampling")
    sampling.settings.sample_requested.connect(lambda: samples.append(1))
    combos = [
        c
        for c in window.findChildren(QComboBox)
        if c.isVisible() and c.isEnabled() and c.count() > 1
    ]
    assert len(combos) > 5
    for combo in combos:
        before, chosen = combo.currentIndex(), []
        combo.activated.connect(chosen.append)
        combo.showPopup()
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        popup = QApplication.activePopupWidget()
        key(popup, Qt.Key.Key_Down if before < combo.count() - 1 else Qt.Key.Key_Up)
        key(popup, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
        assert chosen, combo.accessibleName()
        assert chosen[0] != before, combo.accessibleName()
    assert samples == []


def test_enter_takes_a_completion_in_a_file_dialog(playground, qtbot, tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("so much\ndepends\nupon\n", encoding="utf-8")
    key(playground.window, Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: bool(dialogs(playground)))
    (dialog,) = dialogs(playground)
    assert isinstance(dialog, QFileDialog)
    dialog.setDirectory(str(tmp_path))
    (name,) = dialog.findChildren(QLineEdit)
    name.setFocus()
    files = dialog.findChild(QListView, "listView")
    qtbot.waitUntil(lambda: files.model().rowCount(files.rootIndex()) == 1)
    QTest.keyClicks(name, "wor")
    qtbot.waitUntil(name.completer().popup().isVisible)
    popup = name.completer().popup()
    key(popup, Qt.Key.Key_Down)
    with qtbot.waitSignal(playground.run.prepared):
        key(popup, Qt.Key.Key_Return)
    assert playground.run.info.title == "words.txt"


def test_a_dialog_that_is_open_is_brought_forward_not_opened_again(playground, qtbot):
    window = playground.window
    entries = {
        action.text(): action
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
    }
    opened = []
    for text in ("Keys", "About", "Verify", "Open…", "Save as…"):
        for _ in range(2):
            entries[text].trigger()
        opened.append(text)
        assert len(dialogs(playground)) == len(opened), text
    for dialog in dialogs(playground):
        dialog.close()
    qtbot.waitUntil(lambda: not dialogs(playground))
    key(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(dialogs(playground)))
    (help_,) = dialogs(playground)
    key(help_, Qt.Key.Key_Space)  # is not the program's now
    assert not playground.run.is_training
    key(window, Qt.Key.Key_F1)
    assert dialogs(playground) in ([help_], [])


@pytest.mark.parametrize("title", ["Verify", "Keys", "Learn from pasted"])
def test_a_dialog_that_was_closed_does_not_follow_the_look_any_more(
    playground, qtbot, title
):
    found = playground.window.findChildren(QAction)
    next(a for a in found if a.text().startswith(title)).trigger()
    qtbot.waitUntil(lambda: bool(dialogs(playground)))
    [dialog] = dialogs(playground)
    gone = []
    dialog.destroyed.connect(lambda: gone.append(True))
    dialog.reject()
    qtbot.waitUntil(lambda: bool(gone))
    assert playground.window.notice.text == ""
    playground.appearance.set_mode("dark")  # a fault in a slot fails the test
    assert not shiboken6.isValid(dialog)  # and is held until here
