"""What a finished run leaves for other programs: one JSON file, whole or not at all."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from microgpt_gui.session.writable import replacing_file

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Report:
    """A run in numbers. The names are those of the file.

    Attributes:
        losses: Mean cross-entropy of every step, in nats.
        final_params_sha256: See `engine.fingerprint`.
        steps_per_second: Of the training alone.
        settings: All that decides the numbers above.
        python: The interpreter's version.
        version: This program's.
    """

    num_docs: int
    vocab_size: int
    num_params: int
    losses: tuple[float, ...]
    samples: tuple[str, ...]
    final_params_sha256: str
    engine: str
    steps_per_second: float
    settings: dict[str, Any]
    python: str
    version: str


def write_report(path: Path, report: Report) -> None:
    """Write a report; see `write_json`."""
    write_json(path, asdict(report))


def write_json(path: Path, value: object) -> None:
    """Write the file, or leave what was there before.

    Numbers are written so that reading them gives the same ones, to the last bit.

    Raises:
        CannotWrite: It cannot be written; says why.
    """
    text = json.dumps(value, indent=1, allow_nan=False) + "\n"
    with replacing_file(path) as file:
        file.write(text.encode())
