"""The commands that open the window; here alone the command line needs Qt."""

from __future__ import annotations

import gc
import os
from importlib import import_module
from typing import TYPE_CHECKING

from microgpt_gui.cli.errors import CommandError
from microgpt_gui.cli.outputs import check_outputs
from microgpt_gui.cli.settings import run_config
from microgpt_gui.data.text_file import shown_path, why_unreadable
from microgpt_gui.gui.display import display_problem

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path
    from types import ModuleType


def open_window(options: Namespace) -> int:
    """Open the window and return its exit status when it is closed.

    Args:
        options: Settings, and the ``file`` to open, a run's or a text, or None. What
            is wrong with that, the window says.

    Raises:
        CommandError: There is no such file or no display, a setting is not allowed, or
            Qt cannot be loaded.
    """
    file: Path | None = options.file
    config = run_config(options)
    if file is not None:
        try:
            os.stat(file)
        except OSError as error:
            raise CommandError(f"{shown_path(file)}: {why_unreadable(error)}") from None
    if problem := display_problem():
        raise CommandError(
            f"there is no display to open the window on ({problem}); "
            "'microgpt-gui train' and 'microgpt-gui demo' need none"
        )
    status: int = _app().open_window(config, file)
    return status


def first_paint() -> str:
    """Open the window, close it as soon as it is painted; return when, as JSON.

    Raises:
        CommandError: Qt cannot be loaded.
    """
    _app()
    from microgpt_gui.bench.first_paint import open_and_close

    return open_and_close()


def demo(options: Namespace) -> int:
    """Let the window play by itself; return its exit status.

    Raises:
        CommandError: A setting is not allowed, the picture's place cannot be written,
            or Qt cannot be loaded.
    """
    config = run_config(options)
    check_outputs(options)
    status: int = _app().demo(options.screenshot, config)
    return status


def _app() -> ModuleType:
    # The window collects garbage itself, when it is there: while it is being built
    # there is none, only ever more to look at.
    gc.disable()
    try:
        for library in ("PySide6.QtWidgets", "pyqtgraph"):
            import_module(library)
    except ImportError as error:
        raise CommandError(
            f"the window's libraries cannot be loaded: {error} "
            "(the README's first chapter says what to install)"
        ) from None
    return import_module("microgpt_gui.app")
