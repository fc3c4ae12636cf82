"""The look in force: which theme, which zoom; applied to the whole application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QIcon, QPalette

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.fonts import SANS, font, font_of, load_fonts
from microgpt_gui.gui.theme.icons import icon
from microgpt_gui.gui.theme.measured_font import MeasuredFont
from microgpt_gui.gui.theme.roles import DARK, LIGHT, Theme
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.gui.theme.sheet_change import change_sheet
from microgpt_gui.gui.theme.stylesheet import stylesheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

#: What a person can choose; "system" follows the desktop where it tells.
MODES = ("system", "light", "dark")


class Appearance(QObject):
    """Theme and zoom of the application; widgets read it and listen to `changed`.

    Attributes:
        mode: One of MODES.
        theme: The colours in force.
        scale: The zoom in force.

    Signals:
        changing: All widgets are about to be restyled, which takes a while.
        changed: ``theme`` or ``scale`` changed; restyle what a style sheet cannot.
    """

    changing = Signal()
    changed = Signal()

    def __init__(
        self, app: QApplication, mode: str = "system", zoom: int = 100
    ) -> None:
        """Take the look up, but for the style sheet: see `dress`."""
        super().__init__(app)
        self._app = app
        self.mode = mode
        self.scale = Scale(zoom)
        self._measured: dict[tuple[int, QFont.Weight], MeasuredFont] = {}
        # The one style that takes palettes of our own everywhere.
        app.setStyle("Fusion")
        load_fonts()
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self.theme = self._chosen_theme()
        self._is_dressed = False
        self._apply()

    def dress(self) -> None:
        """Put the style sheet on; best when the window is built, before it is shown.

        Widgets that are added to a dressed application are styled at each addition:
        twice the time for a whole window.
        """
        self._is_dressed = True
        self._apply()

    def set_mode(self, mode: str) -> None:
        """Choose one of MODES."""
        self.mode = mode
        self._update(self._chosen_theme(), self.scale)

    def set_scale(self, scale: Scale) -> None:
        """Choose a zoom."""
        self._update(self.theme, scale)

    def px(self, size: float) -> int:
        """Return ``size``, in pixels at 100 %, at the zoom in force."""
        return self.scale.px(size)

    def font(
        self,
        size: int = sizes.BODY,
        weight: QFont.Weight = QFont.Weight.Normal,
        family: str = SANS,
    ) -> QFont:
        """Return a font of the type scale at the zoom in force."""
        return font(self.scale, size, weight, family)

    def measured(
        self, px: int, weight: QFont.Weight = QFont.Weight.Normal
    ) -> MeasuredFont:
        """Return a font ``px`` pixels large on the screen, whatever the zoom."""
        key = px, weight
        if key not in self._measured:
            self._measured[key] = MeasuredFont(font_of(px, weight))
        return self._measured[key]

    def icon(self, name: str, color: str = "", size: int = 16) -> QIcon:
        """Return an icon in ``color``, or in the text's."""
        return icon(name, color or self.theme.text, self.theme.border, self.px(size))

    def _chosen_theme(self) -> Theme:
        if self.mode == "system":
            scheme = self._app.styleHints().colorScheme()
            return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        return DARK if self.mode == "dark" else LIGHT

    @Slot()
    def _on_system_changed(self) -> None:
        self._update(self._chosen_theme(), self.scale)

    def _update(self, theme: Theme, scale: Scale) -> None:
        if (theme, scale) != (self.theme, self.scale):
            self.changing.emit()
            self.theme, self.scale = theme, scale
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._app.setFont(font(self.scale))
        self._app.setPalette(_palette(self.theme))
        if self._is_dressed:
            change_sheet(self._app, stylesheet(self.theme, self.scale))


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in (
        (role.Window, theme.canvas),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.raised),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
        (role.Mid, theme.border),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.muted))
    return palette
