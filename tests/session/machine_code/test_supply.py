"""Where machine code comes from, and what goes wrong on the way: real processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from microgpt_gui.engine.compiled import loaded
from microgpt_gui.session.machine_code.at_hand import wanted_path
from microgpt_gui.session.machine_code.kept import code_folder, empty, kept_bytes
from microgpt_gui.session.machine_code.supply import NoMachineCode, Stage, Supply


def ended(supply):
    while supply.poll() is Stage.COMPILING:
        time.sleep(0.01)
    return supply.stage


def never():
    pass


def test_code_is_compiled_once_whatever_a_person_set_for_numba(
    small, code, tmp_path, monkeypatch
):
    (tmp_path / ".numba_config.yaml").write_text("disable_jit: 1\nopt: 0\n")
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "DISABLE_JIT": "1",
        "OPT": "0",
        "CPU_NAME": "generic",
        "BOUNDSCHECK": "1",
        "DEBUGINFO": "1",
    }.items():
        monkeypatch.setenv(f"NUMBA_{name}", value)
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    supply = Supply(small)
    assert not supply.load()
    told = []
    supply.wait(never, told.append)
    assert supply.stage is Stage.LOADED
    assert told == sorted(told)
    assert loaded.loaded_entries()["half_of"](9) == 4
    assert wanted_path(small).read_bytes() == code.read_bytes()
    assert [*code_folder().iterdir()] == [wanted_path(small)]  # nothing half-written

    loaded.take_up(None)
    assert Supply(small).load()  # no process
    assert kept_bytes() == code.stat().st_size
    assert empty() == 0
    assert not wanted_path(small).exists()
    assert loaded.loaded_entries()["half_of"](9) == 4  # what is loaded stays


def test_a_damaged_file_is_removed_and_compiled_anew(small, code):
    path = wanted_path(small)
    path.parent.mkdir(parents=True)
    path.write_bytes(code.read_bytes()[:-1])
    supply = Supply(small)
    assert not supply.load()
    assert not path.exists()
    supply.compile()
    assert supply.pid
    supply.stop()


def test_of_two_programs_one_compiles_and_a_death_lets_the_other_do_it(
    small, code, endless
):
    first, second = Supply(endless), Supply(small)
    first.compile()
    # As if both had the same to do.
    lock = wanted_path(endless).with_suffix(".lock")
    lock.rename(wanted_path(small).with_suffix(".lock"))
    second.compile()
    assert second.poll() is Stage.COMPILING
    assert second.pid is None
    shutil.copy(code, wanted_path(small))
    assert second.poll() is Stage.COMPILED
    assert second.load()

    wanted_path(small).unlink()
    loaded.take_up(None)
    third = Supply(small)
    third.compile()
    assert third.pid is None
    first.stop()
    assert third.poll() is Stage.COMPILING
    assert third.pid
    third.stop()


def test_a_file_in_the_way_of_the_folder_is_said(small):
    code_folder().parent.mkdir(parents=True)
    code_folder().write_text("in the way")
    supply = Supply(small)
    supply.compile()
    assert supply.stage is Stage.FAILED
    assert str(code_folder()) in supply.problem
    assert "a file is in the way" in supply.problem


def test_a_disk_that_takes_no_more_is_said(small):
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    supply = Supply(small)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        supply.compile()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert ended(supply) is Stage.FAILED
    assert "File too large" in supply.problem
    assert str(code_folder()) in supply.problem
    assert not [*code_folder().iterdir()]


def test_a_numba_that_fails_is_quoted(small, tmp_path, monkeypatch):
    (tmp_path / "numba").mkdir()
    (tmp_path / "numba" / "__init__.py").write_text("raise OSError('no such thing')")
    paths = [str(tmp_path), os.environ["PYTHONPATH"]]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    with pytest.raises(NoMachineCode, match=r"numba could not compile .*no such thing"):
        Supply(small).wait(never, lambda _s: None)


def test_a_process_that_is_killed_is_said_and_the_next_try_works(endless):
    supply = Supply(endless)
    supply.compile()
    os.kill(supply.pid, signal.SIGKILL)
    assert ended(supply) is Stage.FAILED
    assert "ended by SIGKILL" in supply.problem
    supply.compile()
    assert supply.poll() is Stage.COMPILING
    supply.stop()
    assert supply.stage is Stage.NOT_BEGUN
    assert not [*code_folder().iterdir()]


def test_no_process_outlives_the_program_that_started_it(endless):
    program = f"""
import time
from pathlib import Path
from microgpt_gui.session.machine_code.kept import Kernels
from microgpt_gui.session.machine_code.supply import Supply
supply = Supply(Kernels({endless.module!r}, Path({str(endless.folder)!r})))
supply.compile()
print(supply.pid, flush=True)
time.sleep(1000)
"""
    here = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    pid = int(here.stdout.readline())
    os.kill(pid, 0)
    here.kill()
    here.wait()
    here.stdout.close()
    while True:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or " Z " in state.read_text():
            break
        time.sleep(0.01)
