"""The engine for speed: a whole document in some eighty NumPy calls a step.

For a small model a call's own cost, half a microsecond, is what a step consists of. So
nothing is allocated while training (`memory`), a document's arrays and their views are
made once for each length (`document`), an operation has one call where two would read
better, and the calls are of the kinds that NumPy starts fastest: BLAS products, and
operations on whole arrays of one shape, since stretching a row or a column over a
matrix takes twice as long to begin.

Activations are indexed [feature][position]: a linear map is ``weights @ x``, and the
heads of queries, keys and values lie one after the other without a transposition.

The sums run in other orders than the script's, so its numbers are met to 1e-12, not to
the last bit. Losses, gradients and the rule of Adam are those of the `python` engine.
"""

from microgpt_gui.engine.blas_threads import keep_to_one_thread

keep_to_one_thread()  # before the next line imports NumPy, if nobody has

from microgpt_gui.engine.arrays.engine import NumpyEngine  # noqa: E402
from microgpt_gui.engine.arrays.model import NumpyModel  # noqa: E402

__all__ = ["NumpyEngine", "NumpyModel"]
