"""Runs that are small enough to be written and read some ten thousand times."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.saved_run import Mark, SavedRun
from microgpt_gui.session.run_files.writing import write_run
from microgpt_gui.session.segment import Segment

if TYPE_CHECKING:
    from pathlib import Path

    from microgpt_gui.session.record import RunRecord

SMALL = RunConfig(
    dataset="elements", steps=30, n_embd=8, n_head=2, block_size=6, seed=3
)


def trained(config: RunConfig | RunRecord, steps: int) -> RunRecord:
    """Return a run after so many more steps, with a keyframe every four."""
    recorder = Recorder() if isinstance(config, RunConfig) else Recorder.of(config)
    run = Run(config, recorder=recorder)
    for _ in range(steps):
        recorder._since_s = 1.0  # as if it had taken so long
        run.step()
    return run.record()


def forked(record: RunRecord) -> RunRecord:
    """Return one that goes on from its middle: other text, rate, engine and order."""
    earlier = record.cut(record.keyframes[len(record.keyframes) // 2])
    config = replace(record.config, dataset="dinosaurs", learning_rate=0.02, seed=8)
    other = load_dataset("elements", lambda: None)
    docs = tuple(doc[::-1] for doc in other.corpus.docs[:40])
    backwards = replace(
        other, corpus=type(other.corpus).of(docs), source="x", sha256="5" * 64
    )
    segment = Segment.begin(earlier.steps_done, config, backwards)
    changed = segment.changed(earlier.steps_done + 3, replace(config, steps=25))
    return trained(trained(earlier.going_on(segment), 3).going_on(changed), 4)


@pytest.fixture(scope="session")
def tiny_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "tiny.txt"
    path.write_text("ab\nba\nb\n")
    return path


@pytest.fixture(scope="session")
def tiny(tiny_text: Path) -> SavedRun:
    """A run of 19 parameters."""
    config = RunConfig(
        dataset=str(tiny_text), steps=9, n_embd=1, n_head=1, block_size=1
    )
    return SavedRun(trained(config, 6), "Tiny", (Mark(4, "fork", "here"),))


@pytest.fixture
def tiny_file(tiny: SavedRun, tmp_path: Path) -> Path:
    path = tmp_path / "tiny.mgpt"
    write_run(path, tiny)
    return path


def taken_apart(path: Path) -> tuple[dict[str, Any], dict[str, str], bytearray]:
    """Return the table of tensors, the metadata and the numbers of a file."""
    content = path.read_bytes()
    end = 8 + int.from_bytes(content[:8], "little")
    table = json.loads(content[8:end])
    return table, table.pop("__metadata__"), bytearray(content[end:])


def put_together(
    path: Path, table: dict[str, Any], metadata: dict[str, str], data: bytes
) -> None:
    """Write a file whose sums are right, as somebody would who means harm."""
    sums = {"sha256": hashlib.sha256(data).hexdigest(), "head_sha256": "0" * 64}
    whole = {"__metadata__": metadata | sums, **table}
    head = json.dumps(whole, separators=(",", ":")).encode()
    head_sum = hashlib.sha256(head).hexdigest().encode()
    head = head.replace(b'"head_sha256":"' + b"0" * 64, b'"head_sha256":"' + head_sum)
    path.write_bytes(len(head).to_bytes(8, "little") + head + data)
