"""A run as a `train` command for a shell."""

from __future__ import annotations

import os
import shlex
from dataclasses import fields
from typing import TYPE_CHECKING

from microgpt_gui.data import DATASETS
from microgpt_gui.data.dataset import Download
from microgpt_gui.session.config import RunConfig

if TYPE_CHECKING:
    from microgpt_gui.session.recipe import Recipe

#: Settings that have no option: a run that begins at step 0 never needs them.
_NO_OPTIONS = frozenset({"decay_start"})


def train_command(recipe: Recipe, *, windows: bool = os.name == "nt") -> str:
    """Return what trains a run anew: its settings as options, but for the usual ones.

    Of a run that was changed on the way, these are the settings of its newest step.

    Args:
        recipe: The run's.
        windows: Whether it is for cmd.exe and PowerShell, not for a POSIX shell.
    """
    config = recipe.config
    words = ["microgpt-gui", "train"]
    for field in fields(RunConfig):
        value = getattr(config, field.name)
        if value == field.default or field.name in _NO_OPTIONS:
            continue
        words.append("--" + field.name.replace("_", "-"))
        if field.name == "dataset" and value not in DATASETS:
            words.append(os.path.abspath(value))
        elif value is not True:
            words.append(repr(value) if isinstance(value, float) else str(value))
    if config.dataset in DATASETS:
        if isinstance(DATASETS[config.dataset].origin, Download):
            words.append("--download")
    quoted = _quoted_for_windows if windows else _quoted
    return " ".join(map(quoted, words))


def _quoted(word: str) -> str:
    if word.isprintable():
        return shlex.quote(word)
    # What cannot be seen, or is no character at all, as bash, zsh and ksh have it.
    parts = [
        chr(byte) if 32 <= byte < 127 and byte not in b"'\\" else f"\\{byte:03o}"
        for byte in os.fsencode(word)
    ]
    return f"$'{''.join(parts)}'"


def _quoted_for_windows(word: str) -> str:
    # No path can hold a double quote there.
    return word if word and not set(word) - _PLAIN else f'"{word}"'


_PLAIN = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:\\/"
)
