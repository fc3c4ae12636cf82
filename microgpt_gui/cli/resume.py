"""`--resume`: a saved run, with what the command line changes of it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from microgpt_gui.cli.errors import CommandError
from microgpt_gui.cli.loading import loading_bar
from microgpt_gui.cli.settings import misused
from microgpt_gui.data.text_file import shown_path
from microgpt_gui.session.config import LIVE_SETTINGS, ConfigError
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.reading import describe, read_run

if TYPE_CHECKING:
    from argparse import Namespace

    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.run_files.saved_run import FileInfo, SavedRun

#: What may be another from here on: it makes no other model.
_CHANGEABLE = LIVE_SETTINGS | {"engine"}


def resumed(options: Namespace) -> SavedRun:
    """Return the run in the file that ``options.resume`` names, changed as they say.

    Raises:
        CommandError: The file cannot be read, or an option asks for what only a new
            run can have, another text among it.
    """
    try:
        info = describe(options.resume)
        config, text = _changed(info, options), _text(info, options)
        with loading_bar() as tell:
            saved = read_run(options.resume, text=text, tell=tell)
    except RunFileError as error:
        raise CommandError(str(error)) from None
    record = saved.record
    if text and os.path.abspath(text) not in {
        s.dataset.source for s in record.segments
    }:
        # What was found elsewhere is not what was asked for.
        raise misused(
            "dataset",
            f"{shown_path(text)} is not the text that the run in "
            f"{shown_path(options.resume)} learns from, and only a new run can learn "
            "from another",
        )
    if config != record.config:
        segment = record.segments[-1].changed(record.steps_done, config)
        record = record.going_on(segment)
    return replace(saved, record=record)


def _changed(info: FileInfo, options: Namespace) -> RunConfig:
    """Return the settings to go on with."""
    config, done = info.config, info.steps_done
    wanted = {setting: getattr(options, setting) for setting in options.given}
    for setting, value in wanted.items():
        was = getattr(config, setting)
        is_place = setting == "dataset" and not all(t.is_inside for t in info.texts)
        if value != was and setting not in _CHANGEABLE and not is_place:
            raise misused(
                setting,
                f"the run in {shown_path(options.resume)} has {was!r}, and only a new "
                f"run can have {value!r}; one that goes on can have another "
                + ", ".join(
                    f"--{s.replace('_', '-')}"
                    for s in sorted(_CHANGEABLE - {"decay_start"})
                ),
            )
    if wanted.get("steps", config.steps) < done:
        raise misused("steps", f"the run has done {done} steps already")
    if "steps" in wanted:
        # Else the learning rate would jump.
        wanted.setdefault("decay_steps", config.decay_end)
        if wanted["decay_steps"] == wanted["steps"]:
            wanted["decay_steps"] = 0
    if "learning_rate" in wanted:  # it is that of the first step, here too
        wanted["decay_start"] = 0
    changes = {k: v for k, v in wanted.items() if k in _CHANGEABLE}
    try:
        return replace(config, **changes)
    except ConfigError as error:
        raise misused(error.field, str(error)) from None


def _text(info: FileInfo, options: Namespace) -> Path | None:
    """Return where the text is said to lie, if elsewhere than the file has it."""
    is_elsewhere = "dataset" in options.given and options.dataset != info.config.dataset
    return Path(options.dataset) if is_elsewhere else None
