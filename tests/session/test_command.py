"""The command that trains a run anew, as a shell understands it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.cli.options import parse
from microgpt_gui.cli.settings import run_config
from microgpt_gui.session.command import train_command
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.recipe import Recipe

if TYPE_CHECKING:
    from pathlib import Path

ECHO = "import sys; print(ascii(sys.argv[1:]))"


def command(config: RunConfig) -> str:
    return train_command(Recipe.planned(config))


def test_only_what_is_unusual_is_said() -> None:
    assert command(RunConfig()) == "microgpt-gui train"
    config = RunConfig(dataset="dinosaurs", n_layer=2, learning_rate=0.003)
    assert command(config) == (
        "microgpt-gui train --dataset dinosaurs --n-layer 2 --learning-rate 0.003"
    )
    assert command(RunConfig(dataset="makemore")).endswith("makemore --download")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    "name",
    [b"plain.txt", b'it\'s $HOME `a` "b" & c!.txt', "é א.txt".encode(), b"\xe9\n\t'\\"],
)
def test_a_shell_reads_the_settings_back(name: bytes, tmp_path: Path) -> None:
    text = os.fsdecode(os.path.join(os.fsencode(tmp_path), name))
    config = RunConfig(
        dataset=text,
        documents="paragraphs",
        leave_out_mark=True,
        engine="autograd",
        seed=7,
        steps=123,
        decay_steps=456,
        n_embd=8,
        n_head=2,
        block_size=9,
        learning_rate=0.1 + 0.2,
        beta1=0.0,
        beta2=1e-05,
        held_out=0.05,
        train_documents=3,
    )
    words = command(config).replace(
        "microgpt-gui", f"'{sys.executable}' -c '{ECHO}'", 1
    )
    said = subprocess.run(["bash", "-c", words], capture_output=True, check=True).stdout
    arguments = eval(said)
    assert run_config(parse(arguments)) == config
    assert command(config).isprintable()


def test_quotes_as_windows_has_them() -> None:
    config = replace(RunConfig(), dataset="/a b/words.txt", n_layer=2)
    said = train_command(Recipe.planned(config), windows=True)
    assert said.endswith('b/words.txt" --n-layer 2')
