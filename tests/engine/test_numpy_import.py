"""When NumPy is loaded, and with how many threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from microgpt_gui.engine.blas_threads import VARIABLES


@pytest.fixture
def run_python():
    """Run code in a process of its own, in which nobody has asked for threads."""
    environment = {k: v for k, v in os.environ.items() if k not in VARIABLES}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])

    def run(code):
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)

    return run


def test_nothing_imports_numpy_before_the_engine_is_made(run_python):
    run_python(
        "import sys\n"
        "from microgpt_gui.engine import ENGINES\n"
        "from microgpt_gui.session.config import RunConfig\n"
        "from microgpt_gui.session.run import Run\n"
        "Run(RunConfig(dataset='elements', steps=3)).step()\n"
        "assert 'numpy' not in sys.modules\n"
        "Run(RunConfig(dataset='elements', steps=3, engine='numpy')).step()\n"
        "assert 'numpy' in sys.modules\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="counts the threads in /proc")
@pytest.mark.parametrize(
    "code",
    [
        "from microgpt_gui.cli import main\nmain(['help'])\nimport numpy\n",
        "from microgpt_gui.engine.arrays import NumpyEngine\n",
    ],
    ids=["the command", "the engine alone"],
)
def test_linear_algebra_keeps_to_one_thread(code, run_python):
    """More of them would take the window's core."""
    run_python(
        code + "import os, numpy\n"
        "large = numpy.ones((500, 500))\n"
        "large @ large\n"
        "assert len(os.listdir('/proc/self/task')) == 1\n"
    )
