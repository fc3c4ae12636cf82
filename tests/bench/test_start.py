"""Sums over what Python itself says of its imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from microgpt_gui.bench.start import import_costs

STANDARD = "the standard library"


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
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    costs = {cost.package: cost for cost in import_costs(traced.stderr)}
    assert costs["microgpt_gui"].modules > 5
    assert costs[STANDARD].modules > 20
    assert costs["microgpt_gui"].ms > 0
