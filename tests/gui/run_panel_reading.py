"""What a person reads and does in the Run panel, for its tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget


def plain(text):
    """Return ``text`` without marks that only steer where lines break."""
    return text.replace("\u200b", "").replace("\u00a0", " ")


def words(panel):
    """Return every text that can be seen, a line each."""
    labels = panel.findChildren(QLabel)
    return "\n".join(plain(label.text()) for label in labels if label.isVisible())


def named(panel, kind, name):
    """Return the visible widget of this kind that a screen reader calls so."""
    (found,) = (
        w for w in panel.findChildren(kind) if name in w.accessibleName().split(", ")
    )
    return found


def box(panel, name):
    return named(panel, QWidget, name)


def shown(panel, name):
    return box(panel, name).findChild(QLineEdit).text()


def type_number(panel, name, text, key=None):
    """Type into a number's box, then press ``key`` if given."""
    field = box(panel, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    if key is not None:
        QTest.keyClick(field, key)


def enter_number(panel, name, text):
    type_number(panel, name, text, Qt.Key.Key_Return)


def choose(panel, name, title):
    """Choose from a list as a person does, with the keyboard."""
    combo = named(panel, QComboBox, name)
    index = combo.findText(title)
    assert index >= 0, [combo.itemText(i) for i in range(combo.count())]
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def chosen(panel, name):
    return named(panel, QComboBox, name).currentText()


def button(panel, text):
    (found,) = (
        b
        for b in panel.findChildren(QPushButton)
        if b.accessibleName() == text and b.isVisible()
    )
    return found


def is_offered(panel, text):
    """Say whether there is a button of this name to be seen and pressed."""
    buttons = panel.findChildren(QPushButton)
    return any(
        b.accessibleName() == text and b.isVisible() and b.isEnabled() for b in buttons
    )


def press(panel, text):
    assert button(panel, text).isEnabled(), words(panel)
    QTest.mouseClick(button(panel, text), Qt.MouseButton.LeftButton)
