"""The look keeps its promises: legible, colour-blind safe, zoomable, switched live."""

import itertools

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QProgressBar

from microgpt_gui.gui.theme.roles import DARK, LIGHT
from microgpt_gui.gui.theme.scale import ZOOM_STEPS, Scale
from microgpt_gui.gui.theme.stylesheet import stylesheet

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)


def luminance(colour):
    """Relative luminance as WCAG 2 defines it, from 0 (black) to 1 (white)."""

    def linear(channel):
        if channel <= 0.04045:
            return channel / 12.92
        return ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = QColor(colour).getRgbF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@THEMES
def test_text_can_be_read_on_every_ground(theme):
    grounds = (theme.canvas, theme.surface, theme.raised, theme.hover)
    for text in ("text", "muted", "good", "warning", "accent", "reference"):
        for ground in (*grounds, theme.warning_ground):
            assert contrast(getattr(theme, text), ground) >= 4.5, (text, ground)
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.on_accent, theme.accent_hover) >= 4.5


@THEMES
def test_what_is_drawn_stands_out_from_the_ground(theme):
    for colour in (*theme.series, theme.faint):
        assert contrast(colour, theme.surface) >= 3
        assert contrast(colour, theme.raised) >= 3


@THEMES
def test_the_map_needs_no_sense_of_hue(theme):
    steps = [luminance(colour) for colour in theme.map]
    signs = {b > a for a, b in itertools.pairwise(steps)}
    assert len(signs) == 1
    assert contrast(theme.map[0], theme.map[-1]) > 10


@THEMES
def test_the_style_sheet_has_no_open_ends(theme):
    for percent in ZOOM_STEPS:
        assert "@" not in stylesheet(theme, Scale(percent))


def test_zoom_goes_from_80_to_250_percent_and_stops_there():
    scale, seen = Scale(), []
    for _ in range(20):
        scale = scale.larger()
    assert scale.percent == 250
    for _ in range(20):
        scale = scale.smaller()
        seen.append(scale.percent)
    assert scale.percent == 80
    assert 100 in seen


def test_theme_and_zoom_change_live(appearance, qtbot):
    label = QLabel("text")
    qtbot.addWidget(label)
    label.show()
    try:
        with qtbot.waitSignal(appearance.changed):
            appearance.set_mode("dark")
        colour = label.palette().color(QPalette.ColorRole.WindowText)
        assert colour == QColor(DARK.text)
        before = QFontInfo(label.font()).pixelSize()
        with qtbot.waitSignal(appearance.changed):
            appearance.set_scale(Scale(200))
        assert QFontInfo(label.font()).pixelSize() == 2 * before
    finally:
        appearance.set_scale(Scale())
        appearance.set_mode("light")


class CountingLabel(QLabel):
    """Knows how often it was given another style."""

    times = 0

    def changeEvent(self, event):
        self.times += event.type() is QEvent.Type.StyleChange
        super().changeEvent(event)


def test_each_part_is_styled_once_however_deep_it_lies(appearance, qtbot):
    outermost = inner = QFrame()
    qtbot.addWidget(outermost)
    for _ in range(8):
        inner = QFrame(inner)
    label = CountingLabel("text", inner)
    outermost.show()
    on_its_own = QLabel("hidden, in a sheet of its own", inner)
    on_its_own.setStyleSheet("font-weight: 600;")
    on_its_own.hide()
    bar = QProgressBar(inner)  # its height comes from the sheet alone
    try:
        label.times = 0
        appearance.set_mode("dark")
        assert label.times == 1
        appearance.set_scale(Scale(200))
        assert label.times == 2
        for part in (label, on_its_own):
            assert part.palette().color(QPalette.ColorRole.WindowText) == QColor(
                DARK.text
            )
            assert QFontInfo(part.font()).pixelSize() == 26
        assert on_its_own.font().weight() == 600
        assert bar.maximumHeight() == 12
    finally:
        appearance.set_scale(Scale())
        appearance.set_mode("light")
    assert bar.maximumHeight() == 6


def test_the_window_brings_its_fonts(appearance):
    assert QFontInfo(appearance.font()).family() == "Inter"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_drop_down_list_has_one_line_around_it(playground, qtbot):
    pace = playground.window.findChild(QComboBox)
    pace.showPopup()
    frame = pace.view().window()
    qtbot.waitUntil(frame.isVisible)
    image = frame.grab().toImage()
    pace.hidePopup()
    across, down = image.width(), image.height()
    for side in (
        [(i, down // 2) for i in range(4)],
        [(across - 1 - i, down // 2) for i in range(4)],
        [(across // 2, i) for i in range(4)],
        [(across // 2, down - 1 - i) for i in range(4)],
    ):
        colours = [QColor(image.pixel(*place)).name() for place in side]
        assert colours == [LIGHT.border, *[LIGHT.surface] * 3]
