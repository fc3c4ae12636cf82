"""Sums over what Python itself says of its imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from microgpt_gui.bench.start import COMMAND, import_costs

STANDARD = "the standard library"
ROOT = Path(__file__).parents[2]

#: What only a wish of the person needs: whoever begins with it waits less.
LATER = {
    "microgpt_gui.data.download",
    "microgpt_gui.engine.arrays",
    "microgpt_gui.gui.demo",
    "microgpt_gui.gui.jobs.export",
    "microgpt_gui.gui.jobs.film",
    "microgpt_gui.gui.threads.painting",
    "microgpt_gui.gui.jobs.verification",
    "microgpt_gui.gui.window.about",
    "microgpt_gui.gui.window.film_dialog",
    "microgpt_gui.gui.window.timeline.dialog",
    "microgpt_gui.gui.window.verify",
    "microgpt_gui.session.autosave",
    "microgpt_gui.session.exports.ink",
    "microgpt_gui.session.exports.names",
    "microgpt_gui.session.race",
    "microgpt_gui.session.moments.replay",
    "microgpt_gui.session.run_files.container",
    "microgpt_gui.session.run_files.saved_run",
    "ssl",
}


def test_imports_are_summed_up_by_package():
    trace = (
        "import time: self [us] | cumulative | imported package\n"
        "import time:       100 |        100 |   encodings.aliases\n"
        "import time:       200 |        300 | encodings\n"
        "a warning in between\n"
        "import time:      4000 |       4000 |   numpy.core\n"
        "import time:      1000 |       5000 | numpy\n"
        "import time:        50 |         50 | json.decoder\n"
    )
    dearest, other = import_costs(trace)
    assert (dearest.package, dearest.modules, dearest.ms) == ("numpy", 2, 5.0)
    assert (other.package, other.modules, other.ms) == (STANDARD, 3, 0.35)


def test_a_real_trace_is_understood():
    traced = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import microgpt_gui.session.run"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    costs = {cost.package: cost for cost in import_costs(traced.stderr)}
    assert costs["microgpt_gui"].modules > 5
    assert costs[STANDARD].modules > 20
    assert costs["microgpt_gui"].ms > 0


def test_the_first_paint_waits_for_nothing_that_it_does_not_need():
    traced = subprocess.run(
        [sys.executable, "-X", "importtime", *COMMAND],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in traced.stderr.splitlines()}
    assert "microgpt_gui.gui.window.main_window" in imported
    assert not LATER & imported
