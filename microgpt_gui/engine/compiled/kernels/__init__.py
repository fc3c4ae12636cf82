"""The arithmetic of a step, in Python that numba compiles.

Imported by the process that compiles, and by nothing else: what trains loads machine
code, and needs neither numba nor these. It needs `places`, which imports nothing.

What runs, from the whole to its parts; what is not said here is said there:

    train        steps: a document's gradient, a look at it, Adam
    forward      the script's ``gpt``, for all positions of a document
    backward     the script's ``backward``, derived by hand
    embedding, norm, attention, cross_entropy
                 each with its way back
    adam         the update, over all parameters in one go
    read         reading without learning, for texts and samples
    exchange     parameters and moments, in and out
    probe        what the C library's pow is like on this computer

What they are made of:

    matrix       matrices in memory; one product that all linear algebra is made of
    rounding     squares and roots that are the C library's, to the last bit
    eight        eight doubles side by side, and memory by address
    places, tables, compiler
                 where everything lies; how that is read; what numba is told

Exact. The script adds up each sum in an order of its own, and so does this: no sum is
cut in parts. What runs side by side are eight sums that know nothing of each other.
Activations lie [feature][position]: eight positions go together, and a weight is one
number for all of them. In the gradient of a matrix eight columns of a row go together.
Where the script's order is from the last term to the first, a matrix is handed over
from its last row or column, and the loop is the same (`matrix.from_last_row`). A sum
that the `python` engine starts with its first product starts with -0.0 here: that
changes nothing, not even the sign of a zero.

Powers. ``x ** 2.0``, ``x ** -1`` and the like are calls of the C library's pow, and no
exponent may be known to the compiler: it would make x * x and 1 / x of them, which have
other last bits in one case of a thousand. See `places.Constants`.

Beyond the end. Positions are handled up to the next multiple of eight. What is written
there means nothing and is never read; where it would be added up it is made 0.
"""
