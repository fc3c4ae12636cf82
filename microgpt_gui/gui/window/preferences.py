"""What the program remembers between two starts, in a validated JSON file."""

from __future__ import annotations

import json
import os
import stat
import zlib
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import platformdirs

from microgpt_gui.atomic_file import replacing
from microgpt_gui.gui.run.training_pace import WATCHABLE, of_stored
from microgpt_gui.gui.theme.appearance import MODES
from microgpt_gui.gui.theme.scale import ZOOM_STEPS
from microgpt_gui.gui.window.layouts import LAYOUTS
from microgpt_gui.isolation import isolated
from microgpt_gui.session.set_aside import set_aside

if TYPE_CHECKING:
    from collections.abc import Callable

#: So many files are remembered.
MAX_RECENT = 8

#: What the keyframes of a run may take, in megabytes.
KEYFRAME_CHOICES_MB = (16, 64, 128, 256, 512, 1024, 4096)

#: What exported pictures are drawn on: whatever the window looks like, or like it.
PAPERS = ("light", "dark", "window")

#: More than this is not ours.
_MAX_BYTES = 2**20

#: Of the sum that tells whether Qt can be given geometry and layout.
_SUM = "window_sum"

_NAMES = tuple(layout.name for layout in LAYOUTS)

_changing = Lock()


def _usually_folded() -> list[str]:
    return [layout.name for layout in LAYOUTS if layout.is_folded]


@dataclass(slots=True)
class Preferences:
    """Choices of the person; one that is wrong in the file becomes the default."""

    mode: str = "system"  # of the theme
    zoom: int = 100  # percent
    geometry: str = ""  # of the window, as Qt saves it, in hexadecimal
    layout: str = ""  # of the docks in the layout Desk, likewise
    asks_before_closing: bool = True  # where that would lose training
    paper: str = PAPERS[0]  # ground of exported pictures
    keyframe_mb: int = 256  # one of KEYFRAME_CHOICES_MB
    recent: list[str] = field(
        default_factory=list
    )  # paths of runs and texts, newest first
    shown_layout: str = LAYOUTS[0].name
    look: str = ""  # of the docks in the layout Look
    folded: list[str] = field(
        default_factory=_usually_folded
    )  # names of layouts whose settings are put aside
    pace: str | float = WATCHABLE.stored  # what `of_stored` takes

    @staticmethod
    def path() -> Path:
        """Return the file's path; it may not exist yet."""
        folder = platformdirs.user_config_dir("microgpt-gui", appauthor=False)
        return Path(folder) / "preferences.json"

    @classmethod
    def read(cls) -> Preferences:
        """Return what is remembered; defaults where there is nothing usable."""
        try:
            stored = _stored(cls.path())
        except _Unusable:
            return cls()
        return cls._of(stored)

    @classmethod
    def at_start(cls) -> tuple[Preferences, str]:
        """Return what is remembered, and what a person must be told of the file.

        A file that is no use is set aside, so that it is told of once. A layout is
        given to Qt, which may not survive a damaged one: one that was stored without a
        sum is taken out of the file meanwhile.
        """
        path = cls.path()
        try:
            stored = _stored(path)
        except _Unusable as error:
            return cls(), _told(str(error), path, set_aside(path))
        result = cls._of(stored)
        has_window = result.geometry or result.layout or result.look
        if _SUM in stored and stored[_SUM] != result.window_sum():
            what = "its layout of the window is damaged"
            message = _told(what, path, set_aside(path), rest="the other choices hold")
            result = replace(result, geometry="", layout="", look="")
            with suppress(OSError):
                result.write()
            return result, message
        if has_window and _SUM not in stored:
            with suppress(OSError):
                replace(result, geometry="", layout="", look="").write()
        return result, ""

    @classmethod
    def _of(cls, stored: dict[str, Any]) -> Preferences:
        result = cls()
        for name, words in (("mode", MODES), ("paper", PAPERS)):
            if stored.get(name) in words:
                setattr(result, name, stored[name])
        for name, choices in (
            ("zoom", ZOOM_STEPS),
            ("keyframe_mb", KEYFRAME_CHOICES_MB),
        ):
            if type(value := stored.get(name)) is int and value in choices:
                setattr(result, name, value)
        if stored.get("shown_layout") in _NAMES:
            result.shown_layout = stored["shown_layout"]
        if isinstance(folded := stored.get("folded"), list):
            result.folded = [name for name in _NAMES if name in folded]
        for name in ("geometry", "layout", "look"):
            if _is_hexadecimal(value := stored.get(name)):
                setattr(result, name, value)
        if pace := of_stored(stored.get("pace")):
            result.pace = pace.stored
        if isinstance(asks := stored.get("asks_before_closing"), bool):
            result.asks_before_closing = asks
        if isinstance(recent := stored.get("recent"), list):
            paths = [p for p in recent if isinstance(p, str) and _is_path(p)]
            result.recent = list(dict.fromkeys(paths))[:MAX_RECENT]
        return result

    def window_sum(self) -> int:
        """Return a number that another geometry or layout would hardly have."""
        window = " ".join(filter(None, (f"{self.geometry} {self.layout}", self.look)))
        return zlib.crc32(window.encode())

    def write(self) -> None:
        """Remember; keeps the old file if that fails. From any thread.

        Raises:
            OSError: The folder or the disk does not allow it.
        """
        path = self.path()
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            stored = asdict(self) | {_SUM: self.window_sum()}
            file.write(json.dumps(stored, indent=2, allow_nan=False).encode())


def remember(change: Callable[[Preferences], Preferences]) -> None:
    """Change what is remembered, whoever else does so too; from any thread.

    Args:
        change: Makes of what is in the file what shall be there.

    Raises:
        OSError: See `Preferences.write`.
    """
    with _changing:
        change(Preferences.read()).write()


class _Unusable(Exception):
    """The file holds no preferences; says why."""


def _stored(path: Path) -> dict[str, Any]:
    """Return what is in the file; nothing where there is none.

    Raises:
        _Unusable: There is something else.
    """
    # Not to wait for ever where there is a pipe.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _Unusable("it is a device or a pipe")
            text = file.read(_MAX_BYTES + 1)
        if len(text) > _MAX_BYTES:
            raise _Unusable("it is far too large")
        stored = json.loads(text.decode())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise _Unusable(error.strerror or str(error)) from None
    except (ValueError, RecursionError):
        raise _Unusable("it is damaged") from None
    if not isinstance(stored, dict):
        raise _Unusable("it is damaged")
    return stored


def _told(why: str, path: Path, aside: Path | None, rest: str = "") -> str:
    kept = (
        f"It is kept as {isolated(str(aside))}."
        if aside
        else "It could not be moved away."
    )
    shown = isolated(str(path))
    rest = rest or "the program begins with the usual choices"
    return f"{shown} holds no preferences that can be used: {why}; {rest}. {kept}"


def _is_path(text: str) -> bool:
    try:
        os.fsencode(text)
    except UnicodeEncodeError:  # half a character
        return False
    return "\0" not in text and Path(text).is_absolute()


def _is_hexadecimal(value: object) -> bool:
    try:
        return isinstance(value, str) and bytes.fromhex(value) is not None
    except ValueError:
        return False
