"""Machine code: what the compiling process writes is loaded as it is, or not at all."""

from __future__ import annotations

import hashlib
import os
import platform
import random
import subprocess
import sys

import pytest

pytestmark = pytest.mark.usefixtures("needs_numba")


def test_entries_return_what_python_does_to_the_last_bit(code, kernels):
    from microgpt_gui.engine.compiled.machine_code.loading import load

    entries = load(code, kernels=kernels)
    assert set(entries) == {"dot", "length", "half_of"}
    draw = random.Random(1).random
    for a, b, c, d in [(draw(), draw(), draw(), draw()) for _ in range(2000)]:
        assert entries["dot"](a, b, c, d) == a * b + c * d  # no product is fused
        assert entries["length"](a, b, 0.5) == (a**2.0 + b**2.0) ** 0.5
    assert entries["half_of"](7) == 3
    assert entries["half_of"](-7) == -4


def test_what_loads_needs_no_numba(code, kernels):
    program = f"""
import sys
from pathlib import Path
from microgpt_gui.engine.compiled.machine_code.loading import load
load(Path({str(code)!r}), kernels=Path({str(kernels)!r}))
assert not {{"numba", "numpy"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_what_is_not_as_it_was_written_is_not_run(code, kernels, tmp_path):
    from microgpt_gui.engine.compiled.machine_code.code_file import MAGIC, Damaged
    from microgpt_gui.engine.compiled.machine_code.loading import load

    whole = code.read_bytes()
    path = tmp_path / "code"
    flipped = bytearray(whole)
    flipped[-100] ^= 1
    cut = [whole[:n] for n in (0, 1, 15, 16, 47, 48, 55, 56, 300, len(whole) - 1)]
    no_head = (2).to_bytes(8, "little") + b"[]"
    forged = MAGIC + hashlib.sha256(no_head).digest() + no_head
    for bad in [
        *cut,
        forged,
        bytes(flipped),
        whole + b"\0",
        MAGIC * 99,
        b"\x7fELF" * 500,
    ]:
        path.write_bytes(bad)
        with pytest.raises(Damaged, match="code is "):
            load(path, kernels=kernels)
    path.unlink()
    with pytest.raises(FileNotFoundError):
        load(path, kernels=kernels)
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)  # nobody will ever write to it
        with pytest.raises(Damaged, match="code is no file"):
            load(path, kernels=kernels)


def test_code_of_another_program_or_processor_is_not_run(code, kernels, tmp_path):
    from microgpt_gui.engine.compiled.machine_code.code_file import ForAnother
    from microgpt_gui.engine.compiled.machine_code.loading import load
    from microgpt_gui.engine.compiled.machine_code.processor import level

    with pytest.raises(ForAnother):
        load(code)
    with pytest.raises(ForAnother):
        load(code, level("x86-64-v4"), kernels)
    (tmp_path / "small_kernels.py").write_text("ENTRIES = {}")
    with pytest.raises(ForAnother):
        load(code, kernels=tmp_path)


@pytest.mark.parametrize("how", ["raises", "no folder"])
def test_what_fails_says_so_at_the_end_and_leaves_no_file(
    compile_kernels, tmp_path, how
):
    if how == "raises":
        package = tmp_path / "numba"
        package.mkdir()
        (package / "__init__.py").write_text("raise ImportError('a broken numba')")
        made = compile_kernels(tmp_path / "code", PYTHONPATH=str(tmp_path))
        assert made.stderr.splitlines()[-1] == "ImportError: a broken numba"
    else:
        made = compile_kernels(tmp_path / "absent" / "code")
        assert "absent" in made.stderr.splitlines()[-1]
    assert made.returncode
    assert not list(tmp_path.rglob("*code*"))


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="of x86-64")
@pytest.mark.long
@pytest.mark.parametrize("name", ["x86-64-v2", "x86-64-v3", "x86-64-v4"])
def test_each_level_of_a_processor_gets_its_own_code(
    compile_kernels, kernels, tmp_path, name
):
    from microgpt_gui.engine.compiled.machine_code.loading import load
    from microgpt_gui.engine.compiled.machine_code.processor import (
        level,
        this_processor,
    )

    assert compile_kernels(tmp_path / "code", "--processor", name).returncode == 0
    entries = load(tmp_path / "code", level(name), kernels)
    if name == "x86-64-v4" and "+avx512vl" not in this_processor().features:
        pytest.skip("it can be loaded, and not called")
    assert entries["dot"](0.1, 0.2, 0.3, 0.4) == 0.1 * 0.2 + 0.3 * 0.4
