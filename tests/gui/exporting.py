"""How a person exports, and what is waited for meanwhile."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QMenu

from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.window.export_menu import ExportMenu
from microgpt_gui.gui.window.film_dialog import FilmDialog


def attention_of(playground):
    panels = playground.window.docks.panels
    return next(panel for panel in panels if isinstance(panel, AttentionPanel))


def is_shown(attention, step):
    look = attention.heat_map.look
    return look is not None and look.step == step


def entry(playground, *path):
    """Return an action of the menu, refreshed as when the menu opens."""
    menu = playground.window.findChild(ExportMenu)
    menu.aboutToShow.emit()
    for title in path[:-1]:
        menu = next(m for m in menu.findChildren(QMenu) if m.title() == title)
    return next(a for a in menu.actions() if a.text() == path[-1])


def file_dialog(playground, qtbot):
    def there():
        shown = playground.window.findChildren(QFileDialog)
        return next((d for d in shown if d.isVisible()), None)

    qtbot.waitUntil(lambda: there() is not None)
    return there()


def choose(playground, qtbot, folder):
    """Take the proposed name in ``folder``; return the path."""
    dialog = file_dialog(playground, qtbot)
    [proposed] = dialog.selectedFiles()
    path = folder / proposed.rsplit("/", 1)[-1]
    dialog.setDirectory(str(folder))
    dialog.selectFile(str(path))
    dialog.accept()
    return path


def wait_for_word(playground, qtbot, word):
    notice = playground.window.notice
    qtbot.waitUntil(lambda: word in notice.text)
    return notice.text


def export(playground, qtbot, folder, *path):
    action = entry(playground, *path)
    assert action.isEnabled(), action.toolTip()
    action.trigger()
    file = choose(playground, qtbot, folder)
    qtbot.waitUntil(lambda: playground.window.notice.text == f"Exported to {file}")
    return file


def accept_film(playground, qtbot, frames, text="iron"):
    dialog = playground.window.findChild(FilmDialog)
    assert dialog.isVisible()
    dialog.text_box.setText(text)
    dialog.frames_field.setValue(frames)
    dialog.accept()
