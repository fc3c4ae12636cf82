"""What the program remembers between two starts, in a validated JSON file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import platformdirs

from microgpt_gui.atomic_file import replacing
from microgpt_gui.gui.theme.appearance import MODES
from microgpt_gui.gui.theme.scale import ZOOM_STEPS

#: So many files are remembered.
MAX_RECENT = 8

#: What the keyframes of a run may take, in megabytes.
KEYFRAME_CHOICES_MB = (16, 64, 128, 256, 512, 1024, 4096)


@dataclass(slots=True)
class Preferences:
    """Choices of the person; one that is wrong in the file becomes the default."""

    mode: str = "system"  # of the theme
    zoom: int = 100  # percent
    geometry: str = ""  # of the window, as Qt saves it, in hexadecimal
    layout: str = ""  # of the docks, likewise
    asks_before_closing: bool = True  # where that would lose training
    keyframe_mb: int = 256  # one of KEYFRAME_CHOICES_MB
    recent: list[str] = field(
        default_factory=list
    )  # paths of runs and texts, newest first

    @staticmethod
    def path() -> Path:
        """Return the file's path; it may not exist yet."""
        folder = platformdirs.user_config_dir("microgpt-gui", appauthor=False)
        return Path(folder) / "preferences.json"

    @classmethod
    def read(cls) -> Preferences:
        """Return what is remembered; defaults where there is nothing usable."""
        try:
            stored = json.loads(cls.path().read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(stored, dict):
            return cls()
        result = cls()
        if stored.get("mode") in MODES:
            result.mode = stored["mode"]
        if stored.get("zoom") in ZOOM_STEPS:
            result.zoom = stored["zoom"]
        for name in ("geometry", "layout"):
            if _is_hexadecimal(value := stored.get(name)):
                setattr(result, name, value)
        if stored.get("keyframe_mb") in KEYFRAME_CHOICES_MB:
            result.keyframe_mb = stored["keyframe_mb"]
        if isinstance(asks := stored.get("asks_before_closing"), bool):
            result.asks_before_closing = asks
        if isinstance(recent := stored.get("recent"), list):
            paths = [p for p in recent if isinstance(p, str) and _is_path(p)]
            result.recent = list(dict.fromkeys(paths))[:MAX_RECENT]
        return result

    def write(self) -> None:
        """Remember; keeps the old file if that fails.

        Raises:
            OSError: The folder or the disk does not allow it.
        """
        path = self.path()
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            file.write(json.dumps(asdict(self), indent=2).encode())


def _is_path(text: str) -> bool:
    return "\0" not in text and Path(text).is_absolute()


def _is_hexadecimal(value: object) -> bool:
    try:
        return isinstance(value, str) and bytes.fromhex(value) is not None
    except ValueError:
        return False
