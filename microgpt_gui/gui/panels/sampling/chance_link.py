"""Temperature and seed of the samples are those of all views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from microgpt_gui.gui.moments.chance import Chance
    from microgpt_gui.gui.panels.sampling.settings import SampleSettings


class ChanceLink(QObject):
    """Tells all views what is chosen in the settings, and the settings what there."""

    def __init__(self, settings: SampleSettings, chance: Chance) -> None:
        super().__init__(settings)
        self._settings = settings
        self._chance = chance
        settings.changed.connect(self._on_settings_changed)
        chance.changed.connect(self._on_chance_changed)
        self._on_settings_changed()

    @Slot()
    def _on_settings_changed(self) -> None:
        settings = self._settings
        self._chance.choose(settings.temperature.value(), settings.seed.number())

    @Slot()
    def _on_chance_changed(self) -> None:
        settings = self._settings
        temperature, seed = self._chance.temperature, self._chance.seed
        if settings.temperature.value() != temperature:
            settings.temperature.set_value(temperature)
        if settings.seed.number() != seed:
            settings.seed.set_number(seed)
