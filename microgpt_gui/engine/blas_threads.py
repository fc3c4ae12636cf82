"""How many threads the linear algebra under NumPy may use: one.

The matrices of these models are small. More threads wait for each other longer than
they compute, in loops that keep a core from the window: on two cores of a busy machine
two threads took ten times as long as one, by the clock and by processor time.
"""

from __future__ import annotations

import os

#: What OpenBLAS, Intel's and Apple's libraries look at as they are loaded.
VARIABLES = (
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OMP_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


def keep_to_one_thread() -> None:
    """Ask for one thread where the person asked for nothing.

    It has an effect only before NumPy is imported for the first time.
    """
    for variable in VARIABLES:
        os.environ.setdefault(variable, "1")
