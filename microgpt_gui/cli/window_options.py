"""What can be written where no command is: a file for the window, and settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from microgpt_gui.cli.errors import MISUSED, CommandError
from microgpt_gui.cli.parser import Parser
from microgpt_gui.cli.settings import add_settings, misused
from microgpt_gui.data import DATASETS
from microgpt_gui.data.text_file import shown_path
from microgpt_gui.session.run_files import is_run_file

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Collection, Sequence


def parse_for_window(arguments: Sequence[str], commands: Collection[str]) -> Namespace:
    """Return what the window shall open: ``file``, or None, and the settings.

    Args:
        arguments: What was written; it does not begin with a command.
        commands: Their names, for who has mistyped one.

    Raises:
        CommandError: It cannot be understood.
    """
    parser = Parser(prog="microgpt-gui", add_help=False)
    parser.set_defaults(command="")
    parser.add_argument("file", nargs="?")
    add_settings(parser)
    options = parser.parse_args(arguments)
    if options.file is None:
        return options
    name, options.file = options.file, Path(options.file)
    if not name:
        raise CommandError("the path of a file was wanted, not an empty text", MISUSED)
    if _is_bare(name) and not os.path.lexists(name):
        raise CommandError(_unknown(name, commands), MISUSED)
    given = sorted(options.given)
    if given and os.path.isdir(name):
        raise misused(given[0], f"the runs in {shown_path(name)} have their settings")
    if given and is_run_file(name):
        raise misused(given[0], f"the run in {shown_path(name)} has its own settings")
    if "dataset" in given:
        raise misused("dataset", f"{shown_path(name)} is the text to learn from")
    if not (os.path.isdir(name) or is_run_file(name)):
        options.dataset = os.path.abspath(name)  # no dataset's key, whatever its name
    return options


def _is_bare(name: str) -> bool:
    """Say whether a command may have been meant."""
    return os.path.basename(name) == name and "." not in name and "\0" not in name


def _unknown(name: str, commands: Collection[str]) -> str:
    choices = ", ".join(map(repr, commands))
    text = f"there is no file and no command {name!r} (choose from {choices})"
    if name in DATASETS:
        text += f"; --dataset {name} opens the window on that dataset"
    return text
