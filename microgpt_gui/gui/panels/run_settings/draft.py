"""Settings that a person has changed but not applied."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.run_settings.fields import FIELDS
from microgpt_gui.session.config import LIVE_SETTINGS, ConfigError, RunConfig

if TYPE_CHECKING:
    from collections.abc import Mapping


class Draft:
    """Changes on top of the settings in force; any value is kept, right or wrong."""

    def __init__(self, in_force: RunConfig) -> None:
        self.in_force = in_force
        self._changed: dict[str, object] = {}

    def follow(self, in_force: RunConfig) -> None:
        """Take up new settings in force; changes that they do not bring stay."""
        self.in_force = in_force
        for name, value in list(self._changed.items()):
            self.set(name, value)

    def set(self, name: str, value: object) -> None:
        """Change one setting, or take the change back if that is in force."""
        self._changed.pop(name, None)
        if value != getattr(self.in_force, name):
            self._changed[name] = value

    def set_dataset(self, name: str) -> None:
        """Choose a dataset; another than the one in force is read as usual."""
        other = self.in_force.on(name)
        if name == self.in_force.dataset:
            other = self.in_force
        self.set("dataset", name)
        self.set("documents", other.documents)
        self.set("leave_out_mark", other.leave_out_mark)

    @property
    def text(self) -> RunConfig:
        """Usual settings but for those that say which documents are learnt."""
        values = self.values()
        names = ("dataset", "documents", "leave_out_mark")
        chosen = {name: values[name] for name in names}
        return RunConfig(**chosen)  # type: ignore[arg-type]  # chosen from lists

    def drop(self, name: str) -> None:
        """Take back the change of one setting."""
        self._changed.pop(name, None)

    def clear(self) -> None:
        """Take back all changes."""
        self._changed.clear()

    def values(self) -> dict[str, object]:
        """Return every setting by name, as changed."""
        return {**asdict(self.in_force), **self._changed}

    def changes(self) -> Mapping[str, tuple[object, object]]:
        """Return the changed settings: name to (in force, wanted), in their order."""
        return {
            name: (value, self._changed[name])
            for name, value in asdict(self.in_force).items()
            if name in self._changed
        }

    @property
    def needs_new_model(self) -> bool:
        """Whether some change cannot be taken up in mid-course."""
        return bool(self._changed.keys() - LIVE_SETTINGS)

    def config(self) -> RunConfig:
        """Return the settings as changed.

        Raises:
            ConfigError: A value is not allowed.
        """
        return _checked(self.values())

    def problems(self) -> dict[str, str]:
        """Return what is wrong with each setting that has a value not allowed."""
        found: dict[str, str] = {}
        values = self.values()
        while True:
            try:
                _checked(values)
            except ConfigError as error:
                found[error.field] = str(error)
                # A right value in its place, to see what is wrong besides.
                values[error.field] = (
                    1
                    if error.field == "n_head"
                    else getattr(self.in_force, error.field)
                )
            else:
                return found


def _checked(values: Mapping[str, object]) -> RunConfig:
    for name, value in values.items():
        if name in FIELDS and not FIELDS[name].is_whole and isinstance(value, str):
            raise ConfigError(name, f"{name} must be a number, not {value!r}")
    return RunConfig(**values)  # type: ignore[arg-type]  # it checks them itself
