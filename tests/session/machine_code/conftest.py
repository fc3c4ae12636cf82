from __future__ import annotations

import os

import pytest

from microgpt_gui.session.machine_code.kept import Kernels


@pytest.fixture
def small(kernels, needs_numba, monkeypatch):
    """Kernels that take no time to compile, as the program knows them."""
    monkeypatch.setenv("PYTHONPATH", str(kernels))
    return Kernels("small_kernels", kernels)


@pytest.fixture
def endless(tmp_path, needs_numba, monkeypatch):
    """Kernels that are never compiled."""
    folder = tmp_path / "endless"
    folder.mkdir()
    (folder / "endless_kernels.py").write_text("import time\ntime.sleep(1000)\n")
    path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
    monkeypatch.setenv("PYTHONPATH", path)
    return Kernels("endless_kernels", folder)
