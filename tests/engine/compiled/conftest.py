from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

KERNELS = """
from numba import njit

@njit
def square(x, exponent):
    return x ** exponent

def dot(a, b, c, d):
    return a * b + c * d

def length(x, y, half):
    return (square(x, 2 * half * 2) + square(y, 2 * half * 2)) ** half

def half_of(n):
    return n // square(2, 1) if n else square(0, 1)

ENTRIES = {
    "dot": (dot, "float64", ("float64",) * 4),
    "length": (njit(length), "float64", ("float64",) * 3),
    "half_of": (half_of, "int64", ("int64",)),
}
"""


@pytest.fixture(scope="session")
def needs_numba():
    if not find_spec("numba"):
        pytest.skip("needs numba: make fast")


@pytest.fixture(scope="session")
def kernels(tmp_path_factory):
    """A folder of kernels that take no time to compile."""
    folder = tmp_path_factory.mktemp("kernels")
    (folder / "small_kernels.py").write_text(KERNELS)
    return folder


@pytest.fixture(scope="session")
def compile_kernels(needs_numba, kernels):
    """Run the compiling process on them."""

    def run(path, *options, **environment):
        module = "microgpt_gui.engine.compiled.machine_code"
        paths = {"PYTHONPATH": os.pathsep.join([str(kernels), os.getcwd()])}
        return subprocess.run(
            [
                sys.executable,
                "-m",
                module,
                path,
                "--entries",
                "small_kernels",
                *options,
            ],
            env={**os.environ, **paths, **environment},
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture(scope="session")
def code(compile_kernels, tmp_path_factory) -> Path:
    """A file of their machine code, for this processor."""
    path = tmp_path_factory.mktemp("code") / "code"
    assert compile_kernels(path).returncode == 0
    return path
