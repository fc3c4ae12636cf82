"""What exported files are called, and what is said of a run under its pictures."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from microgpt_gui.data.text_file import printable_path
from microgpt_gui.engine import ENGINES
from microgpt_gui.session.datasets import dataset_title, file_name

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig

_LONGEST = 40


def file_stem(config: RunConfig, step: int, what: str) -> str:
    """Return a name that every file system takes, such as ``names-step1000-loss``.

    Args:
        config: Of the run; its dataset gives the first word.
        step: Steps done.
        what: The last word.
    """
    dataset = PurePath(file_name(config.dataset)).stem
    word = re.sub(r"[^\w]+", "-", dataset).strip("-_")[:_LONGEST].rstrip("-_")
    return f"{word or 'run'}-step{step}-{what}"


def settings_to_share(config: RunConfig) -> dict[str, object]:
    """Return all settings by their names; of a file, its name and no folder."""
    return asdict(config) | {"dataset": printable_path(file_name(config.dataset))}


def caption(config: RunConfig) -> str:
    """Return in a few words which run it is."""
    layers = f"{config.n_layer} layer{'' if config.n_layer == 1 else 's'}"
    heads = f"{config.n_head} head{'' if config.n_head == 1 else 's'}"
    parts = [
        dataset_title(config.dataset),
        f"seed {config.seed}",
        f"{layers} of {config.n_embd}",
        heads,
        f"block {config.block_size}",
        f"learning rate {config.learning_rate:g}",
    ]
    if not ENGINES[config.engine].identical:
        parts.append(f"engine {config.engine}")
    return " · ".join(parts)
