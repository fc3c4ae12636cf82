"""What is written is read again, to the last bit, here and by other programs."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from safetensors import safe_open
from safetensors.numpy import load_file

from microgpt_gui import __version__
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import Cancelled, CancelToken
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.moments.replay import Replay
from microgpt_gui.session.record import first_record
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.reading import describe, read_run
from microgpt_gui.session.run_files.saved_run import Mark, SavedRun
from microgpt_gui.session.run_files.writing import write_run
from tests.session.run_files.conftest import SMALL, forked, trained

GOES_ON = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.reading import read_run
from microgpt_gui.session.sample_batch import SampleRequest

for name in sys.argv[1:]:
    saved = read_run(Path(name))
    run = Run(saved.record, recorder=Recorder.of(saved.record))
    while not run.is_finished:
        run.step()
    figures = run.record().figures
    *_, drawn = run.samples(SampleRequest(count=5))
    print(json.dumps([
        figures.losses.tolist(), figures.learning_rates.tolist(),
        figures.gradient_norms.tolist(), run.parameters_sha256(),
        [asdict(s) for s in drawn.samples], [*run.script_samples(5, 0.5)],
    ]))
"""


def gone_on(*paths: Path) -> list[object]:
    """Let another process finish the runs; return what each came to."""
    done = subprocess.run(
        [sys.executable, "-c", GOES_ON, *map(str, paths)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_run_goes_on_as_if_it_had_never_stopped(engine: str, tmp_path: Path) -> None:
    config = replace(SMALL, engine=engine)
    splits = [0, 1, 13, config.steps - 1, config.steps]
    paths = []
    for split in splits:
        paths.append(tmp_path / f"{split}.mgpt")
        write_run(paths[-1], SavedRun(trained(config, split)))
    first, *others = gone_on(*paths)
    assert first[0] == trained(config, config.steps).figures.losses.tolist()  # type: ignore[index]
    assert others == [first] * len(others)


def test_a_forked_run_goes_on_as_if_it_had_never_stopped(tmp_path: Path) -> None:
    record = forked(trained(SMALL, 20))
    assert len(record.segments) == 3
    write_run(tmp_path / "early.mgpt", SavedRun(record))
    left = record.config.steps - record.steps_done
    assert left > 0
    write_run(tmp_path / "late.mgpt", SavedRun(trained(record, left)))
    early, late = gone_on(tmp_path / "early.mgpt", tmp_path / "late.mgpt")
    assert early == late


def test_another_engine_takes_over(tmp_path: Path) -> None:
    for engine in ENGINES:
        record = trained(replace(SMALL, engine=engine), 10)
        for other in ENGINES:
            segment = record.segments[-1].changed(10, replace(SMALL, engine=other))
            path = tmp_path / f"{engine}-{other}.mgpt"
            write_run(path, SavedRun(record.going_on(segment)))
    alike = [engine for engine, entry in ENGINES.items() if entry.identical]
    names = [f"{a}-{b}.mgpt" for a in ENGINES for b in ENGINES]
    came = dict(zip(names, gone_on(*(tmp_path / name for name in names)), strict=True))
    whole = trained(SMALL, SMALL.steps).figures.losses.tolist()
    for losses, *_ in came.values():  # type: ignore[misc]
        assert losses == pytest.approx(whole, rel=1e-9)
    for a in alike:
        for b in alike:
            assert came[f"{a}-{b}.mgpt"][0] == whole  # type: ignore[index]


@pytest.mark.parametrize("steps", [0, 1, 2, 17])
def test_all_of_a_run_comes_back(steps: int, tmp_path: Path) -> None:
    record = trained(SMALL, steps)
    saved = SavedRun(
        record, "Élan “vital”\n", (Mark(0, "start"), Mark(steps, "save", "→"))
    )
    write_run(tmp_path / "run", saved)
    assert read_run(tmp_path / "run") == replace(saved, version=__version__)


def test_a_fork_comes_back(tmp_path: Path) -> None:
    record = forked(trained(SMALL, 20))
    write_run(tmp_path / "run", SavedRun(record))
    came = read_run(tmp_path / "run").record
    assert came == record
    assert came.segments[1].docs is came.segments[2].docs


def test_an_untrained_run_without_a_recorder_comes_back(tmp_path: Path) -> None:
    dataset = load_dataset("roman", lambda: None)
    record = first_record(replace(SMALL, dataset="roman"), dataset, CancelToken())
    write_run(tmp_path / "run", SavedRun(record))
    came = read_run(tmp_path / "run").record
    assert came == record
    assert came.segments[0].dataset.is_valid is dataset.is_valid


def test_every_moment_of_a_reopened_run_can_be_shown(tmp_path: Path) -> None:
    record = trained(SMALL, 20)
    write_run(tmp_path / "run", SavedRun(record))
    came = read_run(tmp_path / "run").record
    recorder = Recorder.of(came)
    run = Run(came, recorder=recorder)
    replay = Replay(run.info, recorder)
    for step in (20, 0, 11):
        replay.go_to(step, CancelToken())
        assert replay.state() == trained(SMALL, step).state


def test_other_programs_read_it(tmp_path: Path) -> None:
    record = trained(SMALL, 9)
    write_run(tmp_path / "run", SavedRun(record, "Nine"))
    tensors = load_file(tmp_path / "run")
    model = SMALL.model(len(record.chars) + 1)
    state = record.state
    for prefix, numbers in (
        ("", state.parameters),
        ("adam.m.", state.m),
        ("adam.v.", state.v),
    ):
        flat = [
            x
            for name in model.shapes()
            for x in tensors[prefix + name].ravel().tolist()
        ]
        assert flat == numbers.tolist()
    for name, shape in model.shapes().items():
        assert tensors[name].shape == shape
    steps = tensors["keyframes.steps"].tolist()
    assert steps == [k.steps_done for k in record.keyframes]
    for place, keyframe in enumerate(record.keyframes):
        assert tensors["keyframes.v"][place].tolist() == keyframe.v.tolist()
    assert tensors["figures.losses"].tolist() == record.figures.losses.tolist()
    text = tensors["text.0"].tobytes().decode()
    assert tuple(text.splitlines()) == tuple(record.segments[0].dataset.corpus.docs)
    with safe_open(tmp_path / "run", framework="numpy") as file:
        assert file.metadata()["name"] == "Nine"
        assert json.loads(file.metadata()["segments"])[0]["n_embd"] == 8


def test_keyframes_are_thinned_out_where_room_is_short(tmp_path: Path) -> None:
    record = trained(SMALL, 30)
    room = 3 * 8 * 3 * len(record.state.parameters)
    write_run(tmp_path / "run", SavedRun(record), keyframe_bytes=room)
    came = read_run(tmp_path / "run").record
    assert replace(came, keyframes=()) == replace(record, keyframes=())
    assert len(record.keyframes) > len(came.keyframes) > 1
    assert set(map(id, came.keyframes)).isdisjoint(map(id, record.keyframes))
    assert all(keyframe in record.keyframes for keyframe in came.keyframes)
    assert came.keyframes[0].steps_done == 0


def test_the_head_tells_what_is_inside(tiny: SavedRun, tiny_file: Path) -> None:
    info = describe(tiny_file)
    assert (info.name, info.version, info.marks) == ("Tiny", __version__, tiny.marks)
    assert (info.steps_done, info.config) == (6, tiny.record.config)
    assert info.last_loss == tiny.record.figures.losses[-1]
    assert info.num_params == len(tiny.record.state.parameters)
    assert info.vocab_size == 3
    assert info.keyframes == len(tiny.record.keyframes)
    assert info.size_bytes == tiny_file.stat().st_size
    assert [(t.title, t.is_inside) for t in info.texts] == [("tiny.txt", True)]


def test_odd_names_and_numbers_come_back(tmp_path: Path) -> None:
    text = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 \n.txt")
    Path(text).write_text("\ufeffa\u2028\x0bb\n\U0001f996\n", encoding="utf-8")
    record = trained(RunConfig(dataset=text, steps=2, n_embd=2, n_head=1), 2)
    record.figures.gradient_norms[0] = math.inf
    marks = (Mark(1, "note", "half \udce9 a letter"),)
    write_run(tmp_path / "run", SavedRun(record, "x" * 1000, marks))
    came = read_run(tmp_path / "run")
    assert came.record == record
    assert came.marks[0].label == "half ? a letter"
    assert came.name == "x" * 200


def test_whoever_waits_can_call_it_off(tiny_file: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        read_run(tiny_file, cancel.check)
